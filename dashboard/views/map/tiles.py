"""The tile map: every force is one cell with its label and value, a link to what is known of it;
and the legend of maps.

In: cells with their words. Out: HTML that needs no outline and no script; read aloud as a list,
walked through by keyboard. A cell says its value or its reason in words, so that neither colour nor
pattern is needed to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.tables import Markup
from dashboard.rendering.html import text
from dashboard.text.language import _

_SHEET = """<style>
[data-testid="stHtml"] .lfr-tiles { list-style: none; display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); gap: 2px;
  margin: 0; padding: 0; max-width: 44rem; }
[data-testid="stHtml"] .lfr-tiles li { margin: 0; padding: 0; min-width: 0; font-size: 0.8rem; }
[data-testid="stHtml"] .lfr-tiles.lfr-beside { display: flex; flex-wrap: wrap; margin-top: 0.5rem; }
[data-testid="stHtml"] .lfr-beside li { width: calc((100% - 14px) / 8); }
[data-testid="stHtml"] a.lfr-tile { display: flex; flex-direction: column; justify-content: center; align-items: center; min-height: 3rem;
  height: 100%; text-decoration: none; line-height: 1.2; overflow: hidden; border: 1px solid #7C858E; text-align: center; padding: 1px 0; }
[data-testid="stHtml"] a.lfr-tile strong { font-weight: 600; font-size: 0.8rem; letter-spacing: -0.01em; }
[data-testid="stHtml"] a.lfr-tile span { padding: 0 1px; white-space: nowrap; }
[data-testid="stHtml"] a.lfr-tile:hover { border-color: currentColor; text-decoration: underline; }
[data-testid="stHtml"] a.lfr-tile:focus-visible { outline: 3px solid var(--lfr-orange); outline-offset: 0; position: relative; z-index: 1; }
[data-testid="stHtml"] a.lfr-chosen { outline: 3px solid currentColor; outline-offset: -3px; }
.lfr-state-silent { background: repeating-linear-gradient(135deg, color-mix(in srgb, currentColor 34%, transparent) 0 1px, transparent 1px 6px); }
.lfr-state-no_rows { background: repeating-linear-gradient(0deg, color-mix(in srgb, currentColor 30%, transparent) 0 1px, transparent 1px 6px); }
.lfr-state-missing, .lfr-state-no_area, .lfr-state-withheld, .lfr-state-results_not_seen { background: radial-gradient(color-mix(in srgb, currentColor 38%, transparent) 0.8px, transparent 1.2px) 0 0 / 6px 6px; }
[data-testid="stHtml"] a.lfr-state-no_use, .lfr-swatch.lfr-state-no_use { border-style: dashed; }
[class*="lfr-state-"] span, [class*="lfr-state-"] strong { background: var(--lfr-tile-ground); }
[data-testid="stHtml"] ul.lfr-legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; margin: 0.7rem 0 0 0; padding: 0; }
[data-testid="stHtml"] ul.lfr-legend li { display: flex; align-items: center; gap: 0.4rem; margin: 0; font-size: 0.9rem; line-height: 1.35; }
.lfr-swatch { display: inline-block; flex: none; width: 1.5rem; height: 1rem; border: 1px solid #7C858E; }
[data-testid="stHtml"] a.lfr-over { position: absolute; left: -9999px; } [data-testid="stHtml"] a.lfr-over:focus { position: static; }
@media (min-width: 64rem) {
  .lfr-beside-map .lfr-scroll.lfr-high { max-height: 40rem; }
}
@media (max-width: 40rem) {
  [data-testid="stHtml"] .lfr-tiles { gap: 1px; }
  [data-testid="stHtml"] a.lfr-tile strong { font-size: 0.66rem; letter-spacing: -0.02em; }
  [data-testid="stHtml"] a.lfr-tile span { font-size: 0.68rem; letter-spacing: -0.02em; }
}
@media print { a.lfr-tile, .lfr-swatch { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
</style>"""


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


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: a colour or the class of a state, and what it stands for."""

    words: str
    fill: str = ""
    state: str = ""


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
