"""An answer as a file: the kinds there are, each from the same table, and what the file says of
itself.

In: a resource, what was asked, the release. Out: an `AnswerFile`: name, type and the bytes in
pieces. Does not know the server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard.exports.headings import name_headings
from dashboard.exports.parameters import PARAMETERS, RELEASE, ApiParameter, ApiQuery
from dashboard.exports.resources import Resource
from dashboard.pages import SITE
from dashboard.selection.selection import LANG
from dashboard.text.language import DEFAULT
from etl.model.releases import ReleaseInfo
from etl.outputs.about import FileAbout, format_citation
from etl.outputs.csv_text import write_csv
from etl.outputs.csvw import describe_csv
from etl.outputs.json_text import write_json
from etl.outputs.ods import write_ods
from etl.outputs.parquet_files import write_parquet
from etl.outputs.tabular import Tabular
from etl.outputs.workbook import MAX_ROWS as WORKBOOK_ROWS
from etl.outputs.workbook import make_workbook
from etl.outputs.xlsx import write_xlsx
from etl.queries.record import Record
from etl.settings import read_site_url

PREFIX = "/api/v1"
DESCRIPTION = "csv-metadata.json"
Write = Callable[[Tabular, FileAbout, ApiQuery], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A kind of file: its ending, its media type, whether a browser shows it or saves it, the most
    rows that it holds, whether a page offers it to readers, and what may be asked of it alone."""

    extension: str
    media_type: str
    write: Write
    meaning: str
    shown: bool = False
    max_rows: int | None = None
    offered: bool = True
    parameters: tuple[ApiParameter, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """`name` is the file's name on a reader's machine; `pieces` are read once;
    `table` knows afterwards whether it was cut."""

    name: str
    table: Tabular
    pieces: Iterator[bytes]


def _csv(table: Tabular, _about: FileAbout, query: ApiQuery) -> Iterator[bytes]:
    return write_csv(
        table,
        name_headings(table.columns, query.get_value(LANG) or DEFAULT),
        mark=bool(query.get_value("bom")),
    )


def _metadata(table: Tabular, about: FileAbout, query: ApiQuery) -> Iterator[bytes]:
    code = query.get_value(LANG) or DEFAULT
    headings = name_headings(table.columns, code)
    return iter([describe_csv(table, about, _name_described(about, query), code, headings)])


def _name_described(about: FileAbout, query: ApiQuery) -> str:
    """The CSV that a description is of, as a reference from where the description lies: the address
    with the question to the letter, or the name of the saved file."""
    resource = str((about.asked or {})["resource"])
    if query.get_value("saved"):
        return _name_file(resource, "csv", query, about.release.version)
    return f"{resource}.csv{'?' if query.as_requested else ''}{query.as_requested}"


ENDINGS = {
    file_format.extension: file_format
    for file_format in (
        FileFormat(
            "csv",
            "text/csv; charset=utf-8; header=present",
            _csv,
            "CSV in UTF-8 with one heading row",
            parameters=(PARAMETERS["bom"],),
        ),
        FileFormat(
            "json",
            "application/json",
            lambda table, about, _: write_json(table, about),
            "JSON with columns and rows",
            shown=True,
        ),
        FileFormat(
            "parquet",
            "application/vnd.apache.parquet",
            lambda table, about, _: write_parquet(table, about),
            "Parquet, typed and compressed",
        ),
        FileFormat(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            lambda table, about, _: iter([write_xlsx(make_workbook([table], about))]),
            "an accessible workbook for Excel",
            max_rows=WORKBOOK_ROWS,
        ),
        FileFormat(
            "ods",
            "application/vnd.oasis.opendocument.spreadsheet",
            lambda table, about, _: iter([write_ods(make_workbook([table], about))]),
            "the same workbook in OpenDocument, for LibreOffice",
            max_rows=WORKBOOK_ROWS,
        ),
        FileFormat(
            DESCRIPTION,
            "application/csvm+json",
            _metadata,
            "the CSVW description of the CSV at the same address",
            shown=True,
            offered=False,
            parameters=(PARAMETERS["bom"], PARAMETERS["saved"]),
        ),
    )
}


def parameters_of(resource: Resource, file_format: FileFormat) -> tuple[ApiParameter, ...]:
    """What may be asked of a resource in this kind of file."""
    return (*resource.every_parameter, *file_format.parameters)


def make_file(
    resource: Resource,
    file_format: FileFormat,
    query: ApiQuery,
    record: Record,
    release: ReleaseInfo,
    limit: int,
    seconds: float,
) -> AnswerFile:
    """The file of an answer; its rows are read while the pieces are."""
    table = resource.read(record, query, min(limit, file_format.max_rows or limit), seconds)
    json_url, csv_url = (
        f"{read_site_url()}{address_of(resource, ending, query, release.version)}"
        for ending in ("json", "csv")
    )
    about = FileAbout(
        f"{SITE}: {resource.name.replace('_', ' ')}",
        resource.meaning,
        release,
        format_citation(release, csv_url),
        {"resource": resource.name, **query.describe()},
        json_url,
    )
    return AnswerFile(
        name_file(resource, file_format, query, release),
        table,
        file_format.write(table, about, query),
    )


def address_of(
    resource: Resource, ending: str, requested_query: ApiQuery, version: str = ""
) -> str:
    """The address of an answer below the site's root, pinned to a version if there is one."""
    pairs = [
        (name, [",".join(map(str, values))] if name == "by" else values)
        for name, values in requested_query.values.items()
    ]
    pairs += [
        (name, [day.isoformat()])
        for name, day in zip(("from", "to"), requested_query.period, strict=True)
        if day
    ]
    if version and resource.pinned:
        pairs.append((RELEASE, [version]))
    query = "&".join(
        f"{quote(name)}={quote(str(value))}" for name, values in pairs for value in values
    )
    return f"{PREFIX}/{resource.name}.{ending}{'?' if query else ''}{query}"


def name_file(
    resource: Resource, file_format: FileFormat, query: ApiQuery, release: ReleaseInfo
) -> str:
    """`lfr_estimates_alerts_count_by_force_release_1_0_0.csv`."""
    return _name_file(resource.name, file_format.extension, query, release.version)


def _name_file(resource: str, extension: str, query: ApiQuery, version: str) -> str:
    words = [re.sub(r"[^a-z0-9]+", "_", part.casefold()).strip("_")[:60] for part in query.words()]
    named = ["lfr", resource, *filter(None, words), "release"]
    return f"{'_'.join(named)}_{re.sub(r'[^a-z0-9]+', '_', version)}.{extension}"


_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,")


def quote(text: str) -> str:
    """A text as it may stand in an address."""
    return "".join(
        chr(byte) if chr(byte) in _SAFE else f"%{byte:02X}"
        for byte in text.encode("utf-8", "surrogatepass")
    )
