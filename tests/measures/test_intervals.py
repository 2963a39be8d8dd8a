"""Intervals against published tables, exact coverage, each other,
and the traps of other methods."""

from __future__ import annotations

import math
import tracemalloc
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats
from scipy.stats.contingency import relative_risk

from etl.measures.intervals import (
    FAULTS,
    Intervals,
    NoIntervalError,
    binomial_p_values,
    proportion_interval,
    proportion_intervals,
    rate_interval,
    rate_intervals,
    rate_ratio_interval,
    rate_ratio_intervals,
    rate_ratio_p_value,
    rate_ratio_p_values,
    reported_interval,
    reported_intervals,
)

# Eight false alerts about one group of residents, two about all others.
EXAMPLE = (8, 1_188_137, 2, 7_603_015)

counts = st.integers(0, 3000)
exposures = st.floats(1e-3, 1e8)


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    trials = draw(st.integers(1, 5_000_000))
    return draw(st.integers(0, trials)), trials


# -- published values ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "trials", "low", "high", "places"),
    [
        (10, 2077, 0.00231, 0.00884, 5),  # false alerts of alerts, the Met's year to September 2025
        (8, 10, 0.44, 0.97, 2),
        (81, 263, 0.2527, 0.3676, 4),  # Newcombe 1998, Stat Med 17:857, table I, method 5
        (15, 148, 0.0578, 0.1617, 4),
        (0, 20, 0.0, 0.1684, 4),
        (1, 29, 0.0009, 0.1776, 4),
    ],
)
def test_proportions_as_published(
    events: int, trials: int, low: float, high: float, places: int
) -> None:
    interval = proportion_interval(events, trials)
    assert (round(interval.low, places), round(interval.high, places)) == (low, high)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    # Garwood's table of 95% limits of a Poisson count, as reprinted in Ulm 1990, Am J Epidemiol
    # 131:373
    [
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (20, 12.217, 30.888),
        (100, 81.364, 121.627),
    ],
)
def test_rates_as_published(events: int, low: float, high: float) -> None:
    assert rate_interval(events, 1) == pytest.approx((low, high), abs=6e-4)


def test_rate_as_in_the_manual_of_r() -> None:
    assert rate_interval(137, 24.19893) == pytest.approx((4.753125, 6.692709), abs=1e-6)


def test_one_in_so_many_faces() -> None:
    low, high = proportion_interval(10, 3_147_436)
    assert 3_147_436 // 10 == 314_743
    assert (round(1 / high, -3), round(1 / low, -3)) == (171_000, 656_000)


def test_rate_ratios_as_published() -> None:
    # poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)) in R's manual
    assert rate_ratio_interval(11, 800, 21, 3011) == pytest.approx((0.8584264, 4.2772659), abs=1e-6)
    # Breast cancer after fluoroscopy, the example of Stata's `ir`: exact limits 1.005684 and 3.6093
    assert rate_ratio_interval(41, 28_010, 15, 19_017) == pytest.approx(
        (1.005684, 3.6093), abs=1e-4
    )


# -- the traps -------------------------------------------------------------------------------------


def test_trap_poisson_means_test_misses_a_difference_that_the_exact_test_finds() -> None:
    assert stats.poisson_means_test(*EXAMPLE).pvalue == pytest.approx(0.16, abs=0.005)
    assert rate_ratio_p_value(*EXAMPLE, "greater") == pytest.approx(3.9e-6, abs=5e-8)
    assert rate_ratio_p_value(*EXAMPLE) == pytest.approx(7.8e-6, abs=5e-8)


def test_trap_binomtest_doubles_nothing_where_the_other_tail_is_likelier() -> None:
    """What scipy calls two-sided is here one tail;
    ours is twice that, in step with our interval."""
    k1, e1, k2, e2 = EXAMPLE
    scipys = stats.binomtest(k1, k1 + k2, e1 / (e1 + e2)).pvalue
    assert scipys == pytest.approx(rate_ratio_p_value(*EXAMPLE, "greater"))
    assert 2 * scipys == pytest.approx(rate_ratio_p_value(*EXAMPLE))


def test_trap_sqrtcc_puts_a_25_fold_ratio_next_to_one() -> None:
    rates = pytest.importorskip("statsmodels.stats.rates")
    low, _ = rates.confint_poisson_2indep(*EXAMPLE, method="sqrtcc", compare="ratio")
    assert low == pytest.approx(0.87, abs=0.005)
    score, _ = rates.confint_poisson_2indep(*EXAMPLE, method="score", compare="ratio")
    ours = rate_ratio_interval(*EXAMPLE)
    assert ours.low == pytest.approx(5.108, abs=1e-3)
    assert 1 < ours.low < score < EXAMPLE[0] / EXAMPLE[1] / (EXAMPLE[2] / EXAMPLE[3])


def test_trap_relative_risk_has_no_limits_with_an_empty_cell() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        none, only = relative_risk(0, 100, 5, 100), relative_risk(5, 100, 0, 100)
        assert math.isnan(none.confidence_interval().high)
        assert math.isnan(only.confidence_interval().low)
    assert rate_ratio_interval(0, 100, 5, 100) == pytest.approx((0, 1.09128), abs=1e-5)
    low, high = rate_ratio_interval(5, 100, 0, 100)
    assert low == pytest.approx(1 / 1.09128, abs=1e-5)
    assert high is None


def test_trap_normal_limits_of_nothing_seen_claim_certainty() -> None:
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    assert tuple(proportion.proportion_confint(0, 10_000, method="normal")) == (0, 0)
    assert proportion_interval(0, 10_000) == pytest.approx((0, 3.688e-4), abs=1e-7)


@pytest.mark.parametrize(
    ("events", "trials"),
    [(1000, 312_382_719), (1000, 162_689_433), (999, 775_139_301), (999, 448_119_058)],
)
def test_trap_scipys_inverse_beta_is_wrong_near_a_thousand_events(events: int, trials: int) -> None:
    """betaincinv(1000, 312381720, 0.025) * n is 2380; 939 is right:
    among so many trials it is Poisson's."""
    assert proportion_interval(events, trials) == pytest.approx(
        rate_interval(events, trials), rel=1e-5
    )


# -- properties ------------------------------------------------------------------------------------


@given(shares())
def test_share_lies_between_its_limits_and_mirrors_its_complement(share: tuple[int, int]) -> None:
    k, n = share
    low, high = proportion_interval(k, n)
    assert 0 <= low <= k / n <= high <= 1
    assert proportion_interval(n - k, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)
    printed = reported_interval("proportion", k, n)
    assert low <= printed.low <= k / n <= printed.high <= high
    mirrored = reported_interval("proportion", n - k, n)
    assert mirrored == pytest.approx((1 - printed.high, 1 - printed.low), abs=1e-12)


@given(counts, exposures)
def test_rate_lies_between_its_limits(k: int, e: float) -> None:
    low, high = rate_interval(k, e)
    assert 0 <= low <= k / e <= high < math.inf
    assert (low == 0) == (k == 0)


@given(counts, exposures, counts, exposures)
def test_swapping_the_groups_inverts_the_ratio(k1: int, e1: float, k2: int, e2: float) -> None:
    if k1 + k2 == 0:
        return
    there, back = rate_ratio_interval(k1, e1, k2, e2), rate_ratio_interval(k2, e2, k1, e1)
    assert there.low == pytest.approx(1 / back.high if back.high else 0, rel=1e-9)
    assert back.low == pytest.approx(1 / there.high if there.high else 0, rel=1e-9)
    assert rate_ratio_p_value(k1, e1, k2, e2) == pytest.approx(
        rate_ratio_p_value(k2, e2, k1, e1), rel=1e-6
    )
    if k1 and k2:
        assert there.high is not None
        assert there.low <= (k1 / k2) * (e2 / e1) * (1 + 1e-9)
        assert (k1 / k2) * (e2 / e1) <= there.high * (1 + 1e-9)


@given(st.integers(0, 60), exposures, st.integers(0, 60), exposures)
def test_ratio_interval_and_p_value_agree_about_one(k1: int, e1: float, k2: int, e2: float) -> None:
    if k1 + k2 == 0:
        return
    p, (low, high) = rate_ratio_p_value(k1, e1, k2, e2), rate_ratio_interval(k1, e1, k2, e2)
    assert 0 <= p <= 1
    if abs(p - 0.05) > 1e-9:
        assert (p < 0.05) == (low > 1 or (high is not None and high < 1))


@given(shares(), st.integers(2, 50))
def test_more_data_at_the_same_share_or_rate_narrows(share: tuple[int, int], times: int) -> None:
    k, n = share
    for interval in (proportion_interval, rate_interval):
        few, many = interval(k, n), interval(k * times, n * times)
        assert many.high - many.low < few.high - few.low
    if k:
        few_r, many_r = (rate_ratio_interval(k * t, 100 * t, 5 * t, 70 * t) for t in (1, times))
        assert few_r.high is not None
        assert many_r.high is not None
        assert many_r.high / many_r.low < few_r.high / few_r.low


@pytest.mark.parametrize("n", [1, 7, 2077, 3_147_436, 20_000_000])
def test_more_events_raise_both_limits(n: int) -> None:
    k = np.arange(min(n, 3000) + 1)
    for intervals in (
        proportion_intervals(k, n),
        reported_intervals("proportion", k, n),
        rate_intervals(k, n),
        reported_intervals("rate", k, n),
        rate_ratio_intervals(k, 3.0, 5, 7.0),
    ):
        assert (np.diff(intervals.low) > 0).all()
        assert (np.diff(intervals.high) > 0).all()


def test_limits_leave_exactly_the_stated_tails_up_to_the_largest_counts() -> None:
    random = np.random.default_rng(7)
    n = np.floor(10 ** random.uniform(0, 10, 20_000))
    k = np.clip(np.floor(n * 10 ** random.uniform(-9, 0, n.size)), 1, np.maximum(n - 1, 1))
    k, n = k[n > 1], n[n > 1]
    intervals = proportion_intervals(k, n)
    assert special.betainc(k, n - k + 1, intervals.low) == pytest.approx(0.025, rel=1e-5)
    assert special.betaincc(k + 1, n - k, intervals.high) == pytest.approx(0.025, rel=1e-5)


# -- coverage, by adding up every possible outcome -------------------------------------------------


def coverage(intervals: Intervals, truth: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Chance that the interval holds the truth; `chance` has a row per outcome,
    a column per true value."""
    inside = (intervals.low[:, None] <= truth) & (truth <= intervals.high[:, None])
    return np.asarray((chance * inside).sum(axis=0))


@pytest.mark.parametrize("n", [1, 2, 5, 10, 50, 400])
def test_proportions_cover_at_least_95_percent(n: int) -> None:
    k, truth = np.arange(n + 1), np.linspace(0.0005, 0.9995, 1999)
    chance = stats.binom.pmf(k[:, None], n, truth)
    assert coverage(proportion_intervals(k, n), truth, chance).min() >= 0.95
    assert coverage(proportion_intervals(k, n, 0.99), truth, chance).min() >= 0.99
    # With one-sided limits at none and all: at worst 5% in one tail and 2.5% in the other.
    assert coverage(reported_intervals("proportion", k, n), truth, chance).min() >= 0.925


def test_rates_cover_at_least_95_percent() -> None:
    k, truth = np.arange(200), np.geomspace(0.01, 60, 2000)
    chance = stats.poisson.pmf(k[:, None], truth)
    assert coverage(rate_intervals(k, 1), truth, chance).min() >= 0.95
    printed = coverage(reported_intervals("rate", k, 1), truth, chance)
    assert printed.min() >= 0.93
    below = truth[printed < 0.95]  # the price of the one-sided limit, only where it cuts
    assert (below >= 2.99).all()
    assert (below <= 3.69).all()


@pytest.mark.parametrize("ratio_of_exposures", [0.15, 1.0, 20.0])
def test_ratios_cover_at_least_95_percent(ratio_of_exposures: float) -> None:
    k1, k2 = np.meshgrid(np.arange(70), np.arange(70), indexing="ij")
    intervals = rate_ratio_intervals(k1, ratio_of_exposures, k2, 1.0)
    for mean1 in (0.3, 1, 3, 8, 20):
        for mean2 in (0.3, 1, 3, 8, 20):
            truth = mean1 / mean2 / ratio_of_exposures
            inside = (intervals.low <= truth) & (
                truth <= intervals.high
            )  # no events: not valid, and as wide as can be
            assert (
                stats.poisson.pmf(k1, mean1) * stats.poisson.pmf(k2, mean2) * inside
            ).sum() >= 0.95 - 1e-9


# -- arrays ----------------------------------------------------------------------------------------


def test_arrays_are_the_single_values_element_by_element() -> None:
    random = np.random.default_rng(3)
    n = random.integers(1, 4000, 150)
    k, k2, e2 = random.integers(0, n + 1), random.integers(1, 40, 150), random.uniform(1, 1e7, 150)
    shares_, rates, ratios = (
        proportion_intervals(k, n),
        rate_intervals(k, e2),
        rate_ratio_intervals(k, n, k2, e2),
    )
    p, _ = rate_ratio_p_values(k, n, k2, e2)
    printed = reported_intervals("proportion", k, n)
    for i in range(150):
        each_counts = (int(k[i]), int(n[i]))
        assert (shares_.low[i], shares_.high[i]) == proportion_interval(*each_counts)
        assert (printed.low[i], printed.high[i]) == reported_interval("proportion", *each_counts)
        assert (rates.low[i], rates.high[i]) == rate_interval(each_counts[0], float(e2[i]))
        four = (*each_counts, int(k2[i]), float(e2[i]))
        assert (ratios.low[i], ratios.high[i]) == rate_ratio_interval(*four)
        assert p[i] == rate_ratio_p_value(*four)


@pytest.mark.parametrize("intervals", [rate_intervals, proportion_intervals])
def test_a_million_intervals_in_one_call_in_bounded_memory(
    intervals: Callable[..., Intervals],
) -> None:
    random = np.random.default_rng(1)
    n = random.integers(1, 5_000_000, 1_000_000)
    k = random.binomial(n, 3e-6)
    tracemalloc.start()
    try:
        result = intervals(k, n)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert result.low.shape == (1_000_000,)
    assert result.valid.all()
    assert ((result.low <= k / n) & (k / n <= result.high)).all()
    assert peak < 200e6


def test_shapes_broadcast_and_may_be_empty() -> None:
    assert proportion_intervals([[1], [2]], [10, 20, 30]).low.shape == (2, 3)
    assert rate_intervals([], []).low.shape == (0,)


# -- what is refused -------------------------------------------------------------------------------

BAD = [-1, 1.5, math.nan, math.inf, None, 1e13]


@pytest.mark.parametrize("events", BAD)
def test_events_that_are_no_count_are_refused(events: float) -> None:
    for call in (
        lambda: proportion_interval(events, 10),  # type: ignore[arg-type]
        lambda: rate_interval(events, 10),  # type: ignore[arg-type]
        lambda: rate_ratio_interval(events, 10, 1, 10),  # type: ignore[arg-type]
        lambda: rate_ratio_p_value(1, 10, events, 10),  # type: ignore[arg-type]
    ):
        with pytest.raises(NoIntervalError, match="events must be a whole number"):
            call()


def test_impossible_denominators_are_refused_with_what_was_found() -> None:
    with pytest.raises(
        NoIntervalError, match=r"more events than trials; found events=11, trials=10"
    ):
        proportion_interval(11, 10)
    with pytest.raises(NoIntervalError, match="trials must be"):
        proportion_interval(0, 0)
    for exposure in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(NoIntervalError, match="exposure must be"):
            rate_interval(3, exposure)
        with pytest.raises(NoIntervalError, match="exposure must be"):
            reported_interval("rate", 0, exposure)
    with pytest.raises(NoIntervalError, match="no events in either group"):
        rate_ratio_interval(0, 5, 0, 5)
    for exposure in (1e-308, 1e300):
        with pytest.raises(NoIntervalError, match="too large or too small"):
            rate_ratio_interval(3, exposure, 3, 1)
    with pytest.raises(NoIntervalError, match="too large or too small"):
        rate_interval(1000, 1e-308)
    with pytest.raises(NoIntervalError, match="confidence"):
        proportion_interval(1, 2, confidence=95)


def test_text_dates_and_arrays_for_one_value_are_programming_errors() -> None:
    with pytest.raises(TypeError, match="must be numbers"):
        proportion_intervals(["3"], [10])
    with pytest.raises(TypeError, match="plural name"):
        proportion_interval(np.array([3]), 10)  # type: ignore[arg-type]


@given(
    st.lists(st.tuples(*[st.floats() | st.integers(0, 9).map(float)] * 4), min_size=1, max_size=20)
)
def test_nan_never_leaves_an_array(rows: list[tuple[float, ...]]) -> None:
    a, b, c, d = np.array(rows, float).T
    result = [proportion_intervals(a, b), rate_intervals(a, b), rate_ratio_intervals(a, b, c, d)]
    result += [reported_intervals("proportion", a, b), reported_intervals("rate", a, b)]
    for intervals in result:
        assert not np.isnan([intervals.low, intervals.high]).any()
        assert (intervals.low <= intervals.high).all()
        assert (intervals.low[~intervals.valid] == 0).all()
        assert (intervals.high[~intervals.valid] >= 1).all()
    p, valid = rate_ratio_p_values(a, b, c, d)
    assert ((p >= 0) & (p <= 1)).all()
    assert (p[~valid] == 1).all()
    assert (valid == result[2].valid).all()


def test_gaps_are_marked_and_say_why() -> None:
    intervals = proportion_intervals(np.array([3, None, 7, 2]), [10, 10, 5, 0])
    assert intervals.valid.tolist() == [True, False, False, False]
    assert [FAULTS[code].split()[0] for code in intervals.fault] == [
        "nothing",
        "events",
        "there",
        "trials",
    ]
    masked = proportion_intervals(np.ma.array([3, 4], mask=[False, True]), 10)
    assert masked.valid.tolist() == [True, False]


# -- zero events -----------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 10, 300, 3_147_436])
def test_zero_events_are_reported_with_the_one_sided_bound(n: int) -> None:
    share, rate = (reported_interval(kind, 0, n) for kind in ("proportion", "rate"))
    assert share == (0, pytest.approx(1 - 0.05 ** (1 / n), rel=1e-9))
    assert rate == (0, pytest.approx(-math.log(0.05) / n, rel=1e-12))
    assert share.high == pytest.approx(proportion_interval(0, n, 0.9).high, rel=1e-9)
    assert rate.high == pytest.approx(rate_interval(0, n, 0.9).high, rel=1e-9)


def test_no_false_positive_in_a_test_of_34_000_bounds_the_rate_at_1_in_11_400() -> None:
    assert 1 / reported_interval("proportion", 0, 34_151).high == pytest.approx(11_400, abs=1)


def test_other_counts_are_reported_two_sided() -> None:
    k = np.arange(1, 50)
    for printed, plain in (
        (reported_intervals("rate", k, 50), rate_intervals(k, 50)),
        (reported_intervals("proportion", k, 50), proportion_intervals(k, 50)),
    ):
        assert (printed.low == plain.low).all()
        assert (printed.high == plain.high).all()
    assert reported_interval("proportion", 50, 50) == pytest.approx((0.05 ** (1 / 50), 1))
    assert reported_interval("rate", 50, 50) == rate_interval(50, 50)


# -- funnels ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "widest"),
    [
        (proportion_intervals([3, -1, 1], [2, 5, 0]), 1.0),
        (rate_intervals([-1, 1, 1], [2.0, 0.0, math.nan]), math.inf),
        (rate_ratio_intervals([-1, 1, 0], [2, 0, 1], [1, 1, 0], [1, 1, 1]), math.inf),
    ],
    ids=["proportion", "rate", "ratio"],
)
def test_what_has_no_interval_has_exactly_the_widest_limits(
    result: Intervals, widest: float
) -> None:
    assert not result.valid.any()
    assert result.low.tolist() == [0.0] * 3
    assert result.high.tolist() == [widest] * 3


def test_one_sided_p_values_at_the_ends() -> None:
    """At least no events is certain, and so is at most all of them."""
    for trials in (1, 7, 300):
        assert binomial_p_values(0, trials, 0.3, "greater") == 1
        assert binomial_p_values(trials, trials, 0.3, "less") == 1
        assert binomial_p_values(0, trials, 0.3, "less") == pytest.approx(0.7**trials)
        assert binomial_p_values(trials, trials, 0.3, "greater") == pytest.approx(0.3**trials)
    assert rate_ratio_p_value(0, 10.0, 4, 5.0, "greater") == 1
