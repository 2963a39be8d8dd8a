#!/usr/bin/env bash
# Plotly Express leaves out rows whose colour, facet or symbol is missing: bars get shorter.
#
# Expected (written before the run): rows with no group are drawn in a group of their own, or an
#   error says so; the figure's total is the table's.
# Happens: px.bar(color='ethnicity') draws 3 of 10 alerts where 7 have no ethnicity, with no
#   warning; facet_col does the same, and so for pandas and Polars alike. Without the argument,
#   all 10 are there. The word 'Unknown' in place of the null keeps them.
# Matters here: unrecorded groups are most of some published tables; the chart shows the rest as
#   all.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check plotly==7.1.0 pandas==3.1.1 \
  polars==2.1.0 \
  pyarrow==26.0.1
cat >"$d/t.py" <<'P'
import base64
import warnings

import numpy as np
import pandas as pd
import plotly
import plotly.express as px
import polars as pl

warnings.simplefilter("error")
frame = pd.DataFrame({"month": ["May", "May"], "n": [3, 7], "ethnicity": ["White", None]})


def total(data, **more):
    drawn = 0
    for trace in px.bar(data, x="month", y="n", **more).to_dict()["data"]:
        values = trace["y"]
        if isinstance(values, dict):
            raw = base64.b64decode(values["bdata"])
            values = np.frombuffer(raw, dtype=values["dtype"])
        drawn += int(sum(values))
    return drawn


found = {
    "plain": total(frame),
    "color": total(frame, color="ethnicity"),
    "facet_col": total(frame, facet_col="ethnicity"),
    "polars, color": total(pl.from_pandas(frame), color="ethnicity"),
    "color, filled": total(frame.fillna({"ethnicity": "Unknown"}), color="ethnicity"),
}
print("plotly", plotly.__version__, "pandas", pd.__version__, "sum of the table:", frame["n"].sum())
print("  drawn:", found)
assert found["plain"] == found["color, filled"] == 10
assert found["color"] == found["facet_col"] == found["polars, color"] == 3
P
"$d/v/bin/python" "$d/t.py" "$d"
