"""The tile map: every force has one cell of its own,
and the cells stand roughly where the forces are."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import spearmanr


@pytest.fixture(scope="module")
def tiles(data: Path) -> list[dict[str, str]]:
    with (data / "reference" / "force_tiles.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def forces(data: Path) -> dict[str, dict[str, str]]:
    with (data / "reference" / "forces.csv").open(encoding="utf-8", newline="") as file:
        return {row["force_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def middle(data: Path) -> dict[str, tuple[float, float]]:
    """Middle of the box around each force area's largest part."""
    text = (data / "reference" / "outlines" / "force_area.geojson").read_text(encoding="utf-8")
    numbers = {}
    for feature in json.loads(text)["features"]:
        ring: list[Any] = max(
            (polygon[0] for polygon in feature["geometry"]["coordinates"]), key=len
        )
        x, y = zip(*ring, strict=True)
        numbers[feature["properties"]["force_id"]] = ((min(x) + max(x)) / 2, (min(y) + max(y)) / 2)
    return numbers


def test_every_force_has_one_cell(
    tiles: list[dict[str, str]], forces: dict[str, dict[str, str]]
) -> None:
    assert sorted(row["force_id"] for row in tiles) == sorted(forces)


def test_no_two_cells_or_labels_are_the_same(tiles: list[dict[str, str]]) -> None:
    cells = [(row["strip_code"], row["tile_column"], row["tile_row"]) for row in tiles]
    assert len(set(cells)) == len(cells)
    assert len({row["tile_label"] for row in tiles}) == len(tiles)


def test_only_territorial_forces_are_on_the_map(
    tiles: list[dict[str, str]], forces: dict[str, dict[str, str]]
) -> None:
    for row in tiles:
        territorial = forces[row["force_id"]]["kind_code"] == "territorial"
        assert (row["strip_code"] == "map") == territorial, row["force_id"]


def test_cells_stand_where_the_forces_are(
    tiles: list[dict[str, str]], middle: dict[str, tuple[float, float]]
) -> None:
    placed = [row for row in tiles if row["force_id"] in middle]
    columns = [int(row["tile_column"]) for row in placed]
    rows = [int(row["tile_row"]) for row in placed]
    eastings, northings = zip(*(middle[row["force_id"]] for row in placed), strict=True)
    assert len(placed) == 44
    assert spearmanr(columns, eastings).statistic > 0.9
    assert spearmanr(rows, northings).statistic < -0.9


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("metropolitan", "city_of_london"),
        ("metropolitan", "kent"),
        ("metropolitan", "surrey"),
        ("south_wales", "gwent"),
        ("south_wales", "dyfed_powys"),
        ("norfolk", "suffolk"),
        ("suffolk", "essex"),
        ("merseyside", "greater_manchester"),
        ("merseyside", "cheshire"),
        ("northumbria", "cumbria"),
        ("northumbria", "durham"),
        ("devon_and_cornwall", "avon_and_somerset"),
        ("west_midlands", "warwickshire"),
        ("humberside", "lincolnshire"),
    ],
)
def test_neighbours_stand_near_each_other(
    tiles: list[dict[str, str]], first: str, other: str
) -> None:
    cell = {row["force_id"]: (int(row["tile_column"]), int(row["tile_row"])) for row in tiles}
    (x, y), (u, v) = cell[first], cell[other]
    assert max(abs(x - u), abs(y - v)) <= 2
