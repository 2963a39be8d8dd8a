"""Checks what returns tell about small groups of people, each alone and together with what else is
or was public of the force.

In: `Evidence` with the counts of returns, those that claims state and those of returns that were
withdrawn. Out: `Finding`s, every one an error, that do not repeat a number. Which numbers tell too
much: `etl.disclosure.overlaps`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.checks.counts import describe_stage, get_count
from etl.checks.evidence import Evidence
from etl.checks.findings import report_table
from etl.disclosure.overlaps import Days, Disclosure, ShownTable, find_disclosures
from etl.model.group_counts import to_group_counts
from etl.model.groups import CLASSIFICATIONS
from etl.model.messages import message
from etl.model.records import Deployment, Finding
from etl.model.return_records import ReturnedCount


def check_returned_groups(evidence: Evidence) -> Iterator[Finding]:
    """Small counts by group that could be worked out from a return,
    or from a return and another source of like days."""
    for force_id in sorted(
        {
            returned_count.force_id
            for returned_count in evidence.returned_counts
            if returned_count.group_code
        }
    ):
        tables = list(_list_tables(evidence, force_id))
        known = _KnownEvents(evidence, force_id)
        for disclosure in find_disclosures(tables, known.count, evidence.group_crosswalks):
            if (
                disclosure.table.source_id in evidence.editions
            ):  # of two printed ones nothing can be taken back
                yield _report(evidence, disclosure)


def _list_tables(evidence: Evidence, force_id: str) -> Iterator[ShownTable]:
    returned = {
        count.returned_count_id: count.edition_id
        for count in (*evidence.returned_counts, *evidence.withdrawn_counts)
    }
    now = (*to_group_counts(evidence.returned_counts), *evidence.group_counts)
    for counts, replaced in ((now, False), (to_group_counts(evidence.withdrawn_counts), True)):
        by_table: dict[tuple[str, Days, str, str], dict[str, int | None]] = {}
        totals: dict[tuple[str, Days, str, str], set[int]] = {}
        for count in counts:
            if count.force_id == force_id and count.value_status != "new":
                days = (count.period_start, count.period_end)
                key = (
                    returned.get(count.source_id, count.source_id),
                    days,
                    count.stage_code,
                    count.classification_code,
                )
                by_table.setdefault(key, {})[count.group_code] = count.group_count
                totals.setdefault(key, set()).update(
                    () if count.total_count is None else (count.total_count,)
                )
        for key, groups in by_table.items():
            yield ShownTable(
                *key, groups, totals[key].pop() if len(totals[key]) == 1 else None, replaced
            )


class _KnownEvents:
    """How many events the rows of a force's deployments add up to."""

    def __init__(self, evidence: Evidence, force_id: str) -> None:
        self._evidence = evidence
        self._rows = [
            row for row in evidence.deployments if row.force_id == force_id and row.counted
        ]
        returns = {
            returned_count.edition_id
            for returned_count in evidence.returned_counts
            if returned_count.force_id == force_id
        }
        editions = (evidence.editions[edition_id] for edition_id in sorted(returns))
        self._complete = [(edition.period_start, edition.period_end) for edition in editions]

    def count(self, stage: str, days: Days) -> int | None:
        """Events of the days; 0 where a return covers them without a row; None where a row does not
        say."""
        rows = [
            row
            for row in self._rows
            if row.date and row.date <= days[1] and (row.end_date or row.date) >= days[0]
        ]
        if any(not _is_within(row, days) for row in rows):
            return None
        if not rows:
            covered = any(
                start and end and start <= days[0] and days[1] <= end
                for start, end in self._complete
            )
            return 0 if covered else None
        values = [get_count(self._evidence, row, stage) for row in rows]
        return sum(value or 0 for value in values) if None not in values else None


def _is_within(row: Deployment, days: Days) -> bool:
    return row.date is not None and days[0] <= row.date and (row.end_date or row.date) <= days[1]


def _report(evidence: Evidence, disclosure: Disclosure) -> Finding:
    table, given = disclosure.table, _find_row(evidence.returned_counts, disclosure)
    edition = evidence.editions[table.source_id]
    label = CLASSIFICATIONS[table.classification_code].groups.label(str(disclosure.group_code))
    what = f"how many {describe_stage(table.stage_code)} were about {label}"
    if disclosure.other is None:
        sentence = f"What this return shows leaves too little open {what}."
        expected = message("hidden_groups_open")
    else:
        other = evidence.editions.get(disclosure.other.source_id)
        name = f"{other.title} ({other.edition_id})" if other else disclosure.other.source_id
        days = f"{disclosure.other.days[0]} to {disclosure.other.days[1]}"
        state = ", which was withdrawn" if disclosure.other.replaced else ""
        sentence = (
            f"With {name} ({days}{state}) subtracted, too little is left open {what} on the other "
            "days."
        )
        expected = message("days_of_no_other_count")
    return report_table(
        "returned_groups_given_away",
        edition.publication_id,
        edition.edition_id,
        "counted",
        page=given.page if given else None,
        row=given.row if given else None,
        printed=f"{table.stage_code} by {table.classification_code}: {disclosure.group_code}",
        expected=expected,
        message=sentence,
    )


def _find_row(counts: Iterable[ReturnedCount], disclosure: Disclosure) -> ReturnedCount | None:
    """The row of the group, or the first of its table where the group has none."""
    table = disclosure.table
    rows = [
        count
        for count in counts
        if (count.edition_id, count.subject_code, count.classification_code)
        == (table.source_id, table.stage_code, table.classification_code)
    ]
    return next(
        (row for row in rows if row.group_code == disclosure.group_code), next(iter(rows), None)
    )
