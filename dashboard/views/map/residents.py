"""The layer of the map that colours places by who lives there: a group's share of the residents of
the ward or district, against its share in the whole of the force's area.

In: the frame. Out: colours and words of places; the legend, a list and the file below the map.
Residents are not passers-by: said with the legend."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.charts.image import Key
from dashboard.components.prose import fold
from dashboard.components.tables import Column, Table, make_table, write_table
from dashboard.descriptions.places_used import AREA, GROUPS, describe_place, format_average
from dashboard.exports.urls import download_address, downloads_are_served
from dashboard.pages import BY_SLUG
from dashboard.queries.places import Spot, get_residents, get_spots
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_share, format_total
from dashboard.views.map.chart import fill_of
from dashboard.views.map.tiles import write_legend
from etl.model.caveats import CAVEATS
from etl.model.demographics import PlacesUsed

_NONE, _WHO = "deployments", "who-is-affected"
# Below the share of the whole area, up to twice it, and above.
_CLASSES, _TWICE = 3, 2


def get_layer(context: PageContext) -> str:
    """The ethnic group that places are coloured by; empty for the usual map."""
    layer = context.selection.own("layer", str)
    return "" if layer == _NONE else layer


def find_residents(context: PageContext) -> dict[str, PlacesUsed]:
    """By place; empty for the usual map."""
    layer = get_layer(context)
    return get_residents(context.record, layer) if layer else {}


def colour_place(context: PageContext, used: PlacesUsed | None) -> tuple[str, str] | None:
    """The colour of a place and of the number on it; without a known area, that of the ground."""
    if not get_layer(context):
        return None
    rank = None if used is None else _rank(used)
    if rank is None:
        return context.theme.ground, context.theme.text
    return fill_of(rank, _CLASSES, dark=context.dark)


def describe_spot(spot: Spot, used: PlacesUsed | None) -> str:
    """`North End, Croydon: 41. 23.2% of the residents of its ward are Black; …`."""
    words = f"{spot.name}: {format_total(spot.estimate)}"
    return f"{words}. {describe_place(used)}" if used else words


def write_residents(context: PageContext, residents: Mapping[str, PlacesUsed]) -> str:
    """Legend, what to keep in mind, the list of the same values, and the file."""
    group = _(GROUPS.label(get_layer(context)))
    words = (
        _("{group}: below the share of the whole force area"),
        _("{group}: up to twice that share"),
        _("{group}: twice that share or more"),
    )
    keys = [
        Key(line.format(group=group), fill=fill_of(rank, _CLASSES, dark=context.dark)[0])
        for rank, line in enumerate(words)
    ]
    keys.append(Key(_("Who lives there is not known"), fill=context.theme.ground))
    known = [rank for used in residents.values() if (rank := _rank(used)) is not None]
    above = sum(rank > 0 for rank in known)
    sentence = _(
        "{above} of {known} places are in wards (London) or districts where the share of residents "
        "who are {group} is above that of the whole force area."
    ).format(above=format_count(above), known=format_count(len(known)), group=group)
    caution = " ".join(_(CAVEATS[key]) for key in ("residents_not_passers_by", "wards_approximate"))
    return (
        f"{write_legend(keys)}<p>{text(sentence)} {text(caution)}</p>"
        f"{fold(_('The same as a list'), write_table(_make_list(context, residents)))}"
        f"{_write_links(context)}"
    )


def _rank(used: PlacesUsed) -> int | None:
    share, average = used.share, used.average_share
    if share is None or average is None:
        return None
    return int(share > average) + int(share >= _TWICE * average)


def _make_list(context: PageContext, residents: Mapping[str, PlacesUsed]) -> Table:
    group = _(GROUPS.label(get_layer(context)))
    columns = (
        Column(_("Place"), "wide"),
        Column(_("Deployments"), "number"),
        Column(_("Area")),
        Column(group, "number"),
        Column(_("Whole force area"), "number"),
    )
    spots = (spot for spot in get_spots(context.record) if spot.place.place_id in residents)
    rows = []
    for spot in spots:
        used = residents[spot.place.place_id]
        rows.append(
            (
                spot.name,
                format_total(spot.estimate),
                _(AREA.label(used.area_kind_code)),
                format_share(used.share or 0),
                format_average(used),
            )
        )
    caption = _("Residents of the areas of places: {group}").format(group=group)
    return make_table(caption, columns, rows)


def _write_links(context: PageContext) -> str:
    if _WHO not in BY_SLUG:
        return ""
    more = context.address_of(_WHO, "where", group=get_layer(context))
    links = f'<a href="{text(more)}">{text(_("By year, and what it can show"))}</a>'
    if downloads_are_served():
        address = text(download_address("places_used"))
        links += f' · <a href="{address}" download>{text(_("All places and groups as CSV"))}</a>'
    return f"<p>{links}</p>"
