"""A full answer, all measures by force and month, against a plain pandas groupby of the same table
in memory.

On the real rows and on the same rows a thousand times over. The pandas side adds up numerators and
denominators only: no intervals, no gaps, no breaks, no sources."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from etl.measures.catalogue import MEASURES
from etl.queries.record import RELEASES, Record
from etl.warehouse.read import current_file

GROUPS = ["force_id", "month"]
NEEDED = ("releases", "forces", "breaks")


def measure(times: int, runs: int = 5) -> dict[str, float]:
    """Median seconds of both sides, in turn, on the facts repeated so many times."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "facts.duckdb"
        _repeat(current_file(RELEASES), path, times)
        with duckdb.connect(str(path), read_only=True) as connection:
            facts = connection.execute("select * from facts where counted").df()
        record = Record(path)
        ours, pandas = [], []
        for _ in range(runs):
            pandas.append(_time(lambda: _group(facts)))
            ours.append(_time(lambda: _evaluate(record)))
        record.close()
    row = {
        "rows": float(len(facts)),
        "answers_s": statistics.median(ours),
        "pandas_s": statistics.median(pandas),
    }
    return row | {"ratio": row["answers_s"] / row["pandas_s"]}


def _repeat(source: Path, target: Path, times: int) -> None:
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        tables = [
            name
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where database_name='source'"
            ).fetchall()
        ]
        for name in tables:
            connection.execute(
                f"create table {name} as select * from source.{name}"
                + (" where false" if name == "facts" else "")
            )
        connection.execute(
            "insert into facts select f.* replace (f.deployment_id || '_' || r.range as "
            f"deployment_id) from source.facts f, range({times}) r"
        )
        connection.execute("detach source")


def _evaluate(record: Record) -> None:
    for measure_id in MEASURES:
        record.estimate(measure_id, by=GROUPS)


def _group(facts: pd.DataFrame) -> None:
    for each_measure in MEASURES.values():
        columns = sorted(each_measure.fields)
        facts.dropna(subset=columns).groupby(GROUPS, dropna=False)[columns].sum()


def _time(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    for times in (1, 1000):
        row = measure(times)
        print(
            f"answers, {len(MEASURES)} measures by force and month, {row['rows']:,.0f} rows: "
            f"{row['answers_s']:.3f} s; pandas groupby {row['pandas_s']:.3f} s; ratio "
            f"{row['ratio']:.2f} (medians of 5)"
        )


if __name__ == "__main__":
    main()
