"""The small map of a district or place.

In: the frame and a locality. Out: HTML, zoomed to it; nothing where no position is known."""

from __future__ import annotations

from dashboard.components.country_map import (
    MapArea,
    MapSpot,
    draw_country,
    frame_around,
    frame_of,
    list_towns,
)
from dashboard.queries.places import Locality, get_spots
from dashboard.rendering.context import PageContext
from dashboard.text.language import _
from dashboard.text.numbers import format_total
from etl.model.geography import Outline
from etl.model.reference import District


def write_place_map(context: PageContext, locality: Locality) -> str:
    """The boroughs or force areas around it, and its places."""
    record = context.record
    kind = "london_borough" if _is_in_london(locality) else "force_area"
    outlines = record.table(Outline, {"area_kind": [kind]})
    code = locality.district.district_code if locality.district else ""
    force_id = locality.district.force_id if locality.district else ""
    spots = [
        MapSpot(
            spot,
            f"{spot.name}: {format_total(spot.estimate)}",
            context.address_of("places", search=spot.place.place_id),
            spot.place == locality.place,
        )
        for spot in get_spots(record, {"district_code": [code]} if code else None)
    ]
    own = next((outline for outline in outlines if outline.area_code == code), None)
    positions = [
        (mark.spot.place.longitude, mark.spot.place.latitude)
        for mark in spots
        if (locality.place is None or mark.is_selected)
        and mark.spot.place.longitude is not None
        and mark.spot.place.latitude is not None
    ]
    if not positions and own is None:
        return ""
    frame = frame_of(own) if own else frame_around(positions)
    areas = [
        _make_area(context, outline, outline.area_code == code or outline.force_id == force_id)
        for outline in outlines
        if own is not None or outline.force_id == force_id
    ]
    label = _("Map of {place}").format(place=locality.name)
    drawn = draw_country(areas, (), spots, list_towns(record), frame, label)
    return f'<div class="lfr-small-map">{drawn}</div>'


def _make_area(context: PageContext, outline: Outline, is_own: bool) -> MapArea:
    districts = context.record.by_id(District)
    is_district = (
        outline.area_code in districts and outline.area_code in context.choices["district"]
    )
    address = (
        context.address_of("places", district=outline.area_code)
        if is_district
        else context.address_of("map", forces=(outline.force_id,) if outline.force_id else ())
    )
    return MapArea(outline, outline.area_name, address, context.theme.ground, is_own)


def _is_in_london(locality: Locality) -> bool:
    return locality.district is not None and locality.district.region_code == "E12000007"
