"""Reads the files of a log: what is wrong with each, and Parquet that an engine can count.

In: `LogFile`s, a column map, a folder for converted files. Out: `ReadFile`s and every problem with
file and row. A Parquet file with the declared columns is counted where it lies; any other is
converted first. Does not count."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.logs.column_map import ColumnMap, TableMap
from etl.logs.columns import check_columns, check_types
from etl.logs.conversion import name_column, render_faults, render_typed
from etl.logs.engines.duckdb import DuckEngine
from etl.logs.engines.given_files import (
    find_broken_lines,
    forget_broken_lines,
    read_headings,
    render_given,
)
from etl.logs.files import LogFile
from etl.logs.problems import EngineError, LogProblem
from etl.model.event_logs import LOG_TABLES


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of the log, and the Parquet that holds its rows with their types."""

    file: LogFile
    parquet: Path
    rows_count: int

    @property
    def first_row(self) -> int:
        """The number in the file of its first row, as its reader numbers rows."""
        return 2 if self.file.suffix == ".csv" else 1


@dataclass(frozen=True, slots=True)
class _Shape:
    """The columns of a Parquet file, those of its folders included, and its rows."""

    types: dict[str, str]
    rows_count: int


class LogReader:
    """Reads files one after the other and collects what is wrong with them."""

    def __init__(self, engine: DuckEngine, column_map: ColumnMap, converted: Path) -> None:
        self._engine, self._map, self._converted = engine, column_map, converted
        self._first: dict[str, tuple[str, dict[str, str]]] = {}
        self.problems: list[LogProblem] = []

    def read(self, file: LogFile) -> ReadFile | None:
        """The file as Parquet; None, with problems, where it cannot be read."""
        before = len(self.problems)
        is_parquet = file.suffix == ".parquet"
        result = self._read_parquet(file) if is_parquet else self._read_text(file)
        if len(self.problems) > before:
            return None
        if result is not None and not result.rows_count:
            self._add("unreadable_file", file, "a file without rows", "rows", "Export it again.")
            return None
        return result

    def _read_parquet(self, file: LogFile) -> ReadFile | None:
        table = LOG_TABLES[file.table]
        mapped = self._map.tables.get(file.table, TableMap())
        shape = self._open_parquet(file)
        if shape is None:
            return None
        self._compare_shape(file, shape)
        self.problems += check_columns(table, file.name, shape.types, mapped)
        problems, as_it_is = check_types(table, file.name, shape.types, self._map)
        self.problems += problems
        if problems or as_it_is:
            return ReadFile(file, file.path, shape.rows_count)
        return self._convert(file, tuple(shape.types))

    def _open_parquet(self, file: LogFile) -> _Shape | None:
        try:
            with pq.ParquetFile(file.path) as opened:
                schema, rows_count = opened.schema_arrow, opened.metadata.num_rows
        except (pa.ArrowInvalid, OSError) as error:
            found = f"no whole Parquet file ({str(error).splitlines()[0][:120]})"
            self._add("unreadable_file", file, found, "a whole file", "Copy or export it again.")
            return None
        types = {field.name: str(_plain(field.type)) for field in schema}
        keys = {part.partition("=")[0] for part in Path(file.name).parts[:-1] if "=" in part}
        keys &= set(LOG_TABLES[file.table].columns)  # other keys of folders are not read
        return _Shape({**dict.fromkeys(sorted(keys), "string"), **types}, rows_count)

    def _compare_shape(self, file: LogFile, shape: _Shape) -> None:
        first, types = self._first.setdefault(file.table, (file.name, shape.types))
        differ = [
            f"{name} as {shape.types.get(name, 'no column')}, not {types.get(name, 'no column')}"
            for name in dict.fromkeys((*types, *shape.types))
            if shape.types.get(name) != types.get(name)
        ]
        if differ:
            self._add(
                "schema_differs",
                file,
                "; ".join(differ)[:300],
                f"the columns and types of {first}",
                "Export all files of a table in the same way.",
            )

    def _read_text(self, file: LogFile) -> ReadFile | None:
        table = LOG_TABLES[file.table]
        mapped = self._map.tables.get(file.table, TableMap())
        forget_broken_lines(self._engine)
        try:
            headings = read_headings(self._engine, file.path)
        except EngineError as error:
            found = error.problems[0].found
            self._add("unreadable_file", file, found, "text in UTF-8", "Export it again.")
            return None
        problems = check_columns(table, file.name, headings, mapped)
        self.problems += problems
        return None if problems else self._convert(file, headings)

    def _convert(self, file: LogFile, headings: tuple[str, ...]) -> ReadFile | None:
        """Converts a file whose columns are known, and lists what cannot be read in it."""
        table = LOG_TABLES[file.table]
        target = self._converted / f"{file.sha256}.parquet"
        forget_broken_lines(self._engine)
        typed = render_typed(table, headings, self._map)
        columns = ", ".join(name_column(name) for name in table.columns)
        try:
            given = render_given(file.path, headings)
            self._engine.execute(f"CREATE OR REPLACE TEMP TABLE given AS {given}")
            self.problems += find_broken_lines(self._engine, file.name, file.path)
            faults = self._engine.query(render_faults(table, headings, self._map)).to_pylist()
            self._engine.execute(
                f"COPY (SELECT {columns} FROM ({typed}) ORDER BY log_row) "
                f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
            )
            counted = self._engine.query("SELECT count(*) AS n FROM given")["n"][0].as_py()
        except EngineError as error:
            found = error.problems[0].found
            self._add("unreadable_file", file, found, "a file that can be read", "Export it again.")
            return None
        for fault in faults:
            more = f", in {fault['rows_count']:,} rows" if fault["rows_count"] > 1 else ""
            self.problems.append(
                LogProblem(
                    "wrong_value",
                    "error",
                    file.name,
                    fault["first_row"],
                    f"{fault['column_name']} {fault['example']!r}{more}",
                    fault["reason"],
                    "Correct the export, or say in a column map how it is written.",
                    fault["rows_count"],
                )
            )
        return ReadFile(file, target, counted)

    def _add(self, check_id: str, file: LogFile, found: str, expected: str, remedy: str) -> None:
        self.problems.append(
            LogProblem(check_id, "error", file.name, None, found, expected, remedy)
        )


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind
