"""What is drawn on one page of a PDF, in the few kinds of marks that tables are made of.

In: the layout of a page as pdfminer gives it; pdfplumber's dictionaries hold the same and take
longer. Out: `PageMarks`: glyphs, rulings and shaded areas, in points from the top left corner of
the upright page. Does not open files, does not look for tables, follows no curves: rulings are
straight lines or thin areas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pdfminer.layout import LTChar, LTComponent, LTFigure, LTImage, LTItem, LTLine, LTPage, LTRect

from etl.formats.pdf.hidden import Area, Box, Colour, Paint, find_hidden

# A drawn mark this thin or thinner is a line; anything thicker both ways is an area.
# Borders are 0.25 to 2.25 points.
LINE_THICKNESS = 3.0

# Where a line of writing may run, each a quarter turn clockwise from the one before.
DIRECTIONS = ("right", "down", "left", "up")
# Text that runs across the page at an angle: further from level or upright than a page is scanned
# crooked.
ASKEW = "askew"
_ASKEW_SHARE = 0.1
# How text may be painted, by PDF's numbers: by its outline only, and not at all.
_OUTLINED = (1, 5)
_UNPAINTED = (3, 7)

# White in grey, red-green-blue and cyan-magenta-yellow-black.
WHITES: tuple[Colour, ...] = ((1.0,), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0))


class Glyph(NamedTuple):
    """One printed character. `direction` is where its line runs: right, left, up, down or askew.

    `hidden` says why a reader of the page does not see it; blank if he does."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    bold: bool
    direction: str
    hidden: str = ""


class Ruling(NamedTuple):
    """A straight line: `at` is its place across, `start` and `end` its reach along."""

    at: float
    start: float
    end: float


class Fill(NamedTuple):
    """A shaded area. Fills are kept in the order of drawing:
    a later one lies on top of an earlier one."""

    x0: float
    x1: float
    top: float
    bottom: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class PageMarks:
    """Everything of one page that tables are made of. `number` counts from 1.

    `picture_share`: how much of the page pictures cover, above 1 if they overlap."""

    number: int
    glyphs: tuple[Glyph, ...]
    across: tuple[Ruling, ...]
    down: tuple[Ruling, ...]
    fills: tuple[Fill, ...]
    picture_share: float


def read_marks(
    layout: LTPage, number: int, left: float, base: float, visible: Box | None = None
) -> PageMarks:
    """Sorts what is drawn on a page into marks; keeps the order of the text layer and of drawing.

    `left` is added to the layout's distances from the left, and its heights above the bottom are
    subtracted from `base`: 0 and the height of the page, unless the corner of the page is not the
    origin. A page whose text mostly runs sideways, as wide tables do on tall pages, is turned until
    it is upright. `visible` is what is left of the page where it is cropped, as it lies before
    turning."""
    items = list(_walk(layout))
    directions = Counter(_read_direction(item.matrix) for item in items if isinstance(item, LTChar))
    turn = max(DIRECTIONS, key=lambda direction: directions[direction])
    width, height = layout.width, layout.height

    def place(item: LTComponent) -> Box:
        return upright((item.x0 + left, item.x1 + left, base - item.y1, base - item.y0))

    def upright(box: Box) -> Box:
        x0, x1, top, bottom = box
        if turn == "down":
            return top, bottom, width - x1, width - x0
        if turn == "left":
            return width - x1, width - x0, height - bottom, height - top
        if turn == "up":
            return height - bottom, height - top, x0, x1
        return x0, x1, top, bottom

    glyphs: list[Glyph] = []
    paints: list[Paint] = []
    fills: list[Fill] = []
    areas: list[Area] = []
    lines = _Lines()
    picture_area = 0.0
    for order, item in enumerate(items):
        if isinstance(item, LTChar):
            direction = _turn_back(_read_direction(item.matrix), turn)
            glyphs.append(Glyph(item.get_text(), *place(item), _is_bold(item.fontname), direction))
            paints.append(_read_paint(item, order))
        elif isinstance(item, LTRect):
            before = len(fills)
            _read_rectangle(item, place(item), lines, fills)
            areas += [Area(order, fill[:4], fill.colour) for fill in fills[before:]]
        elif isinstance(item, LTLine):
            lines.add(*place(item), None)
        elif isinstance(item, LTImage):
            picture_area += item.width * item.height
            if "SMask" not in item.stream and "Mask" not in item.stream:
                areas.append(Area(order, place(item), ()))
    seen = visible and upright(visible)
    for hidden, reason in find_hidden([glyph[1:5] for glyph in glyphs], paints, areas, seen):
        glyphs[hidden] = glyphs[hidden]._replace(hidden=reason)
    shades = {fill.colour for fill in fills if not is_white(fill.colour)}
    return PageMarks(
        number,
        tuple(glyphs),
        _without_slivers(lines.across, shades),
        _without_slivers(lines.down, shades),
        tuple(fills),
        picture_area / max(width * height, 1.0),
    )


def _walk(container: Iterable[LTItem]) -> Iterator[LTItem]:
    for item in container:
        if isinstance(item, LTFigure):
            yield from _walk(item)
        else:
            yield item


def is_white(colour: Colour) -> bool:
    """Whether nothing shows in this colour on paper."""
    return colour in WHITES


class _Lines:
    """Rulings while they are being collected, each with the colour it is filled with;
    None for a stroke."""

    def __init__(self) -> None:
        self.across: list[tuple[Ruling, Colour | None]] = []
        self.down: list[tuple[Ruling, Colour | None]] = []

    def add(self, x0: float, x1: float, top: float, bottom: float, colour: Colour | None) -> None:
        """Takes a thin mark as a ruling; a dot is none,
        but the corner of borders drawn beside it."""
        width, height = x1 - x0, bottom - top
        if width > LINE_THICKNESS >= height:
            self.across.append((Ruling((top + bottom) / 2, x0, x1), colour))
        elif height > LINE_THICKNESS >= width:
            self.down.append((Ruling((x0 + x1) / 2, top, bottom), colour))


def _read_rectangle(item: LTRect, place: Box, lines: _Lines, fills: list[Fill]) -> None:
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


def _without_slivers(
    lines: list[tuple[Ruling, Colour | None]], shades: set[Colour]
) -> tuple[Ruling, ...]:
    """Leaves out thin strips of shading: Word shades a cell line by line, and a strip may be as
    thin as a border.

    The most frequent line colour is never taken for shading,
    or black borders round a black heading would be lost."""
    frequent = {colour for colour, _ in Counter(colour for _, colour in lines).most_common(1)}
    slivers = shades - frequent
    return tuple(ruling for ruling, colour in lines if colour not in slivers)


def _read_colour(colour: object) -> Colour:
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    return tuple(float(part) for part in parts if isinstance(part, (int, float)))


def _read_paint(item: LTChar, order: int) -> Paint:
    """`pdf_pages` notes on the graphic state how the text is painted."""
    state = item.graphicstate
    mode = getattr(state, "text_render", 0)
    if mode in _UNPAINTED:
        return Paint(order, None)
    return Paint(order, _read_colour(state.scolor if mode in _OUTLINED else state.ncolor))


@lru_cache(maxsize=256)
def _is_bold(font: object) -> bool:
    return re.search(r"bold|black|heavy|demi", str(font), re.IGNORECASE) is not None


@lru_cache(maxsize=256)
def _read_direction(matrix: tuple[float, ...]) -> str:
    a, b = matrix[0], matrix[1]
    if min(abs(a), abs(b)) > _ASKEW_SHARE * max(abs(a), abs(b)):
        return ASKEW
    if abs(a) >= abs(b):
        return "right" if a >= 0 else "left"
    return "up" if b > 0 else "down"


def _turn_back(direction: str, turn: str) -> str:
    return (
        direction
        if direction == ASKEW
        else DIRECTIONS[DIRECTIONS.index(direction) - DIRECTIONS.index(turn)]
    )
