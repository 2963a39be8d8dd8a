"""The tile map: every force is one cell with its label and value, a link to what is known of it;
and the legend of maps.

In: cells with their words. Out: HTML that needs no outline and no script; read aloud as a list,
walked through by keyboard. A cell says its value or its reason in words, so that neither colour nor
pattern is needed to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.charts.image import Key
from dashboard.components.tables import Markup
from dashboard.rendering.html import text
from dashboard.text.language import _

_CSS = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
_SHEET = f"<style>\n{_CSS}</style>"


@dataclass(frozen=True, slots=True)
class Tile:
    """A cell: where it stands, its short label and short value, both in full,
    and its colour or the class of its state."""

    column: int
    row: int
    is_off_map: bool
    label: str
    short: str
    words: str
    address: str
    fill: tuple[str, str] | None
    state: str
    selection: bool = False


def write_tiles(tiles: Sequence[Tile], name: str, alt: str, ground: str, after: str) -> Markup:
    """The cells, those on the map and those beside it;
    `after` is the anchor of what follows, for whoever walks by keyboard."""
    on_map = "".join(_cell(tile) for tile in tiles if not tile.is_off_map)
    neighbour = "".join(_cell(tile) for tile in tiles if tile.is_off_map)
    return Markup(
        f'{_SHEET}<div role="group" aria-label="{text(name)}" style="--lfr-tile-ground: '
        f'{text(ground)}"><p class="lfr-unseen">{text(alt)}</p><a class="lfr-over" '
        f'href="#{text(after)}">{text(_("Past the map"))}</a><ul class="lfr-tiles">{on_map}</ul>'
        f'<ul class="lfr-tiles lfr-beside">{neighbour}</ul></div><span id="{text(after)}"></span>'
    )


def write_legend(keys: Sequence[Key]) -> str:
    """What colours and patterns stand for, in words."""
    items = []
    for key in keys:
        style = f' style="background: {text(key.fill)}"' if key.fill else ""
        state = f" lfr-state-{text(key.state)}" if key.state else ""
        items.append(f'<li><span class="lfr-swatch{state}"{style}></span>{text(key.words)}</li>')
    return f'{_SHEET}<ul class="lfr-legend">{"".join(items)}</ul>'


def _cell(tile: Tile) -> str:
    place = "" if tile.is_off_map else f"grid-column: {tile.column}; grid-row: {tile.row}"
    colours = f"background: {text(tile.fill[0])}; color: {text(tile.fill[1])}" if tile.fill else ""
    state = "" if tile.fill else f" lfr-state-{text(tile.state)}"
    selection = (" lfr-chosen", ' aria-current="true"') if tile.selection else ("", "")
    return (
        f'<li style="{place}"><a class="lfr-tile{state}{selection[0]}"{selection[1]} '
        f'href="{text(tile.address)}" style="{colours}" title="{text(tile.words)}" '
        f'aria-label="{text(tile.label)} {text(tile.short)}: {text(tile.words)}">'
        f"<strong>{text(tile.label)}</strong><span>{text(tile.short)}</span></a></li>"
    )
