"""How sure a share, a rate or a ratio of rates is: exact intervals, the matching p-values and
funnel limits.

In: counts (whole numbers from 0 to 10**12) and their trials or exposure. Out: limits and p-values,
for one value (singular names) or for arrays of any shape in one call (plural names). Exact methods
only, no normal approximation. Does not decide what is shown, suppressed or marked.

- One value that cannot be computed raises `NoIntervalError`. In an array it is marked in `fault`
  (`valid` is False) and has the widest possible limits: forgetting `valid` then says nothing rather
  than something false.
- NaN never leaves. Infinity leaves only in arrays, as "no upper limit" of a ratio whose reference
  group has no events and of invalid rates and ratios; the functions for one value return None for
  it.
- "95%" is central, at most 2.5% in each tail. One-sided limits come from `reported_intervals`
  alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Kind = Literal["proportion", "rate"]  # events of so many trials; events per unit of exposure
Alternative = Literal["two-sided", "greater", "less"]

LARGEST_COUNT = 1e12  # far above it k and k + 1 are no longer told apart in double precision

FAULTS = (
    "nothing is wrong",
    "events must be a whole number from 0 to 10**12",
    "trials must be a whole number from 1 to 10**12",
    "exposure must be a finite number above zero",
    "there cannot be more events than trials",
    "with no events in either group their rates cannot be compared",
    "the numbers are too large or too small to divide",
)
EVENTS, TRIALS, EXPOSURE, MORE_THAN_ALL, NO_EVENTS, RANGE = range(1, len(FAULTS))


class NoIntervalError(ValueError):
    """No honest interval or p-value exists for this input;
    `reason` is why, the message adds the input."""

    def __init__(self, reason: str, **result: object) -> None:
        self.reason = reason
        super().__init__(
            f"{reason}; found " + ", ".join(f"{name}={value}" for name, value in result.items())
        )


class Interval(NamedTuple):
    """Two finite limits in the unit of the value, low <= value <= high."""

    low: float
    high: float


class RatioInterval(NamedTuple):
    """Limits of a ratio; `high` is None where there is no upper limit (no events in the reference
    group)."""

    low: float
    high: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Intervals of one shape; `fault` indexes `FAULTS`."""

    low: Floats
    high: Floats
    fault: NDArray[np.int8]

    @property
    def valid(self) -> NDArray[np.bool_]:
        """True where the limits mean something; elsewhere they are the widest possible."""
        return np.equal(self.fault, 0)


def proportion_intervals(
    events: ArrayLike, trials: ArrayLike, confidence: float = 0.95
) -> Intervals:
    """Limits of events / trials as shares from 0 to 1 (Clopper and Pearson 1934,
    Biometrika 26:404)."""
    tail, (k, n) = _tail(confidence), _numbers(events, trials)
    fault = _first_fault((_no_count(k), EVENTS), (_no_count(n, 1), TRIALS), (k > n, MORE_THAN_ALL))
    k, n = np.where(fault, 0.0, k), np.where(fault, 1.0, n)
    low = np.where(k == 0, 0.0, _beta_limit("low", np.maximum(k, 1), n - k + 1, tail))
    high = np.where(k == n, 1.0, _beta_limit("high", k + 1, np.maximum(n - k, 1), tail))
    return _masked(low, high, fault, widest=1.0)


def rate_intervals(events: ArrayLike, exposure: ArrayLike, confidence: float = 0.95) -> Intervals:
    """Exact Poisson limits of events / exposure, per unit of exposure (Garwood 1936,
    Biometrika 28:437)."""
    tail, (k, e) = _tail(confidence), _numbers(events, exposure)
    fault = _first_fault((_no_count(k), EVENTS), (_no_exposure(e), EXPOSURE))
    k, e = np.where(fault, 0.0, k), np.where(fault, 1.0, e)
    low = np.where(k == 0, 0.0, scipy.special.gammaincinv(np.maximum(k, 1), tail))
    with np.errstate(over="ignore"):
        low, high = low / e, scipy.special.gammainccinv(k + 1, tail) / e
    return _masked(low, high, np.where(np.isfinite(high), fault, RANGE), widest=np.inf)


def rate_ratio_intervals(
    k1: ArrayLike, e1: ArrayLike, k2: ArrayLike, e2: ArrayLike, confidence: float = 0.95
) -> Intervals:
    """Conditional exact limits of (k1 / e1) / (k2 / e2): events over exposure, group over reference
    group.

    Given k1 + k2 events, k1 is binomial with odds ratio * e1 / e2, so the limits are those of
    Clopper and Pearson as odds, times e2 / e1 (Przyborowski and Wilenski 1940, Biometrika 31:313).
    k1 = 0: low is 0. k2 = 0: high is infinite. Both 0: not valid. Swapping the groups gives the
    reciprocals."""
    tail, (k1, e1, k2, e2) = _tail(confidence), _numbers(k1, e1, k2, e2)
    fault = _ratio_fault(k1, e1, k2, e2)
    k1, e1, k2, e2 = (np.where(fault, 1.0, number) for number in (k1, e1, k2, e2))
    # A quotient of two limits: x / (1 - x) would lose digits where one group has nearly all events.
    a, b = np.maximum(k1, 1), np.maximum(k2, 1)
    low = _beta_limit("low", a, k2 + 1, tail) / _beta_limit("high", k2 + 1, a, tail) * (e2 / e1)
    high = _beta_limit("high", k1 + 1, b, tail) / _beta_limit("low", b, k1 + 1, tail) * (e2 / e1)
    return _masked(
        np.where(k1 == 0, 0.0, low), np.where(k2 == 0, np.inf, high), fault, widest=np.inf
    )


def reported_intervals(
    kind: Kind, events: ArrayLike, denominator: ArrayLike, confidence: float = 0.95
) -> Intervals:
    """The limits we print: two-sided, but one-sided at zero events ("none seen; below 1 in N
    (95%)").

    This is the one place where that is decided. A share of 100% mirrors 0%, so that a share and its
    complement agree. No events are bounded by 3.0 expected events, not by the two-sided 3.7. The
    price, shown in the tests: as the limit is chosen after seeing the zero, true values that would
    give 3.0 to 3.7 events are covered at least 92.5%, not 95%, of the time."""
    intervals = (rate_intervals if kind == "rate" else proportion_intervals)(
        events, denominator, confidence
    )
    k, n = _numbers(events, denominator)
    none = intervals.valid & (k == 0)
    every = intervals.valid & (k == n) & (kind == "proportion")
    expected = -np.log1p(-confidence) / np.where(intervals.valid, n, 1.0)
    high = np.where(none, expected if kind == "rate" else -np.expm1(-expected), intervals.high)
    low = np.where(every, np.exp(-expected), intervals.low)
    return Intervals(low, high, intervals.fault)


def proportion_interval(events: int, trials: int, confidence: float = 0.95) -> Interval:
    """One interval of `proportion_intervals`. Raises NoIntervalError."""
    return Interval(
        *_only(proportion_intervals(events, trials, confidence), events=events, trials=trials)
    )


def rate_interval(events: int, exposure: float, confidence: float = 0.95) -> Interval:
    """One interval of `rate_intervals`, per unit of exposure. Raises NoIntervalError."""
    return Interval(
        *_only(rate_intervals(events, exposure, confidence), events=events, exposure=exposure)
    )


def rate_ratio_interval(
    k1: int, e1: float, k2: int, e2: float, confidence: float = 0.95
) -> RatioInterval:
    """One interval of `rate_ratio_intervals`. Raises NoIntervalError."""
    low, high = _only(rate_ratio_intervals(k1, e1, k2, e2, confidence), k1=k1, e1=e1, k2=k2, e2=e2)
    return RatioInterval(low, high if high < np.inf else None)


def reported_interval(
    kind: Kind, events: int, denominator: float, confidence: float = 0.95
) -> Interval:
    """One interval of `reported_intervals`. Raises NoIntervalError."""
    intervals = reported_intervals(kind, events, denominator, confidence)
    return Interval(*_only(intervals, events=events, denominator=denominator))


def rate_ratio_p_values(
    k1: ArrayLike,
    e1: ArrayLike,
    k2: ArrayLike,
    e2: ArrayLike,
    alternative: Alternative = "two-sided",
) -> tuple[Floats, NDArray[np.bool_]]:
    """(p, valid): conditional exact p-values that both rates are equal; p is 1 where not valid.

    Two-sided is central: twice the smaller tail, at most 1, so that p < 0.05 exactly where the 95%
    interval of `rate_ratio_intervals` leaves out 1. (scipy's `binomtest` and R's `poisson.test` add
    up the outcomes no likelier than the one seen: up to half as large, and able to contradict the
    interval; Fay 2010, R Journal 2/1:53.) "greater" asks whether the first rate is higher, "less"
    whether it is lower."""
    k1, e1, k2, e2 = _numbers(k1, e1, k2, e2)
    fault = _ratio_fault(k1, e1, k2, e2)
    k1, e1, k2, e2 = (np.where(fault, 1.0, number) for number in (k1, e1, k2, e2))
    p = binomial_p_values(k1, k1 + k2, 1 / (1 + e2 / e1), alternative)
    return np.where(fault, 1.0, p), np.equal(fault, 0)


def rate_ratio_p_value(
    k1: int, e1: float, k2: int, e2: float, alternative: Alternative = "two-sided"
) -> float:
    """One p-value of `rate_ratio_p_values`. Raises NoIntervalError."""
    rate_ratio_interval(k1, e1, k2, e2)  # raises for all that has no p-value either
    return float(rate_ratio_p_values(k1, e1, k2, e2, alternative)[0])


def binomial_p_values(
    events: ArrayLike, trials: ArrayLike, share: ArrayLike, alternative: Alternative = "two-sided"
) -> Floats:
    """Exact p-values that the true share is `share`; two-sided is central.
    The caller checks the input."""
    k, n, share = _numbers(events, trials, share)
    above = np.where(k == 0, 1.0, scipy.special.betainc(np.maximum(k, 1), n - k + 1, share))
    below = np.where(k == n, 1.0, scipy.special.betaincc(k + 1, np.maximum(n - k, 1), share))
    both = np.minimum(1.0, 2 * np.minimum(above, below))
    return np.asarray({"two-sided": both, "greater": above, "less": below}[alternative], np.float64)


def _tail(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise NoIntervalError("confidence must lie between 0 and 1", confidence=confidence)
    return (1 - confidence) / 2


def _numbers(*values: ArrayLike) -> tuple[Floats, ...]:
    """As floats of one shape; None and masked elements become NaN,
    which no check below lets through."""
    arrays: list[np.ma.MaskedArray[Any, Any]] = [np.ma.asarray(value) for value in values]
    for array in arrays:
        if array.dtype.kind not in "iufO":  # text and dates would be converted silently
            raise TypeError(f"counts and exposures must be numbers; found {array.dtype}")
    return np.broadcast_arrays(
        *(np.ma.filled(array.astype(np.float64), np.nan) for array in arrays)
    )


def _no_count(k: Floats, smallest: int = 0) -> NDArray[np.bool_]:
    return np.logical_not(k >= smallest) | (k > LARGEST_COUNT) | np.not_equal(k, np.floor(k))


def _no_exposure(e: Floats) -> NDArray[np.bool_]:
    return np.logical_not((e > 0) & (e < np.inf))


def _first_fault(*checks: tuple[NDArray[np.bool_], int]) -> NDArray[np.int8]:
    fault = np.zeros(checks[0][0].shape, np.int8)
    for wrong, code in reversed(checks):  # the first that applies is written last
        fault[wrong] = code
    return fault


def _ratio_fault(k1: Floats, e1: Floats, k2: Floats, e2: Floats) -> NDArray[np.int8]:
    with np.errstate(all="ignore"):
        quotient = e2 / e1
    return _first_fault(
        (_no_count(k1) | _no_count(k2), EVENTS),
        (_no_exposure(e1) | _no_exposure(e2), EXPOSURE),
        (k1 + k2 == 0, NO_EVENTS),
        (np.logical_not((quotient > 1e-200) & (quotient < 1e200)), RANGE),
    )


def _beta_limit(side: Literal["low", "high"], a: Floats, b: Floats, tail: float) -> Floats:
    """The x with `tail` of the beta(a, b) distribution below ("low") or above ("high") it."""
    inverse, forward = (
        (scipy.special.betaincinv, scipy.special.betainc)
        if side == "low"
        else (scipy.special.betainccinv, scipy.special.betaincc)
    )
    x = np.asarray(inverse(a, b, tail), np.float64)
    # SciPy 1.17's inverses are silently wrong in places (betaincinv(1000, 312381720, 0.025) is 2.5
    # times too large) where the forward functions are right: put each answer back and solve by
    # halving what does not fit.
    astray = np.logical_not(np.abs(forward(a, b, x) / tail - 1) < 1e-6)
    if astray.any():
        a, b, low, high = a[astray], b[astray], np.zeros(astray.sum()), np.ones(astray.sum())
        for _ in range(110):  # enough for all digits of the smallest limit, about 1e-14
            middle = (low + high) / 2
            too_low = (forward(a, b, middle) < tail) == (side == "low")
            low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
        x[astray] = (low + high) / 2
    return x


def _masked(low: Floats, high: Floats, fault: NDArray[np.int8], widest: float) -> Intervals:
    low, high = np.where(fault, 0.0, low), np.where(fault, widest, high)
    return Intervals(low, high, fault)


def _only(intervals: Intervals, **result: object) -> tuple[float, float]:
    if intervals.fault.ndim:
        raise TypeError("one value is needed; arrays go to the function with the plural name")
    if intervals.fault:
        raise NoIntervalError(FAULTS[int(intervals.fault)], **result)
    return float(intervals.low), float(intervals.high)
