#!/usr/bin/env bash
# An ODS file that SheetJS wrote can't be read by calamine, nor by Polars or pandas through it.
#
# Expected (written before the run): blanks between XML elements of a row mean nothing, so a file
#   that LibreOffice, odfdo and odfpy open is read.
# Happens: SheetJS indents the cells; calamine stops at the blanks ("Expecting 'table-cell',
#   found 'Text'"), and says of the same bytes without a name that it can't detect the format.
#   odfdo and pandas with engine='odf' read the file.
# Matters here: who offers ODS made in a browser shuts out the fast readers in Python and Rust.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check python-calamine==0.9.1 \
  pandas==3.1.1 \
  odfpy==1.4.1 odfdo==3.27.3 polars==2.1.0 fastexcel==0.21.0
(cd "$d" && npm install --silent --no-audit --no-fund xlsx@0.18.5 >npm.log 2>&1)
cat >"$d/t.js" <<'P'
const XLSX = require("xlsx");
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([["force", "n"], ["Gwent", 12]]), "S");
XLSX.writeFile(book, "n.ods");
P
cat >"$d/t.py" <<'P'
import sys

import odfdo
import pandas as pd
import polars as pl
import python_calamine as calamine

path = sys.argv[1] + "/n.ods"
rows = [["force", "n"], ["Gwent", 12]]
other = [list(r) for r in odfdo.Document(path).body.tables[0].get_values()]
frame = pd.read_excel(path, header=None, engine="odf").values.tolist()
errors = {}
for name, read in {
    "calamine": lambda: calamine.CalamineWorkbook.from_path(path),
    "polars": lambda: pl.read_ods(path),
    "pandas calamine": lambda: pd.read_excel(path, engine="calamine"),
}.items():
    try:
        read()
    except Exception as error:
        errors[name] = str(error).split("\n")[0][:90]
print("xlsx 0.18.5, python-calamine 0.9.1; odfdo", other, "pandas odf", frame)
for name, error in errors.items():
    print(f"  {name:15}", error)
assert other == frame == rows
assert set(errors) == {"calamine", "polars", "pandas calamine"}
assert "table-cell" in errors["calamine"]
P
(cd "$d" && node t.js)
"$d/v/bin/python" "$d/t.py" "$d"
