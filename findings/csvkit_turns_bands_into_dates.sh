#!/usr/bin/env bash
# csvkit reads age bands as dates of 2001, months as dates of the year 1, and 9:30 as 9 minutes.
#
# Expected (written before the run): csvjson guesses numbers, booleans and full dates; '10-12'
#   and 'May' stay text, '9:30' is text or half past nine.
# Happens: '10-12' becomes 2001-10-12, 'May' 0001-05-01, 'Sun' 0001-01-07, '9:30' 0:09:30 (a
#   length of 9 minutes 30 seconds), '1_000' 1000.0, and '12.5%' 12.5. The guess is per column,
#   so one band that is no date ('18-24') keeps all as text: the same table may go either way.
# Matters here: csvkit is the usual tool for a look at a published CSV. --no-inference avoids it.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check csvkit==2.2.0
cat >"$d/t.py" <<'P'
import json
import subprocess
import sys

path = sys.argv[1] + "/n.csv"


def column(*values):
    with open(path, "w") as file:
        file.write("v,n\n" + "".join(f"{v},{i}\n" for i, v in enumerate(values)))
    tool = sys.prefix + "/bin/csvjson"
    run = subprocess.run([tool, path], capture_output=True, text=True, check=True)
    return [r["v"] for r in json.loads(run.stdout)]


cases = {
    ("10-12", "11-12"): ["2001-10-12", "2001-11-12"],
    ("10-12", "18-24"): ["10-12", "18-24"],
    ("May", "March"): ["0001-05-01", "0001-03-01"],
    ("Sun", "Mon"): ["0001-01-07", "0001-01-08"],
    ("9:30", "10:15"): ["0:09:30", "0:10:15"],
    ("1_000", "2_000"): [1000.0, 2000.0],
    ("12.5%", "3%"): [12.5, 3.0],
}
found = {c: column(*c) for c in cases}
print("csvkit 2.2.0")
for case, values in found.items():
    print("  ", case, "->", values)
assert found == cases
P
"$d/v/bin/python" "$d/t.py" "$d"
