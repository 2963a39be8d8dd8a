"""What is drawn on one page of a PDF, in the few kinds of marks that tables are made of.

In: a painted `Sheet`. Out: `PageMarks`: glyphs, rulings and shaded areas, in points from the top
left corner of the upright page. Does not open files, does not look for tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pdfminer.utils import mult_matrix

from etl.formats.pdf.hidden import Area, Box, Colour, Paint, find_hidden
from etl.formats.pdf.paper import ASKEW, DIRECTIONS, THICK, Glyph, Matrix, Patch, Sheet
from etl.formats.visibility import STRUCK

# A bar up to this thick is a ruling too, if it is this many times as long.
THICKEST_RULING = 6.0
_BAR = 2.5
# Shorter marks are dots; a row of them no further apart than this is a dotted line.
_DOT_GAP = 4.5
_DOTS = 5
# A line through a letter runs in this part of its size over the line that it is written on.
_STRUCK_FROM, _STRUCK_TO = 0.12, 0.6

# White in grey, red-green-blue and cyan-magenta-yellow-black.
WHITES: tuple[Colour, ...] = ((1.0,), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0))


class Ruling(NamedTuple):
    """A straight line: `at` is its place across, `start` and `end` its reach along."""

    at: float
    start: float
    end: float


class Fill(NamedTuple):
    """A shaded area. Fills are in the order of drawing: a later one covers an earlier one."""

    x0: float
    x1: float
    top: float
    bottom: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class PageMarks:
    """Everything of one page that tables are made of. `number` counts from 1.

    `picture_share`: how much of the page pictures cover, above 1 if they overlap. `pictures`: their
    boxes. `curves`: boxes of areas that are no rectangles, as letters drawn by their outlines.
    `matrix` leads from the page's own points to these."""

    number: int
    glyphs: tuple[Glyph, ...]
    across: tuple[Ruling, ...]
    down: tuple[Ruling, ...]
    fills: tuple[Fill, ...]
    picture_share: float
    pictures: tuple[Box, ...] = ()
    curves: tuple[Box, ...] = ()
    matrix: Matrix | None = None


def read_marks(sheet: Sheet, number: int, visible: Box) -> PageMarks:
    """Sorts what is painted on a page into marks; keeps the order of the text layer and of drawing.

    A page whose text mostly runs sideways, as wide tables do on tall pages, is turned until it is
    upright. `visible` is what is left of the page where it is cropped, as it lies before turning.
    """
    directions = Counter(glyph.direction for glyph in sheet.glyphs)
    turn = max(DIRECTIONS, key=lambda direction: directions[direction])
    place = _turner(turn, sheet.width, sheet.height)
    glyphs, areas = sheet.glyphs, sheet.areas
    if place is not None:
        glyphs = [_turn_glyph(glyph, place, turn) for glyph in glyphs]
        areas = [
            Area(area.order, place(area.box), area.colour, _turn_corners(area, place))
            for area in areas
        ]
        visible = place(visible)
    clips = [_turn_clip(paint, place) for paint in sheet.paints] if place else sheet.paints
    boxes = [glyph[1:5] for glyph in glyphs]
    lines, fills = _sort_marks(sheet, place)
    across, down = lines.read({fill.colour for fill in fills if not is_white(fill.colour)})
    strikes = [place(stroke.box) if place else stroke.box for stroke in sheet.strikes]
    level = [Ruling((box[2] + box[3]) / 2, box[0], box[1]) for box in strikes if box[1] > box[0]]
    for hidden, reason in find_hidden(boxes, clips, areas, visible):
        glyphs[hidden] = glyphs[hidden]._replace(hidden=reason)
    struck = _find_struck(glyphs, [*across, *level])
    for numbers in struck.values():
        for hidden in numbers:
            glyphs[hidden] = glyphs[hidden]._replace(hidden=STRUCK)
    strikes_only = {
        ruling
        for ruling, numbers in struck.items()
        if ruling.start > min(glyphs[number].x0 for number in numbers) - THICK
        and ruling.end < max(glyphs[number].x1 for number in numbers) + THICK
    }
    across = tuple(ruling for ruling in across if ruling not in strikes_only)
    pictures = tuple(place(box) if place else box for box in sheet.pictures)
    covered = sum((x1 - x0) * (bottom - top) for x0, x1, top, bottom in pictures)
    return PageMarks(
        number,
        tuple(glyphs),
        across,
        down,
        tuple(fills),
        covered / max(sheet.width * sheet.height, 1.0),
        pictures,
        tuple(place(box) if place else box for box in sheet.curves),
        mult_matrix(sheet.matrix, _turn_matrix(turn, sheet.width, sheet.height)),
    )


def _turner(turn: str, width: float, height: float) -> Callable[[Box], Box] | None:
    """How a box lies when the page is upright; None if it is."""
    ways: dict[str, Callable[[Box], Box]] = {
        "down": lambda box: (box[2], box[3], width - box[1], width - box[0]),
        "left": lambda box: (width - box[1], width - box[0], height - box[3], height - box[2]),
        "up": lambda box: (height - box[3], height - box[2], box[0], box[1]),
    }
    return ways.get(turn)


def _turn_matrix(turn: str, width: float, height: float) -> Matrix:
    """The same for points, as a matrix."""
    ways: dict[str, Matrix] = {
        "down": (0, -1, 1, 0, 0, width),
        "left": (-1, 0, 0, -1, width, height),
        "up": (0, 1, -1, 0, height, 0),
    }
    return ways.get(turn, (1, 0, 0, 1, 0, 0))


def _turn_glyph(glyph: Glyph, place: Callable[[Box], Box], turn: str) -> Glyph:
    direction = glyph.direction
    if direction != ASKEW:
        direction = DIRECTIONS[DIRECTIONS.index(direction) - DIRECTIONS.index(turn)]
    return Glyph(glyph.text, *place(glyph[1:5]), glyph.bold, direction, *glyph[7:])


def _turn_corners(area: Area, place: Callable[[Box], Box]) -> tuple[tuple[float, float], ...]:
    turned = (place((x, x, y, y)) for x, y in area.corners)
    return tuple((box[0], box[2]) for box in turned)


def _turn_clip(paint: Paint, place: Callable[[Box], Box]) -> Paint:
    if paint.clip is None:
        return paint
    x0, top, x1, bottom = paint.clip
    x0, x1, top, bottom = place((x0, x1, top, bottom))
    return paint._replace(clip=(x0, top, x1, bottom))


def is_white(colour: Colour) -> bool:
    """Whether nothing shows in this colour on paper."""
    return colour in WHITES


def _sort_marks(sheet: Sheet, place: Callable[[Box], Box] | None) -> tuple[_Lines, list[Fill]]:
    lines, fills = _Lines(), []
    for stroke in sheet.strokes:
        lines.add(place(stroke.box) if place else stroke.box, None)
    white: list[Patch] = []
    for patch in sheet.patches:
        box = place(patch.box) if place else patch.box
        width, height = box[1] - box[0], box[3] - box[2]
        thin, long = min(width, height), max(width, height)
        if thin > THICK and (thin > THICKEST_RULING or long < _BAR * thin):
            fills.append(Fill(*box, patch.colour))
        elif is_white(patch.colour):
            white.append(patch._replace(box=box))
        else:
            lines.add(box, patch.colour)
    for patch in white:
        if _lies_on_shade(patch, fills):
            lines.add(patch.box, patch.colour)
    return lines, fills


def _lies_on_shade(patch: Patch, fills: Sequence[Fill]) -> bool:
    """Whether a white rule shows, being painted on a shade."""
    x, y = (patch.box[0] + patch.box[1]) / 2, (patch.box[2] + patch.box[3]) / 2
    under = [
        fill.colour
        for fill in fills
        if fill.x0 - THICK <= x <= fill.x1 + THICK and fill.top - THICK <= y <= fill.bottom + THICK
    ]
    return bool(under) and not is_white(under[-1])


_Coloured = tuple[Ruling, Colour | None]


class _Lines:
    """Rulings while they are being collected, each with the colour it is filled with;
    None for a stroke."""

    def __init__(self) -> None:
        self.across: list[_Coloured] = []
        self.down: list[_Coloured] = []
        self.dots: list[tuple[float, float, Colour | None]] = []

    def add(self, box: Box, colour: Colour | None) -> None:
        """Takes a thin mark as a ruling."""
        x0, x1, top, bottom = box
        width, height = x1 - x0, bottom - top
        if width <= THICK and height <= THICK:
            self.dots.append(((x0 + x1) / 2, (top + bottom) / 2, colour))
            return
        if width >= height:
            self.across.append((Ruling((top + bottom) / 2, x0, x1), colour))
        else:
            self.down.append((Ruling((x0 + x1) / 2, top, bottom), colour))

    def read(self, shades: set[Colour]) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...]]:
        """Level and upright rulings, without strips of these shades."""
        if len(self.dots) >= _DOTS:
            self.across += _join_dots((y, x, colour) for x, y, colour in self.dots)
            self.down += _join_dots(self.dots)
        return _without_slivers(self.across, shades), _without_slivers(self.down, shades)


def _join_dots(dots: Iterable[tuple[float, float, Colour | None]]) -> Iterable[_Coloured]:
    """Lines of dots: each given by its place across the line and along it."""
    run: list[tuple[float, float, Colour | None]] = []
    for dot in [*sorted(dots, key=lambda dot: (round(dot[0] * 2), dot[1])), (-1e9, 0.0, None)]:
        if run and (abs(dot[0] - run[-1][0]) > 0.5 or dot[1] - run[-1][1] > _DOT_GAP):
            if len(run) >= _DOTS:
                yield Ruling(run[0][0], run[0][1], run[-1][1]), run[0][2]
            run = []
        run.append(dot)


def _without_slivers(lines: list[_Coloured], shades: set[Colour]) -> tuple[Ruling, ...]:
    """Leaves out thin strips of shading: Word shades a cell line by line, and a strip may be as
    thin as a border.

    The most frequent line colour is never taken for shading,
    or black borders round a black heading would be lost."""
    frequent = {colour for colour, _ in Counter(colour for _, colour in lines).most_common(1)}
    slivers = shades - frequent
    return tuple(ruling for ruling, colour in lines if colour not in slivers)


def _find_struck(glyphs: Sequence[Glyph], level: Sequence[Ruling]) -> dict[Ruling, list[int]]:
    """The level lines that run through glyphs, each with their numbers."""
    lines = sorted(level)
    places = [ruling.at for ruling in lines]
    struck: dict[Ruling, list[int]] = {}
    for number, glyph in enumerate(glyphs):
        if glyph.direction != "right" or not glyph.size or glyph.text.isspace():
            continue
        base = glyph.bottom - glyph.drop
        first = bisect_left(places, base - _STRUCK_TO * glyph.size)
        last = bisect_right(places, base - _STRUCK_FROM * glyph.size)
        x = (glyph.x0 + glyph.x1) / 2
        for ruling in lines[first:last]:
            if ruling.start <= x <= ruling.end:
                struck.setdefault(ruling, []).append(number)
    return struck
