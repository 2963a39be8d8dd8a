"""Funnels: exact limits, and p-values that allow for how many groups are looked at."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from etl.measures.catalogue import MEASURES
from etl.measures.evaluate import evaluate_measure
from etl.measures.funnels import holm, make_funnel
from etl.model.funnels import Funnel
from etl.model.queries import Sums
from etl.model.refusals import QueryError


def funnel_of(measure_id: str, *groups: tuple[int, int | None]) -> Funnel:
    sums = [
        Sums((("force_id", f"f{number}"),), None, None, events, trials, 1, 1, ())
        for number, (events, trials) in enumerate(groups)
    ]
    measure = MEASURES[measure_id]
    return make_funnel(measure, evaluate_measure(measure, sums))


@pytest.fixture(scope="module")
def quick_collection() -> Iterator[None]:
    """statsmodels has all garbage collected in every call:
    what other tests hold is left out of that, which takes minutes otherwise."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("quick_collection")
@given(st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=20))
def test_holm_is_statsmodels_holm(p_values: list[float]) -> None:
    expected = multipletests(p_values, method="holm")[1]
    assert holm(np.array(p_values)) == pytest.approx(expected)


def test_one_force_far_out_is_told_and_the_others_are_not() -> None:
    funnel = funnel_of("false_share_of_alerts", (10, 2000), (4, 1000), (40, 1000), (0, 30))
    assert (funnel.numerator, funnel.denominator) == (54, 4030)
    assert funnel.target == pytest.approx(54 / 4030)
    assert [point.side for point in funnel.points] == ["below", "below", "above", "inside"]
    assert funnel.points[2].p_value == pytest.approx(
        2 * stats.binomtest(40, 1000, 54 / 4030, "greater").pvalue
    )


def test_limits_keep_what_they_promise() -> None:
    """By enumeration: the chance of a value outside is at most 1 in 40 on either side,
    and no tighter limit keeps that."""
    funnel = funnel_of("false_share_of_alerts", (5, 100), (6, 100), (7, 100))
    (at_100,) = [limit for limit in funnel.limits if limit.denominator == 100]
    chance = stats.binom.pmf(np.arange(101), 100, funnel.target)
    high, low = round(at_100.high_95 * 100), round(at_100.low_95 * 100)
    assert chance[high + 1 :].sum() <= 0.025 < chance[high:].sum()
    assert chance[:low].sum() <= 0.025 < chance[: low + 1].sum()
    assert at_100.low_998 <= at_100.low_95 <= funnel.target <= at_100.high_95 <= at_100.high_998


def test_limits_close_as_more_is_seen() -> None:
    funnel = funnel_of("arrests_per_hour", (50, 6000), (500, 60_000), (5, 600))
    widths = [limit.high_95 - limit.low_95 for limit in funnel.limits]
    assert widths[0] > widths[len(widths) // 2] > widths[-1]


def test_limits_of_a_rate_are_those_of_poisson_from_half_the_least_to_half_beyond_the_most() -> (
    None
):
    funnel = funnel_of("arrests_per_hour", (50, 6000), (500, 60_000), (5, 600))
    hours = [limit.denominator for limit in funnel.limits]
    assert (hours[0], hours[-1]) == (pytest.approx(5), pytest.approx(1500))
    (at_100,) = [limit for limit in funnel.limits if limit.denominator == 100]
    low, high = stats.poisson.ppf([0.025, 0.975], 100 * 555 / 1110) / 100
    assert (at_100.low_95, at_100.high_95) == (pytest.approx(low), pytest.approx(high))


def test_a_group_without_a_value_is_left_out_and_named() -> None:
    funnel = funnel_of("false_share_of_alerts", (1, 100), (2, 100), (3, 100), (0, 0))
    assert [item.of("force_id") for item in funnel.left_out] == ["f3"]


@pytest.mark.parametrize("measure_id", ["alerts_count", "faces_per_hour"])
def test_a_measure_without_an_interval_has_no_funnel(measure_id: str) -> None:
    with pytest.raises(QueryError, match="no range of chance"):
        funnel_of(measure_id, (1, 60), (2, 60), (3, 60))


def test_two_groups_are_no_funnel() -> None:
    with pytest.raises(QueryError, match="Fewer than 3"):
        funnel_of("false_share_of_alerts", (1, 100), (2, 100))
