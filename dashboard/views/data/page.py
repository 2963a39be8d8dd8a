"""Data: whole files of the release with what is in each, addresses of data, feeds, how to cite.

In: the frame. Out: the page. Without our own server nothing answers at these addresses, and it says
so."""

from __future__ import annotations

from dashboard.components.templates import show_template
from dashboard.exports.formats import PREFIX
from dashboard.exports.urls import downloads_are_served
from dashboard.pages import SITE
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from dashboard.web.release_urls import ATOM, JSON_FEED, file_address
from etl.settings import read_site_url
from etl.warehouse.build import FILE_NAME

_WHOLE = {
    "lfr.xlsx": N_("Workbook: the main tables on sheets, with notes, for Excel and LibreOffice."),
    "lfr.ods": N_("Workbook: the same sheets as OpenDocument."),
    "lfr.zip": N_(
        "Data package: every table as CSV and Parquet, with a workbook, the meaning of each column "
        "and datapackage.json (Frictionless) and csv-metadata.json (CSV on the Web)."
    ),
    FILE_NAME: N_("DuckDB: every table in one database, to query with SQL."),
    "checks.json": N_("JSON: every check, with all that does not add up."),
    "changes.json": N_("JSON: what changed since the release before."),
    "SHA256SUMS": N_("Checksums of all files of the release."),
}
_TABLES, _CSV = "tables/", ".csv"
# Names of formats: the same in every language.
_KINDS = {"CSV": _CSV, "Parquet": ".parquet"}


@cached
def show(context: PageContext) -> None:
    """The whole page."""
    release = context.release
    present = {*release.checksums, FILE_NAME, "SHA256SUMS"}
    has_files = (
        downloads_are_served()
        and not release.is_draft
        and release.folder is not None
        and release.folder.name == release.version
    )
    names = sorted(
        name.removeprefix(_TABLES).removesuffix(_CSV)
        for name in present
        if name.startswith(_TABLES) and name.endswith(_CSV)
    )
    show_template(
        "views/data/page.html",
        context=context,
        is_served=downloads_are_served(),
        files=[
            (name, file_address(release.version, name), _(words))
            for name, words in _WHOLE.items()
            if has_files and (name in present or f"data/{name}" in present)
        ],
        package=f"{PREFIX}/lfr.zip",
        tables=[
            (
                name,
                {
                    kind: file_address(release.version, f"{_TABLES}{name}{ending}")
                    for kind, ending in _KINDS.items()
                },
            )
            for name in names
            if has_files
        ],
        prefix=PREFIX,
        feeds={"Atom": ATOM, "JSON Feed": JSON_FEED},
        release=release,
        site=read_site_url(),
        site_name=SITE,
    )


VIEW = View(show)
