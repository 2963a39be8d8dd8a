"""The colours of a document on both grounds: it is written once, and the reader's browser chooses.

In: HTML in the colours of the light ground. Out: the same with names in their places, and a style
sheet that says what they are on either ground."""

from __future__ import annotations

import re

from dashboard.charts.base import DARK, LIGHT
from dashboard.views.map.chart import EDGES, FILLS

_PAIRS = {
    **dict(zip(LIGHT.series, DARK.series, strict=True)),
    **{getattr(LIGHT, name): getattr(DARK, name) for name in ("text", "second", "grid", "band")},
    **{
        light: dark
        for both in zip(FILLS[False], FILLS[True], strict=True)
        for light, dark in zip(*both, strict=True)
        if light != LIGHT.ground
    },
    EDGES[False]: EDGES[True],
    LIGHT.mark: DARK.mark,
    LIGHT.ground: DARK.ground,
}
_COLOUR = re.compile("|".join(f"{colour}(?![0-9A-Fa-f])" for colour in _PAIRS), re.IGNORECASE)


def name_colours(drawn: str) -> str:
    """A drawing with a name in place of each colour that differs between the grounds."""
    return _COLOUR.sub(lambda match: f"var({_name(match[0])})", drawn)


def write_colours() -> str:
    """What the names mean."""
    light, dark = (
        "".join(
            f"{_name(name)}:{pair[number]};"
            for name, pair in ((each, (each, _PAIRS[each])) for each in _PAIRS)
        )
        for number in (0, 1)
    )
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def _name(colour: str) -> str:
    return f"--c{colour[1:].lower()}"
