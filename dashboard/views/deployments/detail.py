"""One deployment down to its printed cells: file, page and row; every cell beside the value that is used; doubts.

In: the frame of one deployment. Out: the page below the title.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.findings import write_corrections, write_findings
from dashboard.components.row_links import SOURCES, file_address, row_address
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_facts, write_table
from dashboard.descriptions.rows import (
    AS_TEXT,
    name_field,
    say_origin,
    say_row_place,
    say_row_title,
    say_used,
)
from dashboard.exports.urls import download_address, downloads_are_served
from dashboard.pages import BY_SLUG
from dashboard.queries.findings import list_titles, make_line
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import say_date
from dashboard.views.deployments.query import ask_row
from etl.model.codes import RELIABILITY
from etl.model.row_evidence import FieldValue, ReadCell, RowEvidence


@cached
def show_row(frame: Frame) -> None:
    """Where it is printed, what is printed, what is used, what is doubtful."""
    found = ask_row(frame.answers, frame.chosen)
    if found is None:
        return
    _show_ways(frame, found)
    show_section(say_row_title(found.row), anchor="row")
    _show_place(frame, found)
    show_section(_("What is printed, cell by cell"), anchor="cells")
    _show_cells(found)
    _show_legend(frame, found)
    show_section(_("What this row does not print"), anchor="not-printed")
    _show_unprinted(found)
    show_section(_("What is doubtful or corrected"), anchor="findings")
    _show_doubts(frame, found)
    if found.same_day:
        show_section(_("The same day in other publications"), anchor="same-day")
        _show_same_day(frame, found)
    _show_foot(frame, found)


def _show_ways(frame: Frame, found: RowEvidence) -> None:
    """Back to the rows, and to the rows above and below in the file."""
    ways = [(frame.address(deployment_id=""), _("Back to the rows"))]
    if found.before:
        ways.append((row_address(frame, found.before), _("The row above in the file")))
    if found.after:
        ways.append((row_address(frame, found.after), _("The row below in the file")))
    items = "".join(f'<li><a href="{text(address)}">{text(words)}</a></li>' for address, words in ways)
    show_html(f'<ul class="lfr-footer-links lfr-small">{items}</ul>')


def _show_place(frame: Frame, found: RowEvidence) -> None:
    """File, page and row in large; then who published it, how it reached us, whether it counts."""
    row, edition, publication = found.row, found.edition, found.publication
    address = row["source_url"] or edition["url"] or publication["url"]
    opened = file_address(address, row["reliability"], row["page"])
    where = _("{file}, {place}").format(file=printed(edition["title"]), place=text(say_row_place(row)))
    lines = [f'<p class="lfr-row-place">{where}</p>']
    if opened and opened.startswith(("https://", "http://")):
        words = _("Open the source at page {page}").format(page=row["page"]) if opened != address else _("Open the source")  # fmt: skip
        lines.append(f'<p><a href="{text(opened)}" rel="noopener noreferrer">{text(words)}</a></p>')
    else:
        lines.append(f"<p>{text(_('The source has no public address.'))}</p>")
    show_html(f'<div class="lfr-note">{"".join(lines)}</div>')
    grade = RELIABILITY.entry(row["reliability"])
    title = printed(publication["title"])
    if SOURCES in BY_SLUG:
        title = f'<a href="{text(frame.address_of(SOURCES, publication["publication_id"]))}">{title}</a>'
    facts = [
        (_("Force"), text(row["force_name"])),
        (_("Publication"), f"{title}. {printed(publication['publisher'])}"),
        (_("How it reached us"), text(f"{_(grade.label)}: {_(grade.meaning)}")),
        (_("Counted"), text(_say_counted(row))),
        (_("Identifier"), f"<code>{text(row['deployment_id'])}</code>"),
        (_("SHA-256 of the file"), f"<code>{text(edition['file_sha256'])}</code>"),
    ]
    if edition["retrieved_on"]:
        facts.insert(3, (_("Retrieved"), text(say_date(edition["retrieved_on"]))))
    place = ", ".join(filter(None, (row["place_name"], row["district_name"], row["region_name"])))
    if place:
        facts.insert(1, (_("Place"), text(place)))
    show_html(write_facts(facts))


def _say_counted(row: Mapping[str, Any]) -> str:
    if not row["counted"]:
        return _("No: {why}").format(why=row["not_counted_reason"] or _("no reason given"))
    if row["covers_deployments_count"] is None:
        return _("Yes. It stands for several deployments; how many is not published [x].")
    if row["covers_deployments_count"] > 1:
        return _("Yes, as {count} deployments.").format(count=row["covers_deployments_count"])
    return _("Yes, as one deployment.")


def _show_cells(found: RowEvidence) -> None:
    changed = {one["target"]: one for one in found.corrections}
    columns = (Column(_("Heading as printed"), "wide"), Column(_("Printed text"), "wide"), Column(_("Read as"), "wide"), Column(_("Value used"), "wide"))  # fmt: skip
    rows = [
        (Markup(printed(one.heading)), _write_text(one), _write_field(one), _write_used(one.field, found, changed))
        for one in found.cells
    ]  # fmt: skip
    classes = ["lfr-changed" if one.field and one.field.field_name in changed else "" for one in found.cells]
    caption = _("{file}, {place}: all cells in printed order").format(
        file=found.edition["title"], place=say_row_place(found.row)
    )
    show_html(write_table(make_table(caption, columns, rows, classes=classes, whole=True, stacked=True)))


def _write_text(one: ReadCell) -> Markup:
    if not one.text:
        return Markup(text(_("(blank)")))
    return Markup(f'<q class="lfr-print">{printed(one.text)}</q>')


def _write_field(one: ReadCell) -> str:
    return name_field(one.field.field_name) if one.field else _("not read: kept as printed")


def _write_used(
    one: FieldValue | None, found: RowEvidence, changed: Mapping[str, Mapping[str, Any]]
) -> Markup:
    if one is None:
        return Markup(text("–"))
    said = say_used(one, found.row)
    body = printed(said) if one.field_name in AS_TEXT and one.value is not None else text(said)
    below = [text(say_origin(one))] if say_origin(one) else []
    if one.field_name in changed:
        below.append(f'<a href="#findings">{text(_("Corrected: the printed text is not what is used."))}</a>')
    return Markup(f'{body}<span class="lfr-quiet">{" ".join(below)}</span>' if below else body)


def _show_legend(frame: Frame, found: RowEvidence) -> None:
    """What the references of a purpose stand for, where the file explains them."""
    asked = [one.strip() for one in (found.row["use_case_code"] or "").split(",") if one.strip()]
    legend = frame.answers.rows("use_cases", {"edition_id": [found.row["edition_id"]]}) if asked else []
    known = {one["reference"]: one["meaning"] for one in legend}
    lines = [f"<li><strong>{printed(one)}</strong>: {printed(known[one])}</li>" for one in asked if one in known]  # fmt: skip
    if lines:
        said = _("What the references of the purpose stand for, from the legend of the file:")
        show_html(f'<p class="lfr-small">{text(said)}</p><ul class="lfr-plain">{"".join(lines)}</ul>')


def _show_unprinted(found: RowEvidence) -> None:
    if not found.unprinted:
        show_html(f'<p class="lfr-small">{text(_("Every field of the record has a cell of its own in this row."))}</p>')  # fmt: skip
        return
    changed = {one["target"]: one for one in found.corrections}
    columns = (Column(_("Field"), "wide"), Column(_("Value used")), Column(_("Why"), "wide"))
    rows = [
        (name_field(one.field_name), say_used(one, found.row), _say_why(one, changed))
        for one in found.unprinted
    ]
    caption = _("Fields without a cell: derived from other cells, or absent with the reason")
    show_html(write_table(make_table(caption, columns, rows, whole=True, stacked=True)))


def _say_why(one: FieldValue, changed: Mapping[str, Mapping[str, Any]]) -> str:
    if one.field_name in changed:
        return _("Set by a declared correction: see below.")
    return say_origin(one) or _("Entered from the source of the row.")


def _show_doubts(frame: Frame, found: RowEvidence) -> None:
    corrections = {one["correction_id"]: one for one in found.corrections}
    breaks = {one["break_id"]: one for one in frame.answers.rows("breaks")}
    titles = list_titles(frame.answers)
    lines = [make_line(one, corrections, breaks, titles) for one in found.findings]
    if not lines and not found.corrections:
        said = _("No check found anything in this row, and nothing in it is corrected. That does not show that it is right.")  # fmt: skip
        show_html(f'<p class="lfr-small">{text(said)}</p>')
        return
    if lines:
        show_html(write_findings(frame, lines, _("Findings about this row"), in_row=True))
    if found.corrections:
        made = [{**one, "row_deployment_id": None} for one in found.corrections]
        titles = {str(found.edition["edition_id"]): str(found.edition["title"])}
        show_html(write_corrections(frame, made, titles, in_row=True))


def _show_same_day(frame: Frame, found: RowEvidence) -> None:
    titles = {one["edition_id"]: str(one["title"]) for one in frame.answers.rows("editions")}
    items = []
    for one in found.same_day:
        words = _("{row}: {file}, {place}").format(
            row=say_row_title(one), file=titles[one["edition_id"]], place=say_row_place(one)
        )
        counted = _("counted") if one["counted"] else _("kept, not counted")
        items.append(f'<li><a href="{text(row_address(frame, one["deployment_id"]))}">{text(words)}</a> ({text(counted)})</li>')  # fmt: skip
    show_html(f'<ul class="lfr-plain">{"".join(items)}</ul>')


def _show_foot(frame: Frame, found: RowEvidence) -> None:
    links = []
    if downloads_are_served():
        cells = download_address("printed_cells", edition=str(found.edition["edition_id"]))
        links.append(f'<a href="{text(cells)}" download>{text(_("All printed cells of this file as CSV"))}</a>')  # fmt: skip
    links.append(f'<a href="{text(frame.without("forces", "first_year", "last_year").address())}">{text(_("Link to this row"))}</a>')  # fmt: skip
    show_html(f'<p class="lfr-from">{" ".join(links)}</p>')
    if frame.host:  # what is drawn there is not public
        return
    cite = _("To cite: {file}, {place}, {address}, release {release}").format(
        file=found.edition["title"],
        place=say_row_place(found.row),
        address=frame.without("forces", "first_year", "last_year").address(),
        release=frame.answers.release_id,
    )
    show_html(f'<p class="lfr-from">{text(cite)}</p>')
