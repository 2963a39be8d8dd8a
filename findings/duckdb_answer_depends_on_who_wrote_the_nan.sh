#!/usr/bin/env bash
# 'where rate > 5' in DuckDB finds the NaN of a Parquet file or not, by the library that wrote
# it.
#
# Expected (written before the run): DuckDB sorts NaN above all numbers, so NaN > 5 holds and max
#   is NaN, whoever wrote the file.
# Happens: PyArrow's and Polars' statistics of the column leave NaN out (max 2.0) and DuckDB
#   trusts them: for the same three rows the filter finds the row in DuckDB's own file and none
#   in the others, and max(rate) is 2.0 for PyArrow's and NaN for Polars'. The same filter on the
#   rows copied to a table has the row for all three.
# Matters here: a rate of 0/0 is NaN; a total or maximum then differs between copies of one
#   release.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check polars==2.1.0 pyarrow==26.0.1
cat >"$d/t.py" <<'P'
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

folder = sys.argv[1]
rates = [1.0, 2.0, float("nan")]
pq.write_table(pa.table({"rate": rates}), folder + "/pyarrow.parquet")
pl.DataFrame({"rate": rates}).write_parquet(folder + "/polars.parquet")
values = "(values (1.0::double), (2.0), ('nan'::double)) t(rate)"
duckdb.sql(f"copy (select * from {values}) to '{folder}/duckdb.parquet' (format parquet)")
print("duckdb", duckdb.__version__, "pyarrow", pa.__version__, "polars", pl.__version__)
found = {}
for writer in ("duckdb", "pyarrow", "polars"):
    file = f"'{folder}/{writer}.parquet'"
    duckdb.execute(f"create or replace table copied as from {file}")
    found[writer] = [
        duckdb.sql(q).fetchall()[0][0]
        for q in (
            f"select count(*) from {file} where rate > 5",
            "select count(*) from copied where rate > 5",
            f"select max(rate)::varchar from {file}",
            f"select stats_max_value from parquet_metadata({file})",
        )
    ]
    print("  written by %-8s rate>5: %s, the same on a copy: %s, max: %s, statistics: %s"
          % (writer, *found[writer]))
assert found["duckdb"][:2] == [1, 1]
for writer in ("pyarrow", "polars"):
    assert found[writer][:2] == [0, 1]
P
for version in 1.5.6 2.0.1; do
  "$d/v/bin/pip" install -q --no-compile --disable-pip-version-check --no-deps --target \
  "$d/$version" \
    "duckdb==$version"
  PYTHONPATH="$d/$version" "$d/v/bin/python" "$d/t.py" "$d"
done
