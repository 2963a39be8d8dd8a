"""Files of a log in any form as a relation of texts: CSV, JSON lines, Parquet of other types.

In: a path. Out: its headings, SQL of its rows with their numbers, lines that cannot be read. Does
not give a text its type (`etl.logs.conversion`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from etl.logs.conversion import ROW, name_column, quote
from etl.logs.engines.duckdb import DuckEngine, render_source
from etl.logs.problems import LogProblem

MAX_EXAMPLES = 20


def read_headings(engine: DuckEngine, path: Path) -> tuple[str, ...]:
    """The headings of a CSV file, or every key of a file of JSON lines."""
    if path.suffix.lower() == ".csv":
        text = f"DESCRIBE SELECT * FROM {_render_csv(path)}"
        return tuple(engine.query(text)["column_name"].to_pylist())
    text = (
        f"SELECT DISTINCT unnest(json_keys(line)) AS name FROM ({_render_lines(path)}) "
        "WHERE json_valid(line) AND json_type(line) = 'OBJECT' ORDER BY name"
    )
    return tuple(engine.query(text)["name"].to_pylist())


def render_given(path: Path, headings: Sequence[str]) -> str:
    """The rows of a file as texts, each with its number in the file."""
    if path.suffix.lower() == ".csv":
        return f"SELECT *, row_number() OVER () + 1 AS {ROW} FROM {_render_csv(path)}"
    if path.suffix.lower() == ".jsonl":
        columns = ", ".join(
            f"json_extract_string(line, {quote('$.' + name_column(name))}) AS {name_column(name)}"
            for name in headings
        )
        return f"SELECT {ROW}, {columns} FROM ({_render_lines(path)}) WHERE json_valid(line)"
    columns = ", ".join(
        f"CAST({name_column(name)} AS VARCHAR) AS {name_column(name)}" for name in headings
    )
    source = render_source([path])[:-1] + ", file_row_number = true)"
    return f"SELECT {columns}, file_row_number + 1 AS {ROW} FROM {source}"


def find_broken_lines(engine: DuckEngine, name: str, path: Path) -> Iterator[LogProblem]:
    """Lines of CSV with too many or too few cells, and lines that are not JSON; after the rows of
    CSV were read once."""
    if path.suffix.lower() == ".csv":
        rows = engine.query(
            "SELECT line AS row, lower(error_type::VARCHAR) AS found FROM log_rejects "
            f"ORDER BY line LIMIT {MAX_EXAMPLES}"
        ).to_pylist()
        total = engine.query("SELECT count(*) AS n FROM log_rejects")["n"][0].as_py()
        expected = "as many cells as there are headings"
    elif path.suffix.lower() == ".jsonl":
        broken = f"FROM ({_render_lines(path)}) WHERE NOT json_valid(line)"
        rows = engine.query(
            f"SELECT {ROW} AS row, 'a line that is not JSON' AS found {broken} "
            f"ORDER BY {ROW} LIMIT {MAX_EXAMPLES}"
        ).to_pylist()
        total = engine.query(f"SELECT count(*) AS n {broken}")["n"][0].as_py()
        expected = "one JSON object a line"
    else:
        return
    for number, row in enumerate(rows):
        more = total - len(rows) if number == len(rows) - 1 else 0
        found = f"{row['found']}" + (f", and {more:,} more such lines" if more else "")
        yield LogProblem(
            "broken_line", "error", name, row["row"], found, expected, "Export the file again."
        )


def forget_broken_lines(engine: DuckEngine) -> None:
    """Before the next file is read."""
    for table in ("log_rejects", "log_reject_scans"):
        engine.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _render_csv(path: Path) -> str:
    return (
        f"read_csv({quote(str(path))}, header = true, all_varchar = true, store_rejects = true, "
        "rejects_table = 'log_rejects', rejects_scan = 'log_reject_scans', parallel = false)"
    )


def _render_lines(path: Path) -> str:
    """The lines of a text file with their numbers, blank ones left out."""
    return (
        f"SELECT * FROM (SELECT line, row_number() OVER () AS {ROW} FROM read_csv("
        f"{quote(str(path))}, header = false, columns = {{'line': 'VARCHAR'}}, delim = '\\x01', "
        "quote = '', escape = '', auto_detect = false, max_line_size = 1000000)) "
        "WHERE trim(line) <> ''"
    )
