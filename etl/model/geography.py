"""The records of geography: outlines, the tile map of forces, and what a place search looks in.

In: nothing. Out: record classes and their code lists. Does not hold any shape:
those are in `data/reference/`."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.codes import code_list

AREA_KIND = code_list("area_kind")
TILE_STRIP = code_list("tile_strip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The generalised outline of an area, for maps only:
    it does not decide in which area a place is."""

    area_kind: str
    area_code: str
    area_name: str
    force_id: str | None
    geometry_json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceTile:
    """The cell of a force in a map of equal cells, for which no boundary is needed."""

    force_id: str
    strip_code: str
    tile_column: int
    tile_row: int
    tile_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostcodeDistrict:
    """How many postcodes of an outward code lie in a local authority district, in use or ended."""

    outward_code: str
    district_code: str
    postcodes_count: int
    postcodes_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town of Great Britain, for finding its force and district."""

    town_name: str
    district_code: str
    longitude: float
    latitude: float
    people_count: int
