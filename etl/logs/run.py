"""From a log to its rollups and returns: the one order in which everything happens.

In: a folder with a log, a folder to write to. Out: `RollUp`: the findings, what was written and
where. With an error nothing is written; what was counted of a file is not counted again. Does not
draw progress: it reports rows."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from etl.logs.checks import LogChecker
from etl.logs.column_map import OWN, ColumnMap
from etl.logs.counting import Counted, Report, count_files
from etl.logs.engines.base import Engine
from etl.logs.engines.working_file import WorkingFile
from etl.logs.files import LogFile, find_log_files, hash_log
from etl.logs.late import ReturnedDay, find_late, list_days, mark_returned
from etl.logs.listed import Listed, check_listed, read_listed
from etl.logs.problems import LogError, LogProblem, sort_problems
from etl.logs.reading import LogReader, ReadFile
from etl.model.event_logs import LISTED, LOG_TABLES

WORKING = "not-for-sharing"
ACROSS_FILES = frozenset(
    {
        "alert_of_unknown_camera",
        "alert_outside_deployment",
        "deployment_not_listed",
        "deployment_without_intervals",
        "interval_gap",
        "listed_without_intervals",
    }
)


class LogFoundError(LogError):
    """A log with errors, and everything that the checks found."""

    def __init__(self, found: tuple[LogProblem, ...]) -> None:
        self.found = found
        super().__init__(problem.to_problem() for problem in found)


@dataclass(frozen=True, slots=True)
class RollUp:
    """What came of a log. `rollups` are whole: disclosure control is the writer's."""

    log_sha256: str
    files_count: int
    counted: Counted
    rollups: dict[str, pa.Table]
    listed: dict[str, Listed]
    problems: tuple[LogProblem, ...]
    days: tuple[ReturnedDay, ...]

    @property
    def force_ids(self) -> tuple[str, ...]:
        """The forces of the log."""
        return tuple(sorted(set(self.rollups["force_month"]["force_id"].to_pylist())))


@dataclass(frozen=True, slots=True)
class LogRequest:
    """What is to be rolled up, and how. `returned` are days that were returned from other logs."""

    logs: Path
    working: Path
    force_ids: frozenset[str]
    column_map: ColumnMap = OWN
    accept_late: bool = False
    returned: tuple[ReturnedDay, ...] = ()
    open_engine: Callable[[WorkingFile], Engine] = field(default=lambda working: working.engine)


def silent(_done: int, _total: int) -> None:
    """Reports nothing."""


@contextlib.contextmanager
def rolling_up(
    request: LogRequest, report: Report = silent
) -> Iterator[tuple[RollUp, Callable[[Iterable[str]], None]]]:
    """The rollup of a log, and a function that marks the days of some of its forces as returned;
    `LogError` with every error of the log."""
    request.working.mkdir(parents=True, exist_ok=True)
    working = WorkingFile(request.working)
    engine = None
    try:
        engine = request.open_engine(working)
        result = _roll_up(request, working, engine, report)

        def mark(force_ids: Iterable[str]) -> None:
            wanted = frozenset(force_ids)
            mark_returned(working, [day for day in result.days if day.force_id in wanted])

        yield result, mark
    finally:
        if engine is not None and engine is not working.engine:
            engine.close()
        working.close()


def _roll_up(request: LogRequest, working: WorkingFile, engine: Engine, report: Report) -> RollUp:
    problems: list[LogProblem] = []
    working.use_map(request.column_map.to_json())
    files = working.recall(find_log_files(request.logs, problems))
    current = _read_files(request, working, files, problems)
    _refuse_unread(current, problems)
    events = [file for file in current if file.file.table != LISTED.name]
    known = working.find_counted()
    working.forget([file.file for file in events])
    new = [file for file in events if _key(file.file) not in known]
    counted = count_files(working, engine, new, events, report)
    working.open_counts()
    known = working.find_counted()
    numbers = {known[_key(file.file)][0]: file for file in events}
    found = list(LogChecker(working, numbers, request.force_ids).check())
    found += find_late(working, numbers, request.returned, accepted=request.accept_late)
    entries = read_listed(working.engine, [file for file in current if file not in events])
    rollups = working.query_rollups()
    found += check_listed(entries, rollups["deployments"], request.force_ids)
    if problems:  # what is missing because a file was not read is no fault of its own
        found = [problem for problem in found if problem.check_id not in ACROSS_FILES]
    _refuse([*problems, *found])
    listed = {entry.deployment_id: entry for entry in entries}
    return RollUp(
        hash_log(files),
        len(files),
        counted,
        rollups,
        listed,
        sort_problems(found),
        list_days(working, numbers),
    )


def _refuse_unread(current: Sequence[ReadFile], problems: list[LogProblem]) -> None:
    """Stops before a row is counted where a column is about people, or a table has no file."""
    read = {file.file.table for file in current}
    if not read.issuperset(LOG_TABLES) or any(
        problem.check_id == "personal_column" for problem in problems
    ):
        _refuse(problems)


def _read_files(
    request: LogRequest,
    working: WorkingFile,
    files: Sequence[LogFile],
    problems: list[LogProblem],
) -> list[ReadFile]:
    """Every file of the log as Parquet; those that were counted are not opened again."""
    converted = request.working / "converted"
    converted.mkdir(exist_ok=True)
    known = working.find_counted()
    reader = LogReader(working.engine, request.column_map, converted)
    current = []
    for file in files:
        if (counted := known.get(_key(file))) is not None:
            other = converted / f"{file.sha256}.parquet"
            current.append(ReadFile(file, other if other.exists() else file.path, counted[1]))
        elif (read := reader.read(file)) is not None:
            current.append(read)
    problems += reader.problems
    return current


def _key(file: LogFile) -> tuple[str, str, str]:
    return file.table, file.name, file.sha256


def _refuse(problems: list[LogProblem]) -> None:
    if any(problem.severity == "error" for problem in problems):
        raise LogFoundError(sort_problems(problems))
