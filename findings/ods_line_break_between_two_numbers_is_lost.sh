#!/usr/bin/env bash
# A cell '12' over '34', written by pyexcel-ods3: calamine reads '1234', pandas the number 1234.
#
# Expected (written before the run): the line break between the two comes back as '\n', as it
#   does for a cell that LibreOffice saved; '12\n34' is no number.
# Happens: pyexcel-ods3 writes the break as text:line-break (valid ODF; LibreOffice writes a
#   second text:p). calamine drops it, so Polars has the text '1234' and pandas with
#   engine='calamine' the integer 1234; pandas with engine='odf' keeps the break.
# Matters here: a revised count under the first one in the same cell becomes one plausible
#   number, and which of two engines of one library reads the file decides it.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1 \
  python-calamine==0.9.1 pyexcel-ods3==0.6.1 polars==2.1.0 fastexcel==0.21.0
cat >"$d/t.py" <<'P'
import sys

import pandas as pd
import polars as pl
import pyexcel_ods3
import python_calamine as calamine

path = sys.argv[1] + "/n.ods"
pyexcel_ods3.save_data(path, {"S": [["Gwent", "12\n34"]]})
pandas = {
    engine: pd.read_excel(path, header=None, engine=engine).values.tolist()[0]
    for engine in ("odf", "calamine")
}
rust = calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0]
polars = pl.read_ods(path, has_header=False).row(0)
back = pyexcel_ods3.get_data(path)["S"][0]
print("pyexcel-ods3 0.6.1, python-calamine 0.9.1, pandas", pd.__version__, "polars", pl.__version__)
print("  pyexcel-ods3   ", back)
print("  pandas odf     ", pandas["odf"])
print("  pandas calamine", pandas["calamine"])
print("  calamine       ", rust)
print("  polars         ", polars)
assert back == pandas["odf"] == ["Gwent", "12\n34"]
assert pandas["calamine"] == ["Gwent", 1234]
assert rust == ["Gwent", "1234"] and polars == ("Gwent", "1234")
P
"$d/v/bin/python" "$d/t.py" "$d"
