"""The place search finds what readers type, and finds nothing without failing where there is
nothing."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.queries.place_search import (
    MAX_HITS,
    WELSH_NAMES,
    PlaceHit,
    PlaceSearch,
    open_place_search,
    read_welsh_names,
    to_words,
)
from etl.queries.release_file import ReleaseFile


@pytest.fixture(scope="session")
def places(warehouse: Path) -> PlaceSearch:
    return open_place_search(ReleaseFile(warehouse))


def test_a_borough_comes_first_under_its_name(places: PlaceSearch) -> None:
    first = places.search_places("croydon")[0]
    assert first == PlaceHit("district", "Croydon", ("metropolitan",), ("E09000008",))


@pytest.mark.parametrize(
    "text", ["cr0", "CR0", "CR0 1EA", "cr01ea", " Cr0  1ea ", "CR0 1", "CR0 1E"]
)
def test_a_postcode_is_cut_to_its_outward_code(places: PlaceSearch, text: str) -> None:
    (first,) = places.search_places(text)
    assert (first.kind, first.label, first.force_ids) == ("postcode", "CR0", ("metropolitan",))
    assert first.district_codes[0] == "E09000008"
    assert first.shares[0] > 0.9
    assert sum(first.shares) == pytest.approx(1, abs=0.02)


def test_an_outward_code_in_several_districts_names_them_all(places: PlaceSearch) -> None:
    (place,) = places.search_places("EC1A")
    assert place.force_ids == ("city_of_london", "metropolitan")
    assert place.district_codes == ("E09000001", "E09000019")
    assert place.shares == tuple(sorted(place.shares, reverse=True))


def test_sw9_is_in_lambeth(places: PlaceSearch) -> None:
    assert places.search_places("SW9")[0].district_codes[0] == "E09000022"


def test_the_beginning_of_outward_codes_finds_them(places: PlaceSearch) -> None:
    assert {"W1A", "W1D"} <= {
        hit.label for hit in places.search_places("W1") if hit.kind == "postcode"
    }


@pytest.mark.parametrize("text", ["BT1", "bt1 5gs", "BT70"])
def test_northern_ireland_is_known_by_its_postcode_area(places: PlaceSearch, text: str) -> None:
    assert places.search_places(text)[0].force_ids == ("northern_ireland",)


def test_a_town_that_is_no_district(places: PlaceSearch) -> None:
    first = places.search_places("Rhyl")[0]
    assert first == PlaceHit("town", "Rhyl, Denbighshire", ("north_wales",), ("W06000004",))


def test_places_of_one_name_are_all_found_the_district_first(places: PlaceSearch) -> None:
    hits = places.search_places("Newport")
    assert (hits[0].kind, hits[0].force_ids) == ("district", ("gwent",))
    towns = {hit.district_codes for hit in hits if hit.kind == "town"}
    assert {("E06000046",), ("E06000020",)} <= towns


def test_apostrophes_do_not_matter(places: PlaceSearch) -> None:
    result = [
        places.search_places(text)
        for text in ("King's Cross", "kings cross", "KING’S CROSS", "kings  cros")
    ]
    assert "kings_cross_station" in {hit.place_id for hit in result[0]}
    assert result[0] == result[1] == result[2]
    assert {hit.place_id for hit in result[3]} == {hit.place_id for hit in result[0]}


def test_saint_and_st_are_one_word(places: PlaceSearch) -> None:
    assert places.search_places("Saint Albans") == places.search_places("st. albans") != ()


@pytest.mark.parametrize(
    ("text", "force_id"),
    [
        ("Met", "metropolitan"),
        ("south wales police", "south_wales"),
        ("btp british transport", None),
        ("kent", "kent"),
    ],
)
def test_forces_are_found_by_their_names(
    places: PlaceSearch, text: str, force_id: str | None
) -> None:
    forces = {item for hit in places.search_places(text) for item in hit.force_ids}
    assert (force_id in forces) if force_id else not forces


def test_a_small_misspelling_is_forgiven_where_nothing_else_fits(places: PlaceSearch) -> None:
    assert places.search_places("Croyden")[0].label == "Croydon"


@pytest.mark.parametrize(
    "text", ["", " ", "'", "x", "??", "zzzzqqqq", "ZZ99 9ZZ", "0" * 5000, "' or 1=1 --", "\x00"]
)
def test_nonsense_finds_nothing(places: PlaceSearch, text: str) -> None:
    assert places.search_places(text) == ()


# No deadline: a search takes 20 ms, and ten times that on a busy machine without a fault.
@settings(deadline=None)
@given(text=st.text(max_size=300), limit=st.integers(-5, 50))
def test_any_text_gives_a_bounded_list_and_never_fails(
    places: PlaceSearch, text: str, limit: int
) -> None:
    hits = places.search_places(text, limit=limit)
    assert len(hits) <= max(0, min(limit, MAX_HITS))
    assert len(set(hits)) == len(hits)


def test_every_name_of_the_release_finds_itself(places: PlaceSearch) -> None:
    for label in (
        "St Helens",
        "Kensington and Chelsea",
        "Kensington & Chelsea",
        "Bristol",
        "Dyfed-Powys",
    ):
        assert places.search_places(label), label


def test_words_are_compared_without_case_accents_and_points() -> None:
    assert to_words("Ynys Môn; St. John’s & Saint Paul’s") == (
        "ynys",
        "mon",
        "st",
        "johns",
        "and",
        "st",
        "pauls",
    )


@pytest.mark.parametrize(
    ("text", "label", "force_id"),
    [
        ("Caerdydd", "Cardiff", "south_wales"),
        ("abertawe", "Swansea", "south_wales"),
        ("Casnewydd", "Newport", "gwent"),
        ("Wrecsam", "Wrexham", "north_wales"),
        ("Llundain", "London, Westminster", "metropolitan"),
        ("Ynys Môn", "Isle of Anglesey", "north_wales"),
        ("ynys mon", "Isle of Anglesey", "north_wales"),
        ("Môn", "Isle of Anglesey", "north_wales"),
        ("SIR GÂR", "Carmarthenshire", "dyfed_powys"),
        ("pont y pwl", "Pontypool, Torfaen", "gwent"),
        ("Rhyl", "Rhyl, Denbighshire", "north_wales"),
        ("Y Rhyl", "Rhyl, Denbighshire", "north_wales"),
        ("Caerdyd", "Cardiff", "south_wales"),
    ],
)
def test_a_place_is_found_by_its_welsh_name_too(
    places: PlaceSearch, text: str, label: str, force_id: str
) -> None:
    first = places.search_places(text)[0]
    assert (first.label, first.force_ids) == (label, (force_id,))


def test_a_hit_says_under_which_other_name_it_was_found(places: PlaceSearch) -> None:
    assert places.search_places("Caerdydd")[0].found_as == "Caerdydd"
    assert places.search_places("Cardiff")[0].found_as == ""
    labels = [hit.label for hit in places.search_places("Caer")]
    assert labels.count("Caerphilly") == 1
    assert labels[0] == "Chester, Cheshire West and Chester"


def test_forces_are_found_by_what_they_are_also_called(places: PlaceSearch) -> None:
    assert places.search_places("Heddlu’r De") == ()
    (first, *_) = places.search_places("heddlu r de", force_names=[("south_wales", "Heddlu’r De")])
    assert (first.kind, first.force_ids, first.found_as) == (
        "force",
        ("south_wales",),
        "Heddlu’r De",
    )


def test_every_welsh_name_finds_the_district_that_it_names(places: PlaceSearch) -> None:
    """So a row whose district or English name is not in the release fails."""
    for (code, name), welsh in read_welsh_names().items():
        for item in welsh:
            assert to_words(item) != to_words(name), item
            labels = {
                hit.district_codes: hit.label
                for hit in places.search_places(item)
                if hit.found_as == item
            }
            assert labels[(code,)].split(",")[0] == name


def test_every_welsh_name_has_a_declared_source() -> None:
    declared = tomllib.loads(WELSH_NAMES.with_name("sources.toml").read_text(encoding="utf-8"))
    with WELSH_NAMES.open(encoding="utf-8", newline="") as lines:
        used = {row["source"] for row in csv.DictReader(lines)}
    assert used == set(declared)
    for source in declared.values():
        assert set(source) == {
            "file",
            "title",
            "publisher",
            "url",
            "licence",
            "attribution",
            "note",
        }
        assert source["file"] == WELSH_NAMES.name
