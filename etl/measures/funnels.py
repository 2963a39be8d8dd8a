"""Funnel limits: how far groups of one true value scatter by chance, given how much each has seen.

In: Estimates of one measure by group. Out: a `Funnel` with exact binomial or Poisson limits and
Holm's p-values. Does not say why a group is outside: places, watchlists and thresholds differ, and
limits do not allow for that. Source: Spiegelhalter, Funnel plots for comparing institutional
performance, Statistics in Medicine 24 (2005); Holm, A simple sequentially rejective multiple test
procedure, Scandinavian Journal of Statistics 6 (1979)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

from etl.measures.catalogue import Measure
from etl.model.estimates import Estimate
from etl.model.funnels import Funnel, FunnelLimits, FunnelPoint
from etl.model.messages import message
from etl.model.refusals import QueryError

ALPHA = 0.05
MIN_GROUPS = 3
_GRID = 60
Floats = NDArray[np.float64]


def make_funnel(measure: Measure, estimates: Sequence[Estimate]) -> Funnel:
    """The funnel of the groups that have a value. QueryError for a measure without an interval or
    fewer than 3 groups."""
    if measure.kind not in ("proportion", "rate"):
        raise QueryError("no_interval", message("no_interval_funnel", measure=measure.title))
    shown = [estimate for estimate in estimates if estimate.value is not None]
    if len(shown) < MIN_GROUPS:
        raise QueryError("no_value", message("few_groups", number=MIN_GROUPS))
    events = np.array([estimate.numerator for estimate in shown], dtype=float)
    trials = np.array([estimate.denominator for estimate in shown], dtype=float)
    target = float(events.sum() / trials.sum())
    p_values = _two_sided(measure, events, trials, target)
    adjusted = holm(p_values)
    points = tuple(
        FunnelPoint(estimate, float(p), float(q), _side(k / n, target, q))
        for estimate, k, n, p, q in zip(shown, events, trials, p_values, adjusted, strict=True)
    )
    grid = np.unique(
        np.concatenate(
            [trials, np.geomspace(max(1.0, trials.min() / 2), trials.max() * 1.5, _GRID)]
        )
    )
    if measure.kind == "proportion":
        grid = np.unique(np.round(grid))
    return Funnel(
        numerator=int(events.sum()),
        denominator=float(trials.sum()),
        target=target * measure.scale,
        points=points,
        limits=_limits(measure, grid, target),
        left_out=tuple(estimate for estimate in estimates if estimate.value is None),
        caveats=(*measure.caveats, "funnel_is_chance_only"),
    )


def holm(p_values: Floats) -> Floats:
    """Holm's adjusted p-values, in the order given:
    at 5% no more than one family in 20 has any false finding."""
    count = len(p_values)
    order = np.argsort(p_values)
    stepped = np.maximum.accumulate((count - np.arange(count)) * p_values[order])
    empty = np.empty(count)
    empty[order] = np.minimum(stepped, 1.0)
    return empty


def _two_sided(measure: Measure, events: Floats, trials: Floats, target: float) -> Floats:
    """Twice the smaller tail, at most 1."""
    chance = _chance(measure, trials, target)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(chance.cdf(events), chance.sf(events - 1))))


def _limits(measure: Measure, grid: Floats, target: float) -> tuple[FunnelLimits, ...]:
    chance = _chance(measure, grid, target)
    tails = (0.025, 0.975, 0.001, 0.999)
    rows = np.column_stack([chance.ppf(tail) / grid * measure.scale for tail in tails])
    return tuple(
        FunnelLimits(float(n), *map(float, row)) for n, row in zip(grid, rows, strict=True)
    )


def _chance(measure: Measure, trials: Floats, target: float) -> Any:
    return (
        scipy.stats.binom(trials, target)
        if measure.kind == "proportion"
        else scipy.stats.poisson(trials * target)
    )


def _side(value: float, target: float, p_value: float) -> str:
    if p_value >= ALPHA:
        return "inside"
    return "above" if value > target else "below"
