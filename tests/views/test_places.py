"""What a reader is told of a place: the search, and the page of a district or place."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.queries.places import get_outcomes, get_search_hits, get_spots
from dashboard.queries.series import get_trend
from dashboard.selection.selection import NOTHING
from dashboard.server.app import ROUTES
from dashboard.views.places.search import sort_hits
from etl.queries.record import Record
from tests.views.drawing import read_sections, read_titles

CROYDON = "Croydon: 69 times, last on 16 April 2026; 41 of them at North End, Croydon"
NAMES = {"force": {}}


@pytest.mark.parametrize("query", [{"place": "croydon"}, {"district": "E09000008"}])
def test_croydon_is_answered_in_one_step(draw, read_html, query: dict[str, str]) -> None:
    page = draw("places", **query)
    assert not page.exception
    assert read_titles(page)["quarters"] == CROYDON
    assert list(read_sections(page)) == ["outcomes", "places", "rows"]
    html = read_html(page)
    assert "/api/v1/deployments.csv?district=E09000008" in html
    places = html[html.index('id="places"') :]
    assert places.index("North End, Croydon") < places.index("George Street, Croydon")
    assert len(re.findall(r"deployment=", html[html.index('id="rows"') :])) >= 69


def test_the_busiest_place_comes_first_and_is_not_cut(record: Record) -> None:
    hits = [hit for hit in sort_hits(get_search_hits(record, "croydon")) if hit.hit.kind == "place"]
    assert hits[0].hit.place_id == "north_end_croydon"
    counts = [hit.localities[0][0].deployments.numerator for hit in hits]
    assert counts == sorted(counts, reverse=True)


def test_a_place_has_a_page_at_a_stable_address(draw, read_html) -> None:
    page = draw("places", place="north_end_croydon")
    assert not page.exception
    assert read_titles(page)["quarters"].startswith("North End, Croydon: 41 times")
    html = read_html(page)
    assert "place_id=north_end_croydon" in html
    assert "/places?district=E09000008" in html


def test_every_district_and_place_has_a_page_that_names_it(draw, record: Record) -> None:
    assert not draw("places", place="cardiff").exception
    for spot in get_spots(record)[::40]:
        page = draw("places", place=spot.place.place_id)
        assert not page.exception
        assert read_titles(page)["quarters"].startswith(f"{spot.name}: ")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("bristol", ("No known deployment in Bristol.", "Says it does not use it")),
        ("E15", ("postcodes of E15 lie in Newham", "Waltham Forest")),
        ("Newport", ("Gwent", "Isle of Wight", "No known deployment in")),
        ("cardif", ("South Wales", "Cardiff")),
        ("Humberside", ("Humberside",)),
        ("BT1", ("Northern Ireland",)),
        ("Caerdydd", ("Cardiff",)),
        ("De Cymru", ('South Wales Police <span lang="cy">(De Cymru)</span>',)),
        ("Gogledd Cymru", ("North Wales Police",)),
        ("<b>zq</b>", ("Nothing was found for “&lt;b&gt;zq&lt;/b&gt;”",)),
    ],
)
def test_a_search_is_answered_in_plain_words(
    draw, read_html, typed: str, expected: tuple[str, ...]
) -> None:
    page = draw("places", place=typed)
    assert not page.exception
    html = read_html(page)
    assert all(words in html for words in expected)


@pytest.mark.parametrize("typed", ["South Wales", "De Cymru", "Heddlu De Cymru"])
def test_in_welsh_a_force_is_found_by_either_name(draw, read_html, typed: str) -> None:
    page = draw("places", place=typed, lang="cy")
    assert not page.exception
    assert "<h3>Heddlu De Cymru</h3>" in read_html(page)


def test_a_district_of_wales_has_its_welsh_name(draw, read_html) -> None:
    assert '<h2 id="place">Caerdydd</h2>' in read_html(draw("places", place="Cardiff", lang="cy"))


def test_a_full_postcode_is_cut(draw) -> None:
    page = draw("places", place="SW1A 2AA")
    assert not page.exception
    assert dict(page.query_params) == {"place": "SW1A"}


def test_nothing_chosen_lists_places_by_number_and_every_district(draw, read_html) -> None:
    html = read_html(draw("places"))
    assert html.index("North End, Croydon") < html.index("Tooting Broadway")
    assert "/places?district=E09000008" in html


def test_figures_of_a_district_agree_on_page_trends_and_api(
    draw, record: Record, read_html
) -> None:
    selection = NOTHING.with_changes(district="E09000008")
    outcomes = {each.measure_id: each for each in get_outcomes(record, selection)}
    assert outcomes["faces_seen_count"].numerator == 732_216
    assert outcomes["false_alerts_count"].numerator == 6
    html = unescape(read_html(draw("places", district="E09000008")))
    trends = draw("trends", district="E09000008", measure="arrests_count")
    assert not trends.exception
    number = f">{outcomes['arrests_count'].numerator:,}<"
    assert number in html
    (series,) = get_trend(record, selection.with_changes(measure_id="arrests_count"), NAMES).series
    assert series.total.numerator == outcomes["arrests_count"].numerator
    values = [point.estimate.numerator for point in series.points if point.estimate]
    assert sum(value or 0 for value in values) == series.total.numerator


def test_the_api_limits_rows_and_measures_by_district_and_place(draw) -> None:
    assert not draw("places").exception
    client = TestClient(Starlette(routes=ROUTES))
    by_district = client.get("/api/v1/deployments.csv?district=E09000008").text
    assert by_district.count("\n") == 70
    by_place = client.get("/api/v1/deployments.csv?place_id=north_end_croydon").text
    assert by_place.count("\n") == 42
    query = "measure=deployments_count&by=force&place=north_end_croydon"
    assert ",41," in client.get(f"/api/v1/estimates.csv?{query}").text


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({"district": "E09000008"}, "Croydon"),
        ({"place": "north_end_croydon"}, "North End, Croydon"),
        ({}, "Places"),
    ],
)
def test_the_title_is_the_name_of_the_place(draw, read_html, query: dict, title: str) -> None:
    assert f"<h1>{title}</h1>" in read_html(draw("places", **query))
