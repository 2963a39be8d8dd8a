"""What is doubtful, corrected, stated and documented about one force.

In: the frame of one force. Out: lists and tables of findings, corrections, claims and cases,
each with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dashboard.components.claims import write_what
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.descriptions.claims import format_when
from dashboard.descriptions.misidentifications import format_days
from dashboard.pages import BY_SLUG
from dashboard.queries.claims import ClaimLine, get_claims_about
from dashboard.queries.findings import name_files
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, text, write_translated
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import format_count, format_list
from dashboard.views.forces.query_force import get_cases
from etl.model.claim_measures import VERDICT
from etl.model.codes import CORRECTION_ACTION, SEVERITY, TECHNOLOGY
from etl.model.records import Correction, Finding
from etl.model.reference import Edition


def show_findings(context: PageContext) -> None:
    """Findings that nobody has explained, and what was corrected."""
    show_section(_("Open findings and corrections"), anchor="findings")
    issues = context.record.forces.issues(context.selection.forces[0])
    titles = {edition.edition_id: str(edition.title) for edition in context.record.table(Edition)}
    findings = [finding for finding in issues.findings if finding.status_code == "open"]
    if not findings:
        _describe(_("No open finding is about its rows. That does not show that they are right."))
    else:
        caption = ngettext(
            "{count} open finding about its published rows",
            "{count} open findings about its published rows",
            len(findings),
        ).format(count=format_count(len(findings)))
        columns = (
            Column(_("What does not fit"), "wide"),
            Column(_("Kind")),
            Column(_("Where"), "wide"),
        )
        rows = [
            (
                printed(name_files(finding.message, titles)),
                _(SEVERITY.label(finding.severity_code)),
                _write_place(finding, titles),
            )
            for finding in sorted(
                findings, key=lambda finding: list(SEVERITY).index(finding.severity_code)
            )
        ]
        show_html(write_table(make_table(caption, columns, rows)))
    _show_corrections(issues.corrections, titles)
    _show_link(context, "data-quality", _("All findings and corrections"))


def _show_corrections(made: Sequence[Correction], titles: Mapping[str, str]) -> None:
    if made:
        columns = (
            Column(_("Printed")),
            Column(_("Used instead")),
            Column(_("What was done")),
            Column(_("Why"), "wide"),
            Column(_("Where"), "wide"),
        )
        rows = [
            (
                printed(row.printed_text),
                printed(row.value_text or ""),
                _(CORRECTION_ACTION.label(row.action_code)),
                printed(row.reason),
                _write_place(row, titles),
            )
            for row in made
        ]
        caption = _(
            "Declared corrections: the printed value stays visible beside the one that is used"
        )
        show_html(write_table(make_table(caption, columns, rows, whole=True)))
    else:
        _describe(_("No row of it is corrected."))


def show_claims(context: PageContext) -> None:
    """What was stated about it, beside what the rows add up to."""
    show_section(_("What was stated about it"), anchor="claims")
    lines = get_claims_about(context.record, context.selection.forces[0])
    if not lines:
        _describe(_("No statement about it is in the record."))
        return
    counts = Counter(line.comparison.verdict for line in lines)
    sentences = [
        _("{verdict}: {count}").format(
            verdict=_(VERDICT.label(code)), count=format_count(counts[code])
        )
        for code in VERDICT
        if counts[code]
    ]
    caption = ngettext(
        "{count} statement: {verdicts}", "{count} statements: {verdicts}", len(lines)
    )
    columns = (
        Column(_("What was stated"), "wide"),
        Column(_("Stated"), "number"),
        Column(_("By whom"), "wide"),
        Column(_("Beside the rows"), "wide"),
    )
    table = make_table(
        caption.format(count=format_count(len(lines)), verdicts=format_list(sentences)),
        columns,
        [_write_claim(line) for line in lines],
    )
    show_html(write_table(table))
    _show_link(context, "claims", _("All statements, with the rows they are compared with"))


def show_cases(context: PageContext) -> None:
    """Documented cases of a person wrongly flagged, each with its technology."""
    show_section(_("Documented misidentifications"), anchor="misidentifications")
    cases = get_cases(context.record, context.selection.forces[0])
    if not cases:
        _describe(
            _(
                "No documented case is known to us. Cases become known by chance: this does not "
                "show that there is none."
            )
        )
        return
    columns = (
        Column(_("Technology"), "wide"),
        Column(_("When")),
        Column(_("What happened"), "wide"),
        Column(_("What it led to"), "wide"),
        Column(_("Documented in"), "wide"),
    )
    rows = [
        (
            _(TECHNOLOGY.label(case.technology_code)),
            format_days(case.incident_date_text),
            printed(case.error_text),
            printed(case.outcome_text or _("not stated")),
            link(case.source_url, case.source_title),
        )
        for case in cases
    ]
    caption = _("Cases as documented. Technologies are never added up")
    show_html(write_table(make_table(caption, columns, rows, whole=True)))
    _show_link(context, "misidentifications", _("All documented cases"))


def _write_claim(line: ClaimLine) -> tuple[str, ...]:
    claim, comparison = line.claim, line.comparison
    what = f'{write_what(line)}<span class="lfr-quiet">{text(format_when(line))}</span>'
    verdict = _(VERDICT.label(comparison.verdict))
    return (
        Markup(what),
        printed(claim.value_text),
        link(claim.source_url, claim.source_title),
        Markup(
            f"{text(verdict[:1].upper() + verdict[1:])}."
            f'<span class="lfr-quiet">{write_translated(comparison.reason)}</span>'
        ),
    )


def _write_place(row: Finding | Correction, titles: Mapping[str, str]) -> Markup:
    """File, page and row."""
    where = _("the whole file")
    if row.page is not None and row.row is not None:
        where = _("page {page}, row {row}").format(page=row.page, row=row.row)
    title = titles.get(row.edition_id or "", "")
    return Markup(f'{text(where)}<span class="lfr-quiet">{printed(title)}</span>')


def _show_link(context: PageContext, slug: str, words: str) -> None:
    if slug in BY_SLUG:
        show_html(
            f'<p class="lfr-small"><a href="{text(context.address_of(slug))}">{text(words)}</a></p>'
        )


def _describe(line: str) -> None:
    show_html(f'<p class="lfr-small">{text(line)}</p>')
