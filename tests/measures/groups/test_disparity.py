"""Disparities against worked examples, exact power and coverage."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from etl.measures.groups.disparity import (
    baseline_at_which_not_significant,
    disparity,
    share_test,
    smallest_detectable_share,
)
from etl.measures.intervals import (
    NoIntervalError,
    binomial_p_values,
    rate_ratio_interval,
    rate_ratio_p_value,
)

# Eight false alerts about one group of residents, two about all others.
EXAMPLE = (8, 1_188_137, 2, 7_603_015)


def test_worked_example() -> None:
    result = disparity(*EXAMPLE)
    assert result.ratio == pytest.approx(25.596, abs=1e-3)
    assert (result.ratio_low, result.ratio_high) == rate_ratio_interval(*EXAMPLE)
    assert result.ratio_low == pytest.approx(5.108, abs=1e-3)
    assert result.p_value == rate_ratio_p_value(*EXAMPLE)
    per_million = np.array([result.difference_low, result.difference, result.difference_high]) * 1e6
    assert per_million == pytest.approx([2.583, 6.470, 13.008], abs=1e-3)


def test_a_group_without_events_keeps_every_limit_that_exists() -> None:
    none = disparity(0, 100, 5, 100)
    assert (none.ratio, none.ratio_low) == (0, 0)
    assert none.ratio_high == pytest.approx(1.09128, abs=1e-5)
    reference = disparity(5, 100, 0, 100)
    assert (reference.ratio, reference.ratio_high) == (None, None)
    assert reference.ratio_low == pytest.approx(1 / 1.09128, abs=1e-5)
    assert reference.difference == 0.05
    with pytest.raises(NoIntervalError, match="no events in either group"):
        disparity(0, 100, 0, 100)


@settings(deadline=None)
@given(st.integers(0, 500), st.floats(1, 1e7), st.integers(0, 500), st.floats(1, 1e7))
def test_everything_is_finite_or_none_ordered_and_turns_with_the_groups(
    k1: int, e1: float, k2: int, e2: float
) -> None:
    if k1 + k2 == 0:
        return
    there, back = disparity(k1, e1, k2, e2), disparity(k2, e2, k1, e1)
    assert all(value is None or math.isfinite(value) for value in dataclasses.astuple(there))
    assert there.difference_low <= there.difference <= there.difference_high
    assert (back.difference_low, back.difference_high) == (
        -there.difference_high,
        -there.difference_low,
    )
    if there.ratio and back.ratio:
        assert there.ratio == pytest.approx(1 / back.ratio)


def test_differences_cover_at_least_95_percent() -> None:
    """MOVER is not exact by construction, so its coverage is added up over all outcomes."""
    size, exposure, reference_exposure = 36, 1.0, 6.0
    low, high = np.full((size, size), -np.inf), np.full((size, size), np.inf)
    for k1 in range(size):
        for k2 in range(size):
            if k1 + k2:  # nothing is shown for none
                result = disparity(k1, exposure, k2, reference_exposure)
                low[k1, k2], high[k1, k2] = result.difference_low, result.difference_high
    outcomes = np.arange(size)
    for mean1 in (0.2, 1, 3, 6, 11):
        for mean2 in (0.2, 1, 3, 6, 11):
            truth = mean1 / exposure - mean2 / reference_exposure
            chance = np.outer(
                stats.poisson.pmf(outcomes, mean1), stats.poisson.pmf(outcomes, mean2)
            )
            assert (chance * ((low <= truth) & (truth <= high))).sum() >= 0.95


# -- shares ----------------------------------------------------------------------------------------


def test_eight_of_ten_against_residents() -> None:
    test = share_test(8, 10, 0.135)
    assert (test.share, round(test.low, 2), round(test.high, 2)) == (0.8, 0.44, 0.97)
    assert test.p_value_above == pytest.approx(3.85e-6, abs=1e-8)
    assert test.p_value == pytest.approx(7.69e-6, abs=1e-8)
    # scipy's two-sided p-value is the upper tail here: nothing below is as unlikely as 8 of 10.
    assert stats.binomtest(8, 10, 0.135).pvalue == pytest.approx(test.p_value_above)


def test_baseline_from_which_eight_of_ten_say_nothing() -> None:
    baseline = baseline_at_which_not_significant(8, 10)
    assert baseline == pytest.approx(0.444, abs=5e-4)
    assert (
        share_test(8, 10, baseline - 1e-6).p_value
        < 0.05
        < share_test(8, 10, baseline + 1e-6).p_value
    )
    # By the other two-sided definition it is 45%: "about 45%" holds for both.
    assert stats.binomtest(8, 10, 0.449).pvalue < 0.052
    assert stats.binomtest(8, 10, 0.46).pvalue > 0.05
    assert baseline_at_which_not_significant(0, 10) == 0


@settings(deadline=None)
@given(st.integers(1, 300), st.data())
def test_share_test_agrees_with_its_limits(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    baseline = data.draw(st.floats(0.001, 0.999))
    test = share_test(k, n, baseline)
    assume(abs(test.p_value - 0.05) > 1e-9)
    assert (test.p_value < 0.05) == (not test.low <= baseline <= test.high)


@pytest.mark.parametrize("baseline", [0, 1, -0.1, math.nan])
def test_a_baseline_must_be_possible(baseline: float) -> None:
    with pytest.raises(NoIntervalError, match="baseline"):
        share_test(1, 10, baseline)


# -- what could have been detected -----------------------------------------------------------------


def share_power(n: int, baseline: float, truth: float) -> float:
    k = np.arange(n + 1)
    result = (binomial_p_values(k, n, baseline) <= 0.05) & (k > n * baseline)
    return float((stats.binom.pmf(k, n, truth) * result).sum())


@pytest.mark.parametrize(("n", "baseline"), [(10, 0.135), (10, 0.45), (60, 0.2), (400, 0.03)])
def test_detectable_share_has_the_stated_power(n: int, baseline: float) -> None:
    share = smallest_detectable_share(n, baseline)
    assert share is not None
    assert share > baseline
    assert share_power(n, baseline, share) == pytest.approx(0.8, abs=1e-9)


def test_some_data_could_not_have_shown_any_share() -> None:
    assert smallest_detectable_share(2, 0.3) is None  # 2 of 2 has p = 0.18


def test_impossible_questions_about_power_are_refused() -> None:
    with pytest.raises(NoIntervalError, match="power"):
        smallest_detectable_share(5, 0.5, power=0.01)
    with pytest.raises(NoIntervalError, match="trials"):
        smallest_detectable_share(0, 0.5)
