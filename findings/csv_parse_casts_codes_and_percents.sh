#!/usr/bin/env bash
# csv-parse (Node) with cast and cast_date: '0x10' is 0, '10-12' and '5%' are dates of 2001.
#
# Expected (written before the run): cast makes numbers of plain decimal numbers, cast_date makes
#   dates of ISO dates; codes, bands and percentages stay text.
# Happens: cast makes 0 of '0x10' and of '0b11'. With cast_date '10-12' becomes 12 October 2001,
#   '5%' 1 May 2001, '01/02/2024' 2 January. d3.autoType and Papa Parse leave the last three as
#   text; d3 reads '0x10' as 16.
# Matters here: an age band or a share in a published CSV turns into a day, per cell, so a column
#   ends up mixed.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
(cd "$d" && npm install --silent --no-audit --no-fund csv-parse@7.0.3 d3-dsv@3.0.2 \
  papaparse@5.7.1 >npm.log 2>&1)
cat >"$d/t.js" <<'P'
const assert = require("node:assert");
const { parse } = require("csv-parse/sync");
const Papa = require("papaparse");
const values = ["0x10", "0b11", "10-12", "5%", "01/02/2024", "18-24", "7"];
const csv = "v\n" + values.join("\n") + "\n";
const show = (v) => (v instanceof Date ? "date " + v.toISOString().slice(0, 10) : v);
import("d3-dsv").then((d3) => {
  const found = {
    "csv-parse": parse(csv, { columns: true, cast: true, cast_date: true }).map((r) => show(r.v)),
    d3: d3.csvParse(csv, d3.autoType).map((r) => show(r.v)),
    papa: Papa.parse(csv.trim(), { header: true, dynamicTyping: true }).data.map((r) => show(r.v)),
  };
  console.log("csv-parse 7.0.3, d3-dsv 3.0.2, papaparse 5.7.1; printed:", values);
  for (const [name, row] of Object.entries(found)) console.log("  " + name.padEnd(10), row);
  const dates = ["date 2001-10-12", "date 2001-05-01", "date 2024-01-02"];
  assert.deepStrictEqual(found["csv-parse"].slice(0, 5), [0, 0, ...dates]);
  assert.strictEqual(found["csv-parse"][5], "18-24");
  assert.deepStrictEqual(found.d3, [16, 3, "10-12", "5%", "01/02/2024", "18-24", 7]);
  assert.deepStrictEqual(found.papa, ["0x10", "0b11", "10-12", "5%", "01/02/2024", "18-24", 7]);
});
P
(cd "$d" && TZ=UTC node t.js)
