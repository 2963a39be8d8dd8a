"""Every table of a release as CSV and as Parquet, the same bytes whenever they are written again.

In: the opened data. Out: `tables/<name>.csv` (UTF-8, one heading row, ISO dates, safe in
spreadsheets) and `tables/<name>.parquet` (typed, each column with its meaning and unit). Rows in
order of the table's key. Chooses nothing."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.model.fields import Field
from etl.model.releases import ReleaseInfo
from etl.model.tables import TABLES, Table
from etl.outputs.cells import write_cell
from etl.queries.record import Record
from etl.warehouse.any_release import Row

FOLDER = "tables"
# What `releases` says of a build stands, with more, in `release.json`.
PUBLIC_TABLES = tuple(table for table in TABLES if table.name != "releases")
_GROUP = 50_000
_TYPES: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    # As in every other file of a release; the database has them exactly.
    Decimal: pa.float64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    dt.time: pa.time64("us"),
}


# A writer is given it.
def write_tables(record: Record, release: ReleaseInfo, folder: Path) -> None:  # noqa: ARG001
    """Both files of every public table."""
    home = folder / FOLDER
    home.mkdir()
    for table in PUBLIC_TABLES:
        write_csv(table, record.file.whole_table(table.name), home / f"{table.name}.csv")
        write_parquet(table, record.file.whole_table(table.name), home / f"{table.name}.parquet")


def write_csv(table: Table, batches: Iterator[list[Row]], path: Path) -> None:
    """One heading row, then a line a row."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(field.name for field in table.fields)
        for batch in batches:
            writer.writerows([write_cell(value) for value in row] for row in batch)


def write_parquet(table: Table, batches: Iterator[list[Row]], path: Path) -> None:
    """Row groups of a fixed number of rows, so that the bytes do not depend on how the rows
    came."""
    schema = schema_of(table)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _regroup(batches):
            columns = zip(*group, strict=True)
            arrays = [
                pa.array(map(_to_number, column), field.type, from_pandas=False)
                for column, field in zip(columns, schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=_GROUP)


def schema_of(table: Table) -> pa.Schema:
    """Types and meanings of the columns as the model declares them."""
    return pa.schema(
        [_to_arrow(field) for field in table.fields], metadata={"meaning": table.meaning}
    )


def _to_arrow(field: Field) -> pa.Field:
    about = {"meaning": field.about.meaning} | (
        {"unit": field.about.unit.value} if field.about.unit.value else {}
    )
    return pa.field(field.name, _TYPES[field.type], nullable=field.optional, metadata=about)


def _to_number(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def _regroup(batches: Iterator[list[Row]]) -> Iterator[Sequence[Row]]:
    waiting: list[Row] = []
    for batch in batches:
        waiting += batch
        while len(waiting) >= _GROUP:
            yield waiting[:_GROUP]
            waiting = waiting[_GROUP:]
    if waiting:
        yield waiting
