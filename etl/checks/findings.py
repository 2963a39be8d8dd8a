"""How a check says what it found: about a row, or about a whole file.

In: a check's id, the place and the words. Out: `Finding`s with the severity that the catalogue
declares. Does not check anything."""

from __future__ import annotations

from collections.abc import Iterable

from etl.checks.evidence import finding_about
from etl.model.calendar import format_day
from etl.model.checks import check_of
from etl.model.records import Deployment, Finding


def report_row(
    check_id: str,
    deployment: Deployment,
    field: str | None,
    *,
    printed: str,
    expected: str,
    message: str,
) -> Finding:
    """A finding about one row; the message begins with the place and the day as printed."""
    return finding_about(
        deployment,
        check_id=check_id,
        severity=check_of(check_id).severity,
        field=field,
        printed=printed,
        expected=expected,
        message=f"{deployment.location_text}, {format_day(deployment.date)}: {message}",
    )


def report_table(
    check_id: str,
    publication_id: str,
    edition_id: str | None,
    field: str,
    *,
    printed: str,
    expected: str,
    message: str,
    page: int | None = None,
    row: int | None = None,
) -> Finding:
    """A finding about a whole file, or about a line that is not a deployment."""
    place = edition_id or publication_id
    parts = [check_id, place, f"p{page}" if page else "", f"r{row}" if row else "", field]
    return Finding(
        finding_id=".".join(part for part in parts if part),
        check_id=check_id,
        severity_code=check_of(check_id).severity,
        status_code="open",
        publication_id=publication_id,
        edition_id=edition_id,
        page=page,
        row=row,
        deployment_id=None,
        field_name=field,
        printed_text=printed,
        expected_text=expected,
        message=message,
        correction_id=None,
    )


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """In order of publication, file, page, row and id; findings about a whole file come first."""
    return tuple(
        sorted(
            findings,
            key=lambda finding: (
                finding.publication_id,
                finding.edition_id or "",
                finding.page or 0,
                finding.row or 0,
                finding.finding_id,
            ),
        )
    )
