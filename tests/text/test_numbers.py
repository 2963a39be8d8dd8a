"""The words of numbers: what a minister reads aloud must be what the Estimate says."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from dashboard.text.numbers import (
    describe_gap,
    describe_none_of,
    format_amount,
    format_count,
    format_date,
    format_fraction,
    format_list,
    format_one_in,
    format_one_in_faces,
    format_per_million_faces,
    format_period,
    format_share,
    format_share_of_alerts,
    format_short_period,
    format_total,
)
from etl.measures.catalogue import MEASURES
from etl.measures.evaluate import evaluate_measure
from etl.model.estimates import Estimate
from etl.model.queries import Sums


def estimate(
    measure_id: str,
    numerator: int | None,
    denominator: int | None = None,
    *,
    rows: int = 9,
    used: int = 9,
) -> Estimate:
    sums = Sums(
        group=(),
        period_start=dt.date(2024, 9, 12),
        period_end=dt.date(2025, 9, 11),
        numerator=numerator,
        denominator=denominator,
        rows_count=rows,
        used_count=used,
        sources=("metropolitan_deployments",),
        breaks=(),
    )
    return evaluate_measure(MEASURES[measure_id], [sums])[0]


def test_the_worked_example_of_both_denominators() -> None:
    assert (
        format_share_of_alerts(estimate("false_share_of_alerts", 10, 2077))
        == "0.48% (0.23% to 0.88%) [u]"
    )
    text = format_one_in_faces(estimate("false_alerts_per_face_seen", 10, 3_147_436))
    assert text == "1 in 315,000 faces (1 in 171,000 to 1 in 656,000) [u]"
    assert format_fraction(estimate("false_share_of_alerts", 10, 2077)) == "10 of 2,077"


def test_none_seen_is_a_bound_and_never_a_zero_rate() -> None:
    per_face = estimate("false_alerts_per_face_seen", 0, 26_560)
    assert format_one_in_faces(per_face) == "none seen; below 1 in 8,860 faces (95%)"
    assert format_per_million_faces(per_face) == "none seen; below 113 per million faces (95%)"
    assert (
        format_share_of_alerts(estimate("false_share_of_alerts", 0, 25))
        == "none seen; below 11.3% (95%)"
    )


def test_the_bound_in_words_never_promises_more_than_the_bound() -> None:
    for trials in (7, 25, 311, 8_000, 26_560, 700_154):
        high = estimate("false_alerts_per_face_seen", 0, trials).high
        assert high is not None
        shown = int(format_one_in(high, down=True).removeprefix("1 in ").replace(",", ""))
        assert 1 / shown >= high


def test_few_events_are_marked() -> None:
    assert format_share_of_alerts(estimate("false_share_of_alerts", 1, 2)).endswith("[u]")
    assert "[u]" not in format_share_of_alerts(estimate("false_share_of_alerts", 59, 4694))


def test_a_break_is_marked_beside_the_number() -> None:
    across = dataclasses.replace(
        estimate("false_share_of_alerts", 59, 4694), breaks=("some_break",)
    )
    assert format_share_of_alerts(across).endswith("[b]")


def test_a_total_with_gaps_is_a_lower_bound_and_says_how_many_rows_are_missing() -> None:
    part = estimate("deployments_count", 617, rows=613, used=605)
    assert format_total(part) == "at least 617"
    assert describe_gap(part) == "The true number is higher: 8 entries give no figure."
    whole = estimate("deployments_count", 538)
    assert (format_total(whole), describe_gap(whole)) == ("538", "")


def test_not_published_is_neither_blank_nor_zero() -> None:
    none = estimate("arrests_count", None, rows=22, used=0)
    assert format_total(none) == "[x] not published"
    assert describe_gap(none) == "None of the 22 entries gives it."
    assert (
        describe_none_of(estimate("arrests_count", None, rows=1, used=0))
        == "The only entry does not give it."
    )
    assert format_total(estimate("arrests_count", None, rows=0, used=0)) == "[z] nothing to count"
    assert format_total(estimate("arrests_count", 0)) == "0"


def test_one_is_singular() -> None:
    assert format_amount(estimate("deployments_count", 1)) == "1 deployment"
    assert format_amount(estimate("faces_seen_count", 1)) == "1 face seen"
    assert format_amount(estimate("faces_seen_count", 12)) == "12 faces seen"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (1, "100%"),
        (0.0048146, "0.48%"),
        (0.012569, "1.3%"),
        (0.338, "33.8%"),
        (0.99999, "more than 99.9%"),
        (3.2e-6, "0.00032%"),
    ],
)
def test_shares(share: float, text: str) -> None:
    assert format_share(share) == text


def test_dates_and_periods() -> None:
    first, last = dt.date(2025, 5, 10), dt.date(2026, 8, 27)
    assert format_date(first) == "10 May 2025"
    assert format_date(None) == "date not published"
    assert format_period(first, last) == "10 May 2025 to 27 August 2026"
    assert format_period(first, first) == "10 May 2025"
    assert format_short_period(first, last) == "May 2025 – Aug 2026"
    assert format_short_period(first, first) == "May 2025"


def test_lists_and_thousands() -> None:
    assert format_list(["A", "B", "C"]) == "A, B and C"
    assert format_list(["A"]) == "A"
    assert format_count(3_147_436) == "3,147,436"
