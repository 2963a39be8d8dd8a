#!/usr/bin/env bash
# SheetJS reads the CSV cell "1, 2, 3" as 2 January 2003, and "0%" as the number 0.
#
# Expected (written before the run): a quoted cell with a list of codes is a text.
# Happens: XLSX.read gives the serial number 37623, a date; with cellDates a Date. raw: true keeps it.
# Matters here: publications give the purposes of a deployment as "1, 2, 3".
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
npm --prefix "$d" install --silent xlsx@0.18.5 >/dev/null
cat >"$d/t.cjs" <<'J'
const XLSX = require("xlsx");
const read = (options) => {
  const book = XLSX.read('purposes,rate\n"1, 2, 3",0%\n', { type: "string", ...options });
  return XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1 })[1];
};
const [plain, raw] = [read({}), read({ raw: true })];
console.log("xlsx 0.18.5:", JSON.stringify(plain), "raw:", JSON.stringify(raw));
if (plain[0] !== 37623 || plain[1] !== 0) throw new Error("read otherwise now");
if (raw[0] !== "1, 2, 3" || raw[1] !== "0%") throw new Error("raw is another now");
J
(cd "$d" && node t.cjs)
