"""Disclosure control of the counts by group that are about to be published.

In: the rows as the release will show them, the same rows with every number, the claims and what
earlier releases showed. Out: findings, every one an error, that do not repeat a number. Does not
hide: `etl.disclosure.group_tables` does. Counts that a publisher printed are not judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.checks.findings import report_table, sort_findings
from etl.disclosure.group_tables import ShownCounts, find_disclosed_groups, key_of
from etl.model.group_records import GroupCount
from etl.model.records import Claim, Finding


def check_disclosure(
    shown: Sequence[GroupCount],
    counts: Sequence[GroupCount],
    claims: Iterable[Claim],
    earlier: Sequence[ShownCounts] = (),
) -> tuple[Finding, ...]:
    """Disclosures of small counts of people; none if the release may be published."""
    stated = {claim.claim_id: claim for claim in claims}
    rows = {key_of(row): row for row in counts}
    first = {key[:5]: row for key, row in reversed(rows.items()) if row.value_status == "new"}
    reports = [
        _report(
            "count_by_group_below_year",
            row,
            stated[row.source_id],
            "a period that is not a calendar year",
            "a count that nobody printed covers a calendar year, or is not given",
        )
        for row in first.values()
        if not _is_calendar_year(row)
    ]
    for key, problem in find_disclosed_groups(shown, counts, earlier).items():
        row = rows[key]
        reports.append(
            _report(
                "count_by_group_given_away",
                row,
                stated[row.source_id],
                problem.where,
                problem.expected,
            )
        )
    return sort_findings(reports)


def _is_calendar_year(row: GroupCount) -> bool:
    start, end = row.period_start, row.period_end
    return (start.month, start.day, end.month, end.day, start.year) == (1, 1, 12, 31, end.year)


def _report(check_id: str, row: GroupCount, claim: Claim, what: str, expected: str) -> Finding:
    """About a row of `group_counts`, in the place of the claim that it refers to."""
    where = (
        f"{row.force_id}, {row.period_start} to {row.period_end}, {row.stage_code} by "
        f"{row.classification_code}"
    )
    return report_table(
        check_id,
        claim.publication_id,
        claim.edition_id,
        f"{row.stage_code}.{row.classification_code}.{row.group_code}.{row.period_start}."
        f"{row.period_end}",
        page=claim.page,
        row=claim.row,
        printed=what,
        expected=expected,
        message=f"{where}: {what}; {expected}.",
    )
