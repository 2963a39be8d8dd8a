"""The rows of the record in memory, one a deployment, added up for the many questions that the
claims ask.

In: a way to sum fields by deployment, which is asked once for each pair of fields. Out: `Sums`.
Does not query, and decides nothing about a row that lacks a number: the warehouse has left it out
of the sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from etl.measures.catalogue import Measure
from etl.measures.evaluate import Sums
from etl.model.claim_measures import ClaimRow

Row = Mapping[str, Any]
Where = Mapping[str, tuple[str, ...]]
Period = tuple[dt.date | None, dt.date | None]
AddUp = Callable[..., list[dict[str, Any]]]  # numerator, denominator, by, where, period, counted
ALL_TIME: Period = (None, None)
_BY = (
    "deployment_id",
    "force_id",
    "publication_id",
    "place_id",
    "district_code",
    "first_date",
    "last_date",
)


class ClaimRows:
    """The rows that count, and those that are kept beside them,
    for the fields that are asked for."""

    def __init__(self, add_up: AddUp) -> None:
        self._add_up = add_up
        self._rows: dict[tuple[str, str | None, bool], dict[str, list[Row]]] = {}

    def add_up(
        self,
        measure: Measure,
        where: Where,
        period: Period,
        *,
        counted: bool = True,
        by: tuple[str, ...] = (),
    ) -> list[Sums]:
        """The sums over the rows that touch the period, by group in order; none where there is no
        such row.

        A row that reaches out of the period is counted and not used:
        nothing says how much of it is inside."""
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in self._of(measure, where, counted):
            if _touches(row, period):
                groups.setdefault(tuple(row[name] for name in by), []).append(row)
        return [
            _to_sums(tuple(zip(by, key, strict=True)), groups[key], period)
            for key in sorted(groups)
        ]

    def by_days(self, measure: Measure, where: Where) -> Iterable[Row]:
        """The rows that have both days, of any time."""
        return (
            row for row in self._of(measure, where, True) if row["first_date"] and row["last_date"]
        )

    def list_rows(self, measure: Measure, where: Where, period: Period) -> list[ClaimRow]:
        """The counted rows that touch the period, the earliest first;
        those without a day at the end."""
        claim_rows = [
            ClaimRow(
                deployment_id=row["deployment_id"],
                state_code=_state_of(row, period),
                numerator=row["numerator"],
                denominator=None
                if measure.denominator is None or row["denominator"] is None
                else row["denominator"] / measure.per,
            )
            for row in sorted(self._of(measure, where, True), key=_in_time)
            if _touches(row, period)
        ]
        return claim_rows

    def _of(self, measure: Measure, where: Where, counted: bool) -> Iterable[Row]:
        by_force = self._by_force(measure.numerator, measure.denominator, counted)
        forces = where.get("force_id", tuple(by_force))
        rows = (row for force in forces for row in by_force.get(force, ()))
        others = [(name, values) for name, values in where.items() if name != "force_id"]
        return (
            (row for row in rows if all(row[name] in values for name, values in others))
            if others
            else rows
        )

    def _by_force(self, top: str, bottom: str | None, counted: bool) -> dict[str, list[Row]]:
        rows = self._rows.get((top, bottom, counted))
        if rows is None:
            rows = self._rows[top, bottom, counted] = {}
            for row in self._add_up(top, bottom, _BY, {}, ALL_TIME, counted=counted):
                rows.setdefault(row["force_id"], []).append(row)
        return rows


def _in_time(row: Row) -> tuple[dt.date, str]:
    return row["first_date"] or dt.date.max, row["deployment_id"]


def _state_of(row: Row, period: Period) -> str:
    if not _is_inside(row, period):
        return "outside"
    return "used" if row["used_count"] else "missing"


def _is_inside(row: Row, period: Period) -> bool:
    (start, end), first, last = period, row["first_date"], row["last_date"]
    after = start is None or (first is not None and first >= start)
    before = end is None or (last is not None and last <= end)
    return after and before


def _touches(row: Row, period: Period) -> bool:
    """Whether any day of the row may lie in the period; a row without a day may lie anywhere."""
    (start, end), first, last = period, row["first_date"], row["last_date"]
    over = start is not None and last is not None and last < start
    ahead = end is not None and first is not None and first > end
    return not (over or ahead)


def _to_sums(group: tuple[tuple[str, str], ...], rows: list[Row], period: Period) -> Sums:
    inside = [row for row in rows if _is_inside(row, period)]
    used = [row for row in inside if row["used_count"]]
    dated = used or inside
    return Sums(
        group=group,
        period_start=min((row["first_date"] for row in dated if row["first_date"]), default=None),
        period_end=max((row["last_date"] for row in dated if row["last_date"]), default=None),
        numerator=sum(row["numerator"] for row in used) if used else None,
        denominator=sum(row["denominator"] or 0 for row in used) if used else None,
        rows_count=len(rows),
        used_count=len(used),
        sources=tuple(sorted({row["publication_id"] for row in inside})),
        outside_count=len(rows) - len(inside),
    )
