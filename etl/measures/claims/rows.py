"""The rows of the record in memory, one a deployment, added up for the many questions that the
claims ask.

In: a way to read two fields of each deployment, which is asked once for each pair. Out: `Sums`.
Does not query, and decides nothing about a row that lacks a number: the warehouse has left it out
of the sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from etl.measures.catalogue import Measure
from etl.model.claim_measures import ClaimRow
from etl.model.queries import Period, RowSum, Sums

Where = Mapping[str, tuple[str, ...]]


class SumRows(Protocol):
    """Deployments one by one with two of their fields, counted or kept and not counted."""

    def __call__(
        self, numerator: str, denominator: str | None, /, *, counted: bool
    ) -> Iterable[RowSum]: ...


class ClaimRows:
    """The rows that count, and those of publications that do not, for the given fields."""

    def __init__(self, sum_rows: SumRows) -> None:
        self._sum_rows = sum_rows
        self._rows: dict[tuple[str, str | None, bool], dict[str, list[RowSum]]] = {}

    def add_up(
        self,
        measure: Measure,
        where: Where,
        period: Period,
        *,
        counted: bool = True,
        by: tuple[str, ...] = (),
    ) -> list[Sums]:
        """The sums over the rows that touch the period, by group in order.

        A row that reaches out of the period is counted and not used: how much of it is inside is
        not known."""
        groups: dict[tuple[str, ...], list[RowSum]] = {}
        for row in self._of(measure, where, counted):
            if _touches(row, period):
                groups.setdefault(tuple(getattr(row, name) for name in by), []).append(row)
        return [
            _to_sums(tuple(zip(by, key, strict=True)), groups[key], period)
            for key in sorted(groups)
        ]

    def by_days(self, measure: Measure, where: Where) -> Iterator[tuple[dt.date, dt.date, RowSum]]:
        """The rows that have both days, after these, of any time."""
        for row in self._of(measure, where, True):
            if row.first_date and row.last_date:
                yield row.first_date, row.last_date, row

    def list_rows(self, measure: Measure, where: Where, period: Period) -> list[ClaimRow]:
        """The counted rows that touch the period, earliest first, those without a day last."""
        claim_rows = [
            ClaimRow(
                deployment_id=row.deployment_id,
                state_code=_state_of(row, period),
                numerator=row.numerator,
                denominator=None
                if measure.denominator is None or row.denominator is None
                else row.denominator / measure.per,
            )
            for row in sorted(self._of(measure, where, True), key=_in_time)
            if _touches(row, period)
        ]
        return claim_rows

    def _of(self, measure: Measure, where: Where, counted: bool) -> Iterable[RowSum]:
        by_force = self._by_force(measure.numerator, measure.denominator, counted)
        forces = where.get("force_id", tuple(by_force))
        rows = (row for force in forces for row in by_force.get(force, ()))
        others = [(name, values) for name, values in where.items() if name != "force_id"]
        return (
            (row for row in rows if all(getattr(row, name) in values for name, values in others))
            if others
            else rows
        )

    def _by_force(self, top: str, bottom: str | None, counted: bool) -> dict[str, list[RowSum]]:
        rows = self._rows.get((top, bottom, counted))
        if rows is None:
            rows = self._rows[top, bottom, counted] = {}
            for row in self._sum_rows(top, bottom, counted=counted):
                rows.setdefault(row.force_id, []).append(row)
        return rows


def _in_time(row: RowSum) -> tuple[dt.date, str]:
    return row.first_date or dt.date.max, row.deployment_id


def _state_of(row: RowSum, period: Period) -> str:
    if not _is_inside(row, period):
        return "outside"
    return "used" if row.used else "missing"


def _is_inside(row: RowSum, period: Period) -> bool:
    (start, end), first, last = period, row.first_date, row.last_date
    after = start is None or (first is not None and first >= start)
    before = end is None or (last is not None and last <= end)
    return after and before


def _touches(row: RowSum, period: Period) -> bool:
    """Whether any day of the row may lie in the period; a row without a day may lie anywhere."""
    (start, end), first, last = period, row.first_date, row.last_date
    over = start is not None and last is not None and last < start
    ahead = end is not None and first is not None and first > end
    return not (over or ahead)


def _to_sums(group: tuple[tuple[str, str], ...], rows: list[RowSum], period: Period) -> Sums:
    inside = [row for row in rows if _is_inside(row, period)]
    used = [row for row in inside if row.used]
    dated = used or inside
    return Sums(
        group=group,
        period_start=min((row.first_date for row in dated if row.first_date), default=None),
        period_end=max((row.last_date for row in dated if row.last_date), default=None),
        numerator=sum(row.numerator or 0 for row in used) if used else None,
        denominator=sum(row.denominator or 0 for row in used) if used else None,
        rows_count=len(rows),
        used_count=len(used),
        sources=tuple(sorted({row.publication_id for row in inside})),
        outside_count=len(rows) - len(inside),
    )
