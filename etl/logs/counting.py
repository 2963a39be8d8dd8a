"""Counts the files of a log that are new or have changed, a batch at a time.

In: `ReadFile`s, an engine, a `WorkingFile`. Out: the counts in the working file, each batch whole
or not at all; alerts that were sent twice. Does not check anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from etl.logs.engines.base import Engine, TableFile
from etl.logs.engines.duckdb import render_source
from etl.logs.engines.working_file import Conflict, WorkingFile
from etl.logs.problems import EngineError
from etl.logs.reading import ReadFile
from etl.logs.texts import CUBES, render_cube
from etl.model.event_logs import ALERTS, INTERVALS
from etl.model.problems import Problem

BATCH_ROWS = 6_000_000
# Rows counted so far, and of how many.
Report = Callable[[int, int], None]
_COUNT = {"interval_hours": "intervals_count", "alert_hours": "alerts_count"}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows were read now and how many files they are in."""

    rows_count: int
    files_count: int


def count_files(
    working: WorkingFile,
    engine: Engine,
    new: Sequence[ReadFile],
    current: Sequence[ReadFile],
    report: Report,
) -> Counted:
    """Counts `new` files of the `current` log."""
    total, done = sum(file.rows_count for file in new), 0
    report(0, total)
    for batch in _list_batches(new):
        repeated, conflicts = _find_repeated(working, batch, current)
        cubes = _count(engine, batch, repeated)
        counted = _count_rows(cubes)
        _refuse_lost_rows(batch, counted, repeated)
        working.add(
            [
                (file.file, str(file.parquet), file.rows_count, counted.get(str(file.parquet), 0))
                for file in batch
            ],
            cubes,
            conflicts,
        )
        done += sum(file.rows_count for file in batch)
        report(done, total)
    return Counted(total, len(new))


def _list_batches(files: Sequence[ReadFile]) -> Iterator[list[ReadFile]]:
    """Files of both tables by day, as their names order them, up to `BATCH_ROWS` rows."""
    batch: list[ReadFile] = []
    rows = 0
    for file in sorted(files, key=lambda file: (file.file.name.partition("/")[2], file.file.table)):
        if batch and rows + file.rows_count > BATCH_ROWS:
            yield batch
            batch, rows = [], 0
        batch.append(file)
        rows += file.rows_count
    if batch:
        yield batch


def _count(engine: Engine, batch: Sequence[ReadFile], repeated: set[str]) -> dict[str, pa.Table]:
    engine.open_files(
        [TableFile(file.file.table, file.parquet, str(file.parquet) in repeated) for file in batch]
    )
    tables = {file.file.table for file in batch}
    first_us, last_us = 0, 0
    if ALERTS.name in tables:
        (span,) = engine.query(
            "SELECT MIN(unix_micros(alerted_at)) AS first_us, "
            "MAX(unix_micros(alerted_at)) AS last_us FROM alert_events"
        ).to_pylist()
        first_us, last_us = span["first_us"] or 0, span["last_us"] or 0
    return {
        name: engine.query(render_cube(name, first_us, last_us))
        for name in CUBES
        if (INTERVALS.name if name == "interval_hours" else ALERTS.name) in tables
    }


def _count_rows(cubes: dict[str, pa.Table]) -> dict[str, int]:
    """Rows that were counted of each file."""
    counted: dict[str, int] = {}
    for name, column in _COUNT.items():
        if name in cubes:
            sums = cubes[name].group_by("file_name").aggregate([(column, "sum")])
            for row in sums.to_pylist():
                counted[row["file_name"]] = row[f"{column}_sum"]
    return counted


def _refuse_lost_rows(
    batch: Sequence[ReadFile], counted: dict[str, int], repeated: set[str]
) -> None:
    """Stops where an engine counted other rows than the files have."""
    problems = [
        Problem(
            file.file.name,
            f"{rows:,} rows counted",
            f"{file.rows_count:,} rows, which the file has",
            "Let the engine read the log under the same path as this machine.",
        )
        for file in batch
        if (rows := counted.get(str(file.parquet), 0)) != file.rows_count
        and str(file.parquet) not in repeated
    ]
    if problems:
        raise EngineError(problems)


def _find_repeated(
    working: WorkingFile, batch: Sequence[ReadFile], current: Sequence[ReadFile]
) -> tuple[set[str], list[Conflict]]:
    """Files with alerts that are in them more than once, byte for byte; alerts of one identifier
    that differ, or are in two files."""
    own = [file for file in batch if file.file.table == ALERTS.name]
    if not own:
        return set(), []
    suspects = working.add_alert_ids(working.engine.hash_alert_ids([file.parquet for file in own]))
    if not len(suspects):
        return set(), []
    by_path = {str(file.parquet): file for file in current if file.file.table == ALERTS.name}
    working.engine.register("suspects", pa.table({"id": pa.array(suspects, pa.int64())}))
    columns = ", ".join(ALERTS.columns)
    source = render_source([file.parquet for file in by_path.values()])
    rows = working.engine.query(
        f"SELECT alert_id, count(*) AS n, count(DISTINCT hash({columns})) AS kinds, "
        "count(DISTINCT filename) AS files_count, list(DISTINCT filename) AS paths, "
        "min(struct_pack(filename := filename, number := file_row_number)) AS first, "
        "max(struct_pack(filename := filename, number := file_row_number)) AS last "
        f"FROM {source[:-1]}, file_row_number = true) "
        "WHERE mix_id(alert_id) IN (SELECT id FROM suspects) AND alert_id IS NOT NULL "
        "GROUP BY alert_id HAVING count(*) > 1 ORDER BY first"
    ).to_pylist()
    repeated = {path for row in rows for path in row["paths"]}
    return repeated, list(_to_conflicts(rows, by_path))


def _to_conflicts(
    rows: Iterable[dict[str, object]], by_path: dict[str, ReadFile]
) -> Iterator[Conflict]:
    for row in rows:
        if row["kinds"] == 1 and row["files_count"] == 1:
            continue
        file, number = _place(row["first"], by_path)
        other, other_number = _place(row["last"], by_path)
        words = "in two files" if row["kinds"] == 1 else "with other values"
        found = f"an identifier that is {words}, again in {other.file.name}, row {other_number}"
        yield Conflict(file.file.sha256, other.file.sha256, number, found, int(str(row["n"])))


def _place(place: object, by_path: dict[str, ReadFile]) -> tuple[ReadFile, int]:
    if not isinstance(place, dict):
        raise TypeError("not a struct of the query")
    file = by_path[place["filename"]]
    return file, place["number"] + file.first_row
