#!/usr/bin/env bash
# Frictionless and csvw both pass '1_000' and '٥' as integers; csvw passes '5.0' and a month 13
# too.
#
# Expected (written before the run): Table Schema and CSVW take their integers from XML Schema:
#   digits 0-9 with a sign. A validator refuses '1_000', '٥' (Arabic five) and, as an integer,
#   '5.0'.
# Happens: both turn the first two into 1000 and 5, as Python's int() does. csvw reads '5.0' as
#   the integer 5, where frictionless refuses, and passes '2024-13' as gYearMonth and '24' as
#   gYear. PyArrow and Polars refuse both numbers with a declared integer column.
# Matters here: a release that passed both validators can still not load at the reader's.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check frictionless==5.21.0 \
  csvw==4.1.1 \
  pyarrow==26.0.1 polars==2.1.0
cat >"$d/t.py" <<'P'
import sys

import csvw
import csvw.metadata
import frictionless
import polars as pl
import pyarrow as pa
import pyarrow.csv as pc

path = sys.argv[1] + "/n.csv"
field = frictionless.Field.from_descriptor({"name": "v", "type": "integer"})


def by_csvw(kind, text):
    try:
        return csvw.metadata.Datatype.fromvalue(kind).parse(text)
    except ValueError:
        return None


def by_readers(text):
    with open(path, "w") as file:
        file.write(f"v\n{text}\n")
    options = pc.ConvertOptions(column_types={"v": pa.int64()})
    found = []
    for read in (
        lambda: pc.read_csv(path, convert_options=options)["v"][0].as_py(),
        lambda: pl.read_csv(path, schema={"v": pl.Int64})["v"][0],
    ):
        try:
            found.append(read())
        except (pa.ArrowInvalid, pl.exceptions.ComputeError):
            found.append(None)
    return found


print("frictionless", frictionless.__version__, "csvw", csvw.__version__)
table = {}
for text in ("5", "1_000", "\u0665", "5.0"):
    table[text] = [field.read_cell(text)[0], by_csvw("integer", text), *by_readers(text)]
    print("  %-10r frictionless %s, csvw %s, pyarrow %s, polars %s" % (text, *table[text]))
dates = [by_csvw("gYearMonth", "2024-13"), by_csvw("gYear", "24")]
print("  csvw gYearMonth '2024-13', gYear '24':", dates)
assert table["5"] == [5, 5, 5, 5]
assert table["1_000"] == [1000, 1000, None, None]
assert table["\u0665"] == [5, 5, None, None]
assert table["5.0"][:2] == [None, 5]
assert dates == ["2024-13", "24"]
P
"$d/v/bin/python" "$d/t.py" "$d"
