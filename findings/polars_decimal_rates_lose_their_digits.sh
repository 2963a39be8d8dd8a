#!/usr/bin/env bash
# DuckDB's sums in Polars: 12 alerts of 1,000 faces is a rate of 0, for decimals keep their
# scale.
#
# Expected (written before the run): as in SQL, a product's scale is the sum of the scales (1.25
#   * 3.33 = 4.1625), and a quotient gets more digits or turns to double.
# Happens: sum() of whole numbers in DuckDB reaches Polars as Decimal(38, 0), and Polars keeps
#   the larger scale of the two sides: 12 / 1000 is 0, and per cent is 0 or 1 by the order of the
#   factors (DuckDB and count(*): 0.012 and 1.2). 1.25 * 3.33 is 4.16, where PyArrow has 4.1625.
#   In JSON from Polars such a sum is the text "12".
# Matters here: rates are made from sums. The same code is right for count(*), which is Int64.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check duckdb==2.0.1 polars==2.1.0 \
  pyarrow==26.0.1
cat >"$d/t.py" <<'P'
import json
from decimal import Decimal as D

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

a, b = pl.col("alerts"), pl.col("faces")
rates = (a / b, (a * 100 / b).alias("p"), (a / b * 100).alias("q"))
query = "select sum(x) alerts, sum(y) faces from (values (5, 400), (7, 600)) t(x, y)"
sums = duckdb.sql(query).pl()
whole = sums.with_columns(pl.all().cast(pl.Int64))
in_polars, as_integers = sums.select(*rates).row(0), whole.select(*rates).row(0)
in_duckdb = duckdb.sql(f"select alerts / faces, alerts * 100 / faces from ({query})").fetchall()[0]
product = pl.DataFrame({"a": [D("1.25")], "b": [D("3.33")]}).select(pl.col("a") * pl.col("b"))
arrow = pc.multiply(pa.array([D("1.25")]), pa.array([D("3.33")])).to_pylist()[0]
print("polars", pl.__version__, "duckdb", duckdb.__version__, "pyarrow", pa.__version__)
print("  schema of the sums     ", dict(sums.schema), sums.write_json())
print("  polars a/b, a*100/b, a/b*100", [str(x) for x in in_polars])
print("  the same cast to Int64 ", as_integers)
print("  duckdb a/b, a*100/b    ", in_duckdb)
print("  1.25*3.33 polars, arrow", product.item(), arrow)
assert sums.schema["alerts"] == pl.Decimal(38, 0)
assert in_polars == (D(0), D(1), D(0))
assert as_integers == (0.012, 1.2, 1.2) and in_duckdb == (0.012, 1.2)
assert product.item() == D("4.16") and arrow == D("4.1625")
assert json.loads(sums.write_json())[0]["alerts"] == "12"
P
"$d/v/bin/python" "$d/t.py" "$d"
