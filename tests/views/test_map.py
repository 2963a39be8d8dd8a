"""What a reader is told on the map: tiles, outlines, places; nonsense;
nothing to show."""

from __future__ import annotations

import re
import tomllib
from base64 import b64decode
from html import unescape
from pathlib import Path

import pytest

from dashboard.components.country_map import (
    MapSpot,
    _list_levels,
    choose_towns,
    list_towns,
)
from dashboard.queries.places import get_residents, get_spots
from dashboard.selection.selection import NOTHING, Selection
from dashboard.views.map.chart import make_limits
from dashboard.views.map.query_map import get_areas, get_cells, get_outlines
from dashboard.views.map.text_map import ATTRIBUTIONS
from etl.measures.catalogue import MEASURES
from etl.model.reference import Force
from etl.queries.record import Record, open_record
from tests.views.drawing import read_body, read_titles


def _titles(page) -> list[str]:
    return list(read_titles(page).values())


def test_every_force_is_one_linked_cell_and_one_row_of_the_list(
    draw, read_html, warehouse: Path
) -> None:
    page = draw("map")
    assert not page.exception
    html = read_html(page)
    record = open_record(warehouse)
    forces = record.table(Force)
    assert html.count('class="lfr-tile') - html.count('class="lfr-tiles') == len(forces)
    for cell in get_cells(record):
        assert f"<strong>{cell.label.replace('&', '&amp;')}</strong>" in html
    for force in forces:
        assert f'class="lfr-short">{force.short_name}</th>' in html
    known = get_areas(record, Selection()).known
    assert f"<strong>MET</strong><span>{known[0].shown:,.0f}</span>" in html
    assert _titles(page)[0].startswith("Metropolitan Police accounts for ")


def test_absence_is_told_in_words_and_never_as_zero(draw, read_html) -> None:
    html = read_html(draw("map"))
    assert "<strong>SYRK</strong><span>nothing</span>" in html
    assert "<strong>A&amp;S</strong><span>no use</span>" in html
    assert "known to have used it; no published result found" in html
    assert "<span>0</span>" not in html


@pytest.mark.parametrize("view", ["tiles", "forces", "regions", "boroughs", "publishing"])
def test_every_map_has_a_list_with_the_same_values(draw, read_html, view: str) -> None:
    page = draw("map", view=view)
    assert not page.exception
    html = read_html(page)
    expected = {"regions": "East Midlands", "boroughs": "Croydon"}.get(view, "Essex")
    assert html.count(f">{expected}</th>") >= 2
    assert all(attribution in html for attribution in ATTRIBUTIONS)


@pytest.mark.parametrize(
    "measure", ["faces_seen_count", "arrests_count", "faces_per_1000_residents"]
)
def test_every_measure_can_be_drawn_on_every_map(
    draw, read_html, record: Record, measure: str
) -> None:
    """The list beside each map has every area, those with a value first, in the order of it."""
    for view in ("tiles", "forces", "regions", "boroughs"):
        page = draw("map", view=view, measure=measure, order="value")
        assert not page.exception
        table = unescape(read_html(page).split('<table class="lfr-table">')[1].split("</table>")[0])
        assert f"<caption><span>{MEASURES[measure].title}, by " in table
        rows = dict(re.findall(r'<th scope="row"[^>]*>(.*?)</th><td[^>]*>(.*?)</td>', table))
        areas = get_areas(record, NOTHING.with_changes(measure_id=measure, view=view))
        assert len(rows) == len(areas.areas)
        known = {area.name: area.shown for area in areas.known}
        assert len(known) > 1
        values = [known[name] for name in list(rows)[: len(known)]]
        assert values == sorted(values, reverse=True)
        assert all(re.search(r"\d", rows[name]) for name in known)


def test_the_list_is_sorted_by_value_if_asked(draw, read_html) -> None:
    html = read_html(draw("map", order="value"))
    table = html[html.index('<table class="lfr-table">') :]
    first, second = (
        table.index(">Metropolitan Police</th>"),
        table.index(">British Transport Police</th>"),
    )
    assert first < second < table.index(">Avon and Somerset</th>")


def test_a_rate_of_few_rows_is_not_mapped(draw, read_html) -> None:
    page = draw("map", measure="false_share_of_alerts")
    assert not page.exception
    assert "“False share of alerts” is not shown on a map" in read_html(page)


def test_no_lower_bound_of_a_rate_is_given_over_a_break(draw, read_html, warehouse: Path) -> None:
    areas = get_areas(
        open_record(warehouse),
        NOTHING.with_changes(view="boroughs", measure_id="faces_per_1000_residents"),
    )
    assert not [item.name for item in areas.known if item.estimate and item.estimate.breaks]


def test_nonsense_in_the_address_is_told(draw) -> None:
    page = draw("map", view="globe", order="size", district="E99")
    assert not page.exception
    warned = " ".join(item.value for item in page.warning)
    assert "no map “globe”" in warned
    assert "cannot be sorted by “size”" in warned
    assert "district “E99”" in warned
    assert not set(page.query_params) & {"view", "order", "district"}


def test_a_chosen_force_is_marked_and_the_rest_stays(draw, read_html) -> None:
    html = read_html(draw("map", force="essex"))
    assert "Essex Police area" in html
    assert "in the list, not on the map" in html
    drawn = _read_drawing(draw("map", force="essex"))
    assert drawn.count("<a ") == _read_drawing(draw("map")).count("<a ")
    assert re.search(r'<a href="[^"]*essex[^"]*" class="on" aria-label="Essex: ', drawn)


def test_every_area_and_place_of_the_map_is_a_link_with_words(draw, record: Record) -> None:
    drawn = _read_drawing(draw("map"))
    links = re.findall(r'<a ([^>]*)href="([^"]*)"([^>]*)>', drawn)
    named = [link for link in links if "aria-label" in link[0] + link[2]]
    areas = len(get_outlines(record, "force_area")) + len(get_outlines(record, "london_borough"))
    assert len(named) > areas
    assert 'href="/map?place_id=' in drawn.replace("&amp;", "&")


def test_places_lie_over_no_larger_one_at_the_zoom_at_which_they_appear(record: Record) -> None:
    marks = [MapSpot(spot, spot.name, "/") for spot in get_spots(record)]
    levels = _list_levels(marks)
    assert levels["north_end_croydon"] == 1
    assert levels["george_street_croydon"] > 1
    assert len(levels) > len(marks) / 2


def test_names_of_towns_lie_apart(record: Record) -> None:
    names = {town.town_name for town in choose_towns(list_towns(record))}
    assert len(names) >= 20
    assert {"London", "Cardiff", "Manchester", "Glasgow"} <= names


def test_what_is_chosen_fills_the_panel(draw, read_html) -> None:
    assert "Busiest places" in read_html(draw("map"))
    html = read_html(draw("map", district="E09000008"))
    assert "Croydon: 69 times, last on 16 April 2026; 41 of them at North End, Croydon." in html


def _read_drawing(page) -> str:
    html = read_body(page)
    return b64decode(re.search(r'data-svg="([^"]*)"', html)[1]).decode()


def test_a_force_without_rows_says_what_is_known_of_it(draw, read_html) -> None:
    page = draw("map", force="avon_and_somerset")
    assert not page.exception
    html = read_html(page)
    assert "That is not a zero" in html
    assert "Avon and Somerset: Says it does not use it" in html


def test_a_period_without_a_number_has_a_sentence(draw, read_html) -> None:
    page = draw("map", from_="2018", to="2018", measure="faces_seen_count", view="boroughs")
    assert not page.exception
    assert "No area has a published number for this selection. That is not a zero" in read_html(
        page
    )


def test_an_empty_record_is_told(draw_empty) -> None:
    page = draw_empty("map")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]


def test_the_attributions_are_those_of_the_sources(data: Path) -> None:
    text = " ".join(ATTRIBUTIONS)
    for folder in (data / "reference" / "outlines", data / "search"):
        for source in tomllib.loads((folder / "sources.toml").read_text(encoding="utf-8")).values():
            assert source["attribution"] in text


def test_classes_are_steps_of_ten_or_three() -> None:
    assert make_limits([1, 2, 11, 538]) == [10, 100]
    assert make_limits([2, 5, 69, 90]) == [3, 10, 30]
    assert make_limits([5, 5]) == make_limits([]) == []


def test_a_body_without_an_area_has_no_residents(draw, read_html) -> None:
    html = read_html(draw("map", measure="deployments_per_100000_residents"))
    assert "<strong>BTP</strong><span>[z]</span>" in html
    assert "[z] no residents of its own" in html


def test_places_are_coloured_by_who_lives_there(draw, read_html, record: Record) -> None:
    """Croydon’s North End is in Fairfield ward, where 23.2% of the residents are Black."""
    html = read_html(draw("map", layer="black", place_id="north_end_croydon"))
    residents = get_residents(record, "black")
    assert residents["north_end_croydon"].share == pytest.approx(0.232, abs=5e-4)
    assert "23.2% of the residents of its ward are Black; of the whole force area, 13.5%" in html
    known = [used for used in residents.values() if None not in (used.share, used.average_share)]
    above = sum((used.share or 0) > (used.average_share or 0) for used in known)
    assert 0 < above < len(known)
    assert f"{above} of {len(known)} places" in html
    assert "Residents are not the people who walked past" in html
    listed = html[html.index("Residents of the areas of places") :]
    assert listed.index("North End, Croydon") < listed.index("Oxford Circus")


def test_a_place_of_a_force_without_an_area_is_compared_with_the_area_it_lies_in(
    record: Record,
) -> None:
    residents = get_residents(record, "black")
    stratford = residents["stratford_underground_station"]
    assert stratford.force_id == "british_transport"
    assert stratford.average_share == pytest.approx(0.135, abs=5e-4)


def test_the_usual_map_does_not_speak_of_residents(draw, read_html) -> None:
    assert "of the residents" not in read_html(draw("map"))


def test_an_unknown_layer_is_named_and_the_usual_map_drawn(draw, read_html) -> None:
    page = draw("map", layer="purple")
    assert "There is no layer “purple”" in " ".join(str(warning.value) for warning in page.warning)
