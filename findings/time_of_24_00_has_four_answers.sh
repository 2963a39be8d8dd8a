#!/usr/bin/env bash
# DuckDB sniffs a CSV column with '24:00' as TIME; what others then read in its place differs.
#
# Expected (written before the run): '24:00' is no time of day for Python, so the column stays
#   text.
# Happens: DuckDB 1.5 and 2.0 make it TIME, and ISO 8601's 24:00 is kept. Python gets the text
#   '24:00:00' among datetime.time values; PyArrow's to_pylist says 00:00, the start of the day;
#   Polars turns it into null; pandas refuses the Parquet file that DuckDB wrote of it.
# Matters here: a deployment from 18:00 to 24:00 becomes one that ends before it began, or has no
#   end.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
cat >"$d/t.py" <<'P'
import datetime as dt
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

csv, parquet = sys.argv[1] + "/t.csv", sys.argv[1] + "/t.parquet"
open(csv, "w").write("ends,faces\n18:30,100\n24:00,200\n")
table = duckdb.read_csv(csv)
table.write_parquet(parquet)
plain = [r[0] for r in table.fetchall()]
arrow = pq.read_table(parquet)["ends"].to_pylist()
polars = pl.read_parquet(parquet)["ends"].to_list()
try:
    pandas = pd.read_parquet(parquet)["ends"].tolist()
except ValueError as error:
    pandas = error
print("duckdb", duckdb.__version__, "pyarrow", pa.__version__, "polars", pl.__version__)
print("  duckdb ", table.types[0], plain)
print("  pyarrow", arrow)
print("  polars ", polars)
print("  pandas ", repr(pandas))
assert str(table.types[0]) == "TIME"
assert plain == [dt.time(18, 30), "24:00:00"]
assert arrow == [dt.time(18, 30), dt.time(0, 0)]
assert polars == [dt.time(18, 30), None]
assert isinstance(pandas, ValueError)
P
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check polars==2.1.0 pyarrow==26.0.1 \
  pandas==3.1.1
for version in 1.5.6 2.0.1; do
  "$d/v/bin/pip" install -q --no-compile --disable-pip-version-check --no-deps --target \
  "$d/$version" \
    "duckdb==$version"
  PYTHONPATH="$d/$version" "$d/v/bin/python" "$d/t.py" "$d"
done
