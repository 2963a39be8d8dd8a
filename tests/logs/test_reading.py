"""Files that cannot be read as a log: each is refused with its file and row, all at once, and
nothing is written."""

from __future__ import annotations

import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq
import pytest

from etl.logs.column_map import open_column_map
from etl.logs.files import find_log_files
from etl.logs.problems import LogProblem
from etl.model.problems import InvalidReferenceError
from etl.settings import ROOT
from tests.benchmarks.make_event_logs import Plan, make_log
from tests.conftest import Once
from tests.logs.sample_logs import FORCES, find_errors, roll_up

FIRST, DAY = "2025-01-01", "2025-01-02"
PLAN = Plan(events=1_500, forces=FORCES[:1], days=2)


@pytest.fixture(scope="module")
def sound(once: Once) -> Path:
    return once("event-log-of-two-days", lambda folder: make_log(folder, PLAN))


@pytest.fixture
def log(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "log"))


def _rewrite(path: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    pq.write_table(change(pq.read_table(path)), path)


def _cast(path: Path, column: str, kind: pa.DataType) -> None:
    def change(table: pa.Table) -> pa.Table:
        place = table.column_names.index(column)
        return table.set_column(place, column, table[column].cast(kind))

    _rewrite(path, change)


def _to_text(log: Path, suffix: str) -> None:
    """The tables of a log as one text file each, times in ISO 8601."""
    for table in ("scan_intervals", "alert_events"):
        rows = pa.concat_tables(
            [pq.read_table(path) for path in sorted((log / table).iterdir())]
        ).to_pylist()
        shutil.rmtree(log / table)
        for row in rows:
            for name, value in row.items():
                row[name] = value.isoformat() if hasattr(value, "isoformat") else value
        target = log / f"{table}{suffix}"
        if suffix == ".csv":
            pc_csv.write_csv(pa.Table.from_pylist(rows), target)
        else:
            target.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_text_gives_the_same_rollups_as_parquet(suffix: str, log: Path, tmp_path: Path) -> None:
    expected = roll_up(log, tmp_path / "parquet").rollups
    _to_text(log, suffix)
    result = roll_up(log, tmp_path / "text")
    assert result.problems == ()
    assert all(result.rollups[name].equals(table) for name, table in expected.items())


@pytest.mark.parametrize(
    ("column", "kind", "found"),
    [
        ("portrait_template", pa.binary(), "could be about a person"),
        ("subject_name", pa.string(), "could be about a person"),
        ("number_plate", pa.string(), "could be about a person"),
        ("operator_comment", pa.string(), "could be about a person"),
        ("shift", pa.string(), "the unknown column 'shift'"),
    ],
)
def test_a_column_that_is_not_of_the_log_is_refused(
    column: str, kind: pa.DataType, found: str, log: Path, tmp_path: Path
) -> None:
    path = log / "alert_events" / f"{DAY}.parquet"
    _rewrite(path, lambda table: table.append_column(column, pa.nulls(len(table), kind)))
    errors = find_errors(log, tmp_path / "working")
    assert any(
        error.startswith(f"alert_events/{DAY}.parquet") and found in error for error in errors
    )


def test_every_file_that_cannot_be_read_is_told_at_once(log: Path, tmp_path: Path) -> None:
    alerts, intervals = log / "alert_events", log / "scan_intervals"
    cut = (intervals / f"{DAY}.parquet").read_bytes()
    (intervals / f"{DAY}.parquet").write_bytes(cut[: len(cut) // 2])
    (intervals / "2025-01-03.parquet").write_bytes(b"")
    _cast(alerts / f"{DAY}.parquet", "alerted_at", pa.timestamp("us"))
    _cast(alerts / f"{FIRST}.parquet", "score", pa.string())
    (intervals / "notes.docx").write_text("x", encoding="utf-8")
    text = "\n".join(find_errors(log, tmp_path / "working"))
    for expected in (
        f"scan_intervals/{DAY}.parquet: found no whole Parquet file",
        "scan_intervals/2025-01-03.parquet: found an empty file",
        f"alert_events/{DAY}.parquet: found alerted_at without a zone",
        f"alert_events/{FIRST}.parquet: found score as string; expected a number",
        f"alert_events/{DAY}.parquet: found alerted_at as timestamp[us], not timestamp[us, tz=UTC]",
        "scan_intervals/notes.docx: found a file of another kind",
    ):
        assert expected in text


def test_a_zone_of_another_country_is_refused(log: Path, tmp_path: Path) -> None:
    for path in (log / "scan_intervals").iterdir():
        _cast(path, "started_at", pa.timestamp("us", "America/New_York"))
    (first, _second) = find_errors(log, tmp_path / "working")
    assert (
        "started_at in the zone America/New_York; expected times in UTC or Europe/London" in first
    )


def test_london_as_a_zone_gives_the_same(log: Path, tmp_path: Path) -> None:
    expected = roll_up(log, tmp_path / "utc").rollups
    for path in (log / "scan_intervals").iterdir():
        _cast(path, "started_at", pa.timestamp("us", "Europe/London"))
    result = roll_up(log, tmp_path / "london").rollups
    assert all(result[name].equals(table) for name, table in expected.items())


def _write_csv(log: Path, rows: str, headings: str = "") -> None:
    shutil.rmtree(log / "scan_intervals")
    names = headings or "force_id,deployment_id,camera_id,started_at,seconds,faces_detected_count"
    (log / "scan_intervals.csv").write_text(f"{names}\n{rows}", encoding="utf-8")


def test_cells_that_cannot_be_read_are_told_with_their_row(log: Path, tmp_path: Path) -> None:
    _write_csv(
        log,
        "cambridgeshire,d1,c1,2025-01-01T10:00:00Z,10,3\n"
        "cambridgeshire,d1,c1,2025-01-01T10:00:10,10,3\n"
        "cambridgeshire,d1,c1,2025-01-01T10:00:20+05:00,10,3\n"
        "cambridgeshire,d1,c1,2025-01-01T10:00:30Z,ten,3\n"
        "cambridgeshire,d1,c1,2025-01-01T10:00:40Z,10,\n"
        "cambridgeshire,d1\n",
    )
    text = "\n".join(find_errors(log, tmp_path / "working"))
    zone = "expected a zone that is UTC or Europe/London"
    assert "scan_intervals.csv, row 3: found started_at '2025-01-01T10:00:10', in 2 rows" in text
    assert zone in text
    assert "scan_intervals.csv, row 5: found seconds 'ten'; expected a whole number" in text
    assert "scan_intervals.csv, row 6: found faces_detected_count ''" in text
    assert "scan_intervals.csv, row 7: found missing columns" in text


def test_hours_that_a_local_clock_skips_or_repeats_are_refused(log: Path, tmp_path: Path) -> None:
    _write_csv(
        log,
        "cambridgeshire,d1,c1,2025-03-30 00:30:00,10,3\n"
        "cambridgeshire,d1,c1,2025-03-30 01:30:00,10,3\n"
        "cambridgeshire,d1,c1,2025-10-26 00:30:00,10,3\n"
        "cambridgeshire,d1,c1,2025-10-26 01:30:00,10,3\n"
        "cambridgeshire,d1,c1,2025-10-26 02:30:00,10,3\n",
    )
    declared = {"map_id": "local", "zone": "Europe/London", "tables": {"scan_intervals": {}}}
    column_map = open_column_map(json.dumps(declared))
    errors = [
        error
        for error in find_errors(log, tmp_path / "working", column_map=column_map)
        if error.startswith("scan_intervals.csv") and "started_at" in error
    ]
    assert len(errors) == 2
    assert "row 3: found started_at '2025-03-30 01:30:00'" in errors[0]
    assert "this hour is missing" in errors[0]
    assert "row 5: found started_at '2025-10-26 01:30:00'" in errors[1]
    assert "this hour occurs twice" in errors[1]


def test_a_column_map_reads_a_vendors_headings(log: Path, tmp_path: Path) -> None:
    expected = roll_up(log, tmp_path / "own").rollups
    _to_text(log, ".csv")
    path = log / "alert_events.csv"
    heading, rest = path.read_text(encoding="utf-8").split("\n", 1)
    heading = heading.replace('"camera_id"', "Cam").replace('"decision_code"', "Verdict")
    rest = rest.replace('"true_alert"', "TP")
    path.write_text(f"{heading}\n{rest}", encoding="utf-8")
    assert any("'Cam'" in error for error in find_errors(log, tmp_path / "refused"))
    declared = {
        "map_id": "vendor",
        "tables": {
            "alert_events": {
                "columns": {"Cam": "camera_id", "Verdict": "decision_code"},
                "codes": {"decision_code": {"TP": "true_alert"}},
            }
        },
    }
    column_map = open_column_map(json.dumps(declared))
    assert open_column_map(column_map.to_json()) == column_map
    result = roll_up(log, tmp_path / "mapped", column_map=column_map)
    assert all(result.rollups[name].equals(table) for name, table in expected.items())


def test_scores_with_a_decimal_comma_are_read_by_a_map_and_refused_without(
    log: Path, tmp_path: Path
) -> None:
    expected = roll_up(log, tmp_path / "own").rollups
    _to_text(log, ".csv")
    for name, columns in (
        ("alert_events", ("score", "threshold")),
        ("deployments", ("threshold",)),
    ):
        with (log / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
            heading, *rows = csv.reader(opened)
        for row in rows:
            for place in map(heading.index, columns):
                row[place] = row[place].replace(".", ",")
        with (log / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([heading, *rows])
    errors = find_errors(log, tmp_path / "refused")
    assert any(error.startswith("alert_events.csv, row 2: found score '0,") for error in errors)
    declared = {"map_id": "commas", "decimal_sign": ",", "tables": {"alert_events": {}}}
    column_map = open_column_map(json.dumps(declared))
    result = roll_up(log, tmp_path / "mapped", column_map=column_map)
    assert all(result.rollups[name].equals(table) for name, table in expected.items())


def test_a_column_map_with_faults_is_refused_with_all_of_them() -> None:
    declared = {"map_id": "x", "zone": "CET", "tables": {"alerts": {}, "scan_intervals": {}}}
    declared["tables"]["scan_intervals"] = {
        "columns": {"a": "faces", "b": "seconds", "c": "seconds"}
    }  # type: ignore[index]
    with pytest.raises(InvalidReferenceError) as refused:
        open_column_map(json.dumps(declared))
    text = str(refused.value)
    for words in (
        "the zone 'CET'",
        "the table 'alerts'",
        "column 'faces'",
        "seconds more than once",
    ):
        assert words in text


def _run(*arguments: str, limit: int | None = None) -> tuple[int, str]:
    def prepare() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "etl", "rollup", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        preexec_fn=prepare,
        timeout=120,
    )
    return done.returncode, done.stderr


def test_a_disk_without_room_leaves_nothing_half_written(log: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    assert _run(str(log), "--to", str(to))[0] == 0
    before = sorted(path.name for path in (to / "current").iterdir())
    code, text = _run(str(log), "--to", str(to), limit=3_000)
    assert code != 0
    assert "Traceback" not in text
    assert sorted(path.name for path in (to / "current").iterdir()) == before
    assert [path.name for path in (to / "runs").iterdir()] == ["000001"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_and_a_file_that_may_not_be_read_are_told(log: Path, tmp_path: Path) -> None:
    (log / "scan_intervals").chmod(0o700)
    (log / "alert_events" / f"{DAY}.parquet").chmod(0o600)
    home = Path(tempfile.gettempdir())
    for folder in (tmp_path, *(path for path in tmp_path.parents if home in path.parents)):
        folder.chmod(0o755)
    problems: list[LogProblem] = []
    os.seteuid(65534)
    try:
        find_log_files(log, problems)
    finally:
        os.seteuid(0)
    assert [(problem.file, problem.found) for problem in problems] == [
        ("scan_intervals", "Permission denied"),
        (f"alert_events/{DAY}.parquet", "Permission denied"),
    ]


def test_a_killed_rollup_goes_on_where_it_was(log: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    script = (
        "import os, sys\n"
        "from etl.logs import counting\n"
        "from etl.cli.app import main\n"
        "counting.BATCH_ROWS = 1\n"
        "add = counting.WorkingFile.add\n"
        "def add_two(self, *rest):\n"
        "    add(self, *rest)\n"
        "    counted = self.engine.query('SELECT count(*) AS n FROM files')['n'][0].as_py()\n"
        "    if counted == 2: os.kill(os.getpid(), 9)\n"
        "counting.WorkingFile.add = add_two\n"
        f"sys.argv = ['etl', 'rollup', {str(log)!r}, '--to', {str(to)!r}]\n"
        "main()\n"
    )
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True)
    assert killed.returncode == -9
    assert not (to / "current").exists()
    code, text = _run(str(log), "--to", str(to))
    assert code == 0, text
    assert "of 2 new or changed files counted; the log has 5 files" in text
