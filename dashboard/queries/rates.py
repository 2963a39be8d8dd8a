"""Measures with an interval, force by force or year by year, and the forces that cannot have them.

In: `Record` and a `Selection`. Out: labelled Estimates, never across a break; names of forces by
what they lack. Does not compute and does not draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.queries.series import get_by_force
from dashboard.selection.selection import Selection
from dashboard.text.names import name_forces, name_published
from etl.model.estimates import Estimate
from etl.model.queries import Period
from etl.model.reference import Publication
from etl.queries.record import Record

SHARE_OF_ALERTS = "false_share_of_alerts"
PER_FACE_SEEN = "false_alerts_per_face_seen"
# The count that each rate is divided by.
DENOMINATORS = {SHARE_OF_ALERTS: "alerts_count", PER_FACE_SEEN: "faces_seen_count"}
_DAY = dt.timedelta(days=1)
# A force with fewer alerts than this is a sentence, not a point; a force this many times above the
# highest limit of the next is one too.
MIN_ALERTS, _TIMES = 100, 5


@dataclass(frozen=True, slots=True)
class Interval:
    """A labelled Estimate of a measure with an interval: a force or a year, and the publication it
    is limited to.

    `dated`: the name says of which days it is."""

    name: str
    publication: str
    estimate: Estimate
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """Forces that cannot have a rate: they lack the false alerts, what they are divided by,
    or a row with both."""

    no_false: bool
    no_whole: bool
    names: tuple[str, ...]


def get_intervals(record: Record, measure_id: str, selection: Selection) -> list[Interval]:
    """A measure by force, or by year of the chosen force, never across a break; most trials first,
    years in order.

    A force with rows that cannot be dated to a year is asked publication by publication, because no
    period tells its rows apart. Forces and years without the measure are left out: `get_missing`
    names them."""
    names = name_forces(record)
    titles = {
        publication.publication_id: str(publication.title)
        for publication in record.table(Publication)
    }
    intervals = []
    for force_id in get_by_force(record, measure_id, selection):
        where: dict[str, list[str | int]] = {"force_id": [force_id]}
        yearly = record.estimate(
            "deployments_count", by=("year",), where=where, period=selection.period
        ).estimates
        undated = any(estimate.of("year") is None for estimate in yearly)
        by = "publication_id" if undated else "year" if selection.force_id else "force_id"
        for window in _windows(record, measure_id, force_id, selection.period):
            for estimate in record.estimate(
                measure_id, by=(by,), where=where, period=window
            ).estimates:
                if estimate.value is not None:
                    code = estimate.of(by)
                    name = str(code) if by == "year" else names[force_id]
                    intervals.append(
                        Interval(name, titles[str(code)] if undated else "", estimate, by == "year")
                    )
    if selection.force_id:
        return sorted(intervals, key=lambda interval: interval.estimate.period_start or dt.date.min)
    most = {
        interval.name: max(_trials(other) for other in intervals if other.name == interval.name)
        for interval in intervals
    }
    return sorted(
        intervals,
        key=lambda interval: (-most[interval.name], interval.estimate.period_start or dt.date.min),
    )


def split_intervals(
    intervals: Sequence[Interval], selection: Selection
) -> tuple[list[Interval], list[Interval], list[Interval]]:
    """Of forces: those to draw; those of too few alerts; those so far above all others that they
    would set the scale alone. Of the years of one force, and of faces seen, all are drawn."""
    if selection.force_id or not intervals or intervals[0].estimate.measure_id != SHARE_OF_ALERTS:
        return list(intervals), [], []
    enough = [interval for interval in intervals if _trials(interval) >= MIN_ALERTS]
    few = [interval for interval in intervals if interval not in enough]
    by_value = sorted(enough, key=lambda interval: interval.estimate.value or 0.0)
    limit = next(
        (
            place
            for place in range(1, len(by_value))
            if (by_value[place].estimate.value or 0)
            > _TIMES * (by_value[place - 1].estimate.high or 0)
        ),
        len(by_value),
    )
    apart = by_value[limit:]
    drawn = [interval for interval in enough if interval not in apart]
    return (drawn, few, apart) if drawn else (list(intervals), [], [])


def get_missing(record: Record, measure_id: str, selection: Selection) -> list[Missing]:
    """Forces with rows in the selection that cannot have the rate, by what they lack."""
    below = get_by_force(record, DENOMINATORS[measure_id], selection)
    false = get_by_force(record, "false_alerts_count", selection)
    both = get_by_force(record, measure_id, selection)
    forces: dict[tuple[bool, bool], list[str]] = {}
    for force_id, name in name_published(record).items():
        if (
            force_id in both
            and both[force_id].value is None
            and both[force_id].status != "not_comparable"
        ):
            lacks = (false[force_id].numerator is None, below[force_id].numerator is None)
            forces.setdefault(lacks, []).append(name)
    return [Missing(*lacks, tuple(names)) for lacks, names in forces.items()]


def _windows(record: Record, measure_id: str, force_id: str, period: Period) -> Iterator[Period]:
    """The period, cut at the force's breaks that forbid a comparison."""
    first, last = period
    cuts = [
        break_.first_date
        for break_ in record.breaks(measure_id)
        if break_.force_id == force_id
        and break_.effect_code == "not_comparable"
        and (first is None or break_.first_date > first)
        and (last is None or break_.first_date <= last)
    ]
    yield from zip([first, *cuts], [*(cut - _DAY for cut in cuts), last], strict=True)


def _trials(interval: Interval) -> float:
    return interval.estimate.denominator or 0
