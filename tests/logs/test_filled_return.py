"""The return that is filled from a log: accepted by the check of returns as it is, marked with the
log's hash, with small counts by group hidden as a whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from etl.formats.workbook_files import write_workbook
from etl.logs.filled_return import make_return
from etl.logs.groups import find_hidden_forces, hide_groups
from etl.returns.intake import Intake, check_return
from tests.benchmarks.make_event_logs import Plan, make_log
from tests.logs.sample_logs import FORCES, read_truth, roll_up

FORCE = FORCES[0]
PLAN = Plan(events=6_000, forces=(FORCE,), days=4, is_even=True)


def _fill(plan: Plan, folder: Path) -> tuple[Intake, str, bool]:
    make_log(folder / "log", plan)
    rollup = roll_up(folder / "log", folder / "working")
    hidden = find_hidden_forces(rollup.rollups["force_month_group"])
    content = write_workbook(make_return(rollup, FORCE, hidden))
    today = dt.date(2026, 1, 1)
    intake = check_return("r.xlsx", content, today=today, force_ids=FORCES, force_id=FORCE)
    return intake, rollup.log_sha256, FORCE in hidden


def test_the_return_of_a_log_is_accepted_with_its_true_counts(tmp_path: Path) -> None:
    intake, log_sha256, is_hidden = _fill(PLAN, tmp_path)
    assert (intake.problems, intake.version, is_hidden) == ((), "3", False)
    assert log_sha256 in intake.to_cells()
    truth = read_truth(tmp_path / "log", "deployments").to_pylist()
    counts = {
        (count.deployment_id, count.stage_code): count.value for count in intake.records.counts
    }
    for number, row in enumerate(truth, start=1):
        deployment_id = f"{FORCE}_return_new_{number:04d}"
        for stage in ("faces_seen", "alerts", "true_alerts", "false_alerts", "arrests"):
            assert counts[deployment_id, stage] == row[f"{stage}_count"]
    groups = read_truth(tmp_path / "log", "force_month_group").to_pylist()
    returned = {
        (count.subject_code, count.group_code): count.counted
        for count in intake.records.returned_counts
    }
    for row in groups:
        assert returned["alerts", row["group_code"]] == row["alerts_count"]
        assert returned["false_alerts", row["group_code"]] == row["false_alerts_count"]


@pytest.mark.parametrize("events", [600, 1_200])
def test_small_counts_by_group_are_hidden_as_a_whole(events: int, tmp_path: Path) -> None:
    intake, _sha256, is_hidden = _fill(replace(PLAN, events=events, is_even=False), tmp_path)
    assert is_hidden
    assert not intake.errors
    assert {count.counted for count in intake.records.returned_counts} == {None}
    rollup = roll_up(tmp_path / "log", tmp_path / "working").rollups["force_month_group"]
    shown = hide_groups(rollup, frozenset({FORCE}))
    assert set(shown["alerts_count"].to_pylist()) == {None}
    assert set(shown["value_status"].to_pylist()) == {"suppressed"}
