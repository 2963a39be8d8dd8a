"""Small event logs that several tests use, and how they are rolled up."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.logs.problems import LogError, LogProblem
from etl.logs.run import LogRequest, RollUp, rolling_up
from etl.logs.texts import ROLLUPS
from tests.benchmarks.make_event_logs import Plan, make_log

FORCES = ("cambridgeshire", "north_wales", "south_wales")
PLAN = Plan(events=60_000, forces=FORCES, days=12)


def make_small_log(folder: Path) -> Path:
    """Twelve days of three forces."""
    make_log(folder, PLAN)
    return folder


def roll_up(logs: Path, working: Path, **options: object) -> RollUp:
    """The rollup of a log, without anything written but the working folder."""
    request = LogRequest(logs, working, frozenset(FORCES), **options)  # type: ignore[arg-type]
    with rolling_up(request) as (result, _mark):
        return result


def find_errors(logs: Path, working: Path, **options: object) -> list[str]:
    """The errors of a log, as a user reads them; none if it was counted."""
    try:
        roll_up(logs, working, **options)
    except LogError as error:
        return [str(problem) for problem in error.problems]
    return []


def find(problems: tuple[LogProblem, ...], check_id: str) -> list[LogProblem]:
    """What one check found."""
    return [problem for problem in problems if problem.check_id == check_id]


def read_truth(logs: Path, name: str) -> pa.Table:
    """The true values of a rollup, in the order of its key."""
    table = pq.read_table(logs / "truth" / f"{name}.parquet")
    return table.sort_by([(column, "ascending") for column in ROLLUPS[name]])


def change(path: Path, change_rows: object) -> None:
    """Rewrites a Parquet file of a log with a function of its table."""
    table = pq.read_table(path)
    pq.write_table(change_rows(table), path)  # type: ignore[operator]
