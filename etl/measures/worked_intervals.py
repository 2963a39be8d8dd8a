"""An exact interval shown by its own meaning: how likely counts as extreme as these are if the true
value is a limit.

In: an Estimate with limits. Out: `WorkedInterval`. Does not compute limits:
`etl.measures.intervals` does, and the chances here are the check of them."""

from __future__ import annotations

from dataclasses import dataclass

import scipy  # its parts load when they are first used

from etl.measures.catalogue import CATALOGUE
from etl.measures.intervals import binomial_p_values
from etl.model.estimates import Estimate


@dataclass(frozen=True, slots=True)
class WorkedInterval:
    """An estimate and its tails.

    `chance_at_low` is the chance of `events` or more if the true value is the lower limit, None
    where the limit is no event at all; `chance_at_high` that of `events` or fewer if it is the
    upper one."""

    estimate: Estimate
    events: int
    chance_at_low: float | None
    chance_at_high: float


def explain_interval(estimate: Estimate) -> WorkedInterval | None:
    """The tails of an estimate's own limits; None where it has none.

    A share is judged by the binomial, a rate by the Poisson distribution:
    the ones that its limits are made of."""
    measure = CATALOGUE[estimate.measure_id]
    events, trials, low, high = (
        estimate.numerator,
        estimate.denominator,
        estimate.low,
        estimate.high,
    )
    if events is None or trials is None or low is None or high is None:
        return None
    low, high = low / measure.scale, high / measure.scale
    if measure.kind == "proportion":
        above = float(binomial_p_values(events, trials, low, "greater"))
        below = float(binomial_p_values(events, trials, high, "less"))
    else:
        above = float(scipy.special.gammainc(max(events, 1), low * trials))
        below = float(scipy.special.gammaincc(events + 1, high * trials))
    return WorkedInterval(estimate, events, above if events else None, below)
