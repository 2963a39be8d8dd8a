"""How a measure changed between the last two whole years that the publications cover.

In: `Record`, a `Selection`. Out: a `Change` for each series. Does not compute: ratios are
Comparisons of `etl.queries.record`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.queries.series import SPLITS, Point, Series, get_trend
from dashboard.selection.selection import Choices, Selection
from etl.measures.catalogue import MEASURES
from etl.measures.comparisons import Comparison
from etl.model.reference import Break
from etl.queries.record import Record


@dataclass(frozen=True, slots=True)
class Change:
    """The last whole year of a series against the one before; without points where no two are
    covered.

    `broken` is a break between them that forbids the comparison of counts;
    of rates, `comparison` refuses it."""

    name: str
    first: Point | None = None
    last: Point | None = None
    comparison: Comparison | None = None
    broken: Break | None = None


def get_changes(record: Record, selection: Selection, choices: Choices) -> list[Change]:
    """One Change for each series of the selection, in the same order."""
    yearly = replace(selection, step="year")
    field = SPLITS[selection.split][1]
    return [
        _get_change(record, yearly.only(field, series.code), series)
        for series in get_trend(record, yearly, choices).series
    ]


def _get_change(record: Record, own: Selection, series: Series) -> Change:
    whole = [
        point
        for point in series.known
        if point.covered and point.estimate is not None and not point.estimate.provisional
    ]
    if len(whole) < 2 or whole[-1].first_day.year - whole[-2].first_day.year != 1:
        return Change(series.name)
    first, last = whole[-2:]
    if MEASURES[own.measure_id].kind in ("proportion", "rate"):
        sides = [(own.where, (point.first_day, point.last_day)) for point in (first, last)]
        comparison = record.compare(own.measure_id, sides[0], sides[1])
        return Change(
            series.name, first, last, comparison if isinstance(comparison, Comparison) else None
        )
    between = [
        broken for broken in series.breaks if first.first_day < broken.first_date <= last.last_day
    ]
    return Change(series.name, first, last, broken=between[0] if between else None)
