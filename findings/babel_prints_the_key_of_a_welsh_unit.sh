#!/usr/bin/env bash
# Babel's format_unit(2, 'duration-day', locale='cy') is "2 duration-day", the key itself.
#
# Expected (written before the run): CLDR has Welsh patterns for days and hours in long form,
#   with mutations: "2 ddiwrnod", "3 awr", as Node's Intl gives.
# Happens: the long form, Babel's default, has the key in place of the word for day, hour and
#   month; week and minute are right, and length='short' gives "2 ddiwrnod". A kilometre is "1
#   cilometr" but "2 km". format_unit(2, 'day') gives "2 day". No error.
# Matters here: retention periods and deployment hours on Welsh pages.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check babel==2.18.0
cat >"$d/t.py" <<'P'
import sys

import babel
from babel.units import format_unit


def row(unit, length="long"):
    return [format_unit(n, unit, locale="cy", length=length) for n in (1, 2, 3)]


found = {
    "duration-day": row("duration-day"),
    "duration-hour": row("duration-hour"),
    "duration-month": row("duration-month"),
    "duration-week": row("duration-week"),
    "duration-day short": row("duration-day", "short"),
    "day": row("day"),
    "length-kilometer": row("length-kilometer"),
}
print("babel", babel.__version__, "on python", sys.version.split()[0])
for name, texts in found.items():
    print(f"  {name:20}", texts)
assert found["duration-day"] == ["1 duration-day", "2 duration-day", "3 duration-day"]
assert found["duration-hour"][1] == "2 duration-hour"
assert found["duration-month"][1] == "2 duration-month"
assert found["duration-week"] == ["1 wythnos", "2 wythnos", "3 wythnos"]
assert found["duration-day short"] == ["1 diwrnod", "2 ddiwrnod", "3 diwrnod"]
assert found["day"] == ["1 day", "2 day", "3 day"]
assert found["length-kilometer"] == ["1 cilometr", "2 km", "3 km"]
P
"$d/v/bin/python" "$d/t.py" "$d"
