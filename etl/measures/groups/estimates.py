"""Published counts by group as Estimates: a group's share of the events of a stage, and how far it
is from a benchmark.

In: `GroupCount`s, a measure of `GROUP_MEASURES`, and what it is asked by. Out: one Estimate a
published count, or one a count and benchmark.
Does not add up counts: two periods or two lists of groups may count the same events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from etl.disclosure.rule import hide_estimate
from etl.measures.catalogue import BENCHMARK, FEW_EVENTS, Measure
from etl.measures.evaluate import evaluate_measure
from etl.measures.groups.benchmarks import BENCHMARK_IDS, describe_share
from etl.model.demographics import GroupDisparity
from etl.model.estimates import Estimate
from etl.model.group_records import GroupCount
from etl.model.groups import GROUP_STATUS
from etl.model.messages import Text, join, message
from etl.model.queries import Period, Sums, Where
from etl.model.refusals import QueryError

Group = tuple[tuple[str, str | int | None], ...]
# one count against a benchmark; raises QueryError
Compare = Callable[[GroupCount, str], GroupDisparity]


def to_group_estimates(
    measure: Measure, counts: Iterable[GroupCount], by: Sequence[str], where: Where, period: Period
) -> tuple[Estimate, ...]:
    """A share for each count of the measure's stage that lies wholly inside the period. Raises
    QueryError where `by` does not tell several counts apart."""
    own = [count for count in counts if count.stage_code == measure.stage_code]
    selection = _choose(own, where, period)
    groups = [tuple((name, _code_of(count, name)) for name in by) for count in selection]
    _refuse_several(measure, groups)
    sums = [_to_sums(count, group) for count, group in zip(selection, groups, strict=True)]
    estimates = evaluate_measure(measure, sums)
    return tuple(
        _hide(estimate, count) if count.is_hidden else estimate
        for estimate, count in zip(estimates, selection, strict=True)
    )


def to_disparity_estimates(
    measure: Measure,
    counts: Sequence[GroupCount],
    compare: Compare,
    by: Sequence[str],
    where: Where,
    period: Period,
) -> tuple[Estimate, ...]:
    """Ratio or difference for each count inside the period and each benchmark; where there is none,
    the reason.

    Numerator and denominator are the group's events and all events; the benchmark's share is in the
    reason. Raises QueryError where no benchmark is a grouping or a filter, and as
    `to_group_estimates` does."""
    if BENCHMARK not in by and len(where.get(BENCHMARK, ())) != 1:
        raise QueryError(
            "unknown_benchmark",
            message("benchmark_needed", measure=measure.title, names=BENCHMARK_IDS),
        )
    counted = {name: values for name, values in where.items() if name != BENCHMARK}
    pairs = [
        (count, str(benchmark_id))
        for count in _choose(counts, counted, period)
        for benchmark_id in where.get(BENCHMARK, BENCHMARK_IDS)
    ]
    groups = [
        tuple((name, against if name == BENCHMARK else _code_of(count, name)) for name in by)
        for count, against in pairs
    ]
    _refuse_several(measure, groups)
    return tuple(
        _disparity(measure, count, group, against, compare)
        for (count, against), group in zip(pairs, groups, strict=True)
    )


def _disparity(
    measure: Measure, count: GroupCount, group: Group, benchmark_id: str, compare: Compare
) -> Estimate:
    absent = Estimate(
        measure_id=measure.measure_id,
        group=group,
        period_start=count.period_start,
        period_end=count.period_end,
        numerator=count.group_count,
        denominator=None if count.total_count is None else float(count.total_count),
        value=None,
        low=None,
        high=None,
        status="not_available",
        reason=Text(),
        rows_count=1,
        used_count=1,
        breaks=(),
        caveats=measure.caveats,
        sources=(count.source_id,),
    )
    if count.is_hidden:
        return _hide(absent, count)
    try:
        group_disparity = compare(count, benchmark_id)
    except QueryError as refused:
        return replace(absent, reason=refused.refusal.reason)
    name = f"share_{measure.kind}"
    value, low, high = (getattr(group_disparity, f"{name}{end}") for end in ("", "_low", "_high"))
    text = message("beside_share", share=describe_share(group_disparity.benchmark))
    status = "low_reliability" if group_disparity.group_count < FEW_EVENTS else "ok"
    return replace(
        absent,
        value=value,
        low=low,
        high=high,
        status="too_few" if value is None else status,
        reason=join(text, group_disparity.reason),
        caveats=group_disparity.caveats,
    )


def _hide(estimate: Estimate, count: GroupCount) -> Estimate:
    """Without its numbers, with the reason of the source that hid them."""
    hidden = hide_estimate(estimate)
    if count.value_status == "suppressed":
        return hidden
    return replace(hidden, reason=join(GROUP_STATUS.entry(count.value_status).meaning))


def _choose(counts: Iterable[GroupCount], where: Where, period: Period) -> list[GroupCount]:
    start, end = period
    return [
        count
        for count in counts
        if all(_code_of(count, name) in values for name, values in where.items())
        and (start is None or count.period_start >= start)
        and (end is None or count.period_end <= end)
    ]


def _code_of(count: GroupCount, name: str) -> str | int | None:
    """A field of the count, or the calendar year in which it lies;
    None where that is more than one."""
    if name == "year":
        return count.period_start.year if count.period_start.year == count.period_end.year else None
    value: str = getattr(count, name)
    return value


def _refuse_several(measure: Measure, groups: Sequence[Group]) -> None:
    if len(set(groups)) < len(groups):
        raise QueryError("several_group_counts", message("several_counts", names=measure.groupings))


def _to_sums(count: GroupCount, group: Group) -> Sums:
    return Sums(
        group=group,
        period_start=count.period_start,
        period_end=count.period_end,
        numerator=count.group_count,
        denominator=count.total_count,
        rows_count=1,
        used_count=1,
        sources=(count.source_id,),
    )
