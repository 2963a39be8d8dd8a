"""Everything of one release as files: data, what every column means, how to cite it, what does not
add up.

In: the opened data, what is known of the release. Out: files by path; `lfr.zip`, which holds them
all. The same release gives the same bytes. Does not choose: every table that readers can ask for is
there."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from etl.measures.catalogue import MEASURES
from etl.model.caveats import CAVEATS
from etl.model.codes import SEVERITY
from etl.model.estimate_rows import estimate_row
from etl.model.json_values import JsonObject
from etl.model.records import Finding
from etl.model.reference import Publication
from etl.model.releases import ReleaseInfo
from etl.model.tables import TABLES
from etl.outputs.about import (
    LICENCE,
    LICENCE_ADDRESS,
    OTHER_TERMS,
    STATUS,
    SYMBOLS,
    TITLE,
    FileAbout,
    format_citation,
)
from etl.outputs.archive import write_archive
from etl.outputs.columns import Column, estimate_columns
from etl.outputs.csv_text import write_csv
from etl.outputs.csvw import (
    DescribedTable,
    dump_json,
    name_resource,
    table_group,
    table_schema,
)
from etl.outputs.measure_table import list_measures, measure_columns
from etl.outputs.ods import write_ods
from etl.outputs.parquet_files import write_parquet
from etl.outputs.tables import (
    MAX_ROWS,
    tabulate_claims,
    tabulate_counts,
    tabulate_deployments,
    tabulate_table,
)
from etl.outputs.tabular import Tabular, describe_columns
from etl.outputs.workbook import make_workbook
from etl.outputs.xlsx import write_xlsx
from etl.queries.record import Record

ARCHIVE, WORKBOOK = "lfr.zip", "lfr"
ALONE = (f"{WORKBOOK}.xlsx", f"{WORKBOOK}.ods", "metadata.json")
# Tables that have a better form of their own, or serve the site's maps and questions alone.
_LEFT_OUT = frozenset(
    {
        "deployments",
        "counts",
        "facts",
        "claims",
        "outlines",
        "force_tiles",
        "postcode_districts",
        "towns",
        "releases",
    }
)
_GROUPINGS: dict[str, tuple[str, ...]] = {
    "estimates": (),
    "estimates_by_force": ("force_id",),
    "estimates_by_force_year": ("force_id", "year"),
}
_IN_WORKBOOK = (
    "estimates_by_force",
    "deployments",
    "claims",
    "findings",
    "corrections",
    "publications",
)
# A release has no bound of time: what is asked of it here is all there is.
_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class _Part:
    """A table of the package."""

    name: str
    meaning: str
    key: tuple[str, ...]

    def tabulate(self, record: Record) -> Tabular:
        """Read again each time: rows come as a stream."""
        if self.name in _GROUPINGS:
            return _tabulate_estimates(record, self.name)
        if self.name == "measures":
            return Tabular(self.name, measure_columns(), list_measures(), MAX_ROWS)
        if self.name == "deployments":
            return tabulate_deployments(record)
        if self.name == "counts":
            return tabulate_counts(record, seconds=_SECONDS)
        if self.name == "claims":
            return tabulate_claims(record)
        return tabulate_table(record, self.name, seconds=_SECONDS)


def tabulate_part(record: Record, name: str) -> Tabular:
    """One table of the package; ValueError for a name that it does not have."""
    (part,) = [part for part in _list_parts() if part.name == name]
    return part.tabulate(record)


def write_package(record: Record, release: ReleaseInfo, folder: Path) -> None:
    """Writes the archive and, next to it, the files that are of use alone. The plain tables exist
    already."""
    files = make_files(record, release)
    (folder / ARCHIVE).write_bytes(write_archive(files))
    for path in ALONE:
        (folder / path).write_bytes(files[path])


def make_files(record: Record, release: ReleaseInfo) -> dict[str, bytes]:
    """Every file but the archive, by path."""
    about = FileAbout(
        TITLE,
        "Deployments of live facial recognition as the forces publish them, checked, with what "
        "follows from them and what does not add up.",
        release,
        format_citation(release),
    )
    files: dict[str, bytes] = {}
    described = []
    for part in _list_parts():
        columns, rows = _write_part(part, record, about, files)
        described.append((part, columns, rows))
    files["metadata.json"] = dump_json(_metadata(described, about))
    files["datapackage.json"] = dump_json(_data_package(described, about, files, record))
    files["csv-metadata.json"] = dump_json(table_group(_describe_files(described), about))
    workbook = make_workbook(
        [part.tabulate(record) for part in _list_parts() if part.name in _IN_WORKBOOK], about
    )
    files[f"{WORKBOOK}.xlsx"], files[f"{WORKBOOK}.ods"] = write_xlsx(workbook), write_ods(workbook)
    files["README.md"] = "\n".join(_readme(described, about, record)).encode()
    return files


def _list_parts() -> Iterator[_Part]:
    yield _Part(
        "deployments",
        "A row a deployment with all published numbers; a blank number is absent and counts.csv "
        "says why.",
        ("deployment_id",),
    )
    yield _Part(
        "counts",
        "A row a deployment and stage: value, and value_status that says where it is from or why "
        "there is none.",
        ("deployment_id", "stage_code"),
    )
    yield _Part(
        "claims",
        "A row a stated total or rate, with what the published rows give beside it.",
        ("claim_id",),
    )
    for name, groupings in _GROUPINGS.items():
        # A year may be absent, and then no part of a key.
        key = () if "year" in groupings else ("measure_id", *groupings)
        by = f" by {' and '.join(groupings)}" if groupings else " over all counted rows"
        yield _Part(
            name,
            f"Every measure{by}, with limits, numerator, denominator, status and caveats.",
            key,
        )
    yield _Part("measures", "A row a measure.", ("measure_id",))
    for table in TABLES:
        if table.name not in _LEFT_OUT:
            yield _Part(table.name, table.meaning, table.key)


def _write_part(
    part: _Part, record: Record, about: FileAbout, files: dict[str, bytes]
) -> tuple[tuple[Column, ...], int]:
    table = part.tabulate(record)
    files[f"data/{part.name}.csv"] = b"".join(write_csv(table))
    if table.cut:
        raise ValueError(f"the table {part.name} of a release was cut: {table.cut}")
    own = replace(about, title=f"{TITLE}: {part.name}", description=part.meaning)
    files[f"data/{part.name}.parquet"] = b"".join(write_parquet(part.tabulate(record), own))
    return table.columns, table.written


def _tabulate_estimates(record: Record, name: str) -> Tabular:
    return Tabular(
        name, estimate_columns(_GROUPINGS[name]), _list_estimates(record, name), MAX_ROWS
    )


@lru_cache(maxsize=len(_GROUPINGS))
def _list_estimates(record: Record, name: str) -> list[dict[str, object]]:
    """Queried once for all kinds of file."""
    by = _GROUPINGS[name]
    rows: list[dict[str, object]] = []
    for measure in MEASURES.values():
        # A measure that is not given so is refused, and has no row.
        estimates = (
            record.estimate(measure.measure_id, by=by).estimates
            if set(by) <= set(measure.groupings)
            else ()
        )
        rows += [
            estimate_row(estimate, measure.unit, measure.numerator, measure.denominator)
            for estimate in estimates
        ]
    return rows


def _metadata(
    described: list[tuple[_Part, tuple[Column, ...], int]], about: FileAbout
) -> dict[str, object]:
    return {
        **about.to_json(),
        "symbols": SYMBOLS,
        "caveats": CAVEATS,
        "measures": [
            {
                name: list(value) if isinstance(value, tuple) else value
                for name, value in measure.items()
            }
            for measure in list_measures()
        ],
        "tables": [
            {
                "name": part.name,
                "description": part.meaning,
                "rows_count": rows,
                "key": list(part.key),
                "files": [f"data/{part.name}.csv", f"data/{part.name}.parquet"],
                "columns": describe_columns(columns),
            }
            for part, columns, rows in described
        ],
    }


def _describe_files(
    described: list[tuple[_Part, tuple[Column, ...], int]],
) -> list[DescribedTable]:
    return [
        DescribedTable(part.name, columns, part.key, f"data/{part.name}.csv")
        for part, columns, _rows in described
    ]


def _data_package(
    described: list[tuple[_Part, tuple[Column, ...], int]],
    about: FileAbout,
    files: dict[str, bytes],
    record: Record,
) -> JsonObject:
    """The descriptor of the Data Package standard, version 2."""
    sources = [
        {
            "title": publication.title,
            **({"path": publication.url} if publication.url else {}),
            "version": publication.publication_id,
        }
        for publication in record.table(Publication)
    ]
    day = about.release.date
    tables = _describe_files(described)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "live-facial-recognition",
        "title": about.title,
        "description": f"{about.description} {STATUS}",
        "version": about.release.version,
        **({"created": f"{day.isoformat()}T00:00:00Z"} if day else {}),
        "keywords": ["live facial recognition", "policing", "United Kingdom"],
        "licenses": [
            {
                "name": "OGL-UK-3.0",
                "title": LICENCE,
                "path": LICENCE_ADDRESS,
            }
        ],
        "sources": sources,
        "resources": [
            {
                "name": name_resource(part.name),
                "title": part.name.replace("_", " ").capitalize(),
                "description": part.meaning,
                "path": f"data/{part.name}.csv",
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"lineTerminator": "\r\n"},
                "bytes": len(files[f"data/{part.name}.csv"]),
                "hash": f"sha256:{hashlib.sha256(files[f'data/{part.name}.csv']).hexdigest()}",
                "schema": table_schema(table, tables),
            }
            for (part, _columns, _rows), table in zip(described, tables, strict=True)
        ],
    }


def _readme(
    described: list[tuple[_Part, tuple[Column, ...], int]], about: FileAbout, record: Record
) -> Iterator[str]:
    findings = record.table(Finding)
    kinds = Counter(str(finding.severity_code) for finding in findings)
    yield from (f"# {about.title}", "", about.description, "", f"**{STATUS}**", "")
    yield from ("## How to cite", "", about.cite, "")
    yield from (
        "## Licence",
        "",
        f"{LICENCE}: {LICENCE_ADDRESS}. {OTHER_TERMS}",
        "",
    )
    yield from ("## What is here", "", "| file | rows | a row is |", "|---|---|---|")
    for part, _columns, rows in described:
        yield (
            f"| `data/{part.name}.csv`, `.parquet` | {rows:,} | {part.meaning.replace('|', '/')} |"
        )
    yield from (
        (
            f"| `{WORKBOOK}.xlsx`, `{WORKBOOK}.ods` | | a workbook with the main tables, their "
            "symbols and columns |"
        ),
        (
            "| `metadata.json` | | every column: title, unit, description, denominator, method, "
            "caveats, source |"
        ),
        "| `datapackage.json` | | the same as a Frictionless Data Package, version 2 |",
        "| `csv-metadata.json` | | the same as W3C CSV on the Web |",
        "",
        (
            "CSV is UTF-8 without a byte-order mark; dates are ISO 8601, times local with seconds. "
            "A text that a spreadsheet would run as a formula has a leading apostrophe; a range "
            "that it would take for a day is written `10 to 17`. A blank value is absent, never "
            "nought: `value_status` says why."
        ),
        "",
        (
            "Programs that guess types from the first rows: a column may begin with hundreds of "
            "blanks or numbers and hold text. Read the Parquet, or give the types: in Polars "
            "`infer_schema_length=None`, in readr `guess_max = Inf`, in DuckDB `sample_size = -1`. "
            "Keys and references of the tables are in `datapackage.json` and `csv-metadata.json`."
        ),
        "",
        "## Symbols",
        "",
    )
    yield from (f"- `{symbol}` {meaning}" for symbol, meaning in SYMBOLS.items())
    yield from (
        "",
        "## What does not add up",
        "",
        f"{len(findings)} findings: "
        + ", ".join(
            f"{kinds[code]} of severity “{SEVERITY.label(code)}”"
            for code in SEVERITY
            if kinds[code]
        )
        + ". Each is in `data/findings.csv`.",
        "",
    )
    yield from (f"- {finding.message}" for finding in findings if finding.severity_code != "note")
    yield ""
