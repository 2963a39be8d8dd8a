"""The outlines: whole, joined to our tables, sharing their borders,
and near the official ones where those are at hand."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

from etl.model.geography import AREA_KIND

OFFICIAL = {
    "force_area": "uk_police_forces.geojson",
    "region": "uk_regions.geojson",
    "london_borough": "london_boroughs.geojson",
}
MIN_OVERLAP = 0.95
# Areas that do not reach it, with the least they must keep. Why: docs/decisions/0009-outlines.md
BELOW = {
    "E23000034": 0.75,  # London, City of
    "E23000004": 0.91,  # Merseyside
    "E23000013": 0.92,  # Cleveland
    "E23000014": 0.93,  # West Midlands
    "W15000002": 0.94,  # Gwent
    "E23000011": 0.94,  # South Yorkshire
    "E09000001": 0.74,  # City of London
    "E09000020": 0.80,  # Kensington and Chelsea
    "E09000013": 0.85,  # Hammersmith and Fulham
    "E09000033": 0.85,  # Westminster
    "E09000030": 0.86,  # Tower Hamlets
    "E09000019": 0.87,  # Islington
    "E09000007": 0.87,  # Camden
    "E09000032": 0.88,  # Wandsworth
    "E09000023": 0.88,  # Lewisham
    "E09000012": 0.88,  # Hackney
    "E09000018": 0.89,  # Hounslow
    "E09000002": 0.89,  # Barking and Dagenham
    "E09000022": 0.89,  # Lambeth
    "E09000028": 0.89,  # Southwark
    "E09000009": 0.90,  # Ealing
    "E09000014": 0.90,  # Haringey
    "E09000021": 0.90,  # Kingston upon Thames
    "E09000025": 0.90,  # Newham
    "E09000031": 0.90,  # Waltham Forest
    "E09000027": 0.91,  # Richmond upon Thames
    "E09000011": 0.91,  # Greenwich
    "E09000026": 0.91,  # Redbridge
    "E09000024": 0.91,  # Merton
    "E09000004": 0.92,  # Bexley
    "E09000029": 0.93,  # Sutton
    "E09000010": 0.93,  # Enfield
    "E09000015": 0.93,  # Harrow
    "E09000003": 0.93,  # Barnet
    "E09000005": 0.93,  # Brent
    "E09000008": 0.93,  # Croydon
    "E09000017": 0.94,  # Hillingdon
}
MAX_BYTES = 400_000


@pytest.fixture(scope="module")
def outlines(data: Path) -> dict[str, dict[str, Any]]:
    """Geometries by kind and code."""
    shapes: dict[str, dict[str, Any]] = {}
    for kind in AREA_KIND:
        text = (data / "reference" / "outlines" / f"{kind}.geojson").read_text(encoding="utf-8")
        shapes[kind] = {
            feature["id"]: shape(feature["geometry"]) for feature in json.loads(text)["features"]
        }
    return shapes


def read_codes(data: Path, name: str, column: str) -> set[str]:
    with (data / "reference" / name).open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file) if row[column]}


def test_every_area_of_england_and_wales_and_scotland_is_there(
    data: Path, outlines: dict[str, dict[str, Any]]
) -> None:
    assert set(outlines["force_area"]) == read_codes(data, "forces.csv", "ons_code") - {"N92000002"}
    assert set(outlines["region"]) == read_codes(data, "regions.csv", "region_code") - {"N92000002"}
    boroughs = {
        code
        for code in read_codes(data, "districts.csv", "district_code")
        if code.startswith("E09")
    }
    assert set(outlines["london_borough"]) == boroughs


def test_outlines_name_the_force_of_their_code(data: Path) -> None:
    with (data / "reference" / "forces.csv").open(encoding="utf-8", newline="") as file:
        force_of = {row["ons_code"]: row["force_id"] for row in csv.DictReader(file)}
    text = (data / "reference" / "outlines" / "force_area.geojson").read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        assert feature["properties"]["force_id"] == force_of[feature["id"]]


def test_shapes_are_whole_and_do_not_lie_over_each_other(
    outlines: dict[str, dict[str, Any]],
) -> None:
    for kind, shapes in outlines.items():
        assert all(
            each_shape.is_valid and not each_shape.is_empty for each_shape in shapes.values()
        ), kind
        together = shapely.union_all(list(shapes.values())).area
        assert sum(each_shape.area for each_shape in shapes.values()) == pytest.approx(
            together, rel=1e-3
        ), kind


def test_regions_are_made_of_their_force_areas(outlines: dict[str, dict[str, Any]]) -> None:
    forces = shapely.union_all(list(outlines["force_area"].values()))
    regions = shapely.union_all(list(outlines["region"].values()))
    assert forces.symmetric_difference(regions).area / forces.area < 0.02


def test_the_files_are_small(data: Path) -> None:
    sizes = [path.stat().st_size for path in (data / "reference" / "outlines").glob("*.geojson")]
    assert sum(sizes) < MAX_BYTES


def test_every_source_says_what_it_is(data: Path) -> None:
    sources = tomllib.loads(
        (data / "reference" / "outlines" / "sources.toml").read_text(encoding="utf-8")
    )
    assert set(sources) == {"postcodes", "boroughs", "shoreline", "towns"}
    for entry in sources.values():
        assert len(entry["sha256"]) == 64
        assert all(
            entry[key] for key in ("file", "package", "fetch", "title", "licence", "attribution")
        )


@pytest.mark.published
@pytest.mark.parametrize("kind", list(AREA_KIND))
def test_outlines_overlap_the_official_ones(
    kind: str, published: Path, outlines: dict[str, dict[str, Any]]
) -> None:
    path = published / "reference" / "geo" / OFFICIAL[kind]
    if not path.exists():
        pytest.skip(f"no {path.name} beside the project")
    official = {
        feature["properties"]["code"]: shape(feature["geometry"])
        for feature in json.loads(path.read_text())["features"]
    }
    low = {}
    for code, ours in outlines[kind].items():
        theirs = official[code]
        overlap = ours.intersection(theirs).area / ours.union(theirs).area
        if overlap < BELOW.get(code, MIN_OVERLAP):
            low[code] = round(overlap, 3)
    assert low == {}
