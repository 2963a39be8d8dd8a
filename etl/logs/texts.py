"""The texts of SQL, each once: what is counted of a log, and the rollups that follow from it.

In: the files of `sql/`. Out: SQL that DuckDB and Spark run as it is. Integers alone are added up;
every output is cast; no function of a time zone: local hours come as the table `hours`."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

SQL = Path(__file__).parent / "sql"
LONDON = ZoneInfo("Europe/London")
CUBES = (
    "interval_hours",
    "alert_hours",
    "alert_scores",
    "alert_delays",
    "alert_groups",
    "alert_reasons",
)
VIEWS = ("forces_of", "events")
ROLLUPS = {
    "deployments": ("force_id", "deployment_id"),
    "force_day": ("force_id", "local_date"),
    "force_month": ("force_id", "month"),
    "force_hour": ("force_id", "local_hour"),
    "force_camera": ("force_id", "camera_id"),
    "force_month_group": ("force_id", "month", "classification_code", "group_code"),
    "threshold_curve": ("force_id", "month", "threshold_hundredths", "at_threshold_hundredths"),
    "decision_minutes": ("force_id", "month"),
}
MEASURES = (
    "intervals_count",
    "scanned_seconds",
    "faces_seen_count",
    "alerts_count",
    "true_alerts_count",
    "false_alerts_count",
    "engagements_after_true_alerts_count",
    "engagements_after_false_alerts_count",
    "arrests_count",
    "other_disposals_count",
    "no_action_count",
)
HOUR_US = 3_600_000_000
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@cache
def read_text(folder: str, name: str) -> str:
    """A text of SQL as its file has it."""
    return (SQL / folder / f"{name}.sql").read_text(encoding="utf-8")


def render_cube(name: str, first_us: int, last_us: int) -> str:
    """What is counted of files whose events are between two instants."""
    column = "unix_micros(alerted_at)"
    return read_text("cubes", name).replace("{month}", _render_month(column, first_us, last_us))


def render_rollup(name: str) -> str:
    """A rollup, or a view that rollups are made from."""
    sums = ", ".join(f"CAST(SUM({measure}) AS BIGINT) AS {measure}" for measure in MEASURES)
    columns = ", ".join(f"s.{measure}" for measure in MEASURES)
    return read_text("rollups", name).replace("{sums}", sums).replace("{columns}", columns)


def to_local(instant_us: int) -> dt.datetime:
    """An instant by London's clock."""
    return (_EPOCH + dt.timedelta(microseconds=instant_us)).astimezone(LONDON)


def _render_month(column: str, first_us: int, last_us: int) -> str:
    """The month by London's clock, as a comparison with the instants at which months begin."""
    year, month = to_local(first_us).year, to_local(first_us).month
    cases = []
    while True:
        name = f"{year:04d}-{month:02d}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = dt.datetime(year, month, 1, tzinfo=LONDON)
        end_us = round((end - _EPOCH) / dt.timedelta(microseconds=1))
        if end_us > last_us:
            break
        cases.append(f"WHEN {column} < {end_us} THEN '{name}'")
    return f"CASE {' '.join(cases)} ELSE '{name}' END" if cases else f"'{name}'"
