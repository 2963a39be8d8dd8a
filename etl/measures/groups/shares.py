"""A group's share of published events against a benchmark: how far apart, how sure, and what could
have been seen.

In: counts by group as published, and a `Benchmark`. Out: `GroupDisparity`.
Does not accept anything but `GroupCount`s (a laboratory result cannot enter), does not add up
different periods, and never says that there is no difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from etl.measures.catalogue import FEW_EVENTS
from etl.measures.groups.crosswalks import Counterpart
from etl.measures.groups.disparity import (
    ShareTest,
    baseline_at_which_not_significant,
    disparity,
    share_test,
    smallest_detectable_share,
)
from etl.model.codes import STAGE
from etl.model.demographics import Benchmark, GroupDisparity
from etl.model.group_records import GroupCount
from etl.model.groups import GROUP_STATUS
from etl.model.messages import Text, join, message
from etl.model.refusals import QueryError

SHORTEST_YEAR = dt.timedelta(days=364)  # from the first day to the last
MIN_EVENTS = 3  # method: below it the counts are shown and nothing that is computed from them
ALPHA = 0.05
# Fields of GroupDisparity that are computed from the events.
_COMPUTED = (
    *("share", "share_low", "share_high"),
    *("share_ratio", "share_ratio_low", "share_ratio_high"),
    *("share_difference", "share_difference_low", "share_difference_high"),
    *("rate_ratio", "rate_ratio_low", "rate_ratio_high"),
    *("p_value", "p_value_above", "not_above_from_share"),
)


@dataclass(frozen=True, slots=True)
class CountedGroup:
    """The events of one force, stage and period that are about one group: `events` of `total`, None
    if not stated."""

    events: int
    total: int | None
    rows: tuple[GroupCount, ...]


def find_count(counts: Sequence[GroupCount], group: Counterpart, what: str) -> CountedGroup:
    """The one published count of a group, added up over the groups that stand together.

    `counts` are those of one force, stage and list inside the period asked about; `what` names them
    in a refusal. Raises `QueryError`: no_group_count, also where one of several groups is missing,
    because unknown plus something is unknown; several_group_counts where more than one period or
    source answers; suppressed where a count is hidden, because no number that it is part of is
    given; attributes_by_place_or_date for a sum of less than a year, which nobody printed."""
    rows = [row for row in counts if row.group_code in group.group_codes]
    missing = [code for code in group.group_codes if code not in {row.group_code for row in rows}]
    if missing:
        labels = [group.source.groups.label(code) for code in missing]
        raise QueryError("no_group_count", message("no_count_about", events=what, groups=labels))
    if (
        len(rows) > len(group.group_codes)
        or len({(row.period_start, row.period_end, row.total_count) for row in rows}) > 1
    ):
        listed = "; ".join(
            f"{row.period_start} to {row.period_end} ({row.source_id})" for row in rows
        )
        raise QueryError(
            "several_group_counts", message("several_counts_of", events=what, counts=listed)
        )
    counts_shown = [row.group_count for row in rows if row.group_count is not None]
    if hidden := next((row for row in rows if row.group_count is None), None):
        raise QueryError(
            "suppressed",
            message("hidden_count", meaning=GROUP_STATUS.entry(hidden.value_status).meaning),
        )
    if len(rows) > 1:
        refuse_part_of_year(rows[0])
    return CountedGroup(sum(counts_shown), rows[0].total_count, tuple(rows))


def refuse_part_of_year(row: GroupCount) -> None:
    """Raises `QueryError` (attributes_by_place_or_date) if a figure of several groups would be of
    less than a year."""
    if row.period_end - row.period_start < SHORTEST_YEAR:
        raise QueryError(
            "attributes_by_place_or_date",
            message("only_whole_years", start=row.period_start, end=row.period_end),
        )


def compare_group(
    group: Counterpart,
    counted: CountedGroup,
    benchmark: Benchmark,
    unknown_count: int | None,
    reference: tuple[str, CountedGroup, Benchmark] | None = None,
) -> GroupDisparity:
    """The disparity of a group against `benchmark`, or against another group of the same list.

    `reference` is its code, count and benchmark of the same kind; without it the reference is
    everybody else, those of unknown group included. Shares have Clopper-Pearson limits; ratio and
    difference to the benchmark are those limits over, and minus, a share taken as known; the rate
    ratio is conditional exact (see `etl.measures.groups.disparity`). Raises `QueryError`:
    benchmark_unavailable, benchmark_not_a_share, zero_denominator, no_group_count."""
    baseline = _known_share(benchmark)
    if reference:
        refuse_part_of_year(counted.rows[0])
        other = _known_share(reference[2])
        total: int | None = counted.events + reference[1].events
        if {row.period_start for row in counted.rows} != {
            row.period_start for row in reference[1].rows
        } or {row.period_end for row in counted.rows} != {
            row.period_end for row in reference[1].rows
        }:
            raise QueryError("several_group_counts", message("different_periods"))
        baseline = baseline / (baseline + other) if baseline + other else 0.0
    else:
        total = counted.total
    stage = STAGE.label(counted.rows[0].stage_code).lower()
    if total is None:
        raise QueryError("no_group_count", message("total_not_stated", events=stage))
    if total == 0:
        raise QueryError("zero_denominator", message("share_of_none", events=stage))
    if not 0 < baseline < 1:
        code = "benchmark_counts_nobody" if baseline == 0 else "benchmark_counts_nobody_else"
        raise QueryError("zero_denominator", message(code))
    detectable = smallest_detectable_share(total, baseline)
    figures = _figures(counted.events, total, baseline)
    first = counted.rows[0]
    rows = (*counted.rows, *(reference[1].rows if reference else ()))
    return GroupDisparity(
        force_id=first.force_id,
        stage_code=first.stage_code,
        period_start=first.period_start,
        period_end=first.period_end,
        classification_code=first.classification_code,
        group_codes=group.group_codes,
        group_label=group.label,
        basis_code=first.basis_code,
        reference_group_code=reference[0] if reference else None,
        group_count=counted.events,
        total_count=total,
        unknown_count=unknown_count,
        benchmark=benchmark,
        benchmark_share=baseline,
        low_reliability=total < FEW_EVENTS,
        smallest_detectable_share=detectable,
        smallest_detectable_share_ratio=None if detectable is None else detectable / baseline,
        notes=tuple(dict.fromkeys((*group.notes, *(row.note for row in rows if row.note)))),
        sources=tuple(sorted({row.source_id for row in rows})),
        caveats=_caveats(
            group, benchmark, figures["verdict_code"], total, bool(unknown_count) and not reference
        ),
        **figures,
    )


def _known_share(benchmark: Benchmark) -> float:
    if benchmark.kind_code == "known_share" and benchmark.share is not None:
        return benchmark.share
    title = message("benchmark_title", benchmark=benchmark.title)
    if benchmark.kind_code == "unavailable":
        raise QueryError("benchmark_unavailable", title, benchmark.reason)
    reason = benchmark.reason or message("benchmark_is_counted")
    raise QueryError("benchmark_not_a_share", title, reason)


def _figures(events: int, total: int, baseline: float) -> dict[str, Any]:
    """Everything that is computed from the events; empty below `MIN_EVENTS`."""
    if events < MIN_EVENTS:
        reason = message("few_group_events", number=MIN_EVENTS)
        return dict.fromkeys(_COMPUTED) | {"verdict_code": "too_few", "reason": reason}
    tested = share_test(events, total, baseline)
    rates = disparity(events, baseline, total - events, 1 - baseline)
    verdict = _verdict(tested)
    values = (
        tested.share,
        tested.low,
        tested.high,
        *(share / baseline for share in (tested.share, tested.low, tested.high)),
        *(share - baseline for share in (tested.share, tested.low, tested.high)),
        rates.ratio,
        rates.ratio_low,
        rates.ratio_high,
        tested.p_value,
        tested.p_value_above,
        baseline_at_which_not_significant(events, total, ALPHA),
    )
    return dict(zip(_COMPUTED, values, strict=True)) | {
        "verdict_code": verdict,
        "reason": _reason(verdict, total),
    }


def _verdict(tested: ShareTest) -> str:
    if tested.p_value >= ALPHA:
        return "not_detected"
    return "above" if tested.share > tested.baseline_share else "below"


def _reason(verdict: str, total: int) -> Text:
    return join(
        message("no_difference_detected") if verdict == "not_detected" else "",
        message("no_rate_per_group", count=total) if total < FEW_EVENTS else "",
    )


def _caveats(
    group: Counterpart, benchmark: Benchmark, verdict: str, total: int, unknown: bool
) -> tuple[str, ...]:
    caveats = [
        "watchlist_over_flags",
        *benchmark.caveats,
        *group.basis_caveats,
        "baseline_taken_as_known",
    ]
    if unknown:
        caveats.append("unknown_in_total")
    if total < FEW_EVENTS:
        caveats.append("few_events_no_rate")
    if verdict == "not_detected":
        caveats.append("not_detected_is_not_absent")
    return tuple(dict.fromkeys(caveats))
