"""All checks and rollups of an event log, against one hand-written DuckDB query of the funnel that
reads the same columns once; beside them Polars (streaming) and Spark on this machine.

Each is a process of its own: seconds without the start of Python, peak memory of the whole process.
`python -m tests.benchmarks.bench_event_logs 1e6 1e7` measures other sizes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.make_event_logs import Plan, make_log

SIZES = (1_000_000, 10_000_000, 100_000_000)
FORCES = ("cambridgeshire", "essex", "gwent", "kent", "north_wales", "south_wales")
DAYS = 365
MIB = 1024
# What a person would write for the funnel alone, over every column that the rollup reads.
FUNNEL = """
WITH seen AS (
  SELECT deployment_id, min(force_id) AS force_id, min(started_at) AS first_start,
    max(started_at) AS last_start, count(DISTINCT camera_id) AS cameras,
    sum(seconds) AS seconds, sum(faces_detected_count) AS faces
  FROM read_parquet('{log}/scan_intervals/*.parquet') GROUP BY deployment_id
), alerts AS (
  SELECT deployment_id, count(DISTINCT alert_id) AS alerts,
    count(*) FILTER (decision_code = 'true_alert') AS true_alerts,
    count(*) FILTER (decision_code = 'false_alert') AS false_alerts,
    count(*) FILTER (engagement_code = 'yes') AS engagements,
    count(*) FILTER (outcome_code = 'arrest') AS arrests,
    count(*) FILTER (score < threshold) AS below, max(decided_at) AS last_decision,
    max(alerted_at) AS last_alert, count(camera_id) AS with_camera,
    count(*) FILTER (watchlist_reason_code = 'missing') AS missing,
    count(*) FILTER (classification_code IS NULL OR group_code IS NULL) AS without_group
  FROM read_parquet('{log}/alert_events/*.parquet') GROUP BY deployment_id
)
SELECT * FROM seen LEFT JOIN alerts USING (deployment_id)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, processor seconds and peak memory (MiB) of a process."""

    seconds: float
    processor_s: float
    memory_mib: float


def funnel(log: Path, _working: Path) -> None:
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET memory_limit = '1000MB'; SET preserve_insertion_order = false")
    connection.execute(FUNNEL.format(log=log)).to_arrow_table()


def rollup(log: Path, working: Path) -> None:
    from etl.logs.output import write_rollup
    from etl.logs.run import LogRequest, rolling_up

    with rolling_up(LogRequest(log, working / "working", frozenset(FORCES))) as (result, _mark):
        write_rollup(result, working, with_returns=False)


def spark_local(log: Path, working: Path) -> None:
    from etl.logs.engines.spark import open_spark
    from etl.logs.run import LogRequest, rolling_up

    url = os.environ["BENCH_SPARK"]
    request = LogRequest(
        log, working / "working", frozenset(FORCES), open_engine=lambda _w: open_spark(url)
    )
    with rolling_up(request):
        pass


def polars(log: Path, _working: Path) -> None:
    """The same counts in Polars: what the rollups and the checks are made from."""
    import polars as pl

    seen = pl.scan_parquet(log / "scan_intervals" / "*.parquet")
    alerts = pl.scan_parquet(log / "alert_events" / "*.parquet")
    start, end = pl.col("started_at"), pl.col("started_at") + pl.duration(seconds="seconds")
    place = ["deployment_id", "camera_id"]
    is_true, is_false = (pl.col("decision_code") == f"{code}_alert" for code in ("true", "false"))
    engaged, outcome = pl.col("engagement_code") == "yes", pl.col("outcome_code")
    month = pl.col("alerted_at").dt.convert_time_zone("Europe/London").dt.strftime("%Y-%m")
    delay = (pl.col("decided_at") - pl.col("alerted_at")).dt.total_seconds()
    queries = [
        seen.group_by("force_id", *place, start.dt.truncate("1h").alias("hour")).agg(
            pl.len(),
            pl.col("seconds").sum(),
            pl.col("faces_detected_count").sum(),
            start.min().alias("first"),
            end.max().alias("last"),
            start.hash().bitwise_xor().alias("starts"),
            end.hash().bitwise_xor().alias("ends"),
            pl.col("seconds").min().alias("least"),
            pl.col("seconds").max().alias("most"),
            pl.col("faces_detected_count").min().alias("least_faces"),
        ),
        alerts.group_by(*place, pl.col("alerted_at").dt.truncate("1h").alias("hour")).agg(
            pl.len(),
            pl.col("alerted_at").min().alias("first"),
            pl.col("alerted_at").max().alias("last"),
            is_true.sum().alias("true"),
            is_false.sum().alias("false"),
            (is_true & engaged).sum().alias("engaged_true"),
            (is_false & engaged).sum().alias("engaged_false"),
            *((outcome == code).sum().alias(code) for code in ("arrest", "other_disposal")),
            (outcome == "no_action").sum().alias("no_action"),
            (pl.col("score") < pl.col("threshold")).sum().alias("below"),
            (pl.col("decided_at") < pl.col("alerted_at")).sum().alias("early"),
        ),
        alerts.group_by(
            "deployment_id",
            month.alias("month"),
            (pl.col("threshold") * 100 + 1e-6).floor().cast(int),
            (pl.col("score") * 100 + 1e-6).floor().cast(int),
            "decision_code",
        ).len(),
        alerts.group_by("deployment_id", month.alias("month"), ((delay + 59) // 60)).len(),
        alerts.group_by(
            "deployment_id",
            month.alias("month"),
            "classification_code",
            "group_code",
            "decision_code",
            "engagement_code",
            "outcome_code",
        ).len(),
        alerts.group_by("watchlist_reason_code").agg(
            pl.len(), pl.col("alert_id").str.len_bytes().max()
        ),
        alerts.select(pl.col("alert_id").hash().n_unique()),
    ]
    for query in queries:
        query.collect(engine="streaming")


PARTS = {part.__name__: part for part in (funnel, rollup, polars, spark_local)}


def run(name: str, log: Path, working: Path, **environment: str) -> Measured:
    """One part in a process of its own."""
    working.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.benchmarks.bench_event_logs", name]
    process = subprocess.Popen(
        [*command, str(log), str(working)],
        stdout=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, name
    seconds, processor_s = json.loads(line)
    return Measured(seconds, processor_s, usage.ru_maxrss / MIB)


def measure(size: int, home: Path) -> dict[str, Measured]:
    """Every part on a log of one size, and a new day of the year."""
    log = home / "log"
    make_log(log, Plan(size, FORCES, DAYS))
    result = {"funnel": run("funnel", log, home / "a"), "rollup": run("rollup", log, home / "b")}
    last = [sorted((log / table).iterdir())[-1] for table in ("scan_intervals", "alert_events")]
    for path in last:
        path.rename(home / path.parent.name)
    _list_deployments(log, last[0].stem, home)
    run("rollup", log, home / "c")
    for path in last:
        (home / path.parent.name).rename(path)
    shutil.copy(home / "deployments.csv", log)
    result["new day"] = run("rollup", log, home / "c")
    if _has("polars"):
        result["polars"] = run("polars", log, home / "d")
    result |= _measure_spark(log, home / "e")
    return result


def _list_deployments(log: Path, day: str, aside: Path) -> None:
    """The list without the deployments of a day, which is put aside with them."""
    path = log / "deployments.csv"
    shutil.copy(path, aside)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    wanted = [line for line in lines if day.replace("-", "") not in line]
    path.write_text("".join(wanted), encoding="utf-8")


def _measure_spark(log: Path, working: Path) -> dict[str, Measured]:
    from tests.logs.spark_cluster import find_server, run_cluster

    if find_server() is None:
        return {}
    with run_cluster() as cluster:
        return {"spark_local": run("spark_local", log, working, BENCH_SPARK=cluster.url)}


def _has(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None


def report(size: int, measured: dict[str, Measured]) -> None:
    """A line a part, with the ratios to the funnel."""
    base = measured["funnel"]
    for name, part in measured.items():
        print(
            f"event log of {size:,}: {name} {part.seconds:.2f} s ({part.processor_s:.2f} s of "
            f"processor), {part.memory_mib:,.0f} MiB, "
            f"{part.seconds / base.seconds:.2f} of the funnel"
        )
    share = measured["rollup"].seconds / measured["new day"].seconds
    print(f"event log of {size:,}: a new day is 1/{share:.0f} of the whole")


def main(sizes: tuple[int, ...] = SIZES) -> None:
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    before: Measured | None = None
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="lfr-bench-") as home:
            measured = measure(size, Path(home))
        report(size, measured)
        if before is not None:
            rows, memory = measured["rollup"].seconds, measured["rollup"].memory_mib
            print(
                f"event log: ten times the rows take {rows / before.seconds:.1f} times as long and "
                f"{memory / before.memory_mib:.2f} times the memory"
            )
        before = measured["rollup"]


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in PARTS:
        begin, processor = time.perf_counter(), time.process_time()
        PARTS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
        print(json.dumps([time.perf_counter() - begin, time.process_time() - processor]))
    else:
        main(tuple(int(float(size)) for size in sys.argv[1:]) or SIZES)
