"""Estimates as rows of a file: one header, every number with everything that must travel with it.

In: Estimates of one measure and its declaration's words. Out: rows, in the order of the header.
Does not round: a number is written in full, so that a reader can recompute it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.model.estimates import Estimate
from etl.model.wide import format_value

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
    """The columns: measure, groupings, period, numerator, denominator, value, limits, status and
    what limits them.

    A grouping that is named twice, as `force` and `host` are one, is one column,
    as it is one code of an Estimate."""
    return (*_BEFORE, *dict.fromkeys(groupings), *_AFTER)


def estimate_row(
    estimate: Estimate, unit: str, numerator_of: str, denominator_of: str | None
) -> dict[str, object]:
    """One Estimate by column, groupings by their field;
    an absent number is None and `value_status` says why."""
    return {
        "measure_id": estimate.measure_id,
        "unit": unit,
        **dict(estimate.group),
        "period_start": estimate.period_start,
        "period_end": estimate.period_end,
        "numerator_of": numerator_of,
        "numerator": estimate.numerator,
        "denominator_of": denominator_of,
        "denominator": estimate.denominator,
        "value": estimate.value,
        "value_low": estimate.low,
        "value_high": estimate.high,
        "value_status": estimate.status,
        "marks": estimate.marks or None,
        "reason": " ".join(filter(None, (estimate.reason, estimate.provisional))) or None,
        "rows_count": estimate.rows_count,
        "left_out_count": estimate.left_out_count,
        "spread_over_chance": estimate.spread_over_chance,
        "breaks": " ".join(estimate.breaks) or None,
        "caveats": " ".join(estimate.caveats) or None,
        "sources": " ".join(estimate.sources) or None,
    }


def widen_estimates(
    estimates: Iterable[Estimate], unit: str, numerator_of: str, denominator_of: str | None
) -> list[tuple[str, ...]]:
    """One row of texts an Estimate. Lists are separated by spaces;
    an absent number is blank and `value_status` says why."""
    return [
        tuple(
            map(format_value, estimate_row(estimate, unit, numerator_of, denominator_of).values())
        )
        for estimate in estimates
    ]
