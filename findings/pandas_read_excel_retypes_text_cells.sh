#!/usr/bin/env bash
# pandas.read_excel turns text cells into numbers, booleans and NaN: '01' becomes 1.
#
# Expected (written before the run): a workbook has types, unlike CSV. Cells stored as text stay
#   text ('01', '1e5', 'TRUE', 'NA'), with either engine, as they do in Polars and openpyxl.
# Happens: pandas sends the cells through its CSV parser. '01' and '02' become 1 and 2, '1e5'
#   becomes 100000.0, 'TRUE' becomes True, 'NA' and 'None' become NaN. dtype=str keeps the first
#   three but not 'NA', which needs keep_default_na=False as well.
# Matters here: codes of forces, wards and incidents stored as text in a return lose their zeros.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check pandas==3.1.1 openpyxl==3.1.5 \
  python-calamine==0.9.1 polars==2.1.0 fastexcel==0.21.0
cat >"$d/t.py" <<'P'
import sys
import warnings

import openpyxl
import pandas as pd
import polars as pl

warnings.simplefilter("ignore")
path = sys.argv[1] + "/n.xlsx"
book = openpyxl.Workbook()
rows = [("code", "ref", "told"), ("01", "1e5", "TRUE"), ("02", "2e5", "NA")]
for row in rows:
    book.active.append(row)
book.save(path)
kinds = {c.data_type for r in openpyxl.load_workbook(path).active for c in r}
found = {e: pd.read_excel(path, engine=e).values.tolist() for e in ("openpyxl", "calamine")}
told = pd.read_excel(path, dtype=str).values.tolist()
polars = pl.read_excel(path).rows()
print("pandas", pd.__version__, "polars", pl.__version__, "kinds of cell in the file:", kinds)
for engine, values in found.items():
    print(f"  pandas, {engine:9}", values)
print("  pandas, dtype=str", told)
print("  polars           ", polars)
assert kinds == {"s"}
for values in found.values():
    assert values[0] == [1, 100000.0, True] and type(values[0][2]) is bool
    assert values[1][0] == 2 and pd.isna(values[1][2])
assert told[0] == ["01", "1e5", "TRUE"] and pd.isna(told[1][2])
assert polars == rows[1:]
P
"$d/v/bin/python" "$d/t.py" "$d"
