"""Who lives where the cameras stood: each group's share of the residents of the area of each
deployment, weighted by deployments or by faces seen.

In: placed rows, each with the residents of its area. Out: `PlacesUsed`. Does not say who passed by:
passers-by are not residents. Does not query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from etl.model.demographics import PlacedRow, PlacesUsed


@dataclass(frozen=True, slots=True)
class _Weighted:
    """One placed row: its weight, and a group's share of the residents of its area."""

    weight: int
    share: float


def weigh_places(rows: Iterable[PlacedRow], group: str, weight: str) -> PlacesUsed:
    """A group's share of residents, weighted by `deployments` or `faces_seen`.

    share = sum(weight * group / people) / sum(weight) over the rows that have an area and the
    weight. `low` and `high` are the shares if nobody, or everybody, of the areas of the other rows
    were of the group. Shares are from 0 to 1, None if no row could be placed."""
    selection = list(rows)
    total = sum(_weight_of(row, weight) or 0 for row in selection)
    placed = [
        _Weighted(_weight_of(row, weight) or 0, row.people[group] / row.people_count)
        for row in selection
        if row.people_count
    ]
    known = sum(row.weight for row in placed)
    part = fsum(row.weight * row.share for row in placed)
    return PlacesUsed(
        group_code=group,
        weight_code=weight,
        share=part / known if known else None,
        low=part / total if total else None,
        high=(part + total - known) / total if total else None,
        placed_weight=known,
        all_weight=total,
        placed_count=len(placed),
        rows_count=len(selection),
        areas_count=len({row.area_code for row in selection if row.people_count}),
        workday_people_per_resident=_workday(selection, weight),
    )


def count_above(rows: Sequence[PlacedRow], group: str, share: float) -> tuple[int, int]:
    """How many placed rows are in areas in which the group has more than this share of the
    residents, and how many are placed."""
    placed = [row for row in rows if row.people_count]
    above = [row for row in placed if row.people[group] / row.people_count > share]
    return len(above), len(placed)


def _weight_of(row: PlacedRow, weight: str) -> int | None:
    return row.deployments if weight == "deployments" else row.faces_seen


def _workday(rows: Iterable[PlacedRow], weight: str) -> float | None:
    """People on a working day for each resident, over the rows whose area has both."""
    both = [
        (_weight_of(row, weight) or 0, row.workday_people_count, row.people_count)
        for row in rows
        if row.people_count and row.workday_people_count is not None
    ]
    total = sum(weight_of for weight_of, _, _ in both)
    if not total:
        return None
    return fsum(weight_of * day / people for weight_of, day, people in both if day) / total
