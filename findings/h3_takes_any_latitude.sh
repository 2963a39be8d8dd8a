#!/usr/bin/env bash
# H3 gives a valid cell for latitude 151, and for a swapped pair: no range is checked.
#
# Expected (written before the run): latitudes beyond 90 degrees are refused, so a pair given the
#   wrong way round (easting first, or in metres) is found out.
# Happens: latlng_to_cell(151.48, -3.18) is a valid cell on the far side of the globe, the cell
#   of (28.52, 176.82): the point is carried over the pole. (318218, 176509), metres of the
#   National Grid, have a valid cell too. Only infinity and NaN are refused.
# Matters here: sites come as grid metres, or as longitude and latitude in either order.
set -euo pipefail
d=$(mktemp -d); trap 'rm -rf "$d"' EXIT
python3 -m venv "$d/v"
"$d/v/bin/pip" install -q --no-compile --disable-pip-version-check h3==4.5.0
cat >"$d/t.py" <<'P'
import h3

beyond = h3.latlng_to_cell(151.48, -3.18, 7)
over = h3.latlng_to_cell(180 - 151.48, -3.18 + 180, 7)
metres = h3.latlng_to_cell(318218, 176509, 7)
try:
    h3.latlng_to_cell(float("nan"), -3.18, 7)
    refused = False
except Exception as error:
    refused = type(error).__name__
print("h3", h3.__version__)
print("  (151.48, -3.18)", beyond, [round(x, 2) for x in h3.cell_to_latlng(beyond)])
print("  (28.52, 176.82)", over)
print("  (318218, 176509)", metres, [round(x, 2) for x in h3.cell_to_latlng(metres)])
print("  NaN", refused)
assert h3.is_valid_cell(beyond) and beyond == over
assert h3.is_valid_cell(metres)
assert refused
P
"$d/v/bin/python" "$d/t.py" "$d"
