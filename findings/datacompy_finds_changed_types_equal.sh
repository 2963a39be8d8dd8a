#!/usr/bin/env bash
# datacompy says that two editions match when a date became text, a flag a number, an ID another.
#
# Expected (written before the run): matches() is False where the dtype changed, as for '1.0' and
#   1, or where a whole number changed.
# Happens: True for 2024-03-05 as a date and as text, for True and 1, for columns 'ID' and 'id',
#   and for 9007199254740993 and 9007199254740992, which it compares as doubles though abs_tol
#   and rel_tol are 0. '1.0' and 1 do differ.
# Matters here: it is the usual check that a new edition repeats the old one.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check datacompy==1.1.0 pandas==3.0.6
cat >"$d/t.py" <<'P'
import warnings

import datacompy
import pandas as pd

warnings.simplefilter("ignore")
compare = getattr(datacompy, "PandasCompare", None) or datacompy.Compare


def same(one, other, name="id"):
    left = pd.DataFrame({"id": [1], "x": one})
    right = pd.DataFrame({name: [1], "x": other})
    return bool(compare(left, right, join_columns="id", abs_tol=0, rel_tol=0).matches())


found = {
    "date, text": same(pd.to_datetime(["2024-03-05"]), ["2024-03-05"]),
    "True, 1": same([True], [1]),
    "id, ID": same([1], [1], "ID"),
    "2**53 + 1, 2**53": same([2**53 + 1], [2**53]),
    "'1.0', 1": same(["1.0"], [1]),
    "'a', 'a '": same(["a"], ["a "]),
}
print("datacompy", datacompy.__version__, "pandas", pd.__version__)
for name, equal in found.items():
    print(f"  {name:18} matches: {equal}")
assert list(found.values()) == [True, True, True, True, False, False]
P
"$d/v/bin/python" "$d/t.py" "$d"
