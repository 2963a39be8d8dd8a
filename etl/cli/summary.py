"""Says what a build or a check did, fit for a review.

In: a `Report`. Out: tables on a console. Does not decide whether it is good."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from etl.pipeline.build import Report


def summarise(report: Report, console: Console) -> None:
    """Rows and periods by edition, findings by check and severity, what changed,
    and the release."""
    deployments = report.rows_of["deployments"]
    rows = Table("edition", "rows", "counted", "first day", "last day", box=None, pad_edge=False)
    for edition in report.rows_of["editions"]:
        own = [record for record in deployments if record.edition_id == edition.edition_id]
        days = sorted(record.date for record in own if record.date)
        counted = str(sum(record.counted for record in own)) if own else "-"
        first, last = (str(days[0]), str(days[-1])) if days else ("-", "-")
        rows.add_row(edition.edition_id, str(edition.rows_count), counted, first, last)
    console.print(rows)

    findings = Table("findings", "severity", "status", "number", box=None, pad_edge=False)
    kinds = Counter(
        (finding.check_id, finding.severity_code, finding.status_code)
        for finding in report.findings
    )
    for (check_id, severity, status), number in sorted(kinds.items()):
        findings.add_row(check_id, severity, status, str(number))
    console.print()
    console.print(findings)

    console.print()
    for change in report.changes or ("nothing changed since the release before",):
        console.print(change, markup=False)
    counts = ", ".join(f"{len(records):,} {name}" for name, records in report.rows_of.items())
    console.print(f"rows: {counts}", markup=False)
    if report.release is not None:
        console.print(
            f"release {report.release.release_id}, content {report.release.content_hash}, "
            f"software {report.release.software_version}",
            markup=False,
        )
