"""What is drawn on one page of a PDF, in the few kinds of marks that tables are made of.

In: the layout of a page as pdfminer gives it; its dictionaries in pdfplumber hold the same and take longer.
Out: `PageMarks`: glyphs, rulings and shaded areas, in points from the top left corner of the displayed page. Does not open files, does not look for tables,
and does not follow curves: a ruling is a straight line or a thin area.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pdfminer.layout import LTChar, LTComponent, LTFigure, LTImage, LTItem, LTLine, LTPage, LTRect

# A drawn mark this thin or thinner is a line; anything thicker both ways is an area. Borders are 0.25 to 2.25
# points.
LINE_THICKNESS = 3.0

Colour = tuple[float, ...]

# White in grey, red-green-blue and cyan-magenta-yellow-black.
WHITES: tuple[Colour, ...] = ((1.0,), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0))


class Glyph(NamedTuple):
    """One printed character. `direction` is where its line runs: right, left, up or down."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool
    direction: str


class Ruling(NamedTuple):
    """A straight line: `at` is its place across, `start` and `end` its reach along."""

    at: float
    start: float
    end: float


class Fill(NamedTuple):
    """A shaded area. Fills are kept in the order of drawing: a later one lies on top of an earlier one."""

    x0: float
    x1: float
    top: float
    bottom: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class PageMarks:
    """Everything of one page that tables are made of. `number` counts from 1.

    `picture_share`: how much of the page pictures cover, above 1 if they overlap.
    """

    number: int
    glyphs: tuple[Glyph, ...]
    across: tuple[Ruling, ...]
    down: tuple[Ruling, ...]
    fills: tuple[Fill, ...]
    picture_share: float


def read_marks(layout: LTPage, number: int, left: float, base: float) -> PageMarks:
    """Sorts what is drawn on a page into marks; keeps the order of the text layer and of drawing.

    `left` and `base`: what to add to a distance from the left, and subtract a height above the bottom from, to
    get points from the top left corner. They are not plainly 0 and the page's height if the page is cropped.
    """
    glyphs: list[Glyph] = []
    fills: list[Fill] = []
    lines = _Lines()
    picture_area = 0.0
    for item in _walk(layout):
        if isinstance(item, LTChar):
            direction = _read_direction(item.matrix)
            glyphs.append(
                Glyph(item.get_text(), *_place(item, left, base), _is_bold(item.fontname), direction)
            )
        elif isinstance(item, LTRect):
            _read_rectangle(item, _place(item, left, base), lines, fills)
        elif isinstance(item, LTLine):
            lines.add(*_place(item, left, base), None)
        elif isinstance(item, LTImage):
            picture_area += item.width * item.height
    shades = {fill.colour for fill in fills if not is_white(fill.colour)}
    return PageMarks(
        number,
        tuple(glyphs),
        _without_slivers(lines.across, shades),
        _without_slivers(lines.down, shades),
        tuple(fills),
        picture_area / max(layout.width * layout.height, 1.0),
    )


def _walk(container: Iterable[LTItem]) -> Iterator[LTItem]:
    for item in container:
        if isinstance(item, LTFigure):
            yield from _walk(item)
        else:
            yield item


def _place(item: LTComponent, left: float, base: float) -> tuple[float, float, float, float]:
    return item.x0 + left, item.x1 + left, base - item.y1, base - item.y0


def is_white(colour: Colour) -> bool:
    """Whether nothing shows in this colour on paper."""
    return colour in WHITES


class _Lines:
    """Rulings while they are being collected, each with the colour it is filled with; None for a stroke."""

    def __init__(self) -> None:
        self.across: list[tuple[Ruling, Colour | None]] = []
        self.down: list[tuple[Ruling, Colour | None]] = []

    def add(self, x0: float, x1: float, top: float, bottom: float, colour: Colour | None) -> None:
        """Takes a thin mark as a ruling. A dot is none: it is the corner of borders that are drawn beside it."""
        width, height = x1 - x0, bottom - top
        if width > LINE_THICKNESS >= height:
            self.across.append((Ruling((top + bottom) / 2, x0, x1), colour))
        elif height > LINE_THICKNESS >= width:
            self.down.append((Ruling((x0 + x1) / 2, top, bottom), colour))


def _read_rectangle(
    item: LTRect, place: tuple[float, float, float, float], lines: _Lines, fills: list[Fill]
) -> None:
    x0, x1, top, bottom = place
    if item.fill:
        colour = _read_colour(item.non_stroking_color)
        if x1 - x0 > LINE_THICKNESS and bottom - top > LINE_THICKNESS:
            fills.append(Fill(x0, x1, top, bottom, colour))
        elif not is_white(colour):
            lines.add(x0, x1, top, bottom, colour)
    if item.stroke:
        lines.add(x0, x1, top, top, None)
        lines.add(x0, x1, bottom, bottom, None)
        lines.add(x0, x0, top, bottom, None)
        lines.add(x1, x1, top, bottom, None)


def _without_slivers(lines: list[tuple[Ruling, Colour | None]], shades: set[Colour]) -> tuple[Ruling, ...]:
    """Leaves out thin strips of shading: Word shades a cell line by line, and a strip may be as thin as a
    border.

    The most frequent line colour is never taken for shading, or black borders round a black heading would be
    lost.
    """
    frequent = {colour for colour, _ in Counter(colour for _, colour in lines).most_common(1)}
    slivers = shades - frequent
    return tuple(ruling for ruling, colour in lines if colour not in slivers)


def _read_colour(colour: object) -> Colour:
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    return tuple(float(part) for part in parts if isinstance(part, (int, float)))


@lru_cache(maxsize=256)
def _is_bold(font: object) -> bool:
    return re.search(r"bold|black|heavy|demi", str(font), re.IGNORECASE) is not None


@lru_cache(maxsize=256)
def _read_direction(matrix: tuple[float, ...]) -> str:
    a, b = matrix[0], matrix[1]
    if abs(a) >= abs(b):
        return "right" if a >= 0 else "left"
    return "up" if b > 0 else "down"
