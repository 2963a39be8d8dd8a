"""The records of geography: outlines, the tile map of forces, and what a place search looks in.

In: nothing. Out: record classes and their code lists. Does not hold any shape:
those are in `data/reference/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated as A

from etl.model.codes import code_list
from etl.model.fields import About, Unit

AREA_KIND = code_list("area_kind")
TILE_STRIP = code_list("tile_strip")

OUTWARD_CODE = "[A-Z]{1,2}[0-9][A-Z0-9]?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The generalised outline of an area, for maps only:
    it does not decide in which area a place is."""

    area_kind: A[str, About("Kind of area.", codes=AREA_KIND)]
    area_code: A[str, About("ONS code of the area.")]
    area_name: A[str, About("Name of the area.")]
    force_id: A[
        str | None,
        About("The force of the area; absent for a region.", refers_to="forces.force_id"),
    ]
    geometry_json: A[
        str, About("GeoJSON geometry: longitude and latitude, WGS84, exterior rings clockwise.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceTile:
    """The cell of a force in a map of equal cells, for which no boundary is needed."""

    force_id: A[str, About("The force.", refers_to="forces.force_id")]
    strip_code: A[str, About("Whether the cell is on the map or beside it.", codes=TILE_STRIP)]
    tile_column: A[int, About("Column of the cell, from the west.", Unit.ORDINAL, minimum=1)]
    tile_row: A[int, About("Row of the cell, from the north.", Unit.ORDINAL, minimum=1)]
    tile_label: A[str, About("Short label that fits the cell.", pattern="[A-Za-z&-]{1,5}")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostcodeDistrict:
    """How many postcodes of an outward code lie in a local authority district, in use or ended."""

    outward_code: A[str, About("First part of a postcode, such as SW9.", pattern=OUTWARD_CODE)]
    district_code: A[str, About("The district.", refers_to="districts.district_code")]
    postcodes_count: A[
        int, About("Postcodes of the outward code in the district.", Unit.ORDINAL, minimum=1)
    ]
    postcodes_share: A[
        float,
        About(
            "Their share of the outward code's postcodes.", Unit.PROPORTION, minimum=0, maximum=1
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town of Great Britain, for finding its force and district."""

    town_name: A[str, About("Name.")]
    district_code: A[
        str, About("District of the nearest postcode.", refers_to="districts.district_code")
    ]
    longitude: A[float, About("Longitude.", Unit.DEGREES, minimum=-9, maximum=3)]
    latitude: A[float, About("Latitude.", Unit.DEGREES, minimum=49, maximum=61)]
    people_count: A[int, About("Residents as GeoNames states them.", Unit.PEOPLE, minimum=0)]
