"""Which characters of the text layer a reader of the page does not see, and why.

In: glyphs with the ink they are painted with, and what else is painted, in the order of painting.
Out: the reason for each glyph that is hidden, in the words of `etl.formats.visibility`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.formats.visibility import COVERED, OUTSIDE, SAME_COLOUR, UNPAINTED

Point = tuple[float, float]
Colour = tuple[float, ...]
# Left, right, upper and lower edge.
Box = tuple[float, float, float, float]

_WHITE: Colour = (1.0, 1.0, 1.0)
# Colours nearer than this in every part (of 1) are one to the eye.
_NEAR = 0.06
_STRIP = 8.0  # points: areas are looked up by strips of this height


class Paint(NamedTuple):
    """How a glyph is painted: when, in which colour, and inside of which clipping path.

    `colour` is None if it is not painted, () if it is not known. `clip`: left, upper, right and
    lower edge."""

    order: int
    colour: Colour | None
    clip: tuple[float, float, float, float] | None = None


class Area(NamedTuple):
    """Something opaque: when it is painted, where, in which colour; () for a picture.

    `corners`: its outline, if it is no rectangle."""

    order: int
    box: Box
    colour: Colour
    corners: tuple[Point, ...] = ()


def find_hidden(
    boxes: Sequence[Box], paints: Sequence[Paint], areas: Sequence[Area], visible: Box | None
) -> Iterator[tuple[int, str]]:
    """The number of each hidden glyph, and why it is. A glyph is where its middle is."""
    strips = _sort_by_strip(areas)
    for number, ((x0, x1, top, bottom), paint) in enumerate(zip(boxes, paints, strict=True)):
        _, colour, clip = paint
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if colour is None:
            yield number, UNPAINTED
        elif (visible is not None and not _holds(visible, x, y)) or (
            clip is not None and not (clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3])
        ):
            yield number, OUTSIDE
        else:
            reason = _look_at(x, y, paint.order, colour, strips.get(int(y // _STRIP), ()))
            if reason:
                yield number, reason


def _look_at(x: float, y: float, order: int, colour: Colour, areas: Sequence[Area]) -> str:
    under: Colour = _WHITE
    for area in areas:
        box = area.box
        if box[0] <= x <= box[1] and box[2] <= y <= box[3] and _encloses(area.corners, x, y):
            if area.order > order:
                return COVERED
            under = area.colour
    return SAME_COLOUR if _look_alike(colour, under) else ""


def _encloses(corners: Sequence[Point], x: float, y: float) -> bool:
    """Whether a point lies inside of an outline; anything does if there is none."""
    inside = not corners
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], *corners[:1]), strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def _sort_by_strip(areas: Iterable[Area]) -> dict[int, list[Area]]:
    strips: dict[int, list[Area]] = {}
    for area in areas:
        # Nothing is printed far off the page; a damaged area may reach for ever.
        first, last = max(area.box[2], -2000.0), min(area.box[3], 20_000.0)
        for strip in range(int(first // _STRIP), int(last // _STRIP) + 1):
            strips.setdefault(strip, []).append(area)
    return strips


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[1] and box[2] <= y <= box[3]


@lru_cache(maxsize=1024)
def _look_alike(colour: Colour, other: Colour) -> bool:
    first, second = _to_rgb(colour), _to_rgb(other)
    return bool(first and second) and all(
        abs(part - same) < _NEAR for part, same in zip(first, second, strict=True)
    )


def _to_rgb(colour: Colour) -> Colour:
    if len(colour) == 1:
        return colour * 3
    if len(colour) == 4:
        return tuple((1 - part) * (1 - colour[3]) for part in colour[:3])
    return colour if len(colour) == 3 else ()
