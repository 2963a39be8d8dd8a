"""The maps of areas: tiles or outlines with their colours, patterns, words and links.

In: areas of the record. Out: HTML of tiles and legends, Plotly figures of outlines. Draws no widget
and computes no measure."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.base import Figure
from dashboard.charts.image import Key
from dashboard.components.tables import Markup
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext
from dashboard.text.language import _
from dashboard.views.map.chart import (
    ENGLAND_AND_WALES,
    Shape,
    box_around,
    draw_areas,
    fill_of,
    make_limits,
    pattern_of,
    rank_of,
)
from dashboard.views.map.query_map import GROUPINGS, AreaMap, Published, get_cells, get_outlines
from dashboard.views.map.text_map import (
    STATE_MEANINGS,
    STATUS_IN_CELL,
    STATUS_MEANINGS,
    describe_class,
    describe_publishing,
    format_cell,
    format_value,
)
from dashboard.views.map.tiles import Tile, write_tiles

_AFTER = "after-the-map"
# The pattern of a verdict on publishing: as that of the like reason for having no value.
_STATUS_STATES = {
    "results_not_seen": "results_not_seen",
    "nothing": "silent",
    "no_known_use": "no_use",
}


def address_of_force(context: PageContext, force_id: str) -> str:
    """The profile of a force, or the first page limited to it while there are no profiles."""
    slug = "forces" if "forces" in BY_SLUG else "overview"
    return context.address_of(slug, forces=(force_id,))


def write_area_tiles(context: PageContext, area_map: AreaMap, name: str, alt: str) -> Markup:
    """Each force as one cell with its value."""
    limits = _limits(area_map)
    areas = {each_area.code: each_area for each_area in area_map.areas}
    tiles = []
    for cell in get_cells(context.record):
        area = areas[cell.force_id]
        fill = None
        if area.shown is not None:
            fill = fill_of(rank_of(area.shown, limits), len(limits) + 1, dark=context.dark)
        words = f"{area.name}, {format_value(area)}"
        tiles.append(
            Tile(
                cell.column,
                cell.row,
                cell.is_off_map,
                cell.label,
                format_cell(area),
                words,
                address_of_force(context, cell.force_id),
                fill,
                area.state,
                cell.force_id in context.selection.forces,
            )
        )
    return write_tiles(tiles, name, alt, context.theme.ground, _AFTER)


def write_published_tiles(
    context: PageContext, published: Sequence[Published], name: str, alt: str
) -> Markup:
    """Each force as one cell with what it publishes."""
    verdicts = {
        each_published.verdict.force_id: each_published.verdict for each_published in published
    }
    fill = fill_of(0, 1, dark=context.dark)
    tiles = []
    for cell in get_cells(context.record):
        verdict = verdicts[cell.force_id]
        tiles.append(
            Tile(
                cell.column,
                cell.row,
                cell.is_off_map,
                cell.label,
                _(STATUS_IN_CELL[verdict.status]),
                f"{_(verdict.force_name)}. {describe_publishing(verdict)}",
                address_of_force(context, cell.force_id),
                fill if verdict.status == "results" else None,
                _STATUS_STATES.get(verdict.status, ""),
                cell.force_id in context.selection.forces,
            )
        )
    return write_tiles(tiles, name, alt, context.theme.ground, _AFTER)


def draw_map(context: PageContext, area_map: AreaMap) -> Figure:
    """The outlines of the view, each with its value."""
    limits, view = _limits(area_map), context.selection.own("view", str)
    outlines = get_outlines(context.record, GROUPINGS[view][2])
    shapes = [
        Shape(
            outlines[area.code].geometry_json,
            None if area.shown is None else rank_of(area.shown, limits),
            area.state,
            format_cell(area)
            if area.shown is not None or area.state in ("missing", "withheld")
            else "",
            f"{area.name}: {format_value(area)}",
        )
        for area in area_map.areas
        if area.code in outlines
    ]
    box = (
        box_around(shape.geometry_json for shape in shapes)
        if view == "boroughs"
        else ENGLAND_AND_WALES
    )
    return draw_areas(shapes, len(limits) + 1, box, context.theme, dark=context.dark)


def list_keys(context: PageContext, area_map: AreaMap) -> list[Key]:
    """The classes from the strongest down, then the reasons that occur."""
    limits = _limits(area_map)
    ends: list[float | None] = [None, *limits, None]
    keys = []
    for rank in range(len(limits), -1, -1):
        fill = fill_of(rank, len(limits) + 1, dark=context.dark)[0]
        keys.append(Key(describe_class(ends[rank], ends[rank + 1]), fill=fill))
    states = {area.state for area in area_map.areas}
    return keys + [
        Key(_(words), state=state, pattern=pattern_of(state))
        for state, words in STATE_MEANINGS.items()
        if state in states
    ]


def list_published_keys(context: PageContext, published: Sequence[Published]) -> list[Key]:
    """The verdicts that occur."""
    occurring = {each_published.verdict.status for each_published in published}
    fill = fill_of(0, 1, dark=context.dark)[0]
    keys = []
    for status, words in STATUS_MEANINGS.items():
        if status in occurring:
            text = f"{_(STATUS_IN_CELL[status])}: {_(words)}"
            keys.append(
                Key(text, fill=fill)
                if status == "results"
                else Key(text, state=_STATUS_STATES[status])
            )
    return keys


def _limits(area_map: AreaMap) -> list[float]:
    return make_limits(area.shown for area in area_map.known if area.shown is not None)
