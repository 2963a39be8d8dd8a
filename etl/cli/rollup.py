"""The verb of event logs: `rollup`, from a log to its rollups and a filled return.

In: arguments. Out: files, messages, and an exit code that is 0 only if the log was counted. Does
not decide anything itself."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.console import console, print_lines, show_rows
from etl.cli.options import DATA, DataFolder

if TYPE_CHECKING:
    from collections.abc import Callable

    from etl.logs.engines.base import Engine
    from etl.logs.engines.working_file import WorkingFile
    from etl.logs.output import Written
    from etl.logs.run import RollUp


class EngineName(StrEnum):
    """Where a log is counted."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def rollup(
    logs: Annotated[Path, typer.Argument(help="The folder of the log (docs/event-logs.md).")],
    to: Annotated[Path, typer.Option("--to", help="The folder to write to.")],
    engine: Annotated[EngineName, typer.Option(help="Where the log is counted.")] = (
        EngineName.DUCKDB
    ),
    spark: Annotated[str, typer.Option(help="The Spark Connect server.")] = "sc://localhost:15002",
    column_map: Annotated[
        Path | None, typer.Option("--map", help="A saved map of the vendor's columns (JSON).")
    ] = None,
    accept_late: Annotated[
        bool, typer.Option("--accept-late", help="Count changed files of days that were returned.")
    ] = False,
    returns: Annotated[bool, typer.Option(help="Write a filled return of each force.")] = True,
    data: DataFolder = DATA,
) -> None:
    """Count an event log: rollups as Parquet and a filled return; every problem at once.
    What was counted of a file is not counted again."""
    from etl.cli.returns import read_text
    from etl.logs.column_map import OWN, open_column_map
    from etl.logs.output import write_rollup
    from etl.logs.run import WORKING, LogRequest, rolling_up
    from etl.sources.reference_tables import open_forces

    request = LogRequest(
        logs,
        to / WORKING,
        frozenset(open_forces(data / "reference")),
        open_column_map(read_text(column_map)) if column_map else OWN,
        accept_late,
        open_engine=_choose_engine(engine, spark),
    )
    with show_rows() as report, rolling_up(request, report) as (result, mark_returned):
        written = write_rollup(result, to, with_returns=returns)
        mark_returned(written.returns)
    _describe(result, written)


def _choose_engine(engine: EngineName, spark: str) -> Callable[[WorkingFile], Engine]:
    if engine is EngineName.DUCKDB:
        return lambda working: working.engine
    from etl.logs.engines.spark import open_spark

    return lambda _working: open_spark(spark)


def _describe(result: RollUp, written: Written) -> None:
    print_lines([str(problem) for problem in result.problems])
    console.print(
        f"{result.counted.rows_count:,} rows of {result.counted.files_count:,} new or changed "
        f"files counted; the log has {result.files_count:,} files, hash {result.log_sha256[:12]}.",
        markup=False,
    )
    for path in written.returns.values():
        console.print(f"the filled return: {path}", markup=False)
    for force_id in written.too_large:
        console.print(
            f"no return of {force_id}: too many deployments for one. Count a shorter period.",
            markup=False,
        )
    console.print(f"the rollups: {written.folder / 'rollups'}", markup=False)
