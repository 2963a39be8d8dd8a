"""Turns sums over deployments into Estimates.

In: a Measure and one `Sums` a group. Out: Estimates, with exact intervals computed in one call for
all groups. Does not query and does not choose the rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from etl.measures.catalogue import FEW_EVENTS, RESIDENTS, Measure
from etl.measures.dispersion import Spread, measure_spread
from etl.measures.intervals import Kind, reported_intervals
from etl.model.estimates import Estimate
from etl.model.messages import EMPTY, Text, join, message
from etl.model.queries import Sums


def evaluate_measure(measure: Measure, sums: Sequence[Sums]) -> tuple[Estimate, ...]:
    """One Estimate for each group, in order."""
    limits = _limits(measure, sums)
    spreads = _spreads(measure, sums)
    return tuple(
        _estimate(measure, each_sum, *limit, spread)
        for each_sum, limit, spread in zip(sums, limits, spreads, strict=True)
    )


def _spreads(measure: Measure, sums: Sequence[Sums]) -> Sequence[Spread | None]:
    if measure.kind not in ("proportion", "rate"):
        return [None] * len(sums)
    return measure_spread(measure.kind, [each_sum.by_row for each_sum in sums])


def _limits(measure: Measure, sums: Sequence[Sums]) -> list[tuple[float | None, float | None]]:
    if measure.kind in ("count", "plain") or not sums:
        return [(None, None)] * len(sums)
    kind: Kind = "proportion" if measure.kind == "proportion" else "rate"
    events = np.array([each_sum.numerator or 0 for each_sum in sums], dtype=float)
    trials = np.array([(each_sum.denominator or 0) / measure.per for each_sum in sums], dtype=float)
    intervals = reported_intervals(kind, events, trials)
    return [
        (float(low) * measure.scale, float(high) * measure.scale) if valid else (None, None)
        for low, high, valid in zip(intervals.low, intervals.high, intervals.valid, strict=True)
    ]


def _estimate(
    measure: Measure, sums: Sums, low: float | None, high: float | None, spread: Spread | None
) -> Estimate:
    status, reason, value = _judge(measure, sums)
    shown = value is not None
    spread = spread if shown else None
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
        caveats=(
            *measure.caveats,
            *(("deployments_differ",) if spread and spread.beyond_chance else ()),
        ),
        sources=sums.sources,
        provisional=sums.provisional,
        spread_over_chance=spread.ratio if spread else None,
    )


def _judge(measure: Measure, sums: Sums) -> tuple[str, Text, float | None]:
    """Status, reason and value. Unknown plus something is unknown: a count with gaps has only a
    part."""
    if sums.rows_count == 0:
        return "no_rows", message("no_deployment_selected"), None
    missing = _describe_missing(measure, sums)
    if sums.numerator is None:
        return "not_available", missing, None
    if measure.denominator is None:
        return (
            ("incomplete", missing, None)
            if missing
            else ("ok", EMPTY, sums.numerator / measure.per)
        )
    if measure.denominator == RESIDENTS and (missing or sums.denominator is None):
        missing_text = missing or message("residents_not_known")
        return "incomplete" if missing else "not_available", missing_text, None
    if sums.denominator is None:
        return "not_available", message("total_not_published"), None
    trials = sums.denominator / measure.per
    if trials == 0:
        return "undefined", message("zero_denominator"), None
    if measure.kind == "proportion" and sums.numerator > trials:
        return "undefined", message("parts_exceed_whole"), None
    if sums.divided:
        return "not_comparable", join(sums.divided, missing), None
    if trials < measure.smallest_denominator:
        number = f"{measure.smallest_denominator:g}"
        return "too_few", message("small_denominator", number=number), None
    if sums.numerator < measure.smallest_numerator:
        return "too_few", message("few_events", number=measure.smallest_numerator), None
    value = measure.scale * sums.numerator / trials
    if measure.kind == "plain":
        return "ok", missing, value
    if sums.numerator == 0:
        return "none_seen", missing, value
    return ("low_reliability" if sums.numerator < FEW_EVENTS else "ok"), missing, value


def _describe_missing(measure: Measure, sums: Sums) -> Text:
    """Which rows are not in the number, and why; empty if all are."""
    outside, total = sums.outside_count, sums.rows_count
    lacking = total - sums.used_count - outside
    texts = []
    if lacking == total:
        texts.append(
            message("only_row_lacks") if total == 1 else message("all_rows_lack", rows=total)
        )
    elif lacking:
        code = "rows_lack_number" if measure.is_count else "rows_lack_side"
        texts.append(message(code, count=lacking, rows=total))
    if outside == total == 1:
        texts.append(message("only_row_outside"))
    elif outside:
        texts.append(message("rows_outside", count=outside, rows=total))
    return join(*texts)
