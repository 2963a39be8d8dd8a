"""The reference tables of places, districts and forces agree with one another.

In: the committed csv files under data/reference. One test also reads the borough and force area
boundaries where a copy of them lies beside the repository, and is skipped elsewhere. It does not
check that a judgement is right, only that it is complete, unique, inside the stated district and as
precise as it says."""

import csv
import json
import math
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
REFERENCE = REPOSITORY / "data" / "reference"
BOUNDARIES = REPOSITORY.parent / "shared" / "published" / "reference" / "geo"

PRECISIONS = {"street", "station", "venue", "town", "district", "force_area"}
COORDINATE_SOURCES = {"geonames_gazetteer", "district_centroid", "reviewer_map_knowledge"}
# Smallest and largest uncertainty, in metres, that a precision may state.
UNCERTAINTY_METRES = {
    "street": (50, 800),
    "station": (50, 500),
    "venue": (50, 1500),
    "town": (300, 5000),
    "district": (1000, 30000),
}
NATIONAL_FORCES = {"british_transport", "immigration_enforcement"}
# The boundaries are generalised, so a point beside a river or a coast may fall just outside its own
# area.
TOLERANCE_METRES = 300
METRES_PER_DEGREE_LATITUDE = 110_574
METRES_PER_DEGREE_LONGITUDE = 111_320

Row = dict[str, str]
Ring = list[list[float]]


def read_table(name: str) -> list[Row]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


PLACES = read_table("places.csv")
PLACE_NAMES = read_table("place_names.csv")
DISTRICTS = read_table("districts.csv")
REGIONS = read_table("regions.csv")
FORCES = read_table("forces.csv")
REVIEW = read_table("place_review.csv")

PLACE_BY_ID = {row["place_id"]: row for row in PLACES}
DISTRICT_BY_CODE = {row["district_code"]: row for row in DISTRICTS}
FORCE_IDS = {row["force_id"] for row in FORCES}


def repeated(values: list[Any]) -> list[Any]:
    return [value for value, times in Counter(values).items() if times > 1]


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        pytest.param(PLACES, ("place_id",), id="places"),
        pytest.param(PLACES, ("place_name",), id="place names for readers"),
        pytest.param(PLACE_NAMES, ("force_id", "location_text"), id="printed texts"),
        pytest.param(DISTRICTS, ("district_code",), id="districts"),
        pytest.param(DISTRICTS, ("district_name",), id="district names"),
        pytest.param(REGIONS, ("region_code",), id="regions"),
        pytest.param(FORCES, ("force_id",), id="forces"),
        pytest.param(FORCES, ("force_name",), id="force names"),
    ],
)
def test_key_is_unique_and_rows_are_sorted_by_it(rows: list[Row], key: tuple[str, ...]) -> None:
    keys = [tuple(row[column] for column in key) for row in rows]
    assert repeated(keys) == []
    if key[-1].endswith(("_id", "_code", "_text")):
        assert keys == sorted(keys)


@pytest.mark.parametrize("path", sorted(REFERENCE.glob("*.csv")), ids=lambda path: path.name)
def test_file_is_utf8_with_unix_lines_and_no_stray_blanks(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.startswith("\ufeff")
    if path.name in {"places.csv", "place_names.csv", "place_review.csv"}:
        cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
        assert [cell for cell in cells if cell != cell.strip() or "  " in cell] == []


@pytest.mark.parametrize("identifier", [*PLACE_BY_ID, *sorted(FORCE_IDS)])
def test_ids_are_lower_case_words_joined_by_underscores(identifier: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", identifier)


def test_every_printed_text_leads_to_a_place_and_every_place_is_used() -> None:
    assert {row["place_id"] for row in PLACE_NAMES} == set(PLACE_BY_ID)


def test_every_printed_text_belongs_to_a_known_force() -> None:
    assert {row["force_id"] for row in PLACE_NAMES} <= FORCE_IDS


def test_districts_forces_and_regions_refer_to_one_another() -> None:
    region_codes = {row["region_code"] for row in REGIONS}
    territorial = {row["force_id"] for row in FORCES if row["kind_code"] == "territorial"}
    assert {row["force_id"] for row in DISTRICTS} == territorial
    assert {row["region_code"] for row in DISTRICTS} == region_codes
    assert {row["force_id"] for row in FORCES if not row["ons_code"]} == NATIONAL_FORCES
    region_of_force = {row["force_id"]: row["region_code"] for row in FORCES}
    assert [
        row for row in DISTRICTS if region_of_force[row["force_id"]] != row["region_code"]
    ] == []
    assert len(DISTRICTS) == 361


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place["place_id"])
def test_place_is_complete_and_as_precise_as_it_says(place: Row) -> None:
    precision = place["precision_code"]
    assert precision in PRECISIONS
    assert place["place_name"]
    assert place["evidence"].endswith(".")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", place["reviewed"])
    located = ("district_code", "longitude", "latitude", "coordinate_source", "uncertainty_m")
    if precision == "force_area":
        assert [column for column in located if place[column]] == []
        return
    assert [column for column in located if not place[column]] == []
    assert place["district_code"] in DISTRICT_BY_CODE
    assert place["coordinate_source"] in COORDINATE_SOURCES
    assert (place["coordinate_source"] == "district_centroid") == (precision == "district")
    smallest, largest = UNCERTAINTY_METRES[precision]
    assert smallest <= int(place["uncertainty_m"]) <= largest
    assert re.fullmatch(r"-?\d\.\d{3,5}", place["longitude"])
    assert re.fullmatch(r"\d\d\.\d{3,5}", place["latitude"])


@pytest.mark.parametrize(
    "name",
    PLACE_NAMES,
    ids=lambda name: f"{name['force_id'] or 'retailer'}: {name['location_text']}",
)
def test_place_lies_in_the_district_of_the_force_that_deployed(name: Row) -> None:
    district_code = PLACE_BY_ID[name["place_id"]]["district_code"]
    if name["force_id"] in NATIONAL_FORCES | {""} or not district_code:
        return
    assert DISTRICT_BY_CODE[district_code]["force_id"] == name["force_id"]


def test_review_rows_still_differ_from_our_table() -> None:
    place_of_text = {
        row["location_text"]: row["place_id"]
        for row in PLACE_NAMES
        if row["force_id"] == "metropolitan"
    }
    assert repeated([(row["publication"], row["row"]) for row in REVIEW]) == []
    for row in REVIEW:
        assert row["publication"] in {"transcription_2025", "transcription_2026"}
        assert row["reason"]
        assert (
            PLACE_BY_ID[place_of_text[row["location_text"]]]["district_code"]
            == row["our_district_code"]
        )
        assert (
            DISTRICT_BY_CODE[row["our_district_code"]]["district_name"] == row["our_district_name"]
        )
        assert row["their_borough"] != row["our_district_name"]


def test_every_table_names_its_sources() -> None:
    sources = tomllib.loads((REFERENCE / "sources.toml").read_text(encoding="utf-8"))["source"]
    for source in sources:
        assert set(source) == {"file", "title", "publisher", "url", "licence", "note"}
        assert (REFERENCE / source["file"]).exists()
    ours = {
        "places.csv",
        "place_names.csv",
        "place_review.csv",
        "districts.csv",
        "regions.csv",
        "forces.csv",
    }
    assert ours <= {source["file"] for source in sources}


def read_areas(name: str) -> dict[str, list[Ring]]:
    """Outer and inner rings of every area, by its code, as lists of [longitude, latitude]."""
    areas = {}
    for feature in json.loads((BOUNDARIES / name).read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        polygons = (
            shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        )
        areas[feature["properties"]["code"]] = [ring for polygon in polygons for ring in polygon]
    return areas


def metres_outside(longitude: float, latitude: float, rings: list[Ring]) -> float:
    """Distance from a point to an area, 0 inside it.
    Flat-earth metres, good for a few kilometres."""
    width = METRES_PER_DEGREE_LONGITUDE * math.cos(math.radians(latitude))
    inside = False
    nearest = math.inf
    for ring in rings:
        corners = [
            ((x - longitude) * width, (y - latitude) * METRES_PER_DEGREE_LATITUDE) for x, y in ring
        ]
        for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (y1 > 0) != (y2 > 0) and x1 - y1 * (x2 - x1) / (y2 - y1) > 0:
                inside = not inside
            squared = (x2 - x1) ** 2 + (y2 - y1) ** 2
            along = (
                0.0
                if squared == 0
                else max(0.0, min(1.0, -(x1 * (x2 - x1) + y1 * (y2 - y1)) / squared))
            )
            nearest = min(nearest, math.hypot(x1 + along * (x2 - x1), y1 + along * (y2 - y1)))
    return 0.0 if inside else nearest


def test_distance_to_an_area_is_zero_inside_and_grows_outside() -> None:
    square = [[[0.0, 51.0], [0.1, 51.0], [0.1, 51.1], [0.0, 51.1], [0.0, 51.0]]]
    assert metres_outside(0.05, 51.05, square) == 0
    assert metres_outside(0.05, 51.11, square) == pytest.approx(0.01 * METRES_PER_DEGREE_LATITUDE)
    assert metres_outside(0.2, 51.05, square) == pytest.approx(6999, abs=5)


@pytest.mark.skipif(not BOUNDARIES.is_dir(), reason="the boundaries are not kept in the repository")
def test_every_coordinate_falls_in_its_borough_or_force_area() -> None:
    boroughs = read_areas("london_boroughs.geojson")
    force_areas = read_areas("uk_police_forces.geojson")
    code_of_force = {row["force_id"]: row["ons_code"] for row in FORCES}
    far = {}
    for place in PLACES:
        if not place["district_code"]:
            continue
        force_id = DISTRICT_BY_CODE[place["district_code"]]["force_id"]
        rings = boroughs.get(place["district_code"]) or force_areas[code_of_force[force_id]]
        metres = metres_outside(float(place["longitude"]), float(place["latitude"]), rings)
        if metres > TOLERANCE_METRES:
            far[place["place_id"]] = round(metres)
    assert far == {}
