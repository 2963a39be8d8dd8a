"""Counts the postcodes of each outward code by district, and puts towns in districts.

In: what `packages` opens. Out: rows for `postcode_districts.csv` and `towns.csv`.
Does not keep a full postcode."""

# mypy: disable-error-code="import-untyped,import-not-found,no-any-return"

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pyproj
from scipy.spatial import cKDTree

from etl.model.reference import District
from scripts.geography.packages import Postcodes

# A district with less of an outward code than this is a slip of a position more often than a place.
_MIN_SHARE = 0.005
_FARTHEST_TOWN_METRES = 3_000
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")


def count_postcode_districts(
    postcodes: Postcodes, district_of: Mapping[str, District]
) -> list[tuple[str, str, int, str]]:
    """Outward code, district, postcodes in use or ended, share of the outward code's;
    largest share first."""
    pairs: Counter[tuple[str, str]] = Counter()
    for outward, code in zip(postcodes.outward.tolist(), postcodes.district.tolist(), strict=True):
        if code in district_of and _OUTWARD.fullmatch(outward):
            pairs[outward, district_of[code].district_code] += 1
    totals: Counter[str] = Counter()
    for (outward, _), count in pairs.items():
        totals[outward] += count
    rows = [
        (outward, code, count, f"{count / totals[outward]:.4f}")
        for (outward, code), count in pairs.items()
        if count / totals[outward] >= _MIN_SHARE
    ]
    return sorted(rows, key=lambda row: (row[0], -row[2], row[1]))


def place_towns(
    towns: list[tuple[str, float, float, int]],
    postcodes: Postcodes,
    district_of: Mapping[str, District],
) -> list[tuple[str, str, str, str, int]]:
    """Town, district of the nearest postcode, longitude, latitude, people.
    Towns far from any postcode are left out."""
    known = np.isin(postcodes.district, list(district_of))
    codes = postcodes.district[known]
    tree = cKDTree(postcodes.easting_northing[known])
    grid = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    best: dict[tuple[str, str], tuple[str, str, str, str, int]] = {}
    for name, longitude, latitude, people in towns:
        distance, nearest = tree.query(grid.transform(longitude, latitude))
        if distance > _FARTHEST_TOWN_METRES:
            continue
        code = district_of[str(codes[nearest])].district_code
        row = (name, code, f"{longitude:.4f}", f"{latitude:.4f}", people)
        if (name, code) not in best or best[name, code][4] < people:
            best[name, code] = row
    return [best[key] for key in sorted(best)]
