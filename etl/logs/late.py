"""Days that were returned already: their files are as they were, or the rollup stops.

In: the working file, its current files. Out: late events by day; days marked as returned. Nothing
is added to a day in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa

from etl.logs.engines.working_file import WorkingFile
from etl.logs.problems import LogProblem
from etl.logs.reading import ReadFile
from etl.model.log_checks import LOG_CHECKS

_DAYS = """
SELECT 'scan_intervals' AS table_name, c.force_id, h.local_date, c.file_id,
  SUM(c.intervals_count) AS rows_count
FROM interval_hours c JOIN hours h ON h.hour_us = c.hour_us GROUP BY ALL
UNION ALL
SELECT 'alert_events', f.force_id, h.local_date, c.file_id, SUM(c.alerts_count)
FROM alert_hours c JOIN hours h ON h.hour_us = c.hour_us
JOIN forces_of f ON f.deployment_id = c.deployment_id GROUP BY ALL
"""


def find_late(working: WorkingFile, files: Mapping[int, ReadFile]) -> Iterator[LogProblem]:
    """Files whose days were returned from another file."""
    check = LOG_CHECKS["late_events"]
    rows = working.engine.query(
        f"SELECT d.file_id, list(d.local_date || ' of ' || d.force_id "
        "ORDER BY d.local_date, d.force_id) AS days, sum(d.rows_count) AS n "
        f"FROM ({_DAYS}) d JOIN files f ON f.file_id = d.file_id "
        "WHERE EXISTS (SELECT 1 FROM returned r WHERE r.force_id = d.force_id "
        "AND r.local_date = d.local_date) AND NOT EXISTS (SELECT 1 FROM returned r "
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
            check.severity,
            files[row["file_id"]].file.name,
            None,
            found,
            check.expected,
            check.remedy,
            int(row["n"]),
        )


def mark_returned(working: WorkingFile, files: Mapping[int, ReadFile]) -> None:
    """Marks every day of the log as returned from its files."""
    hashes = {"file_id": list(files), "sha256": [file.file.sha256 for file in files.values()]}
    working.engine.register("hashes", pa.table(hashes))
    with working.engine.writing():
        working.engine.execute("DELETE FROM returned")
        working.engine.execute(
            "INSERT INTO returned SELECT DISTINCT d.force_id, d.local_date, d.table_name, h.sha256 "
            f"FROM ({_DAYS}) d JOIN hashes h ON h.file_id = d.file_id"
        )
