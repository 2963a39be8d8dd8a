"""Citing a figure: an answer of one release for good, how to name it, and what has become of it
since.

In: a resource, what was asked, a release and the newest one. Out: a `Citation`. Does not know the
server and computes no figure: both answers are those that the addresses of data give."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.exports.formats import ENDINGS, address_of, make_file, quote
from dashboard.exports.parameters import ApiQuery, InvalidQueryError
from dashboard.exports.resources import Resource
from dashboard.exports.urls import cite_address
from etl.measures.catalogue import GROUPING_FIELDS
from etl.model.fields import Scalar
from etl.model.json_values import JsonObject
from etl.model.releases import ReleaseInfo
from etl.model.wide import format_value
from etl.outputs.about import format_citation
from etl.outputs.columns import Column
from etl.queries.record import Record
from etl.settings import read_site_url

# More rows are cited by their checksum and not repeated on the page.
MAX_ROWS, MAX_SECONDS = 500, 10.0
Row = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that changed; a row that came or went has None on one side. `row` names the row."""

    row: str
    column: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: `here` is its own address, `data` that of the same answer as a file with this
    `sha256` as CSV.

    `newest` is the release that has superseded this one, and `changes` what it gives instead; None
    and nothing while this one is the newest. `refused` says why the newest release cannot be asked.
    """

    resource: Resource
    query: ApiQuery
    release: ReleaseInfo
    here: str
    data: str
    text: str
    sha256: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int
    newest: ReleaseInfo | None = None
    changes: tuple[Change, ...] = ()
    refused: str = ""


def make_citation(
    resource: Resource,
    query: ApiQuery,
    release: ReleaseInfo,
    record: Record,
    newest: tuple[ReleaseInfo, Record] | None = None,
) -> Citation:
    """The citation of an answer; InvalidQueryError if the release cannot answer it."""
    csv = b"".join(make_file(resource, ENDINGS["csv"], query, record, release, 10**9, 60.0).pieces)
    table = resource.read(record, query, MAX_ROWS, MAX_SECONDS)
    rows = tuple(table.records())
    data = address_of(resource, "csv", query, release.version)
    bare = address_of(resource, "csv", query)
    here = f"{read_site_url()}{cite_address(bare, quote(release.version))}"
    later: ReleaseInfo | None = None
    changes: tuple[Change, ...] = ()
    refused = ""
    if newest and newest[0].version != release.version:
        later = newest[0]
        try:
            now = tuple(resource.read(newest[1], query, MAX_ROWS, MAX_SECONDS).records())
            changes = compare_rows(_keys(resource, query, table.columns), table.columns, rows, now)
        except InvalidQueryError as error:
            refused = str(error)
    return Citation(
        resource,
        query,
        release,
        here,
        f"{read_site_url()}{data}",
        format_citation(release, here),
        hashlib.sha256(csv).hexdigest(),
        table.columns,
        rows,
        table.total,
        later,
        changes,
        refused,
    )


def compare_rows(
    keys: tuple[str, ...], columns: tuple[Column, ...], then: tuple[Row, ...], now: tuple[Row, ...]
) -> tuple[Change, ...]:
    """Every value that differs, in the order of the columns; rows by their keys, old rows first."""
    before, after = ({_key(row, keys): row for row in rows} for rows in (then, now))
    changes = []
    for key in dict.fromkeys((*before, *after)):
        text = ", ".join(key) or "the figure"
        if key not in after or key not in before:
            gone = key not in after
            changes.append(
                Change(text, "row", "there" if gone else None, None if gone else "there")
            )
            continue
        for column in columns:
            old, new = before[key].get(column.name), after[key].get(column.name)
            if column.name not in keys and old != new:
                changes.append(Change(text, column.name, _describe(old), _describe(new)))
    return tuple(changes)


def describe_citation(citation: Citation) -> JsonObject:
    """The same for programs."""
    return {
        "cite": citation.text,
        "address": citation.here,
        "release": {
            "version": citation.release.version,
            "date": _describe(citation.release.date),
            "content_hash": citation.release.content_hash,
        },
        "asked": {"resource": citation.resource.name, **citation.query.describe()},
        "data": citation.data,
        "csv_sha256": citation.sha256,
        "rows": [
            {
                name: value if isinstance(value, int | float) else _describe(value)
                for name, value in row.items()
            }
            for row in citation.rows
        ],
        "rows_count": citation.total,
        "superseded_by": citation.newest.version if citation.newest else None,
        "changes": [
            {"row": each.row, "column": each.column, "then": each.then, "now": each.now}
            for each in citation.changes
        ],
        "not_comparable_because": citation.refused or None,
    }


def _keys(resource: Resource, query: ApiQuery, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The columns that identify a row: the groupings of Estimates, else the first column."""
    if resource.name == "estimates":
        return tuple(GROUPING_FIELDS[str(name)] for name in query.values.get("by", ()))
    return (columns[0].name,)


def _key(row: Row, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_describe(row.get(name)) or "not stated" for name in keys)


def _describe(value: object) -> str | None:
    return None if value is None else value if isinstance(value, str) else str(format_value(value))
