"""A lower bound is given where part of a count is published, and nowhere else."""

from __future__ import annotations

import pytest

from etl.measures.lower_bounds import at_least
from etl.model.estimates import Estimate


def _make(
    measure_id: str,
    numerator: int | None,
    denominator: float | None,
    status: str,
    breaks: tuple[str, ...] = (),
) -> Estimate:
    return Estimate(
        measure_id,
        (),
        None,
        None,
        numerator,
        denominator,
        None,
        None,
        None,
        status,
        "",
        3,
        2,
        breaks,
        (),
        (),
    )


@pytest.mark.parametrize(
    ("measure_id", "numerator", "denominator", "status", "expected"),
    [
        ("deployments_count", 11, None, "incomplete", 11),
        ("hours_deployed", 90, None, "incomplete", 1.5),
        ("deployments_count", 11, None, "ok", None),
        ("deployments_count", None, None, "not_available", None),
        ("faces_per_1000_residents", 5_000, 1_000_000, "incomplete", 5),
        ("deployments_per_100000_residents", 4, 800_000, "incomplete", 0.5),
        ("faces_per_1000_residents", 5_000, None, "incomplete", None),
        ("false_share_of_alerts", 4, 10, "incomplete", None),
    ],
)
def test_at_least(measure_id, numerator, denominator, status, expected) -> None:
    assert at_least(_make(measure_id, numerator, denominator, status)) == expected


def test_a_count_over_a_break_has_a_lower_bound_and_a_rate_has_none() -> None:
    assert at_least(_make("faces_seen_count", 7, None, "incomplete", ("basis",))) == 7
    assert at_least(_make("faces_per_1000_residents", 7, 100, "incomplete", ("basis",))) is None
