"""Releases, changes and corrections as tables and cards.

In: what `dashboard.views.releases.query` gives. Out: HTML. Text of the record goes through `printed`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.exports.urls import downloads_are_served
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import Frame
from dashboard.rendering.html import printed, text
from dashboard.text.language import _
from dashboard.text.numbers import say_count, say_date
from dashboard.views.releases.query import Correction
from dashboard.views.releases.text import NOTHING, say_reason, say_reporter
from dashboard.web.release_urls import file_address
from etl.model.codes import STAGE
from etl.model.release_changes import ReleaseChanges, ValueChange
from etl.model.releases import ReleaseInfo

_FILES = (("SHA256SUMS", "SHA256SUMS"), ("checks.json", "checks.json"), ("changes.json", "changes.json"), ("lfr.duckdb", "DuckDB"))  # fmt: skip


def write_releases(releases: Sequence[ReleaseInfo]) -> str:
    """A row a release, newest first."""
    columns = (
        Column(_("Release")),
        Column(_("Date")),
        Column(_("Why it was made"), "wide"),
        Column(_("Content")),
        Column(_("Files"), "wide"),
    )
    rows = [
        (
            one.version,
            say_date(one.date),
            Markup(printed(one.reason)),
            one.release_id,
            Markup(_write_files(one)),
        )
        for one in releases
    ]
    return write_table(make_table(_("Every release, newest first"), columns, rows))


def write_row_counts(changes: ReleaseChanges) -> str:
    """How many rows of each table are new, gone or altered."""
    columns = (Column(_("Table"), "wide"), Column(_("Rows new"), "number"), Column(_("Rows gone"), "number"), Column(_("Rows altered"), "number"))  # fmt: skip
    rows = [
        (Markup(printed(table)), *(say_count(number) for number in (own["added"], own["removed"], own["altered"] + own["replaced"])))
        for table, own in changes.count_rows().items()
    ]  # fmt: skip
    return write_table(make_table(_("Rows by table"), columns, rows))


def write_values(values: Sequence[ValueChange]) -> str:
    """A row a value that is another one."""
    columns = (
        Column(_("Row"), "wide"),
        Column(_("Field")),
        Column(_("Old value")),
        Column(_("New value")),
        Column(_("Why"), "wide"),
        Column(_("Who reported it")),
    )
    rows = [
        (
            Markup(_write_place(one)),
            Markup(_break(f"{one.table}.{one.field}")),
            Markup(_write_value(one.old)),
            Markup(_write_value(one.new)),
            Markup(printed(say_reason(one))),
            Markup(printed(say_reporter(one.reported_by)) if one.correction_id else text("–")),
        )
        for one in values
    ]
    return write_table(
        make_table(_("Values that are other ones, with the reason for each"), columns, rows, whole=True)
    )


def write_corrections(frame: Frame, corrections: Sequence[Correction]) -> str:
    """One card a correction."""
    return (
        f'<ul class="lfr-cards lfr-pair">{"".join(_write_correction(frame, one) for one in corrections)}</ul>'
    )


def _write_correction(frame: Frame, one: Correction) -> str:
    row = one.row
    deployment = one.deployment
    title = (
        f"{deployment['location_text']}, {say_date(deployment['date'])}" if deployment else row["edition_id"]
    )
    place = _("{edition}, page {page}, row {row}").format(
        edition=row["edition_id"], page=row["page"], row=row["row"]
    )
    terms = [
        (_("What is corrected"), _say_target(row["target"])),
        (_("Printed"), _write_value(row["printed_text"])),
        (_("Used instead"), _write_value(row["value_text"])),
        (_("Why"), printed(row["reason"])),
        (_("Evidence"), printed(row["evidence"])),
        (_("Who reported it"), printed(say_reporter(row["reported_by"]))),
        (_("Declared"), text(say_date(row["declared_on"]))),
        (_("Citations"), text(_say_citations(one))),
        (_("Row"), _link_row(frame, row, place)),
    ]
    line = _("{term}:")
    body = "".join(f"<p><strong>{text(line.format(term=term))}</strong> {words}</p>" for term, words in terms)
    return f'<li id="{text(row["correction_id"])}"><h3>{printed(title)}</h3>{body}<p class="lfr-from">{text(row["correction_id"])}</p></li>'


def _say_citations(one: Correction) -> str:
    if one.since is None:
        return _("It is in no release yet.")
    if one.earlier:
        said = _("In force since release {version}; citations of {earlier} show the value before it.")
        return said.format(version=one.since, earlier=", ".join(one.earlier))
    return _("In force since release {version}, the first: no citation shows the value before it.").format(
        version=one.since
    )


def _link_row(frame: Frame, row: dict[str, object], place: str) -> str:
    if "deployments" not in BY_SLUG:
        return text(place)
    return f'<a href="{text(frame.address_of("deployments", str(row["edition_id"])))}">{text(place)}</a>'


def _write_place(one: ValueChange) -> str:
    """Where the row is in words, if it has any, and its key."""
    key = f"<small>{_break(' '.join(one.key))}</small>"
    return f"{printed(one.place)}<br>{key}" if one.place else key


def _break(name: str) -> str:
    """A long name that may be broken at its joints, so that the table stays narrow."""
    return text(name).replace("_", "_<wbr>").replace(".", ".<wbr>")


def _say_target(name: str) -> str:
    return printed(STAGE.label(name)) if name in STAGE else printed(name.replace("_", " "))


def _write_value(value: str | None) -> str:
    return text(_(NOTHING)) if value is None else printed(value)


def _write_files(one: ReleaseInfo) -> str:
    if one.folder is None:
        return text(_("Not kept here; it can be built again from the repository."))
    if not downloads_are_served() or one.folder.name != one.version:
        return text(_("Kept here."))
    return " · ".join(
        f'<a href="{text(file_address(one.version, name))}">{text(words)}</a>' for name, words in _FILES
    )
