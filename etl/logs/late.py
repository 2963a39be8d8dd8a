"""Days that were returned already: their files are as they were, or the rollup stops.

In: the working file, its current files, days that were returned elsewhere. Out: late events by day;
days marked as returned. Nothing is added to a day in silence, also where late events are accepted.
A day stays returned when its log is gone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa

from etl.files import write_atomically
from etl.logs.engines.working_file import WorkingFile
from etl.logs.problems import LogProblem
from etl.logs.reading import ReadFile
from etl.model.log_checks import LOG_CHECKS

_RETURNED = pa.schema(
    dict.fromkeys(("force_id", "local_date", "table_name", "sha256"), pa.string())
)
_DAYS = """
SELECT 'scan_intervals' AS table_name, c.force_id, h.local_date, c.file_id,
  SUM(c.intervals_count) AS rows_count
FROM interval_hours c JOIN hours h ON h.hour_us = c.hour_us GROUP BY ALL
UNION ALL
SELECT 'alert_events', f.force_id, h.local_date, c.file_id, SUM(c.alerts_count)
FROM alert_hours c JOIN hours h ON h.hour_us = c.hour_us
JOIN forces_of f ON f.deployment_id = c.deployment_id GROUP BY ALL
"""


@dataclass(frozen=True, order=True, slots=True)
class ReturnedDay:
    """A local day of a force in a table, and the hash of a file with its rows."""

    force_id: str
    local_date: str
    table_name: str
    sha256: str


def list_days(working: WorkingFile, files: Mapping[int, ReadFile]) -> tuple[ReturnedDay, ...]:
    """The days of the log, in order."""
    rows = working.engine.query(f"SELECT * FROM ({_DAYS})").to_pylist()
    days = {
        ReturnedDay(
            row["force_id"],
            row["local_date"],
            row["table_name"],
            files[row["file_id"]].file.sha256,
        )
        for row in rows
        if row["force_id"] is not None and row["local_date"] is not None
    }
    return tuple(sorted(days))


def find_late(
    working: WorkingFile,
    files: Mapping[int, ReadFile],
    elsewhere: Sequence[ReturnedDay] = (),
    *,
    accepted: bool = False,
) -> Iterator[LogProblem]:
    """Files whose days were returned from another file; a warning where that is accepted."""
    check = LOG_CHECKS["late_events"]
    working.engine.register("elsewhere", _to_table(elsewhere))
    rows = working.engine.query(
        "WITH known AS (SELECT force_id, local_date, table_name, sha256 FROM returned "
        "UNION SELECT force_id, local_date, table_name, sha256 FROM elsewhere) "
        "SELECT d.file_id, list(d.local_date || ' of ' || d.force_id "
        "ORDER BY d.local_date, d.force_id) AS days, sum(d.rows_count) AS n "
        f"FROM ({_DAYS}) d JOIN files f ON f.file_id = d.file_id "
        "WHERE EXISTS (SELECT 1 FROM known r WHERE r.force_id = d.force_id "
        "AND r.local_date = d.local_date) AND NOT EXISTS (SELECT 1 FROM known r "
        "WHERE r.force_id = d.force_id AND r.local_date = d.local_date "
        "AND r.table_name = d.table_name AND r.sha256 = f.sha256) "
        "GROUP BY d.file_id ORDER BY d.file_id"
    ).to_pylist()
    for row in rows:
        days = row["days"]
        more = f" and {len(days) - 3} more days" if len(days) > 3 else ""
        found = f"{row['n']:,} rows of days that were returned: {', '.join(days[:3])}{more}"
        yield LogProblem(
            check.check_id,
            "warning" if accepted else check.severity,
            files[row["file_id"]].file.name,
            None,
            found,
            check.expected,
            check.remedy,
            int(row["n"]),
        )


def mark_returned(working: WorkingFile, days: Sequence[ReturnedDay]) -> None:
    """Marks days as returned from their files; other days stay as they were."""
    working.engine.register("new_days", _to_table(days))
    with working.engine.writing():
        working.engine.execute(
            "DELETE FROM returned WHERE (force_id, local_date) IN "
            "(SELECT (force_id, local_date) FROM new_days)"
        )
        working.engine.execute(
            "INSERT INTO returned SELECT force_id, local_date, table_name, sha256 FROM new_days"
        )


def read_returned(path: Path) -> tuple[ReturnedDay, ...]:
    """The returned days that a file lists; none where there is no file."""
    if not path.exists():
        return ()
    return tuple(ReturnedDay(**day) for day in json.loads(path.read_text(encoding="utf-8")))


def keep_returned(path: Path, days: Sequence[ReturnedDay]) -> None:
    """Adds days to the file, each as its newest return has it."""
    new = {(day.force_id, day.local_date) for day in days}
    older = [day for day in read_returned(path) if (day.force_id, day.local_date) not in new]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    listed = [asdict(day) for day in sorted([*older, *days])]
    write_atomically(path, lambda out: out.write(json.dumps(listed)))


def _to_table(days: Iterable[ReturnedDay]) -> pa.Table:
    return pa.Table.from_pylist([asdict(day) for day in days], _RETURNED)
