"""One deployment down to its printed cells: file, page and row; every cell beside the value that is
used; doubts.

In: the frame of one deployment. Out: the page below the title."""

from __future__ import annotations

from collections.abc import Container

from dashboard.components.findings import write_corrections, write_findings
from dashboard.components.row_links import file_address, row_address
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.components.templates import show_template
from dashboard.descriptions.rows import (
    AS_TEXT,
    describe_origin,
    describe_row_place,
    describe_row_title,
    describe_used,
    name_field,
)
from dashboard.exports.urls import download_address, downloads_are_served
from dashboard.queries.findings import list_titles, make_line
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import page_link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.views.deployments.query import get_row
from etl.model.codes import RELIABILITY
from etl.model.records import Deployment
from etl.model.reference import Break, UseCase
from etl.model.row_evidence import FieldValue, ReadCell, RowEvidence


@cached
def show_row(context: PageContext) -> None:
    """Where it is printed, what is printed, what is used, what is doubtful."""
    row = get_row(context.record, context.selection)
    if row is None:
        return
    _show_ways(context, row)
    show_section(describe_row_title(row.row), anchor="row")
    _show_place(context, row)
    show_section(_("What is published, cell by cell"), anchor="cells")
    _show_cells(row)
    _show_legend(context, row)
    show_section(_("What this entry does not give"), anchor="not-printed")
    _show_unprinted(row)
    show_section(_("What is doubtful or corrected"), anchor="findings")
    _show_doubts(context, row)
    if row.same_day:
        show_section(_("The same day in other publications"), anchor="same-day")
        _show_same_day(context, row)
    _show_foot(context, row)


def _show_ways(context: PageContext, row_evidence: RowEvidence) -> None:
    """Back to the rows, and to the rows above and below in the file."""
    ways = [(context.address(deployment_id=""), _("Back to the list"))]
    if row_evidence.before:
        ways.append((row_address(context, row_evidence.before), _("The entry above in the file")))
    if row_evidence.after:
        ways.append((row_address(context, row_evidence.after), _("The entry below in the file")))
    items = "".join(f"<li>{page_link(address, words)}</li>" for address, words in ways)
    show_html(f'<ul class="lfr-footer-links lfr-small">{items}</ul>')


def _show_place(context: PageContext, row_evidence: RowEvidence) -> None:
    """File, page and row in large; then who published it, how it reached us, whether it counts."""
    row, edition, publication = row_evidence.row, row_evidence.edition, row_evidence.publication
    address = row.source_url or edition.url or publication.url
    opened = file_address(address, row.reliability, row.page)
    located = filter(None, (row.place_name, row.district_name, row.region_name))
    show_template(
        "views/deployments/place.html",
        context=context,
        row=row,
        edition=edition,
        publication=publication,
        address=address,
        opened=opened if opened and opened.startswith(("https://", "http://")) else "",
        place=describe_row_place(row),
        located=", ".join(located),
        grade=RELIABILITY.entry(row.reliability),
        counted=_format_counted(row),
    )


def _format_counted(row: Deployment) -> str:
    if not row.counted:
        return _("No: {why}").format(why=row.not_counted_reason or _("no reason given"))
    if row.covers_deployments_count is None:
        return _("Yes. It covers several deployments; how many is not published.")
    if row.covers_deployments_count > 1:
        return _("Yes, as {count} deployments.").format(count=row.covers_deployments_count)
    return _("Yes, as one deployment.")


def _show_cells(row_evidence: RowEvidence) -> None:
    changed = {correction.target for correction in row_evidence.corrections}
    columns = (
        Column(_("Heading as published"), "wide"),
        Column(_("Text as published"), "wide"),
        Column(_("Read as"), "wide"),
        Column(_("Value used"), "wide"),
    )
    rows = [
        (
            printed(cell.heading),
            _write_text(cell),
            _write_field(cell),
            _write_used(cell.field, row_evidence, changed),
        )
        for cell in row_evidence.cells
    ]
    classes = [
        "lfr-changed" if cell.field and cell.field.field_name in changed else ""
        for cell in row_evidence.cells
    ]
    caption = _("{file}, {place}: all cells in their order").format(
        file=row_evidence.edition.title, place=describe_row_place(row_evidence.row)
    )
    show_html(
        write_table(make_table(caption, columns, rows, classes=classes, whole=True, stacked=True))
    )


def _write_text(cell: ReadCell) -> Markup:
    if not cell.text:
        return Markup(text(_("(blank)")))
    return Markup(f'<q class="lfr-print">{printed(cell.text)}</q>')


def _write_field(cell: ReadCell) -> str:
    return name_field(cell.field.field_name) if cell.field else _("not read: kept as published")


def _write_used(
    field_value: FieldValue | None, row_evidence: RowEvidence, changed: Container[str]
) -> Markup:
    if field_value is None:
        return Markup(text("–"))
    used = describe_used(field_value, row_evidence.row)
    body = (
        printed(used)
        if field_value.field_name in AS_TEXT and field_value.value is not None
        else text(used)
    )
    below = [text(describe_origin(field_value))] if describe_origin(field_value) else []
    if field_value.field_name in changed:
        below.append(
            f'<a href="#findings">{text(_("Corrected: we do not use the published text."))}</a>'
        )
    return Markup(f'{body}<span class="lfr-quiet">{" ".join(below)}</span>' if below else body)


def _show_legend(context: PageContext, row_evidence: RowEvidence) -> None:
    """The meaning of a purpose's references, where the file explains them."""
    names = [
        part.strip() for part in (row_evidence.row.use_case_code or "").split(",") if part.strip()
    ]
    legend = (
        context.record.table(UseCase, {"edition_id": [row_evidence.row.edition_id]})
        if names
        else []
    )
    known = {use_case.reference: use_case.meaning for use_case in legend}
    lines = [
        f"<li><strong>{printed(name)}</strong>: {printed(known[name])}</li>"
        for name in names
        if name in known
    ]
    if lines:
        sentence = _("What the references of the purpose mean, from the legend of the file:")
        show_html(
            f'<p class="lfr-small">{text(sentence)}</p><ul class="lfr-plain">{"".join(lines)}</ul>'
        )


def _show_unprinted(row_evidence: RowEvidence) -> None:
    if not row_evidence.unprinted:
        show_html(
            '<p class="lfr-small">'
            f"{text(_('Every field has a cell of its own in this entry.'))}</p>"
        )
        return
    changed = {correction.target for correction in row_evidence.corrections}
    columns = (Column(_("Field"), "wide"), Column(_("Value used")), Column(_("Why"), "wide"))
    rows = [
        (
            name_field(field_value.field_name),
            describe_used(field_value, row_evidence.row),
            _describe_why(field_value, changed),
        )
        for field_value in row_evidence.unprinted
    ]
    caption = _("Fields without a cell: derived from other cells, or absent with the reason")
    show_html(write_table(make_table(caption, columns, rows, whole=True, stacked=True)))


def _describe_why(field_value: FieldValue, changed: Container[str]) -> str:
    if field_value.field_name in changed:
        return _("Set by a correction: see below.")
    return describe_origin(field_value) or _("Entered from the source.")


def _show_doubts(context: PageContext, row_evidence: RowEvidence) -> None:
    corrections = {correction.correction_id: correction for correction in row_evidence.corrections}
    breaks = context.record.by_id(Break)
    titles = list_titles(context.record)
    lines = [make_line(finding, corrections, breaks, titles) for finding in row_evidence.findings]
    if not lines and not row_evidence.corrections:
        sentence = _(
            "Our checks found nothing here, and nothing is corrected. That does not show that it"
            " is right."
        )
        show_html(f'<p class="lfr-small">{text(sentence)}</p>')
        return
    if lines:
        show_html(write_findings(context, lines, _("Findings about this entry"), in_row=True))
    if row_evidence.corrections:
        titles = {str(row_evidence.edition.edition_id): str(row_evidence.edition.title)}
        show_html(write_corrections(context, row_evidence.corrections, titles, in_row=True))


def _show_same_day(context: PageContext, row_evidence: RowEvidence) -> None:
    items = []
    for row in row_evidence.same_day:
        words = _("{row}: {file}, {place}").format(
            row=describe_row_title(row), file=row.edition_title, place=describe_row_place(row)
        )
        counted = _("counted") if row.counted else _("kept, not counted")
        items.append(
            f'<li><a href="{text(row_address(context, row.deployment_id))}">{text(words)}</a> '
            f"({text(counted)})</li>"
        )
    show_html(f'<ul class="lfr-plain">{"".join(items)}</ul>')


def _show_foot(context: PageContext, row_evidence: RowEvidence) -> None:
    links = []
    if downloads_are_served():
        cells = download_address("printed_cells", edition=str(row_evidence.edition.edition_id))
        links.append(
            f'<a href="{text(cells)}" download>{text(_("All cells of this file as CSV"))}</a>'
        )
    links.append(
        f'<a href="{text(context.without("forces", "first_year", "last_year").address())}">'
        f"{text(_('Link to this entry'))}</a>"
    )
    show_html(f'<p class="lfr-from">{" ".join(links)}</p>')
    if context.host:  # what is drawn there is not public
        return
    cite = _("To cite: {file}, {place}, {address}, release {release}").format(
        file=row_evidence.edition.title,
        place=describe_row_place(row_evidence.row),
        address=context.without("forces", "first_year", "last_year").address(),
        release=context.record.release_id,
    )
    show_html(f'<p class="lfr-from">{text(cite)}</p>')
