#!/usr/bin/env bash
# A workbook with the 1904 date system: SheetJS gives its dates four years and a day too early.
#
# Expected (written before the run): every reader heeds date1904 (openpyxl, calamine and ExcelJS
#   do), or none with cellDates: true would be of use.
# Happens: in one file SheetJS gives 2020-03-04 as a Date and 05/03/2024 as text for the same
#   cell: the text is right, the Date (cellDates: true) is 1,462 days early, and the raw serial
#   too.
# Matters here: workbooks begun on older Macs keep that system for good; the dates are plausible.
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
  const read = XLSX.readFile("n.xlsx", { cellDates: true });
  const sheet = read.Sheets[read.SheetNames[0]];
  const plain = XLSX.readFile("n.xlsx");
  const text = XLSX.utils.sheet_to_csv(plain.Sheets[plain.SheetNames[0]]);
  console.log(JSON.stringify([sheet.A1.v, text.trim(), book.worksheets[0].getCell("A1").value]));
});
P
cat >"$d/t.py" <<'P'
import datetime as dt
import json
import subprocess
import sys

import openpyxl
import python_calamine as calamine
from openpyxl.utils.datetime import CALENDAR_MAC_1904

folder = sys.argv[1]
book = openpyxl.Workbook()
book.epoch = CALENDAR_MAC_1904
book.active["A1"] = dt.date(2024, 3, 5)
book.active["A1"].number_format = "dd/mm/yyyy"
book.save(folder + "/n.xlsx")
rust = calamine.CalamineWorkbook.from_path(folder + "/n.xlsx").get_sheet_by_index(0).to_python()
again = openpyxl.load_workbook(folder + "/n.xlsx").active["A1"].value
node = subprocess.run(["node", "t.js"], cwd=folder, capture_output=True, text=True, check=True)
date, text, exceljs = json.loads(node.stdout)
print("xlsx 0.18.5, exceljs 4.4.0, openpyxl 3.1.5, python-calamine 0.9.1; written: 2024-03-05")
print("  sheetjs as Date", date, "as text", text)
print("  exceljs", exceljs, "openpyxl", again, "calamine", rust[0][0])
assert again.date() == rust[0][0] == dt.date(2024, 3, 5)
assert exceljs.startswith("2024-03-05")
assert text == "05/03/2024"
assert date.startswith("2020-03-04")
P
"$d/v/bin/python" "$d/t.py" "$d"
