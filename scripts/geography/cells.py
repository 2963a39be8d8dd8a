"""Turns labelled points into labelled areas of land.

In: points with the number of their area, and the land; all in metres of one plane. Out: one
geometry an area. Each piece of land goes to the area of the nearest point; borders run where the
cells of two areas meet. Does not know what the areas are."""

# mypy: disable-error-code="import-untyped,import-not-found,no-any-return"

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree

from scripts.geography.packages import Floats

Numbers = NDArray[np.int64]
Geometry = Any
# A point of one area among eight nearest points with fewer than two of the same area is taken for a
# slip.
_NEIGHBOURS, _MIN_OWN = 8, 2
# Land farther from any point than this is not ours: another country's.
_FARTHEST_METRES = 20_000
_SMALLEST_ISLAND_SQUARE_METRES = 200_000
_FAR = 4_000_000


def settle_points(points: Floats, areas: Numbers) -> tuple[Floats, Numbers]:
    """One point a position, with the area that most there belong to;
    without points that stand alone among others."""
    where, inverse = np.unique(points, axis=0, return_inverse=True)
    votes, counts = np.unique(np.column_stack([inverse.ravel(), areas]), axis=0, return_counts=True)
    order = np.argsort(counts, kind="stable")
    settled = np.empty(len(where), np.int64)
    settled[votes[order, 0]] = votes[order, 1]
    _, near = cKDTree(where).query(where, k=_NEIGHBOURS + 1, workers=-1)
    own = (settled[near[:, 1:]] == settled[:, None]).sum(axis=1)
    return where[own >= _MIN_OWN], settled[own >= _MIN_OWN]


def draw_areas(points: Floats, areas: Numbers, land: Geometry) -> dict[int, Geometry]:
    """The land of each area, by its number."""
    islands = [
        part for part in shapely.get_parts(land) if part.area > _SMALLEST_ISLAND_SQUARE_METRES
    ]
    lines = shapely.linestrings(_border_lines(points, areas))
    cut = shapely.union_all([shapely.union_all(lines), *(island.boundary for island in islands)])
    pieces = shapely.get_parts(shapely.polygonize([cut]))
    inside = shapely.get_coordinates(shapely.point_on_surface(pieces))
    solid = shapely.union_all(islands)
    shapely.prepare(solid)
    distance, nearest = cKDTree(points).query(inside)
    contains_xy = shapely.contains_xy(solid, inside) & (distance < _FARTHEST_METRES)
    label = areas[nearest]
    return {
        int(number): shapely.union_all(pieces[contains_xy & (label == number)])
        for number in np.unique(label[contains_xy])
    }


def _border_lines(points: Floats, areas: Numbers) -> Floats:
    """The sides that cells of two areas share, as pairs of ends."""
    corners = np.array([[-_FAR, -_FAR], [_FAR, -_FAR], [-_FAR, _FAR], [_FAR, _FAR]], float)
    diagram = Voronoi(np.vstack([points, corners]))
    label = np.append(areas, [-1] * len(corners))
    pairs, ends = diagram.ridge_points, np.array(diagram.ridge_vertices)
    border = (label[pairs[:, 0]] != label[pairs[:, 1]]) & (ends >= 0).all(axis=1)
    border &= (pairs < len(points)).all(axis=1)
    return diagram.vertices[ends[border]]
