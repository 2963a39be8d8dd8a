#!/usr/bin/env bash
# dateparser reads '2024/25' as the 25th of whatever month it is; 'Q1 2024' moves with it too.
#
# Expected (written before the run): neither is a date: None.
# Happens: with locale en-GB '2024/25' is 25 March 2024 when run in March and 25 November 2024
#   when run in November. 'Q1 2024' is 1 March when run on 1 March and 15 February when run on 15
#   November: the day of the run, and that month's place in its quarter. '10-12' is 10 December.
#   STRICT_PARSING refuses all three.
# Matters here: periods of publications are written so, and the answer changes with the day.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check dateparser==1.5.0
cat >"$d/t.py" <<'P'
import datetime as dt

import dateparser


def read(text, month, day, **more):
    settings = {"RELATIVE_BASE": dt.datetime(2026, month, day), **more}
    found = dateparser.parse(text, locales=["en-GB"], settings=settings)
    return found and found.date().isoformat()


print("dateparser", dateparser.__version__)
texts = ("2024/25", "Q1 2024", "10-12")
march = {t: read(t, 3, 1) for t in texts}
november = {t: read(t, 11, 15) for t in texts}
strict = {t: read(t, 11, 15, STRICT_PARSING=True) for t in texts}
print("  run on 1 March    ", march)
print("  run on 15 November", november)
print("  STRICT_PARSING    ", strict)
assert march["2024/25"] == "2024-03-25" and november["2024/25"] == "2024-11-25"
assert march["Q1 2024"] == "2024-03-01" and november["Q1 2024"] == "2024-02-15"
assert march["10-12"] == "2026-12-10"
assert set(strict.values()) == {None}
P
"$d/v/bin/python" "$d/t.py" "$d"
