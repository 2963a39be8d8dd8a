"""What a reader most often comes to ask, answered for the force with most rows in its last whole
year.

In: `Record`, what may be chosen. Out: Estimates and counts of rows. Does not compute, word or draw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.queries.changes import Change, get_changes
from dashboard.queries.claims import count_verdicts, get_claims
from dashboard.queries.rates import SHARE_OF_ALERTS
from dashboard.queries.series import get_by_force, get_total
from dashboard.selection.selection import NOTHING, Choices
from etl.model.estimates import Estimate
from etl.queries.record import Record

MEASURES_OF_A_YEAR = ("faces_seen_count", SHARE_OF_ALERTS, "arrests_count")


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """Of the force with most deployments: how they changed, its measures in the last whole year.

    `year` is None, and `of_year` empty, where no two years in a row are covered.
    `verdicts` counts the claims."""

    force_id: str
    change: Change
    year: int | None
    of_year: Mapping[str, Estimate]
    verdicts: Mapping[str, int]


def get_first(record: Record, choices: Choices) -> FirstAnswers | None:
    """None for a record without deployments."""
    counts = {
        force_id: estimate.numerator or 0
        for force_id, estimate in get_by_force(record, "deployments_count", NOTHING).items()
    }
    if not counts:
        return None
    force_id = max(counts, key=lambda count: counts[count])
    own = NOTHING.only("forces", force_id)
    (change,) = get_changes(record, own, choices)
    year = change.last.first_day.year if change.last else None
    of_year = own.in_year(year) if year else None
    return FirstAnswers(
        force_id,
        change,
        year,
        {measure: get_total(record, measure, of_year) for measure in MEASURES_OF_A_YEAR}
        if of_year
        else {},
        count_verdicts(get_claims(record, NOTHING)),
    )


@dataclass(frozen=True, slots=True)
class SameDays:
    """Deployments of this year to the last covered day, and in the same days of the year before."""

    last_day: dt.date
    count: int
    count_before: int


def get_same_days(record: Record, force_id: str) -> SameDays | None:
    """None unless publications list every deployment in the days of both years."""
    last = record.forces.covered_until().get(force_id)
    if last is None:
        return None
    months = record.covered_months.get(force_id, frozenset())
    before = last.replace(
        year=last.year - 1, day=min(last.day, 28) if last.month == 2 else last.day
    )
    needed = {f"{before.year}-{month:02}" for month in range(1, before.month + 1)}
    if not needed <= months:
        return None
    counts = [
        record.estimate(
            "deployments_count",
            where={"force_id": [force_id]},
            period=(dt.date(day.year, 1, 1), day),
        )
        .only()
        .numerator
        for day in (last, before)
    ]
    if not counts[0] or not counts[1]:
        return None
    return SameDays(last, counts[0], counts[1])
