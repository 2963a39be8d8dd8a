"""Checks what returns tell about small groups of people, each alone and together with what else is or was public of the force.

In: `Evidence` with the counts of returns, those that claims state and those of returns that were withdrawn. Out: `Finding`s,
every one an error, that do not repeat a number. Which numbers tell too much: `etl.disclosure.overlaps`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.checks.counts import say_stage, told
from etl.checks.evidence import Evidence
from etl.checks.findings import report_table
from etl.disclosure.overlaps import Days, Narrow, ShownTable, find_narrow
from etl.model.group_counts import to_group_counts
from etl.model.groups import CLASSIFICATIONS
from etl.model.records import Deployment, Finding
from etl.model.return_records import ReturnedCount


def check_returned_groups(evidence: Evidence) -> Iterator[Finding]:
    """Small counts by group that could be worked out from a return, or from a return and another source of like days."""
    for force_id in sorted({one.force_id for one in evidence.returned_counts if one.group_code}):
        tables = list(_list_tables(evidence, force_id))
        known = _KnownEvents(evidence, force_id)
        for narrow in find_narrow(tables, known.count, evidence.group_crosswalks):
            if narrow.table.source_id in evidence.editions:  # of two printed ones nothing can be taken back
                yield _report(evidence, narrow)


def _list_tables(evidence: Evidence, force_id: str) -> Iterator[ShownTable]:
    returned = {one.returned_count_id: one.edition_id for one in (*evidence.returned_counts, *evidence.withdrawn_counts)}  # fmt: skip
    now = (*to_group_counts(evidence.returned_counts), *evidence.group_counts)
    for counts, replaced in ((now, False), (to_group_counts(evidence.withdrawn_counts), True)):
        by_table: dict[tuple[str, Days, str, str], dict[str, int | None]] = {}
        totals: dict[tuple[str, Days, str, str], set[int]] = {}
        for one in counts:
            if one.force_id == force_id and one.value_status != "new":
                days = (one.period_start, one.period_end)
                key = (
                    returned.get(one.source_id, one.source_id),
                    days,
                    one.stage_code,
                    one.classification_code,
                )
                by_table.setdefault(key, {})[one.group_code] = one.group_count
                totals.setdefault(key, set()).update(() if one.total_count is None else (one.total_count,))
        for key, groups in by_table.items():
            yield ShownTable(*key, groups, totals[key].pop() if len(totals[key]) == 1 else None, replaced)


class _KnownEvents:
    """How many events the rows of a force's deployments add up to."""

    def __init__(self, evidence: Evidence, force_id: str) -> None:
        self._evidence = evidence
        self._rows = [row for row in evidence.deployments if row.force_id == force_id and row.counted]
        returns = {one.edition_id for one in evidence.returned_counts if one.force_id == force_id}
        editions = (evidence.editions[edition_id] for edition_id in sorted(returns))
        self._complete = [(one.period_start, one.period_end) for one in editions]

    def count(self, stage: str, days: Days) -> int | None:
        """Events of the days; none where a return covers them and has no row of them; None where a row does not say."""
        rows = [
            row
            for row in self._rows
            if row.date and row.date <= days[1] and (row.end_date or row.date) >= days[0]
        ]
        if any(not _is_within(row, days) for row in rows):
            return None
        if not rows:
            covered = any(
                start and end and start <= days[0] and days[1] <= end for start, end in self._complete
            )
            return 0 if covered else None
        values = [told(self._evidence, row, stage) for row in rows]
        return sum(value or 0 for value in values) if None not in values else None


def _is_within(row: Deployment, days: Days) -> bool:
    return row.date is not None and days[0] <= row.date and (row.end_date or row.date) <= days[1]


def _report(evidence: Evidence, narrow: Narrow) -> Finding:
    table, given = narrow.table, _find_row(evidence.returned_counts, narrow)
    edition = evidence.editions[table.source_id]
    label = CLASSIFICATIONS[table.classification_code].groups.label(str(narrow.group_code))
    what = f"how many {say_stage(table.stage_code)} were about {label}"
    if narrow.other is None:
        message = f"What this return shows leaves too little open {what}."
        expected = "hidden groups of which each may be any small number"
    else:
        other = evidence.editions.get(narrow.other.source_id)
        name = f"{other.title} ({other.edition_id})" if other else narrow.other.source_id
        days = f"{narrow.other.days[0]} to {narrow.other.days[1]}"
        state = ", which was withdrawn" if narrow.other.replaced else ""
        message = f"With {name} ({days}{state}) subtracted, too little is left open {what} on the other days."
        expected = "days that no other count by group covers in part"
    return report_table(
        "returned_groups_given_away",
        edition.publication_id,
        edition.edition_id,
        "counted",
        page=given.page if given else None,
        row=given.row if given else None,
        printed=f"{table.stage_code} by {table.classification_code}: {narrow.group_code}",
        expected=expected,
        message=message,
    )


def _find_row(counts: Iterable[ReturnedCount], narrow: Narrow) -> ReturnedCount | None:
    """The row of the group, or the first of its table where the group has none."""
    table = narrow.table
    rows = [
        one
        for one in counts
        if (one.edition_id, one.subject_code, one.classification_code)
        == (table.source_id, table.stage_code, table.classification_code)
    ]
    return next((one for one in rows if one.group_code == narrow.group_code), next(iter(rows), None))
