"""Draws force areas, regions and London boroughs from postcodes, a shoreline and published borough
outlines.

In: what `packages` opens, and the districts and forces of `data/reference/`. Out: GeoJSON text for
each kind of area. Does not read an official boundary file: how near these come to one is measured
by a test."""

# mypy: disable-error-code="import-untyped,import-not-found,no-any-return"

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyproj
import shapely
from scipy.spatial import cKDTree

from etl.model.reference import District, Force
from scripts.geography.cells import Geometry, Numbers, draw_areas, settle_points
from scripts.geography.packages import Floats, Postcodes

LONDON = "E09"
_WATER = "water"
# In London, where no postcode is this near, the published borough outlines decide:
# parks, docks and the river.
_SEED_METRES, _AROUND_LONDON_METRES, _RIVER_METRES = 80, 1500, 800
_TOLERANCE = {"force_area": 600, "region": 1500, "london_borough": 150}
# Islands below this are left out; Scotland has a hundred more of them, and no borders here.
_SMALLEST_PART = {"force_area": 2_000_000, "region": 2_000_000, "london_borough": 20_000}
_SMALLEST_SCOTTISH, _MANY_ISLANDS = 20_000_000, 40
_DECIMALS = 4
_GRID = "EPSG:27700"


@dataclass(frozen=True, slots=True)
class Area:
    """One area to be written: its codes, its name and its shape on the national grid."""

    code: str
    name: str
    force_id: str
    shape: Geometry


def draw_outlines(
    postcodes: Postcodes,
    district_of: Mapping[str, District],
    forces: Iterable[Force],
    region_names: Mapping[str, str],
    shoreline: list[Floats],
    boroughs: dict[str, list[list[Floats]]],
) -> dict[str, str]:
    """GeoJSON text by kind: force_area, region, london_borough."""
    to_grid = pyproj.Transformer.from_crs("EPSG:4326", _GRID, always_xy=True)
    land = _move(_close(shoreline), to_grid)
    known = np.isin(postcodes.district, list(district_of))
    names = [_label(district_of[code]) for code in postcodes.district[known]]
    labels = [*sorted(set(names)), _WATER]
    number = {label: place for place, label in enumerate(labels)}
    points, areas = settle_points(
        postcodes.easting_northing[known], np.array([number[name] for name in names], np.int64)
    )
    by_name = {
        district.district_name: code for code, district in district_of.items() if _is_london(code)
    }
    published = {
        number[by_name[name]]: _move(_polygons(shape), to_grid).buffer(0)
        for name, shape in boroughs.items()
    }
    seeds, seed_areas = _seed_london(points, areas, published, number[_WATER])
    shapes = draw_areas(np.vstack([points, seeds]), np.append(areas, seed_areas), land)
    drawn = {labels[place]: shape for place, shape in shapes.items() if labels[place] != _WATER}
    return _to_texts(drawn, district_of, tuple(forces), region_names)


def _to_texts(
    drawn: dict[str, Geometry],
    district_of: Mapping[str, District],
    forces: tuple[Force, ...],
    region_names: Mapping[str, str],
) -> dict[str, str]:
    boroughs = [
        Area(code, district_of[code].district_name, district_of[code].force_id, shape)
        for code, shape in drawn.items()
        if _is_london(code)
    ]
    simple = _simplify([area.shape for area in boroughs], "london_borough")
    boroughs = [
        Area(a.code, a.name, a.force_id, shape) for a, shape in zip(boroughs, simple, strict=True)
    ]
    parts: dict[str, list[Geometry]] = {}
    for label, shape in drawn.items():
        parts.setdefault(district_of[label].force_id if _is_london(label) else label, []).append(
            shape
        )
    ids = sorted(parts)
    whole = [shapely.union_all(parts[force_id]) for force_id in ids]
    shape_of = dict(zip(ids, _simplify(whole, "force_area"), strict=True))
    # The City is smaller than the tolerance leaves room for:
    # it keeps the border that its boroughs have.
    city = next(area.shape for area in boroughs if area.force_id == "city_of_london")
    shape_of["city_of_london"] = city
    shape_of["metropolitan"] = shape_of["metropolitan"].difference(city)
    covered = [force for force in forces if force.force_id in shape_of]
    force_areas = [
        Area(force.ons_code or "", force.short_name, force.force_id, shape_of[force.force_id])
        for force in covered
    ]
    by_region: dict[str, list[Geometry]] = {}
    for force in covered:
        by_region.setdefault(force.region_code or "", []).append(shape_of[force.force_id])
    codes = sorted(by_region)
    joined = [shapely.union_all(by_region[code], grid_size=1) for code in codes]
    regions = [
        Area(code, region_names[code], "", shape)
        for code, shape in zip(codes, _simplify(joined, "region"), strict=True)
    ]
    return {
        "force_area": _to_geojson("force_area", force_areas),
        "region": _to_geojson("region", regions),
        "london_borough": _to_geojson("london_borough", boroughs),
    }


def _seed_london(
    points: Floats, areas: Numbers, published: dict[int, Geometry], water: int
) -> tuple[Floats, Numbers]:
    """Points every 80 m in and around London where no postcode is near, labelled by the published
    outlines.

    Gaps between the boroughs are the tidal river. Outside them the nearest point of another force
    decides."""
    london = shapely.union_all(list(published.values()))
    river = london.buffer(_RIVER_METRES).buffer(-_RIVER_METRES).difference(london)
    west, south, east, north = london.buffer(_AROUND_LONDON_METRES).bounds
    x, y = np.meshgrid(np.arange(west, east, _SEED_METRES), np.arange(south, north, _SEED_METRES))
    grid = np.column_stack([x.ravel(), y.ravel()])
    distance, _ = cKDTree(points).query(grid, workers=-1)
    grid = grid[distance > _SEED_METRES]
    label = np.full(len(grid), -1, np.int64)
    for place, shape in [*published.items(), (water, river)]:
        shapely.prepare(shape)
        label[shapely.contains_xy(shape, grid)] = place
    outside = ~np.isin(areas, list(published))
    _, nearest = cKDTree(points[outside]).query(grid, workers=-1)
    label = np.where(label < 0, areas[outside][nearest], label)
    return grid, label


def _label(district: District) -> str:
    return district.district_code if _is_london(district.district_code) else district.force_id


def _is_london(code: str) -> bool:
    return code.startswith(LONDON)


def _polygons(shape: list[list[Floats]]) -> Geometry:
    return shapely.multipolygons([shapely.Polygon(rings[0], rings[1:]) for rings in shape])


def _close(shoreline: list[Floats]) -> Geometry:
    """Land: what the shorelines enclose. Lines that reach out of the window stay open and enclose
    nothing."""
    lines = shapely.line_merge(
        shapely.multilinestrings([shapely.linestrings(line) for line in shoreline])
    )
    return shapely.union_all(shapely.get_parts(shapely.polygonize([shapely.node(lines)])))


def _move(shape: Geometry, transformer: pyproj.Transformer) -> Geometry:
    return shapely.transform(
        shape, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
    )


def _simplify(shapes: list[Geometry], kind: str) -> list[Geometry]:
    """Fewer points, with shared borders kept shared; parts too small to be seen are left out."""
    simple = shapely.coverage_simplify(np.array(shapes, dtype=object), _TOLERANCE[kind])
    multipolygons = []
    for shape in simple:
        parts = sorted(shapely.get_parts(shape), key=lambda part: part.area)
        least = _SMALLEST_SCOTTISH if len(parts) > _MANY_ISLANDS else _SMALLEST_PART[kind]
        large = [part for part in parts if part.area > least] or parts[-1:]
        multipolygons.append(shapely.multipolygons(large))
    return multipolygons


def _to_geojson(kind: str, areas: list[Area]) -> str:
    to_degrees = pyproj.Transformer.from_crs(_GRID, "EPSG:4326", always_xy=True)
    features: list[dict[str, Any]] = []
    for area in sorted(areas, key=lambda area: area.code):
        shape = shapely.set_precision(_move(area.shape, to_degrees), 10.0**-_DECIMALS)
        # Exterior rings clockwise, as drawing libraries on the sphere want them.
        shape = shapely.orient_polygons(shape, exterior_cw=True)
        properties = {
            "area_code": area.code,
            "area_name": area.name,
            "force_id": area.force_id or None,
        }
        geometry = json.loads(shapely.to_geojson(shape))
        geometry["coordinates"] = _round(geometry["coordinates"], _DECIMALS)
        if geometry["type"] == "Polygon":
            geometry = {"type": "MultiPolygon", "coordinates": [geometry["coordinates"]]}
        features.append(
            {"type": "Feature", "id": area.code, "properties": properties, "geometry": geometry}
        )
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
    )
    return f'{{"type":"FeatureCollection","name":"{kind}","features":[\n{lines}\n]}}\n'


def _round(value: Any, decimals: int) -> Any:
    return (
        [_round(item, decimals) for item in value]
        if isinstance(value, list)
        else round(value, decimals)
    )
