"""The least that a count, or a count per resident, can be where some rows do not publish it.

In: an Estimate. Out: a number in the measure's own scale, or none.
A lower bound is no estimate and has no interval."""

from __future__ import annotations

from etl.measures.catalogue import CATALOGUE
from etl.model.estimates import Estimate


def at_least(estimate: Estimate) -> float | None:
    """What the published part alone comes to; None if the whole is known, if nothing of it is, or
    for a rate.

    Of a rate whose denominator is added up row by row nothing follows: rows without the numerator
    are not in the denominator either. Residents are all there, so per resident the published part
    is a lower bound, but not over a break: a rate on both sides of it is given for nobody."""
    measure = CATALOGUE[estimate.measure_id]
    if estimate.status != "incomplete" or estimate.numerator is None or not measure.is_count:
        return None
    if measure.denominator is None:
        return estimate.numerator / measure.per
    if not estimate.denominator or estimate.breaks:
        return None
    return measure.scale * estimate.numerator / (estimate.denominator / measure.per)
