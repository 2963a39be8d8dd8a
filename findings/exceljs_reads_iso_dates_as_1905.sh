#!/usr/bin/env bash
# A workbook with ISO 8601 dates, which openpyxl can write: ExcelJS moves every day to July 1905.
#
# Expected (written before the run): a cell of type 'd' holds its date as text (ECMA-376
#   18.18.11), so 5 March 2024 is read as 5 March 2024, or refused.
# Happens: ExcelJS reads '2024-03-05' as the number 2024, which as a day's serial is 16 July
#   1905; every day of 2024 becomes that day. No error. openpyxl, calamine and SheetJS have it
#   right.
# Matters here: iso_dates looks like the tidy choice for a release's workbook; readers in a
#   browser would see one wrong date for a whole year of deployments.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check openpyxl==3.1.5 \
  python-calamine==0.9.1
(cd "$d" && npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 >npm.log 2>&1)
cat >"$d/t.js" <<'P'
const { Workbook } = require("exceljs");
const XLSX = require("xlsx");
const book = new Workbook();
book.xlsx.readFile("n.xlsx").then(() => {
  const values = [];
  book.worksheets[0].eachRow((row) => values.push(row.getCell(1).value));
  const other = XLSX.readFile("n.xlsx", { cellDates: true });
  const rows = XLSX.utils.sheet_to_json(other.Sheets[other.SheetNames[0]], { header: 1 });
  console.log(JSON.stringify([values, rows.map((r) => r[0])]));
});
P
cat >"$d/t.py" <<'P'
import datetime as dt
import json
import subprocess
import sys

import openpyxl
import python_calamine as calamine

folder = sys.argv[1]
days = [dt.date(2024, 3, 5), dt.date(2024, 11, 30)]
book = openpyxl.Workbook(iso_dates=True)
for day in days:
    book.active.append([day])
book.save(folder + "/n.xlsx")
rust = calamine.CalamineWorkbook.from_path(folder + "/n.xlsx").get_sheet_by_index(0).to_python()
again = [c.value for c in openpyxl.load_workbook(folder + "/n.xlsx").active["A"]]
node = subprocess.run(["node", "t.js"], cwd=folder, capture_output=True, text=True, check=True)
exceljs, sheetjs = json.loads(node.stdout)
print("exceljs 4.4.0, xlsx 0.18.5, openpyxl 3.1.5, python-calamine 0.9.1")
print("  written ", [str(x) for x in days])
print("  exceljs ", exceljs)
print("  sheetjs ", sheetjs)
print("  openpyxl", [str(x) for x in again], "calamine", [str(r[0]) for r in rust])
assert again == days and rust == [[x] for x in days]
assert [s[:10] for s in sheetjs] == [str(x) for x in days]
assert exceljs == ["1905-07-16T00:00:00.000Z"] * 2
P
"$d/v/bin/python" "$d/t.py" "$d"
