"""The list of deployments that goes with a log: places and sizes of watchlists.

In: the converted `deployments.csv`, the rollup of deployments. Out: `Listed` entries and what is
wrong with them. Does not judge a place's text: the check of returns does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from etl.logs.engines.duckdb import DuckEngine, render_source
from etl.logs.problems import LogProblem
from etl.logs.reading import ReadFile
from etl.model.log_checks import LOG_CHECKS


@dataclass(frozen=True, slots=True)
class Listed:
    """One deployment of the list, and the row of its file."""

    force_id: str
    deployment_id: str
    location_text: str
    use_case_text: str
    watchlist_size: int
    threshold: float
    file: str
    row: int


def read_listed(engine: DuckEngine, files: Sequence[ReadFile]) -> list[Listed]:
    """Every entry of the list."""
    entries = []
    for file in files:
        source = f"{render_source([file.parquet])[:-1]}, file_row_number = true)"
        for row in engine.query(f"SELECT * FROM {source} ORDER BY file_row_number").to_pylist():
            entries.append(
                Listed(
                    row["force_id"],
                    row["deployment_id"],
                    row["location_text"],
                    row["use_case_text"] or "",
                    row["watchlist_size"],
                    row["threshold"],
                    file.file.name,
                    row["file_row_number"] + file.first_row,
                )
            )
    return entries


def check_listed(
    entries: Sequence[Listed], deployments: pa.Table, force_ids: frozenset[str]
) -> Iterator[LogProblem]:
    """Deployments that are not listed once, and entries of none."""
    of_log = {row["deployment_id"]: row for row in deployments.to_pylist()}
    by_id: dict[str, list[Listed]] = {}
    for entry in entries:
        by_id.setdefault(entry.deployment_id, []).append(entry)
    file = entries[0].file if entries else "deployments.csv"
    for deployment_id in of_log:
        if deployment_id not in by_id:
            yield _problem("deployment_not_listed", file, None, f"no row of {deployment_id}")
    for deployment_id, rows in by_id.items():
        entry = rows[-1]
        if len(rows) > 1:
            found = f"{deployment_id} in {len(rows)} rows"
            yield _problem("deployment_not_listed", file, entry.row, found)
        if entry.force_id not in force_ids:
            found = f"the force {entry.force_id[:40]!r}"
            yield _problem("wrong_value", file, entry.row, found, "the identifier of a force")
        elif deployment_id not in of_log:
            yield _problem("listed_without_intervals", file, entry.row, deployment_id)
        elif (force_id := of_log[deployment_id]["force_id"]) != entry.force_id:
            found = f"{deployment_id} of {entry.force_id} and of {force_id}"
            yield _problem("deployment_of_two_forces", file, entry.row, found)
        elif words := _find_other_threshold(entry, of_log[deployment_id]):
            yield _problem("threshold_differs", file, entry.row, words)


def _find_other_threshold(entry: Listed, deployment: dict[str, int | None]) -> str:
    """The thresholds of a deployment's alerts in words, where they are not the list's."""
    least = deployment["least_threshold_hundredths"]
    most = deployment["most_threshold_hundredths"]
    listed = int(entry.threshold * 100 + 1e-6)
    if least is None or most is None or least == most == listed:
        return ""
    given = f"{least / 100:.2f}" + (f" to {most / 100:.2f}" if most != least else "")
    return f"{entry.deployment_id} with {listed / 100:.2f}; its alerts with {given}"


def _problem(
    check_id: str, file: str, row: int | None, found: str, expected: str = ""
) -> LogProblem:
    check = LOG_CHECKS[check_id]
    return LogProblem(
        check_id, check.severity, file, row, found, expected or check.expected, check.remedy
    )
