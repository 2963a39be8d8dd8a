"""What is drawn on one page of a PDF, in the few kinds of marks that tables are made of.

In: the objects of a page as pdfplumber gives them. Out: `PageMarks`: glyphs, rulings and shaded areas, in points from
the top left corner of the page as it is displayed.
Does not open files, does not look for tables, and does not follow curves: a ruling is a straight line or a thin area.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

# A drawn mark this thin or thinner is a line; anything thicker both ways is an area. Borders are 0.25 to 2.25 points.
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
    """Everything of one page that tables are made of. `number` counts from 1."""

    number: int
    glyphs: tuple[Glyph, ...]
    across: tuple[Ruling, ...]
    down: tuple[Ruling, ...]
    fills: tuple[Fill, ...]


def read_marks(number: int, objects: Mapping[str, Sequence[Mapping[str, Any]]]) -> PageMarks:
    """Sorts the objects of page `number` into marks; keeps the order of the text layer and of drawing."""
    glyphs = tuple(
        Glyph(
            char["text"],
            char["x0"],
            char["x1"],
            char["top"],
            char["bottom"],
            _is_bold(char["fontname"]),
            _read_direction(char["matrix"]),
        )
        for char in objects.get("char", ())
    )
    lines = _Lines()
    fills: list[Fill] = []
    for mark in objects.get("line", ()):
        lines.add(mark["x0"], mark["x1"], mark["top"], mark["bottom"], None)
    for mark in objects.get("rect", ()):
        _read_rectangle(mark, lines, fills)
    shades = {fill.colour for fill in fills if not is_white(fill.colour)}
    return PageMarks(
        number,
        glyphs,
        _without_slivers(lines.across, shades),
        _without_slivers(lines.down, shades),
        tuple(fills),
    )


def is_white(colour: Colour) -> bool:
    """Whether nothing shows in this colour on paper."""
    return colour in WHITES


class _Lines:
    """Rulings while they are being collected, each with the colour it is filled with (None if it is a stroke)."""

    def __init__(self) -> None:
        self.across: list[tuple[Ruling, Colour | None]] = []
        self.down: list[tuple[Ruling, Colour | None]] = []

    def add(self, x0: float, x1: float, top: float, bottom: float, colour: Colour | None) -> None:
        """Takes a thin mark as a ruling. A dot is left out: it is the corner of borders that are drawn beside it."""
        width, height = x1 - x0, bottom - top
        if width > LINE_THICKNESS >= height:
            self.across.append((Ruling((top + bottom) / 2, x0, x1), colour))
        elif height > LINE_THICKNESS >= width:
            self.down.append((Ruling((x0 + x1) / 2, top, bottom), colour))


def _read_rectangle(mark: Mapping[str, Any], lines: _Lines, fills: list[Fill]) -> None:
    x0, x1, top, bottom = mark["x0"], mark["x1"], mark["top"], mark["bottom"]
    is_area = x1 - x0 > LINE_THICKNESS and bottom - top > LINE_THICKNESS
    if mark.get("fill"):
        colour = _read_colour(mark.get("non_stroking_color"))
        if is_area:
            fills.append(Fill(x0, x1, top, bottom, colour))
        elif not is_white(colour):
            lines.add(x0, x1, top, bottom, colour)
    if mark.get("stroke"):
        lines.add(x0, x1, top, top, None)
        lines.add(x0, x1, bottom, bottom, None)
        lines.add(x0, x0, top, bottom, None)
        lines.add(x1, x1, top, bottom, None)


def _without_slivers(lines: list[tuple[Ruling, Colour | None]], shades: set[Colour]) -> tuple[Ruling, ...]:
    """Leaves out thin strips of shading: Word shades a cell line by line, and a strip may be as thin as a border.

    The most frequent line colour is never taken for shading, or black borders round a black heading would be lost.
    """
    frequent = {colour for colour, _ in Counter(colour for _, colour in lines).most_common(1)}
    slivers = shades - frequent
    return tuple(ruling for ruling, colour in lines if colour not in slivers)


def _read_colour(colour: object) -> Colour:
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    return tuple(float(part) for part in parts if isinstance(part, (int, float)))


@lru_cache(maxsize=256)
def _is_bold(font: str) -> bool:
    return re.search(r"bold|black|heavy|demi", font, re.IGNORECASE) is not None


@lru_cache(maxsize=256)
def _read_direction(matrix: tuple[float, ...]) -> str:
    a, b = matrix[0], matrix[1]
    if abs(a) >= abs(b):
        return "right" if a >= 0 else "left"
    return "up" if b > 0 else "down"
