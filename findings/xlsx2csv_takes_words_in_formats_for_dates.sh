#!/usr/bin/env bash
# A number format with a word in it ('0" days"'): xlsx2csv loses the number, ExcelJS makes a
# date.
#
# Expected (written before the run): words in quotes or after a backslash are literal text
#   (ECMA-376 18.8.31); every reader gives the number 45, as openpyxl and calamine do.
# Happens: xlsx2csv takes the 'd', 'm' or 'h' of the word for a date code and writes the format
#   itself, filled in as a date: '0" days"' gives '0" 13ays"' and '#,##0" deployments"' gives
#   '#,##0" 13eploy02ents"'. The 45 is in no column any more, and the exit code is 0. ExcelJS has
#   quotes right, but reads 45 with '0\d' (an escaped letter) as 13 February 1900.
# Matters here: published workbooks show counts with a unit in the format.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5 \
  python-calamine==0.9.1
(cd "$d" && npm install --silent --no-audit --no-fund exceljs@4.4.0 >npm.log 2>&1)
cat >"$d/t.js" <<'P'
const { Workbook } = require("exceljs");
const book = new Workbook();
book.xlsx.readFile("n.xlsx").then(() => {
  const values = [];
  book.worksheets[0].eachRow((row) => values.push(row.getCell(1).value));
  console.log(JSON.stringify(values));
});
P
cat >"$d/t.py" <<'P'
import csv
import json
import subprocess
import sys

import openpyxl
import python_calamine as calamine

folder = sys.argv[1]
formats = ['0" days"', '#,##0" deployments"', '0" m"', "0\\d", "0"]
book = openpyxl.Workbook()
for row, form in enumerate(formats, 1):
    book.active.cell(row, 1, 45).number_format = form
book.save(folder + "/n.xlsx")
run = subprocess.run(
    [sys.prefix + "/bin/xlsx2csv", folder + "/n.xlsx"], capture_output=True, text=True, check=True
)
to_csv = [r[0] for r in csv.reader(run.stdout.splitlines())]
rust = calamine.CalamineWorkbook.from_path(folder + "/n.xlsx").get_sheet_by_index(0).to_python()
again = [c.value for c in openpyxl.load_workbook(folder + "/n.xlsx").active["A"]]
node = subprocess.run(
    ["node", "t.js"], cwd=folder, capture_output=True, text=True, check=True
)
js = json.loads(node.stdout)
print("xlsx2csv 0.8.6, exceljs 4.4.0; each cell holds 45")
for row in zip(formats, to_csv, js, again, rust, strict=True):
    print("  format %-24s xlsx2csv %-24s exceljs %-26s openpyxl %s calamine %s" % row)
assert again == [45] * 5 and rust == [[45.0]] * 5
assert to_csv == ['0" 13ays"', '#,##0" 13eploy02ents"', '0" 02"', "013", "45"]
assert js == [45, 45, 45, "1900-02-13T00:00:00.000Z", 45]
P
"$d/v/bin/python" "$d/t.py" "$d"
