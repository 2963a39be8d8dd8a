"""Which glyphs of the text layer a reader of the page does not see, and why.

In: glyphs with the ink they are painted with, and what else is painted, in the order of painting.
Out: the reason for each glyph that is hidden. Does not follow clipping paths, transparency or
layers, which the layout does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

Colour = tuple[float, ...]
# Left, right, upper and lower edge.
Box = tuple[float, float, float, float]

UNPAINTED = "text that is not painted on the page"
OUTSIDE = "text outside of the visible part of the page"
COVERED = "text with something painted over it"
SAME_COLOUR = "text in the colour of its background"

_WHITE: Colour = (1.0, 1.0, 1.0)
# Colours nearer than this in every part (of 1) are one to the eye.
_NEAR = 0.06
_STRIP = 8.0  # points: areas are looked up by strips of this height


class Paint(NamedTuple):
    """How a glyph is painted: when, and in which colour;
    None if it is not painted, () if the colour is not known."""

    order: int
    colour: Colour | None


class Area(NamedTuple):
    """Something opaque: when it is painted, where, in which colour; () for a picture."""

    order: int
    box: Box
    colour: Colour


def find_hidden(
    boxes: Sequence[Box], paints: Sequence[Paint], areas: Sequence[Area], visible: Box | None
) -> Iterator[tuple[int, str]]:
    """The number of each hidden glyph, and why it is. A glyph is where its middle is."""
    strips = _sort_by_strip(areas)
    for number, ((x0, x1, top, bottom), ink) in enumerate(zip(boxes, paints, strict=True)):
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if ink.colour is None:
            yield number, UNPAINTED
        elif visible is not None and not _holds(visible, x, y):
            yield number, OUTSIDE
        else:
            under: Colour = _WHITE
            for area in strips.get(int(y // _STRIP), ()):
                if _holds(area.box, x, y):
                    if area.order > ink.order:
                        yield number, COVERED
                        break
                    under = area.colour
            else:
                if _look_alike(ink.colour, under):
                    yield number, SAME_COLOUR


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
