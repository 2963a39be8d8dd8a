"""The maps of areas: tiles or outlines with their colours, patterns, words and links.

In: areas of the record. Out: HTML of tiles and legends, Plotly figures of outlines. Draws no widget and computes no measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.components.tables import Markup
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import Frame
from dashboard.text.language import _
from dashboard.views.map.chart import (
    ENGLAND_AND_WALES,
    Shape,
    box_around,
    draw_areas,
    fill_of,
    make_limits,
    rank_of,
)
from dashboard.views.map.query_map import GROUPINGS, AreaMap, Published, ask_cells, ask_outlines
from dashboard.views.map.text_map import (
    STATE_MEANINGS,
    STATUS_IN_CELL,
    STATUS_MEANINGS,
    say_cell,
    say_class,
    say_publishing,
    say_value,
)
from dashboard.views.map.tiles import Key, Tile, write_legend, write_tiles

_AFTER = "after-the-map"
# The pattern of a verdict on publishing: as that of the like reason for having no value.
_STATUS_STATES = {"results_not_seen": "results_not_seen", "nothing": "silent", "no_known_use": "no_use"}


def address_of_force(frame: Frame, force_id: str) -> str:
    """The profile of a force, or the first page limited to it while there are no profiles."""
    slug = "forces" if "forces" in BY_SLUG else "overview"
    return frame.address_of(slug, forces=(force_id,))


def write_area_tiles(frame: Frame, found: AreaMap, name: str, alt: str) -> Markup:
    """Each force as one cell with its value."""
    limits = _limits(found)
    areas = {one.code: one for one in found.areas}
    tiles = []
    for cell in ask_cells(frame.answers):
        area = areas[cell.force_id]
        fill = None
        if area.shown is not None:
            fill = fill_of(rank_of(area.shown, limits), len(limits) + 1, dark=frame.dark)
        words = f"{area.name}, {say_value(area)}"
        tiles.append(
            Tile(
                cell.column, cell.row, cell.beside, cell.label, say_cell(area), words,
                address_of_force(frame, cell.force_id), fill, area.state, cell.force_id in frame.chosen.forces,
            )
        )  # fmt: skip
    return write_tiles(tiles, name, alt, frame.ink.ground, _AFTER)


def write_published_tiles(frame: Frame, published: Sequence[Published], name: str, alt: str) -> Markup:
    """Each force as one cell with what it publishes."""
    told = {one.verdict.force_id: one.verdict for one in published}
    fill = fill_of(0, 1, dark=frame.dark)
    tiles = []
    for cell in ask_cells(frame.answers):
        one = told[cell.force_id]
        tiles.append(
            Tile(
                cell.column, cell.row, cell.beside, cell.label, _(STATUS_IN_CELL[one.status]),
                f"{_(one.force_name)}. {say_publishing(one)}", address_of_force(frame, cell.force_id),
                fill if one.status == "results" else None, _STATUS_STATES.get(one.status, ""),
                cell.force_id in frame.chosen.forces,
            )
        )  # fmt: skip
    return write_tiles(tiles, name, alt, frame.ink.ground, _AFTER)


def draw_map(frame: Frame, found: AreaMap) -> Any:
    """The outlines of the view, each with its value."""
    limits, view = _limits(found), frame.chosen.view
    outlines = ask_outlines(frame.answers, GROUPINGS[view][2])
    shapes = [
        Shape(
            outlines[one.code]["geometry_json"],
            None if one.shown is None else rank_of(one.shown, limits),
            one.state,
            say_cell(one) if one.shown is not None or one.state in ("missing", "withheld") else "",
            f"{one.name}: {say_value(one)}",
        )
        for one in found.areas
        if one.code in outlines
    ]
    box = box_around(one.geometry_json for one in shapes) if view == "boroughs" else ENGLAND_AND_WALES
    return draw_areas(shapes, len(limits) + 1, box, frame.ink, dark=frame.dark)


def legend_of(frame: Frame, found: AreaMap) -> str:
    """The classes from the strongest down, then the reasons that occur."""
    limits = _limits(found)
    ends: list[float | None] = [None, *limits, None]
    keys = []
    for rank in range(len(limits), -1, -1):
        fill = fill_of(rank, len(limits) + 1, dark=frame.dark)[0]
        keys.append(Key(say_class(ends[rank], ends[rank + 1]), fill=fill))
    states = {one.state for one in found.areas}
    keys += [Key(_(words), state=state) for state, words in STATE_MEANINGS.items() if state in states]
    return write_legend(keys)


def legend_of_published(frame: Frame, published: Sequence[Published]) -> str:
    """The verdicts that occur."""
    occurring = {one.verdict.status for one in published}
    fill = fill_of(0, 1, dark=frame.dark)[0]
    keys = []
    for status, words in STATUS_MEANINGS.items():
        if status in occurring:
            said = f"{_(STATUS_IN_CELL[status])}: {_(words)}"
            keys.append(Key(said, fill=fill) if status == "results" else Key(said, state=_STATUS_STATES[status]))  # fmt: skip
    return write_legend(keys)


def _limits(found: AreaMap) -> list[float]:
    return make_limits(one.shown for one in found.known if one.shown is not None)
