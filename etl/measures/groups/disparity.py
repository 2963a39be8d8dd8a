"""Whether a rate or share differs between groups, by how much, and what the data could have shown
at all.

In: events and exposures of a group and of its reference group, or part of a total and the share to
expect. Out: ratio and difference with intervals, p-values, the smallest share that could have been
detected. Does not choose the reference group or the baseline, does not say that a baseline is the
right one, and does not decide whether a group has too few events to show."""

from __future__ import annotations

import math
from dataclasses import dataclass

import scipy  # its parts load when they are first used

from etl.measures.intervals import (
    NoIntervalError,
    binomial_p_values,
    proportion_interval,
    rate_interval,
    rate_ratio_interval,
    rate_ratio_p_value,
)


@dataclass(frozen=True, slots=True)
class Disparity:
    """The rate of a group against that of its reference group. None:
    no finite value or limit exists."""

    rate: float
    reference_rate: float
    ratio: float | None
    ratio_low: float
    ratio_high: float | None
    difference: float
    difference_low: float
    difference_high: float
    p_value: float


@dataclass(frozen=True, slots=True)
class ShareTest:
    """k of n against the share to expect; `p_value` is two-sided, `p_value_above` one-sided."""

    share: float
    low: float
    high: float
    baseline_share: float
    p_value: float
    p_value_above: float


def disparity(k1: int, e1: float, k2: int, e2: float, confidence: float = 0.95) -> Disparity:
    """Ratio (k1 / e1) / (k2 / e2) and difference, in events per unit of exposure, with their
    intervals.

    The ratio and the p-value are conditional exact and agree about 1; claims rest on them. The
    difference, which gives the scale, has MOVER limits (Donner and Zou 2012, Stat Methods Med Res
    21:347) recovered from both groups' exact Poisson limits: exact limits of a difference have no
    closed form, and those of Agresti and Caffo are for shares, by normal approximation, and add
    made-up events, which swamp rates of a few per million. As another method it may differ from the
    ratio about "no difference" at the margin. Raises NoIntervalError, also where neither group has
    events."""
    ratio_low, ratio_high = rate_ratio_interval(k1, e1, k2, e2, confidence)
    rate, reference_rate = k1 / e1, k2 / e2
    low, high = rate_interval(k1, e1, confidence)
    reference_low, reference_high = rate_interval(k2, e2, confidence)
    difference = rate - reference_rate
    return Disparity(
        rate=rate,
        reference_rate=reference_rate,
        ratio=rate / reference_rate if k2 else None,
        ratio_low=ratio_low,
        ratio_high=ratio_high,
        difference=difference,
        difference_low=difference - math.hypot(rate - low, reference_high - reference_rate),
        difference_high=difference + math.hypot(high - rate, reference_rate - reference_low),
        p_value=rate_ratio_p_value(k1, e1, k2, e2),
    )


def share_test(k: int, n: int, baseline_share: float, confidence: float = 0.95) -> ShareTest:
    """Whether k of n differs from a known baseline share: exact binomial with Clopper-Pearson
    limits.

    The two-sided p-value is central (twice the smaller tail), so that it agrees with the limits: 8
    of 10 against 13.5% gives 7.7e-06. `p_value_above`, the chance of k or more, is 3.9e-06; scipy's
    two-sided `binomtest` prints the same there, as nothing below is as unlikely. The baseline is
    taken as known. Raises NoIntervalError."""
    low, high = proportion_interval(k, n, confidence)
    _check_share(baseline_share)
    return ShareTest(
        share=k / n,
        low=low,
        high=high,
        baseline_share=baseline_share,
        p_value=float(binomial_p_values(k, n, baseline_share, "two-sided")),
        p_value_above=float(binomial_p_values(k, n, baseline_share, "greater")),
    )


def baseline_at_which_not_significant(k: int, n: int, alpha: float = 0.05) -> float:
    """The baseline share from which k of n is no longer significantly above it (two-sided,
    central).

    It is the lower Clopper-Pearson limit at confidence 1 - alpha: 8 of 10 stops at 44%. 0 if k is
    0: never significantly above. Raises NoIntervalError."""
    return proportion_interval(k, n, 1 - alpha).low


def smallest_detectable_share(
    n: int, baseline_share: float, power: float = 0.8, alpha: float = 0.05
) -> float | None:
    """The smallest true share above the baseline that `share_test` finds in n events with this
    power.

    Exact: the smallest significant count c comes from binomial probabilities, and the share at
    which c or more of n has probability `power` is a beta quantile. None: not even n of n would be
    significant. Raises NoIntervalError."""
    proportion_interval(0, n)  # raises for an impossible n
    _check_share(baseline_share)
    _check_power(power, alpha)
    critical = int(scipy.stats.binom.isf(alpha / 2, n, baseline_share)) + 1
    return (
        float(scipy.special.betaincinv(critical, n - critical + 1, power))
        if critical <= n
        else None
    )


def _check_share(share: float) -> None:
    if not 0 < share < 1:
        raise NoIntervalError("a baseline share must lie between 0 and 1", baseline_share=share)


def _check_power(power: float, alpha: float) -> None:
    if not 0 < alpha < power < 1:
        raise NoIntervalError(
            "alpha must be above 0 and below power, power below 1", alpha=alpha, power=power
        )
