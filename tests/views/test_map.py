"""What a reader is told on the map: tiles, outlines, places and search; nonsense;
nothing to show."""

from __future__ import annotations

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest

from dashboard.selection.selection import NOTHING, Selection
from dashboard.views.map.chart import make_limits
from dashboard.views.map.query_map import get_areas, get_cells
from dashboard.views.map.text_map import ATTRIBUTIONS
from etl.measures.catalogue import MEASURES
from etl.model.reference import Force
from etl.queries.record import Record, open_record
from tests.views.drawing import read_titles


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


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("E15", ("Metropolitan Police", "postcodes of E15 lie in Newham", "Waltham Forest")),
        ("Newport", ("Gwent", "Newport, Isle of Wight", "which is not known to be zero")),
        ("cardif", ("South Wales", "Cardiff")),
        ("Humberside", ("Humberside",)),
        ("BT1", ("Northern Ireland",)),
        ("Caerdydd", ('Cardiff <span lang="cy">(Caerdydd)</span>', "South Wales")),
        ("De Cymru", ('South Wales Police <span lang="cy">(De Cymru)</span>',)),
        ("Gogledd Cymru", ("North Wales Police",)),
        ("<b>zq</b>", ("Nothing was found for “&lt;b&gt;zq&lt;/b&gt;”",)),
    ],
)
def test_a_search_finds_force_and_district(
    draw, read_html, typed: str, expected: tuple[str, ...]
) -> None:
    page = draw("map", place=typed)
    assert not page.exception
    html = read_html(page)
    assert all(words in html for words in expected)


@pytest.mark.parametrize("typed", ["South Wales", "De Cymru", "Heddlu De Cymru"])
def test_in_welsh_a_force_is_found_by_either_name_and_told_by_its_own(
    draw, read_html, typed: str
) -> None:
    page = draw("map", place=typed, lang="cy")
    assert not page.exception
    assert "<h3>Heddlu De Cymru</h3>" in read_html(page)


def test_a_full_postcode_is_cut_in_the_address_and_in_the_field(draw, read_html) -> None:
    page = draw("map", place="SW1A 2AA")
    assert not page.exception
    assert dict(page.query_params) == {"place": "SW1A"}
    page.text_input[0].set_value("e15 1ab").run()
    assert not page.exception
    assert dict(page.query_params) == {"place": "E15"}
    assert page.text_input[0].value == "E15"
    assert "postcodes of E15" in read_html(page)


def test_places_are_those_of_the_chosen_force_or_district(draw, read_html) -> None:
    page = draw("map", force="essex")
    assert not page.exception
    assert not [title for title in _titles(page) if title.startswith("In London")]
    html = read_html(page)
    assert "Essex Police area" in html
    assert "in the list, not on the map" in html
    page = draw("map", district="E09000008")
    assert _titles(page)[1:] == [
        title for title in _titles(page) if title.startswith("In London: ")
    ]


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
