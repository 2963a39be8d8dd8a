"""The small map of the first page: which forces have published deployments, and where.

In: the frame. Out: HTML; every area and place leads to its page."""

from __future__ import annotations

from dashboard.components.country_map import WHOLE, MapArea, MapSpot, draw_country, list_towns
from dashboard.queries.places import get_spots
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_total
from etl.model.geography import Outline

_TOWNS = 8
# Areas of forces with published deployments, on either ground.
_FILLS = {False: "#D6E6F5", True: "#1F3A54"}


@cached
def show_map(context: PageContext) -> None:
    """The country with its places; below it where the whole map is."""
    record = context.record
    estimates = record.estimate("deployments_count", by=("force_id",)).estimates
    totals = {str(estimate.of("force_id")): estimate for estimate in estimates}
    areas = []
    for outline in record.table(Outline, {"area_kind": ["force_area"]}):
        force_id = outline.force_id or ""
        known = totals.get(force_id)
        name = context.names.get(force_id, outline.area_name)
        words = f"{name}: {format_total(known) if known else _('none published')}"
        fill = _FILLS[context.dark] if known else context.theme.ground
        address = context.address_of("forces", forces=(force_id,))
        areas.append(MapArea(outline, words, address, fill))
    spots = [
        MapSpot(
            spot,
            f"{spot.name}: {format_total(spot.estimate)}",
            context.address_of("places", search=spot.place.place_id),
        )
        for spot in get_spots(record)
    ]
    label = _("Map of Great Britain: forces that published deployments, and the places")
    drawn = draw_country(areas, (), spots, list_towns(record)[:_TOWNS], WHOLE, label)
    link = f'<a href="{text(context.address_of("map"))}">{text(_("Open the map"))}</a>'
    words = text(_("Circles: deployments. Blue: forces that published some."))
    show_html(
        f'<div class="lfr-small-map lfr-first-map">{drawn}<p class="lfr-small">{words} {link}</p>'
        "</div>"
    )
