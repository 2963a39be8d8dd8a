#!/usr/bin/env bash
# XLSX rows and cells need no address (the attribute r is optional): xlsx2csv then loses rows.
#
# Expected (written before the run): openpyxl, calamine, SheetJS, ExcelJS, read-excel-file and
#   xlsx2csv all count on from the cell before, as ECMA-376 18.3.1.4 lets a writer rely on.
# Happens: xlsx2csv keeps one row of three and exits with 0; ExcelJS and read-excel-file raise an
#   error; openpyxl, calamine and SheetJS read all. In the file below only the second row has an
#   r.
# Matters here: some streaming writers leave the addresses out. A row lost is a deployment lost.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5 \
  python-calamine==0.9.1
(cd "$d" && npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 \
  read-excel-file@9.3.17 >npm.log 2>&1)
cat >"$d/t.js" <<'P'
const { Workbook } = require("exceljs");
const XLSX = require("xlsx");
const module_ = require("read-excel-file/node");
const read = XLSX.readFile("n.xlsx");
const tries = {
  sheetjs: async () => XLSX.utils.sheet_to_json(read.Sheets[read.SheetNames[0]], { header: 1 }),
  exceljs: async () => (await new Workbook().xlsx.readFile("n.xlsx")).worksheets[0].rowCount,
  other: async () => (await (module_.default || module_)("n.xlsx"))[0].data,
};
(async () => {
  const found = {};
  for (const [name, go] of Object.entries(tries)) {
    found[name] = await go().catch((error) => "Error: " + error.message);
  }
  console.log(JSON.stringify(found));
})();
P
cat >"$d/t.py" <<'P'
import json
import re
import subprocess
import sys
import zipfile

import openpyxl
import python_calamine as calamine

folder = sys.argv[1]
book = openpyxl.Workbook()
for number in (11, 22, 33):
    book.active.append([number])
book.save(folder + "/full.xlsx")
with (
    zipfile.ZipFile(folder + "/full.xlsx") as old,
    zipfile.ZipFile(folder + "/n.xlsx", "w") as new,
):
    for name in old.namelist():
        text = old.read(name).decode()
        if name == "xl/worksheets/sheet1.xml":
            text = re.sub(r' r="A\d"', "", text).replace('<row r="1"', "<row")
            text = text.replace('<row r="3"', "<row")
        new.writestr(name, text)
again = [r for r in openpyxl.load_workbook(folder + "/n.xlsx").active.values]
rust = calamine.CalamineWorkbook.from_path(folder + "/n.xlsx").get_sheet_by_index(0).to_python()
run = subprocess.run(
    [sys.prefix + "/bin/xlsx2csv", folder + "/n.xlsx"], capture_output=True, text=True, check=True
)
node = subprocess.run(["node", "t.js"], cwd=folder, capture_output=True, text=True, check=True)
js = json.loads(node.stdout)
print("openpyxl", again, "calamine", rust, "sheetjs", js["sheetjs"])
print("exceljs", js["exceljs"], "| read-excel-file", js["other"])
print("xlsx2csv", repr(run.stdout))
assert again == [(11,), (22,), (33,)] and rust == js["sheetjs"] == [[11], [22], [33]]
assert js["exceljs"].startswith("Error") and js["other"].startswith("Error")
assert run.stdout.split() == ["22"], run.stdout
P
"$d/v/bin/python" "$d/t.py" "$d"
