"""Every fault that is planted in a log is found, with its file, row and number of rows; errors stop
the rollup, the rest is listed with it."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.logs.drafts import CountedLog, count_folder, count_uploads, keep_days
from etl.logs.problems import LogProblem
from etl.logs.run import LogRequest, rolling_up
from etl.model.log_checks import LOG_CHECKS
from tests.benchmarks.make_event_logs import Plan, make_log
from tests.benchmarks.plant_faults import FAULTS
from tests.conftest import Once
from tests.logs.sample_logs import FORCES, change, find, find_errors, read_truth, roll_up

DAY = "2025-01-02"
PLAN = Plan(events=3_000, forces=FORCES[:1], days=3)


@pytest.fixture(scope="module")
def sound(once: Once) -> Path:
    return once("event-log-of-three-days", lambda folder: make_log(folder, PLAN))


@pytest.fixture
def log(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "log"))


def test_nothing_is_found_in_a_sound_log(log: Path, tmp_path: Path) -> None:
    assert roll_up(log, tmp_path / "working").problems == ()


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str, log: Path, tmp_path: Path) -> None:
    planted = FAULTS[name](log, DAY)
    check = LOG_CHECKS[planted.check_id]
    if check.severity == "error":
        errors = find_errors(log, tmp_path / "working")
        place = planted.file + (f", row {planted.row}:" if planted.row else ":")
        assert [error for error in errors if error.startswith(place)], errors
        assert all(check.expected in error or planted.rows_count > 1 for error in errors), errors
        return
    found = find(roll_up(log, tmp_path / "working").problems, planted.check_id)
    assert [(problem.file, problem.row, problem.rows_count) for problem in found] == [
        (planted.file, planted.row, planted.rows_count)
    ]


def _make_night(folder: Path, day: dt.date, hours: tuple[int, ...]) -> Path:
    """A day of a clock change with one more camera, which scans whole hours of the night."""
    make_log(folder, Plan(events=1_000, forces=FORCES[:1], days=1, first_day=day))

    def add(table: pa.Table) -> pa.Table:
        (row,) = table.slice(0, 1).to_pylist()
        start = dt.datetime.combine(day, dt.time(), dt.UTC)
        rows = [
            {**row, "camera_id": "night", "started_at": start.replace(hour=hour), "seconds": 3600}
            for hour in hours
        ]
        more = pa.Table.from_pylist(rows, table.schema)
        return pa.concat_tables([table, more]).unify_dictionaries()

    change(folder / "scan_intervals" / f"{day}.parquet", add)
    return folder


def test_an_hour_of_the_clock_change_that_is_there_twice_is_an_error(tmp_path: Path) -> None:
    log = _make_night(tmp_path / "log", dt.date(2025, 10, 26), (0, 1, 1, 2))
    (error,) = [
        error for error in find_errors(log, tmp_path / "working") if not error.startswith("warning")
    ]
    assert "the hour of the clock change there twice, 1 overlaps of 3,600 seconds" in error


def test_an_hour_of_the_clock_change_that_is_missing_is_a_warning(tmp_path: Path) -> None:
    log = _make_night(tmp_path / "log", dt.date(2025, 3, 30), (0, 2))
    (missing,) = find(roll_up(log, tmp_path / "working").problems, "clock_change_hour")
    assert missing.severity == "warning"
    assert "missing, 1 gaps of 3,600 seconds" in missing.found


def test_an_alert_sent_twice_is_counted_once(log: Path, tmp_path: Path) -> None:
    FAULTS["send_again"](log, DAY)
    rollup = roll_up(log, tmp_path / "working").rollups["deployments"].to_pylist()
    truth = read_truth(log, "deployments").to_pylist()
    assert [row["alerts_count"] for row in rollup] == [row["alerts_count"] for row in truth]


def test_every_fault_of_a_log_is_told_at_once(log: Path, tmp_path: Path) -> None:
    planted = [
        FAULTS[name](log, DAY) for name in ("send_changed", "interval_twice", "seconds_of_none")
    ]
    (log / "alert_events" / "2025-01-01.parquet").write_bytes(b"PAR1 cut off")
    errors = find_errors(log, tmp_path / "working")
    for file in ("alert_events/2025-01-01.parquet", *(fault.file for fault in planted)):
        assert any(error.startswith(file) for error in errors), (file, errors)


def test_a_changed_day_that_was_returned_is_refused_until_it_is_accepted(
    log: Path, tmp_path: Path
) -> None:
    request = LogRequest(log, tmp_path / "working", frozenset(FORCES))
    with rolling_up(request) as (before, mark_returned):
        mark_returned(FORCES)
    FAULTS["score_too_low"](log, DAY)
    error, _score = find_errors(log, tmp_path / "working")
    assert error.startswith(
        f"alert_events/{DAY}.parquet: found 150 rows of days that were returned"
    )
    after = roll_up(log, tmp_path / "working", accept_late=True)
    assert after.log_sha256 != before.log_sha256
    (late,) = find(after.problems, "late_events")
    assert (late.severity, late.file, late.rows_count) == (
        "warning",
        f"alert_events/{DAY}.parquet",
        150,
    )
    assert after.counted.files_count == 0  # counted before it was refused


def test_a_returned_day_is_remembered_when_a_later_log_is_returned_without_it(
    log: Path, tmp_path: Path
) -> None:
    request = LogRequest(log, tmp_path / "working", frozenset(FORCES))
    with rolling_up(request) as (_before, mark_returned):
        mark_returned(FORCES)
    own = [log / table / f"{DAY}.parquet" for table in ("scan_intervals", "alert_events")]
    aside = [path.rename(tmp_path / f"{path.parent.name}.parquet") for path in own]
    listed = (log / "deployments.csv").read_text(encoding="utf-8")
    FAULTS["a_deployment_not_listed"](log, DAY)
    with rolling_up(request) as (_later, mark_returned):
        mark_returned(FORCES)
    for path, stored in zip(own, aside, strict=True):
        stored.rename(path)
    (log / "deployments.csv").write_text(listed, encoding="utf-8")
    assert find_errors(log, tmp_path / "working") == []
    FAULTS["score_too_low"](log, DAY)
    assert f"{DAY} of cambridgeshire" in find_errors(log, tmp_path / "working")[0]


def test_only_days_of_forces_with_a_return_are_marked(log: Path, tmp_path: Path) -> None:
    request = LogRequest(log, tmp_path / "working", frozenset(FORCES))
    with rolling_up(request) as (_before, mark_returned):
        mark_returned(())
    FAULTS["score_too_low"](log, DAY)
    assert find_errors(log, tmp_path / "working") == []


@pytest.mark.parametrize("is_upload", [True, False])
def test_the_force_site_names_late_events_of_a_saved_return(
    is_upload: bool, log: Path, tmp_path: Path
) -> None:
    (force_id,) = PLAN.forces
    working = tmp_path / "site"

    def count(*, accept_late: bool = False) -> CountedLog:
        if not is_upload:
            return count_folder(
                str(tmp_path / "allowed"), force_id, "log", working, accept_late=accept_late
            )
        files = {"deployments.csv": (log / "deployments.csv").read_bytes()}
        for table in ("scan_intervals", "alert_events"):
            out = io.BytesIO()
            parts = [pq.read_table(path) for path in sorted((log / table).iterdir())]
            pq.write_table(pa.concat_tables(parts), out)
            files[f"{table}.parquet"] = out.getvalue()
        return count_uploads(files, force_id, working, accept_late=accept_late)

    (tmp_path / "allowed" / force_id).mkdir(parents=True)
    shutil.copytree(log, tmp_path / "allowed" / force_id / "log")
    first = count()
    assert first.content
    keep_days(working, force_id, first)
    assert count().problems == ()
    FAULTS["score_too_low"](log if is_upload else tmp_path / "allowed" / force_id / "log", DAY)
    refused = count()
    (late,) = find(refused.problems, "late_events")
    assert (late.severity, refused.content) == ("error", b"")
    assert DAY in late.found
    accepted = count(accept_late=True)
    (late,) = find(accepted.problems, "late_events")
    assert late.severity == "warning"
    assert accepted.content
    keep_days(working, force_id, accepted)
    assert find(count().problems, "late_events") == []


def test_only_new_and_changed_files_are_counted_again(log: Path, tmp_path: Path) -> None:
    last = [log / table / "2025-01-03.parquet" for table in ("scan_intervals", "alert_events")]
    aside = [path.rename(tmp_path / f"{path.parent.name}.parquet") for path in last]
    first = roll_up(log, tmp_path / "working")
    assert (first.counted.files_count, len(first.rollups["force_day"])) == (4, 2)
    for path, stored in zip(last, aside, strict=True):
        stored.rename(path)
    second = roll_up(log, tmp_path / "working")
    assert second.counted.files_count == 2
    whole = roll_up(log, tmp_path / "other")
    assert all(second.rollups[name].equals(table) for name, table in whole.rollups.items())
    for path in last:
        path.unlink()
    third = roll_up(log, tmp_path / "working")
    assert third.counted.files_count == 0
    assert all(third.rollups[name].equals(table) for name, table in first.rollups.items())


def test_a_problem_reads_as_a_sentence() -> None:
    problem = LogProblem("interval_gap", "warning", "a.csv", 7, "a gap", "none", "Look.")
    assert str(problem) == "warning: a.csv, row 7: found a gap; expected none. Look."
