"""Turns sums over deployments into Estimates.

In: a Measure and one `Sums` a group. Out: Estimates, with exact intervals computed in one call for all
groups. Does not query and does not choose the rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.measures.catalogue import FEW_EVENTS, Measure
from etl.measures.intervals import Kind, reported_intervals
from etl.model.estimates import Estimate


@dataclass(frozen=True, slots=True)
class Sums:
    """What the warehouse added up for one group.

    `numerator` and `denominator` are sums over the `used_count` rows that have both; None if there are none.
    """

    group: tuple[tuple[str, str | int | None], ...]
    period_start: dt.date | None
    period_end: dt.date | None
    numerator: int | None
    denominator: int | None
    rows_count: int
    used_count: int
    sources: tuple[str, ...]
    breaks: tuple[str, ...] = ()


def evaluate_measure(measure: Measure, sums: Sequence[Sums]) -> tuple[Estimate, ...]:
    """One Estimate for each group, in order."""
    limits = _limits(measure, sums)
    return tuple(_estimate(measure, one, *limit) for one, limit in zip(sums, limits, strict=True))


def _limits(measure: Measure, sums: Sequence[Sums]) -> list[tuple[float | None, float | None]]:
    if measure.kind in ("count", "plain") or not sums:
        return [(None, None)] * len(sums)
    kind: Kind = "proportion" if measure.kind == "proportion" else "rate"
    events = np.array([one.numerator or 0 for one in sums], dtype=float)
    trials = np.array([(one.denominator or 0) / measure.per for one in sums], dtype=float)
    found = reported_intervals(kind, events, trials)
    return [
        (float(low) * measure.scale, float(high) * measure.scale) if valid else (None, None)
        for low, high, valid in zip(found.low, found.high, found.valid, strict=True)
    ]


def _estimate(measure: Measure, sums: Sums, low: float | None, high: float | None) -> Estimate:
    status, reason, value = _judge(measure, sums)
    shown = value is not None
    return Estimate(
        measure_id=measure.measure_id,
        group=sums.group,
        period_start=sums.period_start,
        period_end=sums.period_end,
        numerator=sums.numerator,
        denominator=None
        if measure.denominator is None or sums.denominator is None
        else sums.denominator / measure.per,
        value=value,
        low=low if shown else None,
        high=high if shown else None,
        status=status,
        reason=reason,
        rows_count=sums.rows_count,
        used_count=sums.used_count,
        breaks=sums.breaks,
        caveats=measure.caveats,
        sources=sums.sources,
    )


def _judge(measure: Measure, sums: Sums) -> tuple[str, str, float | None]:
    """Status, reason and value. Unknown plus something is unknown: a count with gaps has no value, only a part."""
    left_out = sums.rows_count - sums.used_count
    if sums.rows_count == 0:
        return "no_rows", "No deployment is in the record for this selection.", None
    if sums.numerator is None:
        return "not_available", f"None of the {sums.rows_count} rows has what this measure needs.", None
    if measure.denominator is None:
        if left_out:
            return "incomplete", f"{left_out} of {sums.rows_count} rows do not have the number.", None
        return "ok", "", sums.numerator / measure.per
    trials = (sums.denominator or 0) / measure.per
    if trials == 0:
        return "undefined", "The denominator is zero.", None
    if trials < measure.smallest_denominator:
        return "too_few", f"The denominator is below {measure.smallest_denominator:g}.", None
    said = f"{left_out} of {sums.rows_count} rows lack a side and are in neither." if left_out else ""
    if measure.kind == "proportion" and sums.numerator > trials:
        return "undefined", "The printed parts add up to more than the printed whole.", None
    value = measure.scale * sums.numerator / trials
    if measure.kind == "plain":
        return "ok", said, value
    if sums.numerator == 0:
        return "none_seen", said, value
    return ("low_reliability" if sums.numerator < FEW_EVENTS else "ok"), said, value
