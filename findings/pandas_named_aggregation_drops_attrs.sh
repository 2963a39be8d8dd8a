#!/usr/bin/env bash
# pandas keeps a frame's attrs over groupby().sum() and drops them over the named form of agg().
#
# Expected: both ways of writing one sum treat the metadata of the columns alike.
# Happens: .sum() and .agg("sum") keep attrs, .agg(total=("v", "sum")) drops them without a word;
#   pivot() drops them too, pivot_table() keeps them.
# Matters here: unit and denominator of a column travel in attrs; the form that the guide to pandas
#   recommends for readable code loses them.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --disable-pip-version-check pandas==3.1.1
cat >"$d/t.py" <<'P'
import pandas as pd

frame = pd.DataFrame({"force": ["a", "a", "b"], "year": [1, 2, 1], "v": [1, 2, 3]})
frame.attrs = {"v": "alerts"}
groups = frame.groupby("force")
kept = {
    "sum()": bool(groups["v"].sum().attrs) and bool(groups[["v"]].sum().attrs),
    "agg('sum')": bool(groups[["v"]].agg("sum").attrs),
    "agg(total=('v', 'sum'))": bool(groups.agg(total=("v", "sum")).attrs),
    "pivot()": bool(frame.pivot(index="force", columns="year", values="v").attrs),
    "pivot_table()": bool(frame.pivot_table(index="force", columns="year", values="v").attrs),
}
print("pandas", pd.__version__, kept)
assert list(kept.values()) == [True, True, False, False, True], kept
P
"$d/v/bin/python" "$d/t.py"
