#!/usr/bin/env bash
# Spark's CSV inference reads '09:30' as 09:30 today: the table depends on the day of the run.
#
# Expected (written before the run): a column of times stays text (or becomes TIME, as in
#   DuckDB), and '2024-03' is text.
# Happens: Spark makes both timestamps: '09:30' gets the date of the run, '2024-03' the first of
#   the month at midnight. Two runs on two days give unequal tables from one file.
# Matters here: start times of deployments, and months, are columns of published returns; a
#   rollup checked against yesterday's by hash or by join matches nothing.
# Needs Java 17 or later on the PATH (Debian: openjdk-17-jre-headless).
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check pyspark==4.3.0 duckdb==2.0.1
cat >"$d/t.py" <<'P'
import datetime as dt
import sys

import duckdb
from pyspark.sql import SparkSession

path = sys.argv[1] + "/n.csv"
with open(path, "w") as file:
    file.write("starts,month\n09:30,2024-03\n10:45,2024-04\n")
spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.sql.session.timeZone", "UTC")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")
table = spark.read.csv(path, header=True, inferSchema=True)
days = set()
days.add(dt.datetime.now(dt.timezone.utc).date())
rows = table.selectExpr("cast(starts as string) s", "cast(month as string) m").collect()
days.add(dt.datetime.now(dt.timezone.utc).date())
kinds = [f.dataType.simpleString() for f in table.schema]
version = spark.version
spark.stop()
other = duckdb.read_csv(path)
print("spark", version, "duckdb", duckdb.__version__)
print("  spark ", kinds, [tuple(r) for r in rows])
print("  duckdb", [str(x) for x in other.types], other.fetchall())
assert kinds == ["timestamp", "timestamp"]
assert rows[0].s in {f"{day} 09:30:00" for day in days}
assert rows[0].m == "2024-03-01 00:00:00"
assert [str(x) for x in other.types] == ["TIME", "VARCHAR"]
P
"$d/v/bin/python" "$d/t.py" "$d"
