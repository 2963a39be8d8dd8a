"""What is doubtful, corrected, stated and documented about one force.

In: the frame of one force. Out: lists and tables of findings, corrections, claims and cases,
each with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dashboard.components.claims import write_what
from dashboard.components.templates import show_template
from dashboard.descriptions.claims import format_when
from dashboard.descriptions.misidentifications import format_days
from dashboard.queries.claims import ClaimLine, get_claims_about
from dashboard.queries.findings import name_files
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, with_details, write_translated
from dashboard.text.language import _
from dashboard.text.numbers import format_count
from dashboard.views.forces.query_force import get_cases
from etl.model.claim_measures import VERDICT
from etl.model.codes import CORRECTION_ACTION, SEVERITY, TECHNOLOGY
from etl.model.records import Correction, Finding
from etl.model.reference import Edition


def show_findings(context: PageContext) -> None:
    """Findings that nobody has explained, and what was corrected."""
    issues = context.record.forces.issues(context.selection.forces[0])
    titles = {edition.edition_id: str(edition.title) for edition in context.record.table(Edition)}
    findings = [finding for finding in issues.findings if finding.status_code == "open"]
    findings.sort(key=lambda finding: list(SEVERITY).index(finding.severity_code))
    show_template(
        "views/forces/doubts.html",
        context=context,
        findings=[
            (
                printed(name_files(finding.message, titles)),
                _(SEVERITY.label(finding.severity_code)),
                _write_place(finding, titles),
            )
            for finding in findings
        ],
        corrections=[
            (
                printed(correction.printed_text),
                printed(correction.value_text or ""),
                _(CORRECTION_ACTION.label(correction.action_code)),
                printed(correction.reason),
                _write_place(correction, titles),
            )
            for correction in issues.corrections
        ],
    )


def show_claims(context: PageContext) -> None:
    """Claims about the force, and what the rows add up to."""
    lines = get_claims_about(context.record, context.selection.forces[0])
    counts = Counter(line.comparison.verdict for line in lines)
    verdicts = [
        _("{verdict}: {count}").format(
            verdict=_(VERDICT.label(code)), count=format_count(counts[code])
        )
        for code in VERDICT
        if counts[code]
    ]
    claims = [_write_claim(line) for line in lines]
    show_template("views/forces/claims.html", context=context, claims=claims, verdicts=verdicts)


def show_cases(context: PageContext) -> None:
    """Documented cases of a person wrongly flagged, each with its technology."""
    cases = [
        (
            _(TECHNOLOGY.label(case.technology_code)),
            format_days(case.incident_date_text),
            printed(case.error_text),
            printed(case.outcome_text or _("not stated")),
            link(case.source_url, case.source_title),
        )
        for case in get_cases(context.record, context.selection.forces[0])
    ]
    show_template("views/forces/cases.html", context=context, cases=cases)


def _write_claim(line: ClaimLine) -> tuple[str, ...]:
    claim, comparison = line.claim, line.comparison
    verdict = _(VERDICT.label(comparison.verdict))
    return (
        with_details(write_what(line), format_when(line)),
        printed(claim.value_text),
        link(claim.source_url, claim.source_title),
        with_details(f"{verdict[:1].upper()}{verdict[1:]}.", write_translated(comparison.reason)),
    )


def _write_place(row: Finding | Correction, titles: Mapping[str, str]) -> str:
    """File, page and row."""
    where = _("the whole file")
    if row.page is not None and row.row is not None:
        where = _("page {page}, row {row}").format(page=row.page, row=row.row)
    title = titles.get(row.edition_id or "", "")
    return with_details(where, printed(title))
