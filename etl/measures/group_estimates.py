"""Published counts by group as Estimates: a group's share of the events of a stage.

In: `GroupCount`s, a measure of `GROUP_MEASURES`, and what it is asked by. Out: one Estimate a published count.
Does not add up counts: two periods or two lists of groups may count the same events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from etl.measures.catalogue import Measure
from etl.measures.disclosure import hide_estimate
from etl.measures.evaluate import Sums, evaluate_measure
from etl.model.estimates import Estimate
from etl.model.group_records import GroupCount
from etl.model.refusals import NoAnswer

Period = tuple[dt.date | None, dt.date | None]


def to_group_estimates(
    measure: Measure,
    counts: Iterable[GroupCount],
    by: Sequence[str],
    where: Mapping[str, Sequence[str | int]],
    period: Period,
) -> tuple[Estimate, ...]:
    """An Estimate for each count that lies wholly inside the period. Raises NoAnswer for what is no share, and where
    `by` does not tell several counts apart."""
    if measure.kind != "proportion":
        raise NoAnswer(
            "unknown_measure", f"{measure.title} needs a benchmark: ask for the disparity of a group."
        )
    chosen = [
        count
        for count in counts
        if count.stage_code == measure.stage_code
        and all(getattr(count, name) in values for name, values in where.items())
        and (period[0] is None or count.period_start >= period[0])
        and (period[1] is None or count.period_end <= period[1])
    ]
    groups = [tuple((name, getattr(count, name)) for name in by) for count in chosen]
    if len(set(groups)) < len(groups):
        raise NoAnswer("several_group_counts", f"Several published counts answer. Ask by {', '.join(measure.groupings)}, and by a period.")  # fmt: skip
    sums = [_to_sums(count, group) for count, group in zip(chosen, groups, strict=True)]
    estimates = evaluate_measure(measure, sums)
    return tuple(
        hide_estimate(one) if count.value_status == "suppressed" else one
        for one, count in zip(estimates, chosen, strict=True)
    )


def _to_sums(count: GroupCount, group: tuple[tuple[str, str], ...]) -> Sums:
    return Sums(
        group=group,
        period_start=count.period_start,
        period_end=count.period_end,
        numerator=count.group_count,
        denominator=count.total_count,
        rows_count=1,
        used_count=1,
        sources=(count.claim_id,),
    )
