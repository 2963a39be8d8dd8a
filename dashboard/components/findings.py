"""Findings and corrections as tables: what was found, what was expected, what the answer is, and in
which row.

In: a frame and findings of `dashboard.queries.findings`. Out: HTML.
The words of a finding are the record's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.components.row_links import write_place
from dashboard.components.tables import Column, Markup, Table, make_table, write_table
from dashboard.descriptions.findings import describe_answer_head, describe_open
from dashboard.descriptions.rows import name_field
from dashboard.queries.findings import FindingLine, KindLine
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import page_link, printed, text, with_details
from dashboard.text.language import _
from dashboard.text.numbers import format_date
from etl.model.checks import check_of
from etl.model.codes import CORRECTION_ACTION, SEVERITY
from etl.model.records import Correction
from etl.model.row_evidence import PlacedCorrection


def write_findings(
    context: PageContext, lines: Sequence[FindingLine], caption: str, *, in_row: bool = False
) -> str:
    """One finding a row; `in_row` leaves out the place, which is the page that they stand on."""
    columns = [
        Column(_("What does not fit"), "prose"),
        Column(_("As published")),
        Column(_("Expected"), "wide"),
        Column(_("Answer"), "wide"),
        *([] if in_row else [Column(_("Where"), "wide")]),
    ]
    rows = []
    for line in lines:
        finding = line.finding
        check = check_of(finding.check_id)
        severity = _(SEVERITY.label(finding.severity_code))
        own = [
            Markup(
                f'{text(_(check.title))}<span class="lfr-told">{printed(line.message)}</span>'
                f'<span class="lfr-quiet">{text(severity)}</span>'
            ),
            Markup(printed(finding.printed_text) if finding.printed_text else text(_("(blank)"))),
            printed(line.expected),
            _write_answer(line),
        ]
        rows.append(own if in_row else [*own, write_place(context, finding, line.file)])
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def write_corrections(
    context: PageContext,
    made: Sequence[PlacedCorrection],
    titles: Mapping[str, str],
    *,
    in_row: bool = False,
) -> str:
    """One declared correction a row: the printed text and what is used."""
    columns = [
        Column(_("Field")),
        Column(_("As published")),
        Column(_("Used instead")),
        Column(_("Why"), "wide"),
        Column(_("What shows it"), "wide"),
        *([] if in_row else [Column(_("Where"), "wide")]),
    ]
    rows = []
    for row in made:
        own = [
            name_field(row.target),
            Markup(f'<q class="lfr-print">{printed(row.printed_text)}</q>'),
            _write_new(row),
            printed(row.reason),
            with_details(
                printed(row.evidence),
                _("made on {day}").format(day=format_date(row.declared_on)),
            ),
        ]
        rows.append(
            own if in_row else [*own, write_place(context, row, titles.get(row.edition_id, ""))]
        )
    caption = _("Corrections: the published text stays visible next to the value we use")
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def make_kinds(context: PageContext, kinds: Sequence[KindLine], caption: str) -> Table:
    """Kinds of findings by what has become of them; each kind leads to its findings."""
    columns = (
        Column(_("Kind of finding"), "wide"),
        Column(_("What to make of it"), "prose"),
        Column(_("Findings"), "wide"),
    )
    rows = []
    for kind in kinds:
        address = context.address("findings", check_id=kind.check.check_id, status="")
        severity = _(SEVERITY.label(kind.check.severity))
        rows.append(
            (
                with_details(page_link(address, _(kind.check.title)), severity),
                _(kind.check.meaning),
                describe_open(kind.by_status),
            )
        )
    return make_table(caption, columns, rows, whole=True, stacked=True)


def _write_new(row: Correction) -> Markup:
    done = _(CORRECTION_ACTION.label(row.action_code))
    if row.target == "counted" and row.value_text == "false":
        return Markup(text(_("We keep this entry but do not count it.")))
    return with_details(printed(row.value_text) if row.value_text else _("[x] no value"), done)


def _write_answer(finding_line: FindingLine) -> Markup:
    """Open, or what answers it: the correction's reason, or the break that explains it."""
    head = text(describe_answer_head(finding_line))
    why = ""
    if finding_line.correction:
        why = printed(finding_line.correction.reason)
    elif finding_line.explained_by:
        why = printed(finding_line.explained_by.meaning)
    return Markup(f'<strong>{head}</strong><span class="lfr-quiet">{why}</span>' if why else head)
