#!/usr/bin/env bash
# A CSV column declared INTEGER in DuckDB takes '2.5', '1e3' and '1_000' without an error.
#
# Expected (written before the run): a declared type is a check. read_csv with columns={'n':
#   'INTEGER'} fails on '2.5' and on '1_000', as PyArrow and Polars do with a schema.
# Happens: '2.5' becomes 3, '-2.5' becomes -3, '1_000' becomes 1000, '24e-1' becomes 2. The same
#   2.5 as DOUBLE casts to 2, so a value's integer depends on the way it came in.
# Matters here: a declared schema looks like the guard against rates in a column of counts. It
#   isn't.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
cat >"$d/t.py" <<'P'
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.csv as pc

path = sys.argv[1] + "/n.csv"
printed = ["2.5", "-2.5", "1_000", "24e-1"]
open(path, "w").write("n\n" + "\n".join(printed) + "\n")
rows = duckdb.read_csv(path, columns={"n": "INTEGER"}, header=True).fetchall()
found = [r[0] for r in rows]
double = duckdb.sql("select cast(2.5::double as integer), cast('2.5' as integer)").fetchall()[0]
options = pc.ConvertOptions(column_types={"n": pa.int64()})
refused = []
for name, read in {
    "polars": lambda p: pl.read_csv(p, schema={"n": pl.Int64}),
    "pyarrow": lambda p: pc.read_csv(p, convert_options=options),
}.items():
    for value in printed:
        open(path, "w").write(f"n\n{value}\n")
        try:
            read(path)
        except (pl.exceptions.ComputeError, pa.ArrowInvalid):
            refused.append((name, value))
print("duckdb", duckdb.__version__)
print("  printed", printed, "read as INTEGER", found)
print("  2.5::double, '2.5' as INTEGER", double)
print("  refused by others", refused)
assert found == [3, -3, 1000, 2]
assert double == (2, 3)
assert len(refused) == 8
P
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check polars==2.1.0 pyarrow==26.0.1
for version in 1.5.6 2.0.1; do
  "$d/v/bin/pip" install -q --no-compile --disable-pip-version-check --no-deps --target \
  "$d/$version" \
    "duckdb==$version"
  PYTHONPATH="$d/$version" "$d/v/bin/python" "$d/t.py" "$d"
done
