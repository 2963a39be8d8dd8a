"""DuckDB on this machine: counts a log, converts files, and keeps the counts of each file.

In: files, texts of SQL. Out: Arrow tables; the working file of a rollup, each batch of files in it
whole or not at all. Memory is bounded; what does not fit goes to the working folder."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from etl.logs.conversion import quote
from etl.logs.engines.base import TableFile
from etl.logs.problems import EngineError
from etl.model.event_logs import ALERTS, INTERVALS
from etl.model.problems import Problem

MEMORY_LIMIT = "1000MB"
_MACROS = (
    "CREATE OR REPLACE TEMP MACRO unix_micros(instant) AS epoch_us(instant)",
    "CREATE OR REPLACE TEMP MACRO mix64(number) AS CAST(hash(number) >> 1 AS BIGINT)",
    # Of texts such as 20260101-0000001 one hash in ten is another's; that of a short end is not.
    "CREATE OR REPLACE TEMP MACRO mix_id(id) AS "
    "CAST(xor(hash(id), hash(right(id, 12))) >> 1 AS BIGINT)",
)


@contextlib.contextmanager
def telling(place: str) -> Iterator[None]:
    """Every error of DuckDB as an `EngineError`."""
    try:
        yield
    except duckdb.Error as error:
        found = str(error).strip().splitlines()[0][:300]
        raise EngineError(
            Problem(
                place,
                found,
                "files that can be read, and room on the disk",
                "Correct it and start again: what was counted is not counted again.",
            )
        ) from None


class DuckEngine:
    """A connection to a working file, or to none."""

    def __init__(self, file: Path | None = None, spill: Path | None = None) -> None:
        self._place = str(file or "DuckDB")
        with telling(self._place):
            self._connection = duckdb.connect(str(file or ":memory:"))
            settings = [
                f"memory_limit = '{MEMORY_LIMIT}'",
                "preserve_insertion_order = false",
                "TimeZone = 'UTC'",
                "autoinstall_known_extensions = false",
            ]
            if spill is not None:
                settings.append(f"temp_directory = {quote(str(spill))}")
            for setting in settings:
                self._connection.execute(f"SET {setting}")
            for macro in _MACROS:
                self._connection.execute(macro)

    def open_files(self, files: Sequence[TableFile]) -> None:
        """Names these files `scan_intervals` and `alert_events`."""
        for table in (INTERVALS, ALERTS):
            columns = ", ".join((*table.columns, "filename AS file_name"))
            own = [file for file in files if file.table == table.name]
            parts = [
                f"SELECT {word} {columns} FROM {render_source(paths)}"
                for word, paths in (
                    ("", [file.path for file in own if not file.is_repeated]),
                    ("DISTINCT", [file.path for file in own if file.is_repeated]),
                )
                if paths
            ]
            if parts:
                view = f"CREATE OR REPLACE TEMP VIEW {table.name} AS {' UNION ALL '.join(parts)}"
                self.execute(view)

    def query(self, text: str) -> pa.Table:
        """The answer to a text of SQL."""
        with telling(self._place):
            return self._connection.execute(text).to_arrow_table()

    def execute(self, text: str) -> None:
        """Runs a statement that has no answer."""
        with telling(self._place):
            self._connection.execute(text)

    def register(self, name: str, table: pa.Table) -> None:
        """Gives an Arrow table a name."""
        self._connection.register(name, table)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Statements that are kept whole or not at all."""
        with telling(self._place):
            self._connection.execute("BEGIN")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def hash_alert_ids(self, paths: Sequence[Path]) -> npt.NDArray[np.int64]:
        """The mixed identifiers of alerts in files, in order of size."""
        text = f"SELECT mix_id(alert_id) AS id FROM {render_source(paths)}"
        with telling(self._place):
            return np.sort(self._connection.execute(text).fetchnumpy()["id"])

    def close(self) -> None:
        """Closes the working file."""
        self._connection.close()


def render_source(paths: Sequence[Path]) -> str:
    """Parquet files as a relation, with `filename` and `file_row_number`."""
    listed = ", ".join(quote(str(path)) for path in paths)
    return (
        f"read_parquet([{listed}], filename = true, hive_partitioning = true, "
        "hive_types_autocast = false)"
    )
