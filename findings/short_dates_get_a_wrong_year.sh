#!/usr/bin/env bash
# A UK date with a two-digit year: DuckDB takes the day for the year, Polars the year 24 AD.
#
# Expected (written before the run): '31/12/24' is day/month/year in DuckDB's sniffer (it does
#   read '31/12/2024' so), 31 December 2024; Polars with try_parse_dates reads the same or leaves
#   text.
# Happens: DuckDB reads 2031-12-24: it tries year-first, %y/%m/%d, before day-first, and every UK
#   date before 2100 fits that. Even a month-end column full of 31/12/24 stays a valid DATE
#   column. Polars reads 0024-12-31. Neither warns, and the two answers are 2007 years apart. For
#   DuckDB dateformat='%d/%m/%y' gives the right day.
# Matters here: forces write deployment days as dd/mm/yy. A sniffed file would place them in
#   2001-2031 by their day of the month, and some of those years are plausible.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check duckdb==2.0.1 polars==2.1.0
python3 -m venv "$d/w"
"$d/w/bin/pip" install -q --no-compile --disable-pip-version-check duckdb==1.5.6 polars==2.1.0
cat >"$d/t.py" <<'P'
import datetime as dt
import io
import sys

import duckdb
import polars as pl

path = sys.argv[1] + "/days.csv"
text = "day,faces\n31/12/24,100\n24/05/24,200\n25/06/24,300\n"
open(path, "w").write(text)
sniffed = [r[0] for r in duckdb.read_csv(path).fetchall()]
told = [r[0] for r in duckdb.read_csv(path, date_format="%d/%m/%y").fetchall()]
long = io.StringIO(text.replace("/24,", "/2024,"))
open(path, "w").write(long.getvalue())
four = [r[0] for r in duckdb.read_csv(path).fetchall()]
parsed = pl.read_csv(io.StringIO(text), try_parse_dates=True)["day"].to_list()
print("duckdb", duckdb.__version__, "polars", pl.__version__)
print("  duckdb, sniffed       ", [str(x) for x in sniffed])
print("  duckdb, format told   ", [str(x) for x in told])
print("  duckdb, 4-digit year  ", [str(x) for x in four])
print("  polars try_parse_dates", [x.isoformat() for x in parsed])
right = [dt.date(2024, 12, 31), dt.date(2024, 5, 24), dt.date(2024, 6, 25)]
assert sniffed == [dt.date(2031, 12, 24), dt.date(2024, 5, 24), dt.date(2025, 6, 24)]
assert told == right and four == right
assert parsed == [dt.date(24, 12, 31), dt.date(24, 5, 24), dt.date(24, 6, 25)]
P
"$d/v/bin/python" "$d/t.py" "$d"
"$d/w/bin/python" "$d/t.py" "$d"
