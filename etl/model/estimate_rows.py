"""Estimates as rows of a file: one header, every number with everything that must travel with it.

In: Estimates of one measure and its declaration's words. Out: rows, in the order of the header.
Does not round: a number is written in full, so that a reader can recompute it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.model.estimates import Estimate
from etl.model.wide import say_value

_BEFORE = ("measure_id", "unit")
_AFTER = (
    "period_start",
    "period_end",
    "numerator_of",
    "numerator",
    "denominator_of",
    "denominator",
    "value",
    "value_low",
    "value_high",
    "value_status",
    "marks",
    "reason",
    "rows_count",
    "left_out_count",
    "spread_over_chance",
    "breaks",
    "caveats",
    "sources",
)


def estimate_header(groupings: Sequence[str]) -> tuple[str, ...]:
    """The columns: measure, groupings, period, numerator, denominator, value, limits, status and what limits them.

    A grouping that is named twice, as `force` and `host` are one, is one column, as it is one code of an Estimate.
    """
    return (*_BEFORE, *dict.fromkeys(groupings), *_AFTER)


def estimate_row(
    one: Estimate, unit: str, numerator_of: str, denominator_of: str | None
) -> dict[str, object]:
    """One Estimate by column, groupings by their field; an absent number is None and `value_status` says why."""
    return {
        "measure_id": one.measure_id,
        "unit": unit,
        **dict(one.group),
        "period_start": one.period_start,
        "period_end": one.period_end,
        "numerator_of": numerator_of,
        "numerator": one.numerator,
        "denominator_of": denominator_of,
        "denominator": one.denominator,
        "value": one.value,
        "value_low": one.low,
        "value_high": one.high,
        "value_status": one.status,
        "marks": one.marks or None,
        "reason": " ".join(filter(None, (one.reason, one.provisional))) or None,
        "rows_count": one.rows_count,
        "left_out_count": one.left_out_count,
        "spread_over_chance": one.spread_over_chance,
        "breaks": " ".join(one.breaks) or None,
        "caveats": " ".join(one.caveats) or None,
        "sources": " ".join(one.sources) or None,
    }


def widen_estimates(
    estimates: Iterable[Estimate], unit: str, numerator_of: str, denominator_of: str | None
) -> list[tuple[str, ...]]:
    """One row of texts an Estimate. Lists are separated by spaces; an absent number is blank and `value_status` says why."""
    return [
        tuple(map(say_value, estimate_row(one, unit, numerator_of, denominator_of).values()))
        for one in estimates
    ]
