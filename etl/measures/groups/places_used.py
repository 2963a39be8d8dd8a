"""Who lives where the cameras stood: each group's share of the residents of the area of each
deployment, weighted by deployments or by faces seen.

In: placed rows, each with the residents of its area. Out: `PlacesUsed`. Does not say who passed by:
passers-by are not residents. Does not query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from etl.model.demographics import PlacedRow, PlacesUsed


@dataclass(frozen=True, slots=True)
class _Weighted:
    """One placed row: its weight, and a group's share of the residents of its area."""

    weight: int
    share: float


@dataclass(frozen=True, slots=True)
class Selected:
    """Which rows are weighed: of a force, a year or all, a place or all, by wards or districts; and
    each group's share of the residents of all areas of the force; none of a force without one."""

    force_id: str
    year: int | None
    area_kind_code: str
    averages: Mapping[str, float]
    place_id: str | None = None


def weigh_places(
    rows: Sequence[PlacedRow], group: str, weight: str, selected: Selected
) -> PlacesUsed:
    """A group's share of residents, weighted by `deployments` or `faces_seen`.

    share = sum(weight * group / people) / sum(weight) over the rows that have an area and the
    weight. `lowest_share` and `highest_share` are the shares if nobody, or everybody, in the areas
    of the other rows were of the group. Shares are from 0 to 1, None if no row could be placed."""
    total = sum(_weight_of(row, weight) or 0 for row in rows)
    placed = [row for row in rows if row.people_count]
    shares = [
        _Weighted(_weight_of(row, weight) or 0, row.people[group] / row.people_count)
        for row in placed
    ]
    known = sum(row.weight for row in shares)
    part = fsum(row.weight * row.share for row in shares)
    # Equal to the share, not a rounding error below it, where all could be placed.
    rest = total - known
    average = selected.averages.get(group)
    return PlacesUsed(
        force_id=selected.force_id,
        year=selected.year,
        place_id=selected.place_id,
        area_kind_code=selected.area_kind_code,
        weight_code=weight,
        group_code=group,
        share=part / known if known else None,
        lowest_share=part / total if total else None,
        highest_share=(part + rest) / total if total else None,
        placed_weight=known,
        all_weight=total,
        placed_count=len(placed),
        rows_count=len(rows),
        areas_count=len({row.area_code for row in placed}),
        average_share=average,
        above_count=None if average is None else sum(row.share > average for row in shares),
        workday_people_per_resident=_workday(rows, weight),
    )


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
