"""What publishers changed between two states of a file: how much, and every cell.

In: the frame. Out: a section with two tables and the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.components.kept_files import show_file
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table, write_table
from dashboard.descriptions.rows import name_field
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_date
from etl.model.codes import code_list
from etl.model.edition_changes import EditionChange
from etl.model.reference import Edition

CHANGE = code_list("edition_change")
_SUMMED = ("alerts", "false_alerts_confirmed", "arrests")


@cached
def show_editions(context: PageContext) -> None:
    """Files that follow one another, with what changed."""
    editions = context.record.by_id(Edition)
    later = [edition for edition in editions.values() if edition.follows_edition_id]
    if not later:
        return
    show_section(_("What publishers changed"), anchor="changes")
    sentence = _(
        "Forces replace a file at the same address and do not list what changed. We compare each "
        "file with the one before, and a copy that somebody typed with the file that it follows. A "
        "difference from a typed copy may be the copyist's slip."
    )
    changes: dict[str, list[EditionChange]] = {}
    for change in context.record.table(EditionChange):
        changes.setdefault(change.newer_edition_id, []).append(change)
    show_html(f"<p>{text(sentence)}</p>{_write_totals(later, editions, changes)}")
    own = [change for edition in later for change in changes.get(edition.edition_id, [])]
    own.sort(key=lambda change: (str(change.date), change.location_text))
    show_html(_write_changes(own, editions))
    show_file(context, "edition_changes", _("Every change as CSV"))


def _write_totals(
    later: Sequence[Edition],
    editions: Mapping[str, Edition],
    changes: Mapping[str, Sequence[EditionChange]],
) -> str:
    rows = []
    for edition in later:
        own = changes.get(edition.edition_id, [])
        before = editions[edition.follows_edition_id or ""]
        kinds = [sum(change.change_code == code for change in own) for code in CHANGE]
        sums = [
            sum(change.difference_count or 0 for change in own if change.field_name == name)
            for name in _SUMMED
        ]
        rows.append(
            (
                printed(edition.title),
                printed(before.title),
                format_date(edition.published_on) if edition.published_on else _("not known"),
                *(format_count(number) for number in kinds),
                *(f"{number:+,}" if number else "0" for number in sums),
            )
        )
    columns = (
        Column(_("File"), "wide"),
        Column(_("Follows"), "wide"),
        Column(_("Made on")),
        Column(_("Cells changed"), "number"),
        Column(_("Rows added"), "number"),
        Column(_("Rows removed"), "number"),
        Column(_("Alerts"), "number"),
        Column(_("False alerts"), "number"),
        Column(_("Arrests"), "number"),
    )
    caption = _(
        "Files that follow one another, on the days that both cover, and what that did to totals"
    )
    return write_table(make_table(caption, columns, rows, whole=True, stacked=True))


def _write_changes(changes: Sequence[EditionChange], editions: Mapping[str, Edition]) -> str:
    rows = [
        (
            format_date(change.date) if change.date else _("not known"),
            printed(change.location_text),
            _(CHANGE.label(change.change_code)),
            name_field(change.field_name) if change.field_name else "",
            printed(change.older_text or ""),
            printed(change.newer_text or ""),
            printed(editions[change.newer_edition_id].title),
        )
        for change in changes
    ]
    columns = (
        Column(_("Day")),
        Column(_("Place"), "wide"),
        Column(_("Change")),
        Column(_("Field"), "wide"),
        Column(_("Before")),
        Column(_("After")),
        Column(_("File"), "wide"),
    )
    return write_table(make_table(_("Every changed cell and row"), columns, rows))
