"""Groupings of people that are refused, whatever the counts."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.disclosure.cross_tables import REFUSED_CROSS, refuse_cross
from etl.measures.catalogue import GROUPINGS


@pytest.mark.parametrize(
    "fine",
    [name for name in GROUPINGS if name not in ("force_id", "year", "use_case", "reliability")],
)
def test_people_by_place_or_date_are_refused(fine: str) -> None:
    refusal = refuse_cross(["sex", fine])
    assert refusal is not None
    assert refusal.code == REFUSED_CROSS
    assert refusal.reason.startswith(f"sex is never given by {fine}")
    assert refuse_cross([fine, "force_id", "year"]) is None


def test_people_in_a_part_of_a_year_are_refused() -> None:
    first, last = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
    assert refuse_cross(["sex"], (first, last)) is None
    assert refuse_cross(["sex"], (first, None)) is None
    for period in ((first, dt.date(2025, 12, 30)), (dt.date(2025, 1, 2), None)):
        refusal = refuse_cross(["sex", "force_id"], period)
        assert refusal is not None
        assert refusal.reason.startswith("sex is never given by part of a year")
        assert refuse_cross(["force_id"], period) is None


def test_people_by_force_and_year_are_not_refused_and_the_unknown_is() -> None:
    assert refuse_cross(["sex", "ethnicity", "officer_perceived_ic", "force_id", "year"]) is None
    assert refuse_cross(["self_defined_5", "shoe_size"]) is not None
