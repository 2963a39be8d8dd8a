"""Questions about one force: its stages, settings, completeness, last covered day, findings and
corrections.

In: a question. Out: rows and counts of
`etl.model.force_profiles`. Does not pool over a break, and does not add up a number that is not
known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from etl.measures.coverage import add_gaps
from etl.measures.provisional import last_covered_days
from etl.model.codes import ABSENT
from etl.model.completeness import Gaps
from etl.model.coverage import Publishing
from etl.model.facts import SUMMABLE
from etl.model.force_profiles import (
    STAGE_OF,
    ForceIssues,
    ForceSetting,
    ForceStages,
    StageCount,
    StatusCount,
)
from etl.model.queries import ALL_TIME, Period, Sums, Where
from etl.model.records import Deployment
from etl.model.reference import Break, Edition
from etl.queries.publishing import PublishingRecords
from etl.queries.release_file import ReleaseFile
from etl.warehouse.profiles import count_statuses, list_issues, list_settings

# A deployment without a result counts as late after so many days.
RESULT_WITHIN = dt.timedelta(days=28)
_WITHOUT_RESULT = ("announced", "no result")


class Forces:
    """The forces of one release."""

    def __init__(self, file: ReleaseFile, publishing: PublishingRecords) -> None:
        self._file = file
        self._publishing = publishing

    def stages(self, force_id: str, period: Period = ALL_TIME) -> ForceStages:
        """From faces seen to arrests over rows that may be added up: see `ForceStages`."""
        where: Where = {"force_id": [force_id]}
        all_rows = list_settings(self._file.engine, "year", where, period)
        since = self._last_break(force_id, all_rows)
        if since is not None:
            period = (since.first_date, period[1])
        publication_id = None
        if any(row.code is None for row in all_rows):
            by_file = list_settings(self._file.engine, "publication_id", where, period)
            sizes: dict[str, int] = {}
            for row in by_file:
                sizes[row.code or ""] = sizes.get(row.code or "", 0) + row.rows_count
            publication_id = max(sizes, key=lambda code: sizes[code])
            where = {**where, "publication_id": [publication_id]}
        rows = list_settings(self._file.engine, "year", where, period)
        statuses = count_statuses(self._file.engine, where, period)
        used = _count(rows)
        return ForceStages(
            force_id=force_id,
            stages=tuple(
                self._stage(code, of, where, period, statuses, used)
                for code, of in STAGE_OF.items()
            ),
            rows_count=used,
            other_rows_count=_count(all_rows) - used,
            period_start=_first(rows),
            period_end=_last(rows),
            publication_id=publication_id,
            since_break=since,
            sources=tuple(sorted({source for row in rows for source in row.sources})),
        )

    def settings(
        self, force_id: str, by: str, period: Period = ALL_TIME
    ) -> tuple[ForceSetting, ...]:
        """Rows by software and by `threshold` or `year`, in order of time."""
        return tuple(list_settings(self._file.engine, by, {"force_id": [force_id]}, period))

    def completeness(self) -> Mapping[str, Gaps]:
        """By force, what became of the values that a standard return would have, over all years."""
        return {
            force_id: add_gaps(row.total for row in rows)
            for force_id, rows in self._publishing.measured.items()
        }

    def covered_until(self) -> Mapping[str, dt.date]:
        """By force, the last day of a publication that lists its deployments one by one."""
        return self._covered_days

    def issues(self, force_id: str) -> ForceIssues:
        """Findings and corrections that are about this force's rows and files."""
        return list_issues(self._file.engine, force_id)

    @cached_property
    def _covered_days(self) -> dict[str, dt.date]:
        return last_covered_days(self._file.table(Publishing), self._file.table(Edition))

    @cached_property
    def _stage_breaks(self) -> list[Break]:
        return [
            break_
            for break_ in self._file.table(Break)
            if break_.effect_code == "not_comparable" and break_.field in STAGE_OF
        ]

    def _last_break(self, force_id: str, rows: Sequence[ForceSetting]) -> Break | None:
        """The last break that the rows lie on both sides of."""
        start, end = _first(rows), _last(rows)
        if start is None or end is None:
            return None
        inside = [
            break_
            for break_ in self._stage_breaks
            if break_.force_id == force_id and start < break_.first_date <= end
        ]
        return max(inside, key=lambda break_: break_.first_date, default=None)

    def _stage(
        self,
        code: str,
        of: str | None,
        where: Where,
        period: Period,
        statuses: list[StatusCount],
        rows_count: int,
    ) -> StageCount:
        own = self._sum(code, None, where, period)
        both = self._sum(code, of, where, period) if of else []
        missing = tuple(
            (row.value_status, row.rows_count)
            for row in statuses
            if row.stage_code == code
            and (row.value_status in ABSENT or row.value_status not in SUMMABLE)
        )
        return StageCount(
            stage_code=code,
            count=own[0].numerator if own else None,
            used_count=own[0].used_count if own else 0,
            rows_count=rows_count,
            missing=missing,
            of_code=of,
            part=both[0].numerator if both else None,
            whole=both[0].denominator if both else None,
            both_count=both[0].used_count if both else 0,
        )

    def _sum(self, top: str, bottom: str | None, where: Where, period: Period) -> list[Sums]:
        return self._file.sum_facts(top, bottom, (), where, period)


def _count(rows: Sequence[ForceSetting]) -> int:
    return sum(row.rows_count for row in rows)


def _first(rows: Sequence[ForceSetting]) -> dt.date | None:
    return min((row.period_start for row in rows if row.period_start), default=None)


def _last(rows: Sequence[ForceSetting]) -> dt.date | None:
    return max((row.period_end for row in rows if row.period_end), default=None)


def list_without_result(
    deployments: Iterable[Deployment], day: dt.date = dt.date.max
) -> list[tuple[Deployment, dt.date]]:
    """Rows of one day that are kept and not counted because no result was found, with the day from
    which the result counts as late; earliest first."""
    late = [
        (row, row.date + RESULT_WITHIN)
        for row in deployments
        if not row.counted
        and row.date is not None
        and (row.not_counted_reason or "").startswith(_WITHOUT_RESULT)
    ]
    return sorted((pair for pair in late if pair[1] <= day), key=lambda pair: pair[1])
