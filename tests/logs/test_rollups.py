"""Every rollup is what the generator worked out, in every cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.logs.texts import ROLLUPS
from tests.conftest import Once
from tests.logs.sample_logs import make_small_log, read_truth, roll_up


@pytest.fixture(scope="module")
def log(once: Once) -> Path:
    return once("event-log", make_small_log)


@pytest.mark.parametrize("name", ROLLUPS)
def test_a_rollup_is_what_the_generator_worked_out(name: str, log: Path, tmp_path: Path) -> None:
    truth = read_truth(log, name).to_pylist()
    rollup = roll_up(log, tmp_path).rollups[name].to_pylist()
    assert len(rollup) == len(truth) > 0
    for row, expected in zip(rollup, truth, strict=True):
        assert {column: row[column] for column in expected} == expected
