#!/usr/bin/env bash
# read-excel-file gives a third of a day's minutes a millisecond early: 02:00 becomes 01:59.
#
# Expected (written before the run): times on whole minutes come back as whole minutes, as they
#   do from ExcelJS, openpyxl and Polars, which round a serial day number to the nearest
#   millisecond.
# Happens: of the 1,440 minutes of one day 448 are one millisecond short, and 8 of the 24 full
#   hours fall into the hour before. SheetJS has 352 wrong, though none in a wrong hour.
# Matters here: alerts counted by hour, from a workbook read in the browser, move to other hours.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
(cd "$d" && npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 \
  read-excel-file@9.3.17 >npm.log 2>&1)
cat >"$d/t.js" <<'P'
const assert = require("node:assert");
const { Workbook } = require("exceljs");
const XLSX = require("xlsx");
const module_ = require("read-excel-file/node");

const minutes = [...Array(1440).keys()].map((i) => Date.UTC(2024, 2, 5, 0, i));
function misses(times) {
  const early = times.filter((t, i) => t.getTime() !== minutes[i]);
  const hour = (t) => Math.floor(t / 3600e3);
  return [early.length, times.filter((t, i) => hour(t.getTime()) !== hour(minutes[i])).length];
}
(async () => {
  const book = new Workbook();
  const sheet = book.addWorksheet("S");
  for (const minute of minutes) {
    sheet.addRow([new Date(minute)]).getCell(1).numFmt = "dd/mm/yyyy hh:mm";
  }
  await book.xlsx.writeFile("n.xlsx");
  const again = new Workbook();
  await again.xlsx.readFile("n.xlsx");
  const exceljs = [];
  again.worksheets[0].eachRow((row) => exceljs.push(row.getCell(1).value));
  const read = XLSX.readFile("n.xlsx", { cellDates: true });
  const sheetjs = XLSX.utils.sheet_to_json(read.Sheets.S, { header: 1 }).map((r) => r[0]);
  const other = (await (module_.default || module_)("n.xlsx"))[0].data.map((r) => r[0]);
  const found = { exceljs: misses(exceljs), sheetjs: misses(sheetjs), other: misses(other) };
  console.log("exceljs 4.4.0, xlsx 0.18.5, read-excel-file 9.3.17; of 1,440 minutes");
  console.log("  exceljs          early, in a wrong hour:", found.exceljs);
  console.log("  sheetjs          early, in a wrong hour:", found.sheetjs);
  console.log("  read-excel-file  early, in a wrong hour:", found.other);
  console.log("  e.g.", other.filter((t) => t.getTime() % 60000 && t.getMinutes() === 59
    && t.getSeconds() === 59)[0].toISOString());
  assert.deepStrictEqual(found, { exceljs: [0, 0], sheetjs: [352, 0], other: [448, 8] });
})();
P
(cd "$d" && TZ=UTC node t.js)
