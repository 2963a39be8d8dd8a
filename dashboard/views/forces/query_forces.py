"""All forces in one list, up to four of them side by side, and all of them beside the limits of
chance.

In: `Record` and a `Selection`. Out: lines of the list, Estimates never across a break, ratios or
refusals, a funnel with its period. Does not compute and does not draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from dashboard.queries.rates import Interval, get_intervals
from dashboard.selection.parameters import MAX_SERIES
from dashboard.selection.selection import Selection
from dashboard.text.language import _, link_other_languages
from dashboard.text.names import name_forces
from dashboard.text.refusals import describe_refusal
from etl.measures.catalogue import MEASURES
from etl.measures.comparisons import BREAKS_WITH, Comparison
from etl.measures.groups.disparity import Disparity
from etl.measures.publishing import PUBLISHING_STATUS, ForcePublishing
from etl.model.codes import LFR_USE
from etl.model.completeness import Gaps
from etl.model.force_profiles import ForceSetting
from etl.model.funnels import FunnelAnswer
from etl.model.queries import Period
from etl.model.reference import Force
from etl.queries.place_search import to_words
from etl.queries.record import Record

_ALERTS = BREAKS_WITH["alerts"]


@dataclass(frozen=True, slots=True)
class ForceLine:
    """One force of the list: what is known of its use and publishing,
    and what of it is in the record."""

    publishing: ForcePublishing
    rows_count: int
    last_day: dt.date | None
    covered_until: dt.date | None
    gaps: Gaps | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two forces, the second over the first; `different_software` and `reason` say why there is no
    ratio."""

    first: Interval
    second: Interval
    ratio: Disparity | None = None
    reason: str = ""
    different_software: bool = False


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Forces on one axis: a row for each and each side of a break;
    `lacking` have rows and no value, `silent` no row."""

    force_ids: tuple[str, ...]
    intervals: tuple[Interval, ...]
    lacking: tuple[str, ...]
    silent: tuple[str, ...]
    pairs: tuple[Pair, ...]
    settings: tuple[tuple[str, tuple[ForceSetting, ...]], ...]


@dataclass(frozen=True, slots=True)
class PeriodFunnel:
    """A funnel, and the period it is of; `found` if nobody chose the period."""

    answer: FunnelAnswer
    period: Period
    is_automatic: bool


def get_lines(record: Record, selection: Selection) -> list[ForceLine]:
    """The forces whose name, in either language, has the words that are searched for,
    in the order that is chosen."""
    counts = {
        str(estimate.of("force_id")): estimate
        for estimate in record.estimate("deployments_count", by=("force_id",)).estimates
    }
    last_days = get_last_days(record)
    gaps, covered = record.forces.completeness(), record.forces.covered_until()
    full = {force.force_id: force.force_name for force in record.table(Force)}
    find = selection.own("find", str)
    words = to_words(find) or find.split()
    lines = []
    for force in record.publishing.describe().forces:
        names = (force.force_name, full[force.force_id])
        names_text = (*names, *(other for name in names for other in link_other_languages(name)))
        text = " ".join(word for name in names_text for word in to_words(name))
        own = counts.get(force.force_id)
        if all(word in text for word in words):
            lines.append(
                ForceLine(
                    force,
                    own.rows_count if own else 0,
                    last_days.get(force.force_id),
                    covered.get(force.force_id),
                    gaps.get(force.force_id),
                )
            )
    lines.sort(key=lambda line: _(line.publishing.force_name))
    order = selection.own("sort", str)
    if order == "publishing":
        lines.sort(key=lambda line: list(PUBLISHING_STATUS).index(line.publishing.status))
    if order == "use":
        lines.sort(
            key=lambda line: (
                list(LFR_USE).index(line.publishing.latest.status_code)
                if line.publishing.latest
                else len(LFR_USE.entries)
            )
        )
    if order == "latest":
        lines.sort(key=lambda line: line.covered_until or dt.date.min, reverse=True)
    return lines


def get_last_days(record: Record) -> dict[str, dt.date]:
    """By force, the last day of any row."""
    days: dict[str, dt.date] = {}
    for row in record.publishing.coverage().rows:
        if row.period_end:
            days[row.force_id] = max(row.period_end, days.get(row.force_id, row.period_end))
    return days


def get_side_by_side(record: Record, selection: Selection) -> SideBySide:
    """The chosen forces; without any, those whose publications tell every deployment."""
    force_ids = selection.forces or tuple(sorted(record.forces.covered_until()))[:MAX_SERIES]
    measure_id = selection.rate_id
    # One force alone is asked by year: the one that is never chosen keeps the question about whole
    # periods.
    requested_selection = replace(
        selection, forces=force_ids, regions=(), use_cases=(), thresholds=()
    )
    intervals = get_intervals(record, measure_id, requested_selection)
    names = name_forces(record)
    order = [names[force_id] for force_id in force_ids]
    intervals.sort(
        key=lambda interval: (
            order.index(interval.name),
            interval.estimate.period_start or dt.date.min,
        )
    )
    shown = {interval.name for interval in intervals}
    published = record.force_names()
    return SideBySide(
        force_ids=force_ids,
        intervals=tuple(intervals),
        lacking=tuple(
            names[force] for force in force_ids if force in published and names[force] not in shown
        ),
        silent=tuple(names[force] for force in force_ids if force not in published),
        pairs=tuple(
            _compare(record, measure_id, intervals, {name: code for code, name in names.items()})
        ),
        settings=tuple(
            (names[force], record.forces.settings(force, "threshold", selection.period))
            for force in force_ids
            if force in published
        ),
    )


def get_funnel(record: Record, selection: Selection) -> PeriodFunnel:
    """The funnel of the chosen years; without any,
    of the last year in which enough forces have a value."""
    if selection.first_year or selection.last_year:
        return PeriodFunnel(
            record.funnel(selection.rate_id, period=selection.period),
            selection.period,
            is_automatic=False,
        )
    start, end = record.period()
    for year in range(end.year, start.year - 1, -1) if start and end else ():
        period = (dt.date(year, 1, 1), dt.date(year, 12, 31))
        answer = record.funnel(selection.rate_id, period=period)
        if answer.funnel is not None:
            return PeriodFunnel(answer, period, is_automatic=True)
    return PeriodFunnel(record.funnel(selection.rate_id), (None, None), is_automatic=True)


def _compare(
    record: Record, measure_id: str, intervals: Sequence[Interval], ids: dict[str, str]
) -> list[Pair]:
    """The last part of each force against that of each other."""
    last = {interval.name: interval for interval in intervals}
    concerned = bool(MEASURES[measure_id].fields & _ALERTS)
    pairs = []
    for first, second in combinations(last.values(), 2):
        sides = [
            (
                {"force_id": [ids[interval.name]]},
                (interval.estimate.period_start, interval.estimate.period_end),
            )
            for interval in (first, second)
        ]
        vendors = [
            {
                row.vendor_code
                for row in record.forces.settings(ids[interval.name], "threshold", side[1])
            }
            - {None}
            for interval, side in zip((first, second), sides, strict=True)
        ]
        if concerned and len(vendors[0] | vendors[1]) > 1:
            pairs.append(Pair(first, second, different_software=True))
            continue
        answer = record.compare(measure_id, sides[0], sides[1])
        if isinstance(answer, Comparison) and answer.disparity is not None:
            pairs.append(Pair(first, second, ratio=answer.disparity))
        else:
            pairs.append(
                Pair(
                    first,
                    second,
                    reason=describe_refusal(answer.refusal),
                )
            )
    return pairs
