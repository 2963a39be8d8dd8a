"""Checks of a return's counts of a period against its own deployments.

In: `Evidence` with the counts that returns give by group, offence and reason. Out: `Finding`s,
worded "does not add up". Does not say which of the two is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from etl.checks.counts import get_count
from etl.checks.evidence import Evidence
from etl.checks.findings import report_table
from etl.model import codes
from etl.model.records import Deployment, Finding
from etl.model.return_codes import RETURNED_SUBJECT
from etl.model.return_records import ReturnedCount


def check_returned_counts(evidence: Evidence) -> Iterator[Finding]:
    """Arrests by offence, images by reason and events by group against the deployments of the same
    return."""
    rows_of: dict[str, list[Deployment]] = {}
    for row in evidence.deployments:
        rows_of.setdefault(row.edition_id, []).append(row)
    ordered = sorted(evidence.returned_counts, key=_table)
    for _, group in groupby(ordered, _table):
        counts = tuple(group)
        rows = rows_of.get(counts[0].edition_id, [])
        if counts[0].deployment_id:
            rows = [row for row in rows if row.deployment_id == counts[0].deployment_id]
        given = _add_up(counts)
        expected = _count_rows(evidence, rows, counts[0].subject_code)
        if given is not None and expected is not None and given != expected:
            yield _report(counts[0], given, expected)


def _table(count: ReturnedCount) -> tuple[str, str, str, str]:
    return (
        count.edition_id,
        count.subject_code,
        count.classification_code or "",
        count.deployment_id or "",
    )


def _add_up(counts: Iterable[ReturnedCount]) -> int | None:
    """The total that a table gives, else its sum; None where a count is hidden."""
    summed = tuple(counts)
    totals = {count.total for count in summed if count.total is not None}
    if len(totals) == 1:
        return totals.pop()
    numbers = [count.counted for count in summed if count.counted is not None]
    return sum(numbers) if len(numbers) == len(summed) else None


def _count_rows(evidence: Evidence, rows: list[Deployment], subject: str) -> int | None:
    if subject == "watchlist_images":
        sizes = [row.watchlist_size for row in rows]
    else:
        sizes = [get_count(evidence, row, subject) for row in rows if subject in codes.STAGE]
    known = [size for size in sizes if size is not None]
    return sum(known) if known and len(known) == len(sizes) else None


def _report(count: ReturnedCount, given: int, expected: int) -> Finding:
    label = RETURNED_SUBJECT.label(count.subject_code)
    of_what = (
        "the deployment's row gives" if count.deployment_id else "the rows of the deployments give"
    )
    return report_table(
        "returned_count_differs",
        count.publication_id,
        count.edition_id,
        "counted",
        page=count.page,
        row=count.row,
        printed=f"{given:,}",
        expected=f"{expected:,}",
        message=(
            f"{label} in this table do not add up with the return's own deployments: {given:,} "
            f"here, {of_what} {expected:,}."
        ),
    )
