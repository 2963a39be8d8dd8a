#!/usr/bin/env bash
# Polars: fewer rows than before is a change of 4,294,967,294, not -2.
#
# Expected (written before the run): the difference of two counts of rows may be negative: 3 - 5
#   = -2.
# Happens: len() is a 32-bit count without a sign, and subtracting keeps that type and wraps
#   round, between two counts and with a literal alike. diff() of the same column gives -2.
# Matters here: "how did this edition change" is a difference of counts per force.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check polars==2.1.0
cat >"$d/t.py" <<'P'
import polars as pl

old = pl.DataFrame({"force": ["Gwent"] * 5})
new = pl.DataFrame({"force": ["Gwent"] * 3})
both = (
    old.group_by("force").len("before").join(new.group_by("force").len("after"), on="force")
)
changed = both.with_columns(change=pl.col("after") - pl.col("before"))
literal = new.select(pl.len() - 5).item()
stacked = pl.concat([both.select(n="before"), both.select(n="after")])
diffed = stacked.select(pl.col("n").diff()).to_series().to_list()
print("polars", pl.__version__, dict(changed.schema), changed.rows())
print("  len() - 5:", literal, "diff():", diffed)
assert changed["change"].to_list() == [4294967294] == [literal]
assert diffed == [None, -2]
P
"$d/v/bin/python" "$d/t.py" "$d"
