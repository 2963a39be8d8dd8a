"""The map of the country with its panel: what is chosen, or the busiest places.

In: the frame. Out: HTML. A chosen force, district or place is zoomed to and marked; the rest stays
on the map."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.components.country_map import (
    WHOLE,
    Frame,
    MapArea,
    MapSpot,
    draw_country,
    frame_around,
    frame_of,
    list_towns,
)
from dashboard.components.place_find import (
    PLACES,
    address_of_place,
    describe_locality,
    write_place_link,
    write_strip,
)
from dashboard.descriptions.places_used import describe_place
from dashboard.pages import BY_SLUG
from dashboard.queries.places import Locality, get_district, get_place, get_spots
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.selection.selection import NOTHING
from dashboard.text.language import _
from dashboard.text.numbers import format_amount, format_total
from dashboard.views.map.areas import address_of_force
from dashboard.views.map.chart import fill_of, make_limits, rank_of
from dashboard.views.map.query_map import Area, get_areas, get_outlines
from dashboard.views.map.residents import (
    colour_place,
    describe_spot,
    find_residents,
    get_layer,
    write_residents,
)
from dashboard.views.map.text_map import describe_publishing, format_value
from etl.model.demographics import PlacesUsed
from etl.queries.record import Record

_LISTED_COUNT = 10
_NORTHERN_IRELAND = "northern_ireland"


@cached
def show_country(context: PageContext) -> None:
    """Map and panel."""
    selection = context.selection
    areas = get_areas(context.record, selection.with_changes(view="forces"))
    boroughs = get_areas(context.record, selection.with_changes(view="boroughs"))
    by_code = {area.code: area for area in areas.areas}
    residents = find_residents(context)
    drawn = draw_country(
        _list_areas(context, "force_area", areas.areas),
        _list_areas(context, "london_borough", boroughs.areas),
        _list_marks(context, residents),
        list_towns(context.record),
        _choose_frame(context.record, context),
        _("Map of Great Britain: areas of police forces, boroughs and places of deployments"),
        _address(context, _NORTHERN_IRELAND) if _NORTHERN_IRELAND in by_code else "",
    )
    panel = _write_panel(context, by_code, residents)
    below = write_residents(context, residents) if residents else ""
    show_html(
        f'<div class="lfr-with-panel" id="map"><div>{drawn}</div>'
        f'<div class="lfr-panel-beside" tabindex="0" role="region" '
        f'aria-label="{text(_("What is chosen on the map"))}">{panel}</div></div>{below}'
    )


def _list_marks(context: PageContext, residents: Mapping[str, PlacesUsed]) -> list[MapSpot]:
    """Every place with its words, its colour on the layer in use, and what a press on it opens."""
    return [
        MapSpot(
            spot,
            describe_spot(spot, residents.get(spot.place.place_id)),
            context.address("map", place_id=spot.place.place_id, district="", forces=()),
            spot.place.place_id == context.selection.place_id,
            colour_place(context, residents.get(spot.place.place_id)),
        )
        for spot in get_spots(context.record)
    ]


def _list_areas(context: PageContext, kind: str, areas: tuple[Area, ...]) -> list[MapArea]:
    """The areas that have an outline, coloured by value; London boroughs only where used."""
    outlines = get_outlines(context.record, kind)
    limits = make_limits(area.shown for area in areas if area.shown is not None)
    selection = context.selection
    listed = []
    for area in areas:
        if area.code not in outlines:
            continue
        fill = context.theme.ground
        if area.shown is not None and not get_layer(context):
            fill = fill_of(rank_of(area.shown, limits), len(limits) + 1, dark=context.dark)[0]
        address = _address(context, area.code)
        if kind != "force_area":
            address = context.address("map", district=area.code, place_id="", forces=())
        is_selected = area.code == selection.district or area.code in selection.forces
        words = f"{area.name}: {format_value(area)}"
        listed.append(MapArea(outlines[area.code], words, address, fill, is_selected))
    # What is marked is drawn last, so that its edge lies on top.
    return sorted(listed, key=lambda area: area.is_selected)


def _address(context: PageContext, force_id: str) -> str:
    return context.address("map", forces=(force_id,), district="", place_id="")


def _choose_frame(record: Record, context: PageContext) -> Frame:
    """About the place, the district or the force that is chosen."""
    selection = context.selection
    if selection.place_id:
        place = get_place(record, selection.place_id).place
        if place and place.longitude is not None and place.latitude is not None:
            return frame_around([(place.longitude, place.latitude)])
    if selection.district:
        outline = get_outlines(record, "london_borough").get(selection.district)
        if outline:
            return frame_of(outline)
        return frame_around(_positions(record, {"district_code": [selection.district]}))
    if selection.force_id:
        outline = get_outlines(record, "force_area").get(selection.force_id)
        return frame_of(outline)
    return WHOLE


def _positions(record: Record, where: dict[str, list[str | int]]) -> list[tuple[float, float]]:
    return [
        (spot.place.longitude, spot.place.latitude)
        for spot in get_spots(record, where)
        if spot.place.longitude is not None and spot.place.latitude is not None
    ]


def _write_panel(
    context: PageContext, areas: Mapping[str, Area], residents: Mapping[str, PlacesUsed]
) -> str:
    record, selection = context.record, context.selection
    back = f'<p><a href="{text(_address_of_all(context))}">{text(_("Show the whole map"))}</a></p>'
    if selection.place_id:
        used = residents.get(selection.place_id)
        more = f"<p>{text(describe_place(used))}</p>" if used else ""
        return _write_locality(context, get_place(record, selection.place_id)) + more + back
    if selection.district:
        return _write_locality(context, get_district(record, selection.district)) + back
    if area := areas.get(selection.force_id or ""):
        return _write_force(context, area) + back
    return f"<h2>{text(_('Busiest places'))}</h2>{_list_spots(context, {})}"


def _address_of_all(context: PageContext) -> str:
    return context.address("map", forces=(), district="", place_id="")


def _write_locality(context: PageContext, locality: Locality) -> str:
    """Headline, bars, places and the page of a district or place."""
    address = address_of_place(context, locality)
    more = f'<p><a href="{text(address)}">{text(_("Everything about this place"))}</a></p>'
    where = locality.selection.where
    spots = _list_spots(context, where) if locality.place is None else ""
    return (
        f"<h2>{text(locality.name)}</h2><p>{text(describe_locality(locality))}</p>"
        f"{write_strip(context, locality)}{more if address else ''}{spots}"
    )


def _write_force(context: PageContext, area: Area) -> str:
    """Headline, bars, places and the page of a force."""
    amount = format_amount(area.estimate) if area.estimate else ""
    known = describe_publishing(area.publishing) if area.publishing else ""
    own = Locality(area.name, None, None, area.estimate, ())
    strip = write_strip(context, own, NOTHING.with_changes(forces=(area.code,)))
    address = text(address_of_force(context, area.code))
    link = f'<a href="{address}">{text(_("All about this force"))}</a>'
    parts = [f"<p>{text(part)}</p>" for part in (amount, known) if part]
    spots = _list_spots(context, {"force_id": [area.code]}) if area.estimate else ""
    return f"<h2>{text(area.name)}</h2>{parts[0]}{strip}{''.join(parts[1:])}<p>{link}</p>{spots}"


def _list_spots(context: PageContext, where: dict[str, list[str | int]]) -> str:
    """The places with most deployments, most first."""
    items = []
    for spot in get_spots(context.record, where)[:_LISTED_COUNT]:
        locality = Locality(spot.name, None, spot.place, spot.estimate, ())
        items.append(
            f"<li>{write_place_link(context, locality)} {text(format_total(spot.estimate))}</li>"
        )
    more = (
        f'<p><a href="{text(context.address_of(PLACES))}">{text(_("All places"))}</a></p>'
        if PLACES in BY_SLUG
        else ""
    )
    return f'<ol class="lfr-plain">{"".join(items)}</ol>{more}'
