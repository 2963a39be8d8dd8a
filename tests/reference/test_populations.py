"""Residents by area and group: the figures add up to the area's total as far as the census' own
perturbation allows."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

PATH = Path(__file__).parents[2] / "data" / "reference" / "populations.csv"
PERTURBATION = {"sex": 0, "ethnic_group_5": 50, "ethnic_group_19": 50}
# As published: the age counts are summed from small areas;
# a few hundred people on a boundary fall to the neighbour.
AGE_SHARE = 0.0025


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with PATH.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def totals(rows) -> dict[str, int]:
    return {row["area_code"]: int(row["people_count"]) for row in rows if row["dimension"] == "all"}


def test_each_figure_stands_once(rows):
    seen = Counter((row["area_code"], row["dimension"], row["group_text"]) for row in rows)
    assert [figure for figure, times in seen.items() if times > 1] == []


def test_groups_add_up_to_the_total(rows, totals):
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        if row["area_code"] in totals:
            sums[row["area_code"], row["dimension"]] += int(row["people_count"])
    compared = set()
    for (area, dimension), people in sums.items():
        if dimension == "age_band_6":
            allowed = AGE_SHARE * totals[area]
        elif dimension in PERTURBATION:
            allowed = PERTURBATION[dimension]
        else:
            continue
        compared.add(dimension)
        assert abs(people - totals[area]) <= allowed, (area, dimension)
    assert compared == {*PERTURBATION, "age_band_6"}


def test_districts_and_forces_add_up_to_england_and_wales(rows, totals):
    kinds = {row["area_code"]: row["area_kind"] for row in rows}
    for kind in ("district", "force_area", "region"):
        added = sum(people for area, people in totals.items() if kinds[area] == kind)
        # Wales stands once, as a country.
        assert added + (totals["W92000004"] if kind == "region" else 0) == totals["K04000001"], kind


def test_the_mets_residents(rows, totals):
    groups = {
        row["group_text"]: int(row["people_count"])
        for row in rows
        if (row["area_code"], row["dimension"]) == ("E23000001", "ethnic_group_5")
    }
    assert totals["E23000001"] == 8_791_113
    assert groups["Black"] == 1_188_137
    assert round(groups["Black"] / sum(groups.values()), 3) == 0.135
