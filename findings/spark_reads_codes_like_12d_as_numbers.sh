#!/usr/bin/env bash
# Spark's CSV inference reads the codes 1D, 2F and 12d as the numbers 1.0, 2.0 and 12.0.
#
# Expected (written before the run): a column with letters is text, as DuckDB and Polars have it.
# Happens: Spark tries Java's Double parser, which takes a suffix d, D, f or F as a part of a
#   number, as in Java source. The column becomes double, '12D' and '12F' the same value, and
#   0x1p3 is 8.0. SQL does so too: cast('1d' as double) is 1.0.
# Matters here: beats, wards and camera sites have such codes; a rollup by code would merge them.
# Needs Java 17 or later on the PATH (Debian: openjdk-17-jre-headless).
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check pyspark==4.3.0 duckdb==2.0.1 \
  polars==2.1.0
cat >"$d/t.py" <<'P'
import sys

import duckdb
import polars as pl
from pyspark.sql import SparkSession

path = sys.argv[1] + "/n.csv"
with open(path, "w") as file:
    file.write("beat,alerts\n1D,5\n12D,6\n12F,7\n0x1p3,8\n")
spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.sql.shuffle.partitions", "1")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")
table = spark.read.csv(path, header=True, inferSchema=True)
found = [r.beat for r in table.collect()]
merged = sorted((r.beat, r["sum(alerts)"]) for r in table.groupBy("beat").sum("alerts").collect())
cast = spark.sql("select cast('1d' as double)").collect()[0][0]
version = spark.version
spark.stop()
others = [r[0] for r in duckdb.read_csv(path).fetchall()], pl.read_csv(path)["beat"].to_list()
print("spark", version, "duckdb", duckdb.__version__, "polars", pl.__version__)
print("  spark ", found, "summed by beat", merged, "cast('1d')", cast)
print("  duckdb", others[0], "polars", others[1])
assert found == [1.0, 12.0, 12.0, 8.0] and cast == 1.0
assert merged == [(1.0, 5), (8.0, 8), (12.0, 13)]
assert others == (["1D", "12D", "12F", "0x1p3"],) * 2
P
"$d/v/bin/python" "$d/t.py" "$d"
