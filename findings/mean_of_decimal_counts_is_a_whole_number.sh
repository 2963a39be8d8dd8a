#!/usr/bin/env bash
# The mean of DuckDB's sums in Arrow is a whole number: of 0 and 1 it is 1, while the median is
# 0.5.
#
# Expected (written before the run): the mean of decimals is a double or has more digits: 0.5 for
#   0 and 1, as DuckDB and Polars have it.
# Happens: sum() of whole numbers in DuckDB is decimal(38, 0) in Arrow, and PyArrow's mean keeps
#   that scale and rounds: 1 for 0 and 1, 2 for 1 and 2, 1.13 for 1.25 and 1.00. pandas with
#   Arrow types does so too, and its median, of the same column, is a float and right.
# Matters here: mean alerts per deployment, from counts added up in SQL, would be whole numbers.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check pyarrow==26.0.1 pandas==3.1.1 \
  duckdb==2.0.1 polars==2.1.0
cat >"$d/t.py" <<'P'
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

query = "select k, sum(n) total from (values ('a', 0), ('b', 1)) t(k, n) group by k"
sums = duckdb.sql(query).to_arrow_table()["total"]
arrow = pc.mean(sums).as_py()
series = pd.Series(sums.combine_chunks(), dtype=pd.ArrowDtype(sums.type))
pandas = series.mean(), series.median()
polars = pl.from_arrow(sums).mean()
in_duckdb = duckdb.sql(f"select avg(total) from ({query})").fetchall()[0][0]
money = pc.mean(pa.array(["1.25", "1.00"]).cast(pa.decimal128(5, 2))).as_py()
print("pyarrow", pa.__version__, "pandas", pd.__version__, "of", sums.to_pylist(), sums.type)
print("  pyarrow mean       ", repr(arrow))
print("  pandas mean, median", pandas)
print("  polars mean        ", polars, "duckdb avg", in_duckdb)
print("  pyarrow mean of 1.25 and 1.00", repr(money))
assert str(sums.type) == "decimal128(38, 0)"
assert str(arrow) == "1" and str(pandas[0]) == "1" and pandas[1] == 0.5
assert polars == in_duckdb == 0.5
assert str(money) == "1.13"
P
"$d/v/bin/python" "$d/t.py" "$d"
