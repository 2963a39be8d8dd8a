"""Releases, changes and corrections as tables and cards.

In: what `dashboard.views.releases.query` gives. Out: HTML.
Text of the record goes through `printed`."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.components.templates import write_template
from dashboard.exports.urls import downloads_are_served
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import printed, text
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_date
from dashboard.views.releases.query import Correction
from dashboard.views.releases.text import NOTHING, describe_reason, describe_reporter
from dashboard.web.release_urls import file_address
from etl.model.codes import STAGE
from etl.model.release_changes import ReleaseChanges, ValueChange
from etl.model.releases import ReleaseInfo

_FILES = (
    ("SHA256SUMS", "SHA256SUMS"),
    ("checks.json", "checks.json"),
    ("changes.json", "changes.json"),
    ("lfr.duckdb", "DuckDB"),
)


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
            release.version,
            format_date(release.date),
            printed(release.reason),
            release.release_id,
            Markup(_write_files(release)),
        )
        for release in releases
    ]
    return write_table(make_table(_("Every release, newest first"), columns, rows))


def write_row_counts(changes: ReleaseChanges) -> str:
    """How many rows of each table are new, gone or altered."""
    columns = (
        Column(_("Table"), "wide"),
        Column(_("Entries added"), "number"),
        Column(_("Entries removed"), "number"),
        Column(_("Entries changed"), "number"),
    )
    rows = [
        (
            printed(table),
            *(
                format_count(number)
                for number in (own["added"], own["removed"], own["altered"] + own["replaced"])
            ),
        )
        for table, own in changes.count_rows().items()
    ]
    return write_table(make_table(_("Entries by table"), columns, rows))


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
            Markup(_write_place(value_change)),
            Markup(_break(f"{value_change.table}.{value_change.field}")),
            Markup(_write_value(value_change.old)),
            Markup(_write_value(value_change.new)),
            printed(describe_reason(value_change)),
            Markup(
                printed(describe_reporter(value_change.reported_by))
                if value_change.correction_id
                else text("–")
            ),
        )
        for value_change in values
    ]
    return write_table(
        make_table(
            _("Values that are other ones, with the reason for each"), columns, rows, whole=True
        )
    )


def write_corrections(context: PageContext, corrections: Sequence[Correction]) -> str:
    """One card a correction."""
    return write_template(
        "views/releases/corrections.html",
        context=context,
        corrections=corrections,
        describe_reporter=describe_reporter,
        nothing=_(NOTHING),
        stages=STAGE,
    )


def _write_place(value_change: ValueChange) -> str:
    """Where the row is in words, if it has any, and its key."""
    key = f"<small>{_break(' '.join(value_change.key))}</small>"
    return f"{printed(value_change.place)}<br>{key}" if value_change.place else key


def _break(name: str) -> str:
    """A long name that may be broken at its joints, so that the table stays narrow."""
    return text(name).replace("_", "_<wbr>").replace(".", ".<wbr>")


def _write_value(value: str | None) -> str:
    return text(_(NOTHING)) if value is None else printed(value)


def _write_files(release_info: ReleaseInfo) -> str:
    if release_info.folder is None:
        return text(_("Not kept here; it can be built again from the repository."))
    if not downloads_are_served() or release_info.folder.name != release_info.version:
        return text(_("Kept here."))
    return " · ".join(
        f'<a href="{text(file_address(release_info.version, name))}">{text(words)}</a>'
        for name, words in _FILES
    )
