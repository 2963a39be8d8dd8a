"""The working file of a rollup: what was counted of each file of the log, found again by its hash.

In: the counts of a batch of files. Out: the files that are counted already, and the counts as
tables. It holds small counts by group, so it stays with the force. Does not count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from etl.logs.engines.duckdb import DuckEngine
from etl.logs.files import LogFile
from etl.logs.texts import CUBES, ROLLUPS, VIEWS, render_rollup, to_local

VERSION = 1
_IDS = "alert_ids"
_MAX_ID_FILES = 12
_HOURS = pa.schema(
    {
        "hour_us": pa.int64(),
        "local_date": pa.string(),
        "local_hour": pa.int64(),
        "month": pa.string(),
    }
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two alerts with one identifier: the hashes of their files, row of the first, in words."""

    sha256: str
    other_sha256: str
    row: int
    found: str
    rows_count: int


class WorkingFile:
    """Counts of files by their hash, in one DuckDB file; identifiers of alerts beside it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.engine = DuckEngine(home / f"counts-{VERSION}.duckdb", home / "spill")
        self.engine.execute(
            "CREATE TABLE IF NOT EXISTS files(file_id INTEGER, table_name VARCHAR, name VARCHAR, "
            "size BIGINT, mtime_ns BIGINT, sha256 VARCHAR, rows_count BIGINT, counted BIGINT)"
        )
        self.engine.execute(
            "CREATE TABLE IF NOT EXISTS returned(force_id VARCHAR, local_date VARCHAR, "
            "table_name VARCHAR, sha256 VARCHAR)"
        )
        self.engine.execute(
            "CREATE TABLE IF NOT EXISTS conflicts(sha256 VARCHAR, other_sha256 VARCHAR, "
            "row BIGINT, found VARCHAR, rows_count BIGINT)"
        )

    def use_map(self, map_json: str) -> None:
        """Forgets what was counted with another column map."""
        self.engine.execute("CREATE TABLE IF NOT EXISTS used_map(map_json VARCHAR)")
        used = self.engine.query("SELECT map_json FROM used_map")["map_json"].to_pylist()
        if used != [map_json]:
            self.forget(())
            self.engine.register("given_map", pa.table({"map_json": [map_json]}))
            self.engine.execute("DELETE FROM used_map")
            self.engine.execute("INSERT INTO used_map SELECT * FROM given_map")

    def recall(self, files: Iterable[LogFile]) -> tuple[LogFile, ...]:
        """The files with the hash of each: as it was, where neither size nor time has changed."""
        known = {
            (row["table_name"], row["name"], row["size"], row["mtime_ns"]): row["sha256"]
            for row in self.engine.query("SELECT * FROM files").to_pylist()
        }
        return tuple(
            LogFile(file.table, file.name, file.path, file.size, file.mtime_ns, sha256)
            if (sha256 := known.get((file.table, file.name, file.size, file.mtime_ns)))
            else file.hashed()
            for file in files
        )

    def find_counted(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """File number and rows of the files that are counted, by table, name and hash."""
        text = "SELECT file_id, table_name, name, sha256, rows_count FROM files"
        return {
            (row["table_name"], row["name"], row["sha256"]): (row["file_id"], row["rows_count"])
            for row in self.engine.query(text).to_pylist()
        }

    def add(
        self,
        files: Sequence[tuple[LogFile, str, int, int]],
        cubes: Mapping[str, pa.Table],
        conflicts: Sequence[Conflict] = (),
    ) -> None:
        """Keeps the counts of a batch: its files with the path that the engine read, their rows,
        and the rows that were counted."""
        last = self.engine.query("SELECT coalesce(max(file_id), 0) AS n FROM files")["n"][0].as_py()
        listed = pa.table(
            {
                "file_id": pa.array(range(last + 1, last + len(files) + 1), pa.int32()),
                "table_name": [file.table for file, *_ in files],
                "name": [file.name for file, *_ in files],
                "size": [file.size for file, *_ in files],
                "mtime_ns": [file.mtime_ns for file, *_ in files],
                "sha256": [file.sha256 for file, *_ in files],
                "rows_count": [rows for *_, rows, _ in files],
                "counted": [counted for *_, counted in files],
                "path": [path for _, path, *_ in files],
            }
        )
        self.engine.register("listed", listed)
        tables = self._tables()
        with self.engine.writing():
            self.engine.execute("INSERT INTO files SELECT * EXCLUDE (path) FROM listed")
            if conflicts:
                rows = pa.Table.from_pylist([asdict(conflict) for conflict in conflicts])
                self.engine.register("found", rows)
                self.engine.execute("INSERT INTO conflicts BY NAME SELECT * FROM found")
            for name, cube in cubes.items():
                self.engine.register("cube", cube)
                select = (
                    "SELECT l.file_id, c.* EXCLUDE (file_name) FROM cube c "
                    "JOIN listed l ON l.path = c.file_name"
                )
                is_there = f"all_{name}" in tables
                begin = "INSERT INTO" if is_there else "CREATE TABLE"
                self.engine.execute(f"{begin} all_{name} {'' if is_there else 'AS'} {select}")

    def forget(self, files: Sequence[LogFile]) -> None:
        """Drops the counts of files that are no longer of the log."""
        current = {(file.table, file.name, file.sha256) for file in files}
        gone = [
            str(number) for key, (number, _) in self.find_counted().items() if key not in current
        ]
        if gone:
            with self.engine.writing():
                listed = ", ".join(gone)
                self.engine.execute(f"DELETE FROM files WHERE file_id IN ({listed})")
                for name in self._tables():
                    self.engine.execute(f"DELETE FROM {name} WHERE file_id IN ({listed})")

    def find_conflicts(self) -> list[Conflict]:
        """Alerts of one identifier in files that are still of the log."""
        text = (
            "SELECT DISTINCT c.* FROM conflicts c JOIN files f ON f.sha256 = c.sha256 "
            "JOIN files o ON o.sha256 = c.other_sha256 ORDER BY c.sha256, c.row"
        )
        return [Conflict(**row) for row in self.engine.query(text).to_pylist()]

    def open_counts(self) -> None:
        """Names the counts as the rollups and the checks read them."""
        for name in CUBES:
            self.engine.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM all_{name}")
        text = "SELECT hour_us FROM interval_hours UNION SELECT hour_us FROM alert_hours"
        self.engine.register("hours", make_hours(self.engine.query(text)["hour_us"].to_pylist()))
        self.engine.register("hundredths", make_hundredths())
        for name in VIEWS:
            text = render_rollup(name)
            self.engine.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {text}")

    def query_rollups(self) -> dict[str, pa.Table]:
        """Every rollup, in the order of its key."""
        return {
            name: self.engine.query(f"{render_rollup(name)} ORDER BY {', '.join(key)}")
            for name, key in ROLLUPS.items()
        }

    def add_alert_ids(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Keeps mixed identifiers, which are in order of size; those that were there before, or are
        there twice. A file that is no longer of the log may leave some behind."""
        paths = sorted(self.home.glob(f"{_IDS}-*.npy"))
        older = [np.load(path, mmap_mode="r") for path in paths]
        seen = [ids[1:][ids[1:] == ids[:-1]]]
        for known in older:
            places = np.searchsorted(known, ids)
            places[places == len(known)] = 0
            seen.append(ids[known[places] == ids] if len(known) else ids[:0])
        whole = len(paths) >= _MAX_ID_FILES
        merged = np.sort(np.concatenate([*older, ids]), kind="stable") if whole else ids
        target = self.home / f"{_IDS}-{len(paths):04d}.npy"
        if whole:
            target = paths[0]
        np.save(self.home / "ids.part.npy", merged)
        (self.home / "ids.part.npy").replace(target)
        for path in paths[1:] if whole else ():
            path.unlink()
        return np.unique(np.concatenate(seen))

    def close(self) -> None:
        """Closes the file."""
        self.engine.close()

    def _tables(self) -> list[str]:
        text = "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'all\\_%' ESCAPE '\\'"
        return [str(name) for name in self.engine.query(text)["table_name"].to_pylist()]


def make_hours(hours_us: Iterable[int | None]) -> pa.Table:
    """Each hour of the log by London's clock."""
    rows = []
    for hour_us in sorted(hour for hour in hours_us if hour is not None):
        local = to_local(hour_us)
        day = local.date().isoformat()
        rows.append(
            {"hour_us": hour_us, "local_date": day, "local_hour": local.hour, "month": day[:7]}
        )
    return pa.Table.from_pylist(rows, _HOURS)


def make_hundredths() -> pa.Table:
    """Thresholds from 0 to 1 in hundredths."""
    return pa.table({"hundredths": pa.array(range(101), pa.int64())})
