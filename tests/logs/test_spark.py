"""The same log on DuckDB and on a Spark cluster of two workers: equal in every cell, also when a
worker is lost; a server that is lost is told soon, and nothing is half written."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.logs.engines.spark import open_spark
from etl.logs.problems import EngineError
from etl.logs.texts import ROLLUPS
from tests.benchmarks.make_event_logs import Plan, make_log
from tests.conftest import Once
from tests.logs.sample_logs import FORCES, roll_up
from tests.logs.spark_cluster import Cluster, require_server, run_cluster

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
PLAN = Plan(events=200_000, forces=FORCES, days=20)


@pytest.fixture(scope="module")
def log(once: Once) -> Path:
    require_server()
    return once("event-log-for-spark", lambda folder: make_log(folder, PLAN))


@pytest.fixture(scope="module")
def cluster(log: Path) -> Iterator[Cluster]:
    with run_cluster() as cluster:
        yield cluster


def test_every_cell_is_equal_whatever_is_lost_on_the_way(
    cluster: Cluster, log: Path, tmp_path: Path
) -> None:
    def kill_worker() -> None:
        while not cluster.list_executors():
            time.sleep(0.05)
        time.sleep(3)
        cluster.kill("worker1")

    expected = roll_up(log, tmp_path / "duckdb").rollups
    killer = threading.Thread(target=kill_worker)
    killer.start()
    result = roll_up(
        log, tmp_path / "spark", open_engine=lambda _working: open_spark(cluster.url)
    ).rollups
    killer.join()
    again = roll_up(
        log, tmp_path / "one-worker", open_engine=lambda _working: open_spark(cluster.url)
    ).rollups
    for name in ROLLUPS:
        assert expected[name].num_rows > 0
        assert result[name].equals(expected[name]), name
        assert again[name].equals(expected[name]), name

    _check_that_a_lost_server_is_reported(cluster, log, tmp_path / "no-server")


def _check_that_a_lost_server_is_reported(cluster: Cluster, log: Path, working: Path) -> None:
    cluster.kill("connect")
    start = time.monotonic()
    with pytest.raises(EngineError) as refused:
        roll_up(log, working, open_engine=lambda _working: open_spark(cluster.url))
    assert time.monotonic() - start < 30
    assert cluster.url in str(refused.value)
    assert "what was counted is kept" in str(refused.value)
