"""Whether deployments differ by more than chance: an exact interval allows for chance alone, and
this says if that is too little.

In: for each group, sums over its deployments. Out: the spread of the deployments over that of
chance, and whether chance explains it. Does not widen an interval and does not say why deployments
differ: places, watchlists, thresholds and times do. Sources: Pearson's chi-squared for a common
rate; its first two moments given the total, also where few are expected a row: Haldane, The mean
and variance of chi-squared, when used as a test of homogeneity, when expectations are small,
Biometrika 31 (1940)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used

from etl.model.queries import RowSums

# Fewer deployments or events say nothing of how they are spread.
MIN_ROWS = 10
MIN_EVENTS = 10
ALPHA = 0.01


@dataclass(frozen=True, slots=True)
class Spread:
    """`ratio` is 1 where deployments lie as far apart as chance puts them;
    `beyond_chance` if more so at 1%."""

    ratio: float
    beyond_chance: bool


NOTHING = RowSums(0, 0, 0, 0, 0)


def measure_spread(kind: str, groups: Sequence[RowSums | None]) -> tuple[Spread | None, ...]:
    """The Spread of each group of a `proportion` or a `rate`; None of fewer than 10 deployments or
    10 events (or others).

    The tail is that of the gamma distribution with the same mean and variance. Where there is
    nothing but chance it says "beyond chance" of about 1 group in 100, and of up to 3 in 100 where
    fewer than one event is expected in ten rows; the tail of chi-squared would say it of far more
    there."""
    nothings = [group or NOTHING for group in groups]
    rows, events, trials, squares, inverses = (
        np.array([getattr(nothing, name) for nothing in nothings], dtype=float)
        for name in ("rows_count", "events", "trials", "squares", "inverses")
    )
    share = kind == "proportion"
    fewer = np.minimum(events, trials - events) if share else events
    known = (rows >= MIN_ROWS) & (fewer >= MIN_EVENTS)
    k, n = np.where(known, events, 1.0), np.where(known, trials, 2.0)
    p = k / n
    chance = p * (1 - p) if share else p
    where = (np.where(known, squares, 0.0) - k * p) / chance
    mean = np.maximum(rows - 1, 1) * (n / (n - 1) if share else 1.0)
    uneven = np.where(known, inverses - rows**2 / n, 0.0)
    variance = 2 * (rows - 1) * (1 - 1 / np.where(known, fewer, 2.0))
    variance = np.maximum(variance + ((1 - 6 * chance) if share else 1.0) / chance * uneven, 1e-9)
    tail = scipy.special.gammaincc(mean**2 / variance, np.maximum(where, 0) / (variance / mean))
    return tuple(
        Spread(float(ratio), bool(beyond)) if valid else None
        for valid, ratio, beyond in zip(
            known, np.maximum(where, 0) / mean, tail < ALPHA, strict=True
        )
    )
