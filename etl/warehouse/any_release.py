"""Whole tables of any release, whatever version of the schema it has: read as they are, in order,
without a limit.

In: a release file, or an engine on one. Out: its tables with their columns and types; rows in
batches. Opens as readers do, read-only and locked. Does not judge the rows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa
from duckdb import Error as DuckError
from sqlalchemy.exc import SQLAlchemyError

from etl.model.fields import Scalar
from etl.model.problems import BrokenSnapshotError, Problem
from etl.model.tables import TABLES

BATCH = 5_000
# DuckDB opens a file in one way only at a time, and this one may be serving.
AS_READERS = {
    "read_only": True,
    # One thread for a question: a release has fewer rows than a thread takes at once, and waiting
    # for others costs more than the answer.
    "config": {"enable_external_access": "false", "lock_configuration": "true", "threads": "1"},
}
Row = tuple[Scalar, ...]
Engine = sa.Engine


@contextlib.contextmanager
def open_any(path: Path) -> Iterator[sa.Engine]:
    """An engine on a release of any version of the schema;
    `BrokenSnapshotError` for whatever goes wrong while it is read."""
    engine = sa.create_engine(f"duckdb:///{path.resolve()}", connect_args=AS_READERS)
    try:
        yield engine
    except (SQLAlchemyError, DuckError) as error:
        expected = "the database of a release"
        raise BrokenSnapshotError(
            Problem(str(path), str(error).splitlines()[0], expected, "Restore the file.")
        ) from error
    finally:
        engine.dispose()


def list_columns(engine: sa.Engine) -> dict[str, dict[str, str]]:
    """The type of every column by table, as the file itself has them."""
    query = sa.text(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = "
        "'main' AND NOT internal ORDER BY table_name, column_index"
    )
    columns: dict[str, dict[str, str]] = {}
    with engine.connect() as connection:
        for table, column, kind in connection.execute(query):
            columns.setdefault(table, {})[column] = kind
    order = [table.name for table in TABLES]
    return dict(
        sorted(
            columns.items(),
            key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order),
        )
    )


def stream_rows(
    engine: sa.Engine, name: str, columns: Sequence[str], key: Sequence[str]
) -> Iterator[list[Row]]:
    """These columns of a table in order of `key`, in batches of at most `BATCH` rows."""
    table = sa.table(name, *(sa.column(column) for column in dict.fromkeys((*columns, *key))))
    query = sa.select(*(table.c[column] for column in columns)).order_by(
        *(table.c[column] for column in key)
    )
    options = {"stream_results": True, "max_row_buffer": BATCH}
    with engine.connect() as connection:
        rows = connection.execution_options(**options).execute(query)
        for part in rows.partitions(BATCH):
            yield [tuple(row) for row in part]


def count_rows(engine: sa.Engine, name: str) -> int:
    """How many rows a table has."""
    with engine.connect() as connection:
        return int(
            connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one()
        )
