"""Charts as SVG: what a figure says is in the picture, as text and to scale."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import plotly.graph_objects as go
import pytest

from dashboard.charts.base import LIGHT, dress_figure, linear_axis, title_axis
from dashboard.charts.svg.draw import draw_svg
from dashboard.charts.svg.markup import UnknownFeatureError

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert('1')</script>&\x00\x0b\ud800 \"]]>"


def draw(figure: go.Figure, **changes: object) -> ET.Element:
    options = {"width": 400, "language": "en", "theme": LIGHT, "title": "T", "description": "D"}
    return ET.fromstring(draw_svg(figure, **{**options, **changes}))


def make_figure(**trace: object) -> go.Figure:
    figure = go.Figure()
    figure.add_scatter(
        **{
            "x": [1, 2],
            "y": [0, 10],
            "mode": "markers",
            "marker": {"size": 8, "color": "#112233"},
            **trace,
        }
    )
    dress_figure(figure, 300, LIGHT, {"l": 20, "r": 20, "t": 10, "b": 50})
    figure.update_xaxes(title=title_axis("x", LIGHT), gridcolor=LIGHT.grid, **linear_axis(4))
    figure.update_yaxes(gridcolor=LIGHT.grid, **linear_axis(12))
    return figure


def test_a_point_is_where_its_value_is_and_says_it() -> None:
    picture = draw(make_figure(text=["one", "two"]))
    marks = [
        (float(mark.get("cx")), float(mark.get("cy")), mark.findtext(f"{SVG}title"))
        for mark in picture.iter(f"{SVG}circle")
    ]
    assert marks == [(20 + 360 / 4, 250, "one"), (20 + 360 / 2, pytest.approx(50), "two")]


def test_a_picture_has_a_role_a_name_a_description_and_a_scale() -> None:
    picture = draw(make_figure())
    assert (picture.get("role"), picture.get("lang")) == ("img", "en")
    assert picture.get("viewBox") == "0 0 400 300"
    assert [child.tag for child in picture][:2] == [f"{SVG}title", f"{SVG}desc"]


def test_hostile_texts_are_text() -> None:
    figure = make_figure(text=[HOSTILE, "two"])
    picture = draw(figure, title=HOSTILE, description=HOSTILE)
    assert not list(picture.iter(f"{SVG}script"))
    assert "<script>" in picture.findtext(f"{SVG}title")


@pytest.mark.parametrize(
    ("trace", "named"),
    [
        ({"marker": {"size": 8, "color": "red", "gradient": {"type": "radial"}}}, "gradient"),
        ({"marker": {"size": 8, "color": "red", "symbol": "star"}}, "star"),
        ({"mode": "lines+text", "texttemplate": "%{x}"}, "texttemplate"),
    ],
)
def test_what_it_does_not_know_is_refused(trace: dict, named: str) -> None:
    with pytest.raises(UnknownFeatureError, match=named):
        draw(make_figure(**trace))


def test_a_tag_that_it_does_not_know_is_refused() -> None:
    figure = make_figure()
    figure.add_annotation(text="<i>slanted</i>", x=1, y=1, showarrow=False)
    with pytest.raises(UnknownFeatureError, match="<i>"):
        draw(figure)


def test_every_line_of_a_text_has_a_place_of_its_own() -> None:
    figure = make_figure()
    figure.add_annotation(text="<b>first</b><br>second", x=1, y=1, showarrow=False, align="left")
    picture = draw(figure)
    places = {text.text: text.get("y") for text in picture.iter(f"{SVG}text")}
    assert places["first"] != places["second"]
    assert not [text for text in picture.iter(f"{SVG}tspan") if text.get("dy")]
