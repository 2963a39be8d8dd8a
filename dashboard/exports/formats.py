"""An answer as a file: the kinds there are, each from the same table, and what the file says of itself.

In: a resource, what was asked, the release. Out: an `AnswerFile`: name, type and the bytes in pieces. Does not know the server.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.exports.headings import name_headings
from dashboard.exports.parameters import RELEASE, Asked
from dashboard.exports.resources import Resource
from dashboard.pages import SITE
from dashboard.selection.selection import LANG
from dashboard.text.language import DEFAULT
from etl.model.releases import ReleaseInfo
from etl.outputs.about import describe_release, say_citation
from etl.outputs.csv_text import write_csv
from etl.outputs.csvw import describe_csv
from etl.outputs.json_text import write_json
from etl.outputs.ods import write_ods
from etl.outputs.parquet_files import write_parquet
from etl.outputs.tabular import Tabular
from etl.outputs.workbook import MOST_ROWS as WORKBOOK_ROWS
from etl.outputs.workbook import make_workbook
from etl.outputs.xlsx import write_xlsx
from etl.queries.record import Answers

PREFIX = "/api/v1"
Write = Callable[[Tabular, Mapping[str, Any], Asked], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Ending:
    """A kind of file: its ending, its media type, whether a browser shows it or saves it, the most rows that
    it holds, and whether a page offers it to readers."""

    ending: str
    media_type: str
    write: Write
    meaning: str
    shown: bool = False
    most: int | None = None
    offered: bool = True


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """`name` is the file's name on a reader's machine; `pieces` are read once; `table` knows afterwards whether it was cut."""

    name: str
    table: Tabular
    pieces: Iterator[bytes]


def _csv(table: Tabular, _about: Mapping[str, Any], asked: Asked) -> Iterator[bytes]:
    return write_csv(
        table, name_headings(table.columns, asked.one(LANG) or DEFAULT), mark=bool(asked.one("bom"))
    )


def _metadata(table: Tabular, about: Mapping[str, Any], asked: Asked) -> Iterator[bytes]:
    code = asked.one(LANG) or DEFAULT
    return iter([describe_csv(table, about, code, name_headings(table.columns, code))])


ENDINGS = {
    one.ending: one
    for one in (
        Ending("csv", "text/csv; charset=utf-8; header=present", _csv, "CSV in UTF-8 with one heading row"),
        Ending(
            "json",
            "application/json",
            lambda table, about, _: write_json(table, about),
            "JSON with columns and rows",
            shown=True,
        ),
        Ending(
            "parquet",
            "application/vnd.apache.parquet",
            lambda table, about, _: write_parquet(table, about),
            "Parquet, typed and compressed",
        ),
        Ending(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            lambda table, about, _: iter([write_xlsx(make_workbook([table], about))]),
            "an accessible workbook for Excel",
            most=WORKBOOK_ROWS,
        ),
        Ending(
            "ods",
            "application/vnd.oasis.opendocument.spreadsheet",
            lambda table, about, _: iter([write_ods(make_workbook([table], about))]),
            "the same workbook in OpenDocument, for LibreOffice",
            most=WORKBOOK_ROWS,
        ),
        Ending(
            "csv-metadata.json",
            "application/csvm+json",
            _metadata,
            "the CSVW description of the CSV at the same address",
            shown=True,
            offered=False,
        ),
    )
}


def make_file(
    resource: Resource,
    ending: Ending,
    asked: Asked,
    answers: Answers,
    release: ReleaseInfo,
    most: int,
    seconds: float,
) -> AnswerFile:
    """The file of an answer; its rows are read while the pieces are."""
    table = resource.read(answers, asked, min(most, ending.most or most), seconds)
    about = {
        "title": f"{SITE}: {resource.name.replace('_', ' ')}",
        "description": resource.meaning,
        **describe_release(release),
        "asked": {"resource": resource.name, **asked.describe()},
        "address": f"{site_address()}{address_of(resource, 'json', asked, release.version)}",
        "cite": say_citation(
            release, f"{site_address()}{address_of(resource, 'csv', asked, release.version)}"
        ),
    }
    return AnswerFile(name_file(resource, ending, asked, release), table, ending.write(table, about, asked))


def address_of(resource: Resource, ending: str, asked: Asked, version: str = "") -> str:
    """The address of an answer below the site's root, pinned to a version if there is one."""
    pairs = [(name, [",".join(map(str, values))] if name == "by" else values) for name, values in asked.values.items()]  # fmt: skip
    pairs += [
        (name, [day.isoformat()]) for name, day in zip(("from", "to"), asked.period, strict=True) if day
    ]
    if version and resource.pinned:
        pairs.append((RELEASE, [version]))
    query = "&".join(f"{quote(name)}={quote(str(value))}" for name, values in pairs for value in values)
    return f"{PREFIX}/{resource.name}.{ending}{'?' if query else ''}{query}"


def site_address() -> str:
    """The site's own address, where whoever runs it has named it; a file does not say by which name it was asked for."""
    return os.environ.get("LFR_SITE_ADDRESS", "").rstrip("/")


def name_file(resource: Resource, ending: Ending, asked: Asked, release: ReleaseInfo) -> str:
    """`lfr_estimates_alerts_count_by_force_release_1_0_0.csv`."""
    words = [re.sub(r"[^a-z0-9]+", "_", part.casefold()).strip("_")[:60] for part in asked.words()]
    version = re.sub(r"[^a-z0-9]+", "_", release.version)
    return "_".join(["lfr", resource.name, *filter(None, words), "release", version]) + f".{ending.ending}"


_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,")


def quote(said: str) -> str:
    """A text as it may stand in an address."""
    return "".join(
        chr(one) if chr(one) in _SAFE else f"%{one:02X}" for one in said.encode("utf-8", "surrogatepass")
    )
