#!/usr/bin/env bash
# A relation of DuckDB's Python API is read again at each use: its rows may not be the rows
# counted.
#
# Expected (written before the run): rel = duckdb.sql(...) holds a result once fetched: a second
#   fetchall() gives the same rows, random() the same number, whatever changed meanwhile.
# Happens: each call runs the query again. A row inserted between two fetches is in the second, a
#   random() differs, and a CSV that grew is read anew. The same on 1.5.6 and 2.0.1; 2.0 also has
#   no fetchone() for a relation any more.
# Matters here: a check on rel, then an export of rel, may see two states of a file being
#   replaced, and a sample drawn once is drawn twice.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
cat >"$d/t.py" <<'P'
import sys

import duckdb

folder = sys.argv[1]
path = folder + "/n.csv"
connection = duckdb.connect()
connection.execute("create table t as select 1 as n")
counted = connection.sql("select count(*) from t")
first = counted.fetchall()
connection.execute("insert into t values (2)")
second = counted.fetchall()
drawn = connection.sql("select random() r")
draws = drawn.fetchall(), drawn.fetchall()
with open(path, "w") as file:
    file.write("n\n5\n")
table = duckdb.sql(f"from '{path}'")
checked = sum(r[0] for r in table.fetchall())
with open(path, "a") as file:
    file.write("7\n")
exported = sum(r[0] for r in table.fetchall())
print("duckdb", duckdb.__version__)
print("  count before and after an insert:", first, second)
print("  random() twice:", draws, "total checked", checked, "exported", exported)
print("  fetchone:", hasattr(table, "fetchone"))
assert first == [(1,)] and second == [(2,)]
assert draws[0] != draws[1]
assert (checked, exported) == (5, 12)
assert hasattr(table, "fetchone") == duckdb.__version__.startswith("1.")
P
for version in 1.5.6 2.0.1; do
  "$d/v/bin/pip" install -q --no-compile --disable-pip-version-check --no-deps --target \
  "$d/$version" \
    "duckdb==$version"
  PYTHONPATH="$d/$version" "$d/v/bin/python" "$d/t.py" "$d"
done
