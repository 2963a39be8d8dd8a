"""Estimates as rows of a file: one header, every number with everything that must travel with it.

In: Estimates of one measure and its declaration's words. Out: rows of texts, in the order of the header.
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
    "breaks",
    "caveats",
    "sources",
)


def estimate_header(groupings: Sequence[str]) -> tuple[str, ...]:
    """The columns: measure, groupings, period, numerator, denominator, value, limits, status and what limits them.

    A grouping that is named twice, as `force` and `host` are one, is one column, as it is one code of an Estimate.
    """
    return (*_BEFORE, *dict.fromkeys(groupings), *_AFTER)


def widen_estimates(
    estimates: Iterable[Estimate], unit: str, numerator_of: str, denominator_of: str | None
) -> list[tuple[str, ...]]:
    """One row an estimate. Lists are separated by spaces; an absent number is blank and `value_status` says why."""
    return [
        (
            one.measure_id,
            unit,
            *(say_value(code) for _, code in one.group),
            say_value(one.period_start),
            say_value(one.period_end),
            numerator_of,
            say_value(one.numerator),
            denominator_of or "",
            say_value(one.denominator),
            say_value(one.value),
            say_value(one.low),
            say_value(one.high),
            one.status,
            one.marks,
            " ".join(filter(None, (one.reason, one.provisional))),
            str(one.rows_count),
            str(one.left_out_count),
            " ".join(one.breaks),
            " ".join(one.caveats),
            " ".join(one.sources),
        )
        for one in estimates
    ]
