"""The key of a figure, drawn inside it: so it goes with the figure as a picture, in an embed and in
a report.

In: signs with their words. Out: shapes and notes below the axis of a Plotly figure, which grows by
the room they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from dashboard.charts.base import DASHES, Theme, escape_label, wrap_label, write_note

Sign = Literal[
    "bar",
    "hatched",
    "dotted",
    "dot",
    "hollow",
    "cross",
    "strip",
    "break",
    "interval",
    "bound",
    "first_series",
    "second_series",
]
# Pixels: a line of words, the signs, the room above the first line.
_LINE, _SIDE, _ABOVE = 17, 12, 8
# Letters on a line, so that it fits a phone.
_LETTERS = 48
Shape = dict[str, object]


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A sign, and what it stands for."""

    sign: Sign
    words: str


def draw_key(figure: go.Figure, entries: Sequence[KeyEntry], theme: Theme) -> None:
    """One entry below the other, under all that the figure has there already."""
    if not entries:
        return
    margin = figure.layout.margin
    below = margin.b + _ABOVE
    for entry in entries:
        lines = wrap_label(entry.words, _LETTERS)
        middle = below + _LINE / 2
        for shape in _draw_sign(entry.sign, theme):
            figure.add_shape(**_place(shape, -margin.l + 4, -middle))
        write_note(
            figure,
            "<br>".join(map(escape_label, lines)),
            theme,
            x=0,
            xanchor="left",
            xshift=-margin.l + _SIDE + 12,
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-below,
            align="left",
        )
        below += _LINE * len(lines) + 3
    more = below - margin.b
    figure.update_layout(height=figure.layout.height + more, margin={"b": margin.b + more})


def _place(shape: Shape, left: float, middle: float) -> Shape:
    """The shape, whose pixels count from its left end and its middle, at its place."""
    moved = dict(shape)
    for end in ("x0", "x1"):
        moved[end] = float(str(shape[end])) + left
    for end in ("y0", "y1"):
        moved[end] = float(str(shape[end])) + middle
    return {
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 0,
        "yanchor": 0,
        **moved,
    }


def _draw_sign(sign: Sign, theme: Theme) -> Iterator[Shape]:
    half = _SIDE / 2
    if sign in ("bar", "hatched", "dotted"):
        filled = sign == "bar"
        line = {"color": theme.mark, "width": 0 if filled else 1.5}
        fill = theme.mark if filled else theme.ground
        yield _rectangle(0, -half, _SIDE, half, fill, line)
    if sign == "hatched":
        for start in (-half, 0.0):
            yield _line(0, start, half if start else _SIDE, half, theme.mark, 1.2)
        yield _line(half, -half, _SIDE, 0, theme.mark, 1.2)
    elif sign == "dotted":
        for x in (4, 8):
            for y in (-2, 2):
                yield _circle(x, y, 1, theme.mark, theme.mark)
    elif sign == "dot":
        yield _circle(half, 0, 2, theme.mark, theme.mark)
    elif sign == "hollow":
        yield _line(0, 0, half, 0, theme.mark, 2, "dot")
        yield _circle(half, 0, 4, theme.mark, theme.ground)
    elif sign == "cross":
        for end in (3, -3):
            yield _line(half - 3, -end, half + 3, end, theme.second, 1.5)
    elif sign == "strip":
        yield _rectangle(0, -2, _SIDE, 2, theme.text, {"color": theme.text, "width": 0})
    elif sign == "break":
        yield _line(half, -half - 2, half, half + 2, theme.second, 2, "dash")
    elif sign == "interval":
        yield _line(0, 0, _SIDE, 0, theme.mark, 2)
        for x in (0, _SIDE):
            yield _line(x, -4, x, 4, theme.mark, 2)
        yield _circle(half, 0, 3, theme.mark, theme.mark)
    elif sign == "bound":
        yield _line(0, 0, _SIDE, 0, theme.mark, 2, "dot")
        yield _line(_SIDE, -4, _SIDE, 4, theme.mark, 2)
    elif sign in ("first_series", "second_series"):
        number = int(sign == "second_series")
        colour = theme.series[number]
        yield _line(0, 0, _SIDE, 0, colour, 2, DASHES[number])
        if number:
            yield _rectangle(half - 3, -3, half + 3, 3, colour, {"color": colour, "width": 0})
        else:
            yield _circle(half, 0, 3, colour, colour)


def _rectangle(
    left: float, low: float, right: float, high: float, fill: str, line: Mapping[str, object]
) -> Shape:
    ends = {"x0": left, "x1": right, "y0": low, "y1": high}
    return {"type": "rect", **ends, "fillcolor": fill, "line": line}


def _line(
    left: float,
    start: float,
    right: float,
    end: float,
    colour: str,
    width: float,
    dash: str = "solid",
) -> Shape:
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "line", "x0": left, "x1": right, "y0": start, "y1": end, "line": line}


def _circle(x: float, y: float, radius: float, colour: str, fill: str) -> Shape:
    ends = {"x0": x - radius, "x1": x + radius, "y0": y - radius, "y1": y + radius}
    return {"type": "circle", **ends, "fillcolor": fill, "line": {"color": colour, "width": 1.5}}
