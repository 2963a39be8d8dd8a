"""Writes what came of a log: rollups as Parquet, returns, findings, in one folder that appears
whole.

In: a `RollUp`, the folder. Out: `FOLDER/current`, a link to the newest run; older runs are removed.
Counts by group that are too small are hidden in everything that is written."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.files import NotWritableError
from etl.formats.workbook_files import write_workbook
from etl.logs.filled_return import MAX_DEPLOYMENTS, make_return
from etl.logs.groups import find_hidden_forces, hide_groups
from etl.logs.problems import LogProblem
from etl.logs.run import RollUp
from etl.model.problems import Problem
from etl.returns.texts import Translate

CURRENT = "current"
_GROUPS = "force_month_group"


@dataclass(frozen=True, slots=True)
class Written:
    """The folder of a run, its returns by force, and the forces that have none because they have
    too many deployments for one."""

    folder: Path
    returns: dict[str, Path]
    too_large: tuple[str, ...]


def write_rollup(
    rollup: RollUp, to: Path, *, with_returns: bool = True, describe: Translate = str
) -> Written:
    """Writes a run and makes it the current one; `NotWritableError` with nothing changed."""
    try:
        return _write(rollup, to, with_returns, describe)
    except (OSError, pa.ArrowException) as error:
        found = str(getattr(error, "strerror", None) or error).splitlines()[0]
        raise NotWritableError(
            Problem(
                str(to),
                found,
                "a folder that can be written, with room on its disk",
                "Make room or choose another place, and start again: nothing is counted twice.",
            )
        ) from None


def _write(rollup: RollUp, to: Path, with_returns: bool, describe: Translate) -> Written:
    runs = to / "runs"
    runs.mkdir(parents=True, exist_ok=True)
    numbers = [int(path.name) for path in runs.iterdir() if path.name.isdigit()]
    home = runs / f"{max(numbers, default=0) + 1:06d}"
    part = runs / f".{home.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    try:
        returns, too_large = _fill(rollup, part, with_returns, describe)
        part.rename(home)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    link = to / f".{CURRENT}.part"
    link.unlink(missing_ok=True)
    link.symlink_to(home.relative_to(to))
    os.replace(link, to / CURRENT)
    for older in runs.iterdir():
        if older != home:
            shutil.rmtree(older, ignore_errors=True)
    return Written(home, {force_id: home / name for force_id, name in returns.items()}, too_large)


def _fill(
    rollup: RollUp, part: Path, with_returns: bool, describe: Translate
) -> tuple[dict[str, str], tuple[str, ...]]:
    (part / "rollups").mkdir(parents=True)
    hidden = find_hidden_forces(rollup.rollups[_GROUPS])
    for name, table in rollup.rollups.items():
        shown = hide_groups(table, hidden) if name == _GROUPS else table
        about = {"log_sha256": rollup.log_sha256, "rollup": name}
        shown = shown.replace_schema_metadata({"about": json.dumps(about)})
        pq.write_table(shown, part / "rollups" / f"{name}.parquet", compression="zstd")
    write_findings(part / "checks.csv", rollup.problems)
    returns: dict[str, str] = {}
    counts = rollup.rollups["deployments"]["force_id"].to_pylist() if with_returns else []
    too_large = tuple(
        force_id for force_id in sorted(set(counts)) if counts.count(force_id) > MAX_DEPLOYMENTS
    )
    for force_id in sorted({*counts} - {*too_large}):
        name = f"return-{force_id}.xlsx"
        book = make_return(rollup, force_id, hidden, describe)
        (part / name).write_bytes(write_workbook(book))
        returns[force_id] = name
    return returns, too_large


def write_findings(path: Path, problems: Iterable[LogProblem]) -> None:
    """What the checks found, as CSV."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(
            ["severity", "check_id", "file", "row", "rows_count", "found", "expected", "remedy"]
        )
        for problem in problems:
            writer.writerow(
                [
                    problem.severity,
                    problem.check_id,
                    problem.file,
                    problem.row or "",
                    problem.rows_count,
                    problem.found,
                    problem.expected,
                    problem.remedy,
                ]
            )
