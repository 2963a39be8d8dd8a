#!/usr/bin/env bash
# sqlglot from Spark to DuckDB: the median, a weekday, months apart and rounding change, silently.
#
# Expected (written before the run): a query that transpile() turns from Spark to DuckDB without a
#   warning gives the same answer.
# Happens: percentile(x, 0.5) of 1 to 4 is 2.5 in Spark and 2 as DuckDB's QUANTILE; Tuesday is day 3
#   and 2; weekday 1 and 2; from 31 January to 29 February is 0 months and 1; cast(12.5 as int) is
#   12 and 13; the first three letters of 'abcdef' from place 0 are 'abc' and 'ab'. Nothing is
#   logged, even with unsupported_level=RAISE. median() does agree.
# Matters here: rollups checked in one engine and run in the other differ in the published figures.
# Needs Java 17 or later on the PATH (Debian: openjdk-17-jre-headless).
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check sqlglot==30.30.0 pyspark==4.3.0 \
  duckdb==2.0.1
cat >"$d/t.py" <<'P'
import duckdb
import sqlglot
from pyspark.sql import SparkSession

numbers = "from values (1), (2), (3), (4) as t(x)"
queries = {
    f"select percentile(x, 0.5) {numbers}": (2.5, 2),
    "select dayofweek(date '2024-03-05')": (3, 2),
    "select weekday(date '2024-03-05')": (1, 2),
    "select datediff(month, date '2024-01-31', date '2024-02-29')": (0, 1),
    "select cast(12.5 as int)": (12, 13),
    "select substring('abcdef', 0, 3)": ("abc", "ab"),
    f"select median(x) {numbers}": (2.5, 2.5),
}
spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false")
    .config("spark.sql.shuffle.partitions", "1")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")
found = {}
for query in queries:
    turned = sqlglot.transpile(
        query, read="spark", write="duckdb", unsupported_level=sqlglot.ErrorLevel.RAISE
    )[0]
    one, other = spark.sql(query).collect()[0][0], duckdb.sql(turned).fetchall()[0][0]
    found[query] = (one, other)
    print(f"  spark {one!s:5} duckdb {other!s:5} {turned}")
print("sqlglot", sqlglot.__version__, "spark", spark.version, "duckdb", duckdb.__version__)
spark.stop()
assert found == queries
P
"$d/v/bin/python" "$d/t.py" "$d"
