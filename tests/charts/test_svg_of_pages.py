"""Every figure of every page as SVG: drawn whole, with the numbers of its table, to Plotly's scale,
and three pictures as a person has read them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import plotly
import pytest
from playwright.sync_api import Browser

from dashboard.charts.svg.draw import draw_svg
from dashboard.components.card import FigureCard
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext
from dashboard.selection.selection import read_address
from dashboard.text.language import DEFAULT, use_language
from dashboard.views.registry import WITH_FIGURES, list_cards, list_choices
from etl.queries.record import open_record
from etl.releases.catalogue import find_release

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"
EXPECTED = Path(__file__).parent / "expected"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
QUERIES: list[tuple[str, dict[str, list[str]]]] = [
    *((slug, {}) for slug in WITH_FIGURES),
    ("trends", {"measure": ["alerts_per_1000_faces"]}),
    ("trends", {"measure": ["true_share_of_alerts"], "axis": ["together"]}),
    ("trends", {"measure": ["faces_seen_count"], "force": ["metropolitan"]}),
    ("forces", {"force": ["metropolitan"]}),
    ("map", {"view": ["boroughs"]}),
    ("map", {"view": ["regions"], "measure": ["faces_seen_count"]}),
]
GOLDEN = [
    ("trends", {"measure": ["faces_seen_count"], "force": ["metropolitan"]}, "trend"),
    ("forces", {}, "side-by-side"),
    ("who-is-affected", {}, "tests-lfr"),
]


def list_figures(
    warehouse: Path,
    slug: str,
    query: dict[str, list[str]],
    language: str = DEFAULT,
    *,
    dark: bool = False,
) -> Iterator[tuple[PageContext, FigureCard]]:
    record, info = open_record(warehouse), find_release(None, warehouse.parents[1])
    use_language(language)
    try:
        choices = list_choices(record)
        selection, wrong = read_address(slug, query, choices)
        assert not wrong
        page = BY_SLUG[slug]
        context = PageContext(page, record, choices, selection, language, dark, info)
        for card in list_cards(context):
            if isinstance(card, FigureCard) and card.is_picture:
                yield context, card
    finally:
        use_language(DEFAULT)


def draw(context: PageContext, card: FigureCard, width: int = 720) -> str:
    return draw_svg(
        card.chart,
        width=width,
        language=context.language,
        theme=context.theme,
        title=card.title,
        description=card.alt,
    )


@pytest.mark.parametrize(("language", "dark"), [("en", False), ("cy", True)])
@pytest.mark.parametrize(("slug", "query"), QUERIES)
def test_every_figure_is_drawn_whole(
    warehouse: Path, monkeypatch, slug: str, query: dict, language: str, dark: bool
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    for context, card in list_figures(warehouse, slug, query, language, dark=dark):
        pictures = [ET.fromstring(draw(context, card, width)) for width in (720, 340)]
        for picture in pictures:
            shown = "".join("".join(text.itertext()) for text in picture.iter(f"{SVG}text"))
            assert all(
                re.sub(r"\s", "", line) in re.sub(r"[\s\u00a0]", "", shown)
                for note in card.chart.layout.annotations
                for line in re.split(r"<[^>]*>|[●■◆▲]", note.text.replace("&amp;", "&"))
            )
        names = [
            part.get("id") for picture in pictures for part in picture.iter() if part.get("id")
        ]
        assert len(names) == len(set(names))


def test_titles_of_bars_have_the_numbers_of_the_table(warehouse: Path, monkeypatch) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    query = {"measure": ["faces_seen_count"], "force": ["metropolitan"]}
    ((context, card),) = list_figures(warehouse, "trends", query)
    titles = [
        title.text or ""
        for mark in ET.fromstring(draw(context, card)).iter()
        if mark.tag in (f"{SVG}rect", f"{SVG}circle", f"{SVG}path")
        for title in mark.findall(f"{SVG}title")
    ]
    rows = {str(row[0]): str(row[1]) for row in card.table.rows}
    compared = 0
    for title in titles:
        period, _mark, words = title.partition(": ")
        number = re.search(r"\d[\d,]*", words)
        if number and period in rows:
            assert number.group() in rows[period], title
            compared += 1
    assert compared > 10


@pytest.mark.parametrize(("slug", "query", "card_id"), GOLDEN)
def test_three_pictures_are_those_that_were_read(
    warehouse: Path, monkeypatch, slug: str, query: dict, card_id: str
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    (svg,) = [
        draw(context, card)
        for context, card in list_figures(warehouse, slug, query)
        if card.card_id == card_id
    ]
    # An element a line, so that a difference can be read.
    written = svg.replace("><", ">\n<") + "\n"
    path = EXPECTED / f"{slug}-{card_id}.svg"
    assert written == path.read_text(encoding="utf-8")


COMPARE = """async ([figure, width]) => {
  const drawn = document.getElementById("drawn");
  figure.layout.width = width; figure.layout.autosize = false;
  await Plotly.newPlot(drawn, figure.data, figure.layout, {staticPlot: true});
  const axes = {};
  for (const [name, axis] of Object.entries(drawn._fullLayout))
    if (/^[xy]axis\\d*$/.test(name) && axis.range && axis.visible)
      axes[name] = {
        start: axis._offset, length: axis._length,
        ticks: axis._vals.map((tick) => [tick.text, axis.l2p(tick.x)]),
      };
  return axes;
}"""


@pytest.mark.browser
def test_ticks_and_scales_are_those_of_plotly(
    warehouse: Path, monkeypatch, browser: Browser
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    page = browser.new_page()
    try:
        page.set_content('<div id="drawn"></div>')
        page.add_script_tag(path=str(PLOTLY))
        compared = 0
        for slug, query in QUERIES:
            for context, card in list_figures(warehouse, slug, query):
                axes = page.evaluate(COMPARE, [json.loads(card.chart.to_json()), 720])
                picture = ET.fromstring(draw(context, card))
                texts = [
                    ("".join(text.itertext()), float(text.get("x", 0)), float(text.get("y", 0)))
                    for text in picture.iter(f"{SVG}text")
                ]
                for name, axis in axes.items():
                    labelled = card.chart.layout[name].showticklabels is not False
                    for label, at in axis["ticks"] if labelled else ():
                        place = axis["start"] + at
                        first = label.split("<br>")[0]
                        # A label is centred on its tick; its baseline is a little below its middle.
                        near = [
                            abs((x if name[0] == "x" else y - 4.6) - place)
                            for words, x, y in texts
                            if words == first
                        ]
                        assert min(near, default=99) < 1, (slug, card.card_id, name, label)
                        compared += 1
        assert compared > 100
    finally:
        page.close()
