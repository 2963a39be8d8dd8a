"""The files of a log: found in its folder, and recognised again by their content.

In: a folder with `scan_intervals`, `alert_events` and `deployments`, each one file or a folder of
files. Out: `LogFile`s and every problem of finding them. Does not look into a file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from etl.logs.problems import LogProblem
from etl.model.event_logs import LISTED, LOG_TABLES

FORMATS = (".parquet", ".csv", ".jsonl")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class LogFile:
    """A file of a table. `name` is its path in the log; `sha256` is empty until it is computed."""

    table: str
    name: str
    path: Path
    size: int
    mtime_ns: int
    sha256: str = ""

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()

    def hashed(self) -> LogFile:
        """The same with the hash of its content."""
        with self.path.open("rb") as opened:
            digest = hashlib.sha256()
            while piece := opened.read(_PIECE):
                digest.update(piece)
        return replace(self, sha256=digest.hexdigest())


def find_log_files(folder: Path, problems: list[LogProblem]) -> tuple[LogFile, ...]:
    """Every file of the log in order of table and name."""
    if not folder.is_dir():
        _add(problems, str(folder), "no such folder", "a folder with a log", "Check the path.")
        return ()
    files: list[LogFile] = []
    for table in LOG_TABLES:
        paths = [folder / table, *(folder / f"{table}{suffix}" for suffix in FORMATS)]
        present = [path for path in paths if os.path.lexists(path)]
        if len(present) != 1:
            found = " and ".join(path.name for path in present) or "nothing of that name"
            _add(
                problems,
                table,
                found,
                f"one folder {table}, or one file {table} ending in {', '.join(FORMATS)}",
                "Arrange it as docs/event-logs.md shows.",
            )
        for path in present:
            before = len(files), len(problems)
            files += _list_files(table, folder, path, problems)
            if before == (len(files), len(problems)):
                _add(problems, path.name, "no file", "files of the log", "Check the folder.")
    return tuple(files)


def hash_log(files: Iterable[LogFile]) -> str:
    """The hash of a whole log: of the names and hashes of its files."""
    lines = sorted(f"{file.name} {file.sha256}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _list_files(
    table: str, folder: Path, path: Path, problems: list[LogProblem]
) -> Iterator[LogFile]:
    for found in [path] if path.is_file() else _walk(folder, path, problems):
        name = found.relative_to(folder).as_posix()
        try:
            stat = found.stat()
            with found.open("rb"):
                pass
        except OSError as error:
            _refuse_access(problems, name, error)
            continue
        if found.suffix.lower() not in FORMATS:
            expected = f"files ending in {', '.join(FORMATS)}"
            _add(problems, name, "a file of another kind", expected, "Remove it from the log.")
        elif stat.st_size == 0:
            _add(problems, name, "an empty file", "a file with rows", "Export it again.")
        elif table == LISTED.name and found.suffix.lower() != ".csv":
            _add(problems, name, "a list that is not CSV", "deployments.csv", "Save it as CSV.")
        else:
            yield LogFile(table, name, found, stat.st_size, stat.st_mtime_ns)


def _walk(folder: Path, path: Path, problems: list[LogProblem]) -> list[Path]:
    """Files below a folder; those that begin with a dot or an underscore are an engine's own."""

    def refuse(error: OSError) -> None:
        name = Path(str(error.filename)).relative_to(folder).as_posix()
        _refuse_access(problems, name, error)

    return sorted(
        Path(home) / name
        for home, _folders, names in os.walk(path, onerror=refuse)
        for name in names
        if not name.startswith((".", "_"))
    )


def _refuse_access(problems: list[LogProblem], name: str, error: OSError) -> None:
    expected = "a file or folder that this user may read"
    _add(problems, name, str(error.strerror), expected, "Ask for the right to read it.")


def _add(problems: list[LogProblem], name: str, found: str, expected: str, remedy: str) -> None:
    problems.append(LogProblem("unreadable_file", "error", name, None, found, expected, remedy))
