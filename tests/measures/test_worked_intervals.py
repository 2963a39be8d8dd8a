"""An exact interval explained by its own tails: each of 2.5%,
or one of 5% where nothing was seen."""

from __future__ import annotations

from math import comb, exp, factorial

import pytest

from etl.measures.catalogue import CATALOGUE
from etl.measures.evaluate import evaluate_measure
from etl.measures.worked_intervals import explain_interval
from etl.model.estimates import Estimate
from etl.model.queries import Sums


def estimate_of(measure_id: str, events: int, trials: int) -> Estimate:
    (measure,) = evaluate_measure(
        CATALOGUE[measure_id], [Sums((), None, None, events, trials, 1, 1, ())]
    )
    return measure


def test_the_tails_of_a_share_are_two_and_a_half_per_cent_each() -> None:
    worked = explain_interval(estimate_of("false_share_of_alerts", 10, 2_077))
    assert worked is not None
    assert (worked.chance_at_low, worked.chance_at_high) == pytest.approx((0.025, 0.025), rel=1e-9)


def test_the_chance_is_that_of_the_binomial_added_up_by_hand() -> None:
    worked = explain_interval(estimate_of("false_share_of_alerts", 2, 10))
    assert worked is not None
    high = worked.estimate.high or 0.0
    by_hand = sum(comb(10, k) * high**k * (1 - high) ** (10 - k) for k in range(3))
    assert worked.chance_at_high == pytest.approx(by_hand, rel=1e-9)


def test_the_chance_of_a_rate_is_that_of_the_poisson_added_up_by_hand() -> None:
    worked = explain_interval(estimate_of("arrests_per_hour", 3, 120))
    assert worked is not None
    expected = (worked.estimate.high or 0.0) * 2
    by_hand = sum(exp(-expected) * expected**k / factorial(k) for k in range(4))
    assert worked.chance_at_high == pytest.approx(by_hand, rel=1e-9)
    assert worked.chance_at_low == pytest.approx(0.025, rel=1e-9)


def test_a_scale_does_not_change_the_chance() -> None:
    worked = explain_interval(estimate_of("alerts_per_1000_faces", 12, 5_000))
    assert worked is not None
    assert worked.chance_at_low == pytest.approx(0.025, rel=1e-9)


def test_none_seen_has_one_tail_of_five_per_cent() -> None:
    worked = explain_interval(estimate_of("false_share_of_alerts", 0, 25))
    assert worked is not None
    assert worked.chance_at_low is None
    assert worked.chance_at_high == pytest.approx(0.05, rel=1e-9)


def test_what_has_no_interval_is_not_explained() -> None:
    assert explain_interval(estimate_of("alerts_count", 10, 1)) is None
