"""What all figures share: the colours of both grounds, the dress of a figure, and how axes are
written.

In: a Plotly figure. Out: the same, dressed. The figures themselves are in `dashboard.charts.time`
(series) and `dashboard.charts.rows` (rows and points). Knows no Streamlit and computes no number.
"""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.svg.fonts import measure_text

Figure = go.Figure
FONT = "Source Sans, Source Sans Pro, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one ground: text at 4.5:1 or more; marks at 3:1 or more against the ground,
    and series against the next.

    `series` are at most four; a dash and a marker go with each,
    so that none is told by its colour alone."""

    text: str
    mark: str
    second: str
    grid: str
    band: str
    ground: str
    series: tuple[str, str, str, str]


# Government Analysis Function palette; on a dark ground, lighter and darker tints of the same four.
LIGHT = Theme(
    "#333333",
    "#12436D",
    "#801650",
    "#D5D9DD",
    "#ECEEF0",
    "#FFFFFF",
    ("#12436D", "#28A197", "#801650", "#F46A25"),
)
DARK = Theme(
    "#E6E8EA",
    "#8EC1F0",
    "#F0A3CF",
    "#3B424B",
    "#262C34",
    "#14171C",
    ("#BFDDF7", "#1C7A72", "#F7C1DF", "#B8470D"),
)
# Letters on a line of the title of an axis.
_TITLE_LETTERS = 50
DASHES = ("solid", "dash", "dot", "dashdot")
MARKERS = ("circle", "square", "diamond", "triangle-up")


def dress_figure(figure: go.Figure, height: float, theme: Theme, margin: dict[str, float]) -> None:
    """Size, font, no legend, nothing that can be dragged;
    horizontal text in the ink of the ground."""
    figure.update_layout(
        template=None,
        height=height,
        margin=margin,
        showlegend=False,
        autosize=True,
        dragmode=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 13, "color": theme.text},
        hoverlabel={"align": "left", "font": {"family": FONT, "size": 14}},
    )
    own = {"fixedrange": True, "tickfont": {"color": theme.text, "size": 13}, "tickangle": 0}
    figure.update_xaxes(
        **own, linecolor=theme.text, ticks="outside", tickcolor=theme.text, zeroline=False
    )
    figure.update_yaxes(**own, zeroline=False)


def write_note(figure: go.Figure, text: str, theme: Theme, **place: Any) -> None:
    """Words in a figure, on a ground of their own so that no line runs through them."""
    where = {
        "xref": "paper",
        "yref": "y",
        "showarrow": False,
        "bgcolor": theme.ground,
        "borderpad": 1,
        **place,
    }
    figure.add_annotation(
        text=text, font={"size": 13, "color": theme.text} | where.pop("font", {}), **where
    )


def escape_label(text: str) -> str:
    """Text inside a figure, where tags would be markup."""
    return html.escape(text, quote=False)


def wrap_label(text: str, width: int) -> list[str]:
    """Lines that fit a phone."""
    return textwrap.wrap(text, width) or [""]


def name_axis(axis: str, number: int) -> str:
    """Plotly's name of the axis of the nth panel: `x`, `x2`."""
    return axis if number == 1 else f"{axis}{number}"


def log_axis(values: list[float]) -> dict[str, Any]:
    """An axis in steps of ten with every step written out,
    from the step below the smallest value."""
    low, high = 10.0 ** math.floor(math.log10(min(values))), max(values)
    exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return {
        "type": "log",
        "range": [math.log10(low), math.log10(high) + 0.15],
        "tickvals": [10.0**exponent for exponent in exponents],
        "ticktext": [_plain(10.0**exponent) for exponent in exponents],
    }


def linear_axis(top: float, steps: int = 6, suffix: str = "", least: float = 0) -> dict[str, Any]:
    """An axis from zero to `top` in at most so many even steps of 1, 2 or 5, none smaller than
    `least`."""
    rough = max(top / steps, least)
    base = 10.0 ** math.floor(math.log10(rough))
    step = next(base * each for each in (1, 2, 5, 10) if base * each >= rough * (1 - 1e-9))
    values = [number * step for number in range(math.floor(top / step + 1e-9) + 1)]
    return {
        "range": [0, top],
        "tickvals": values,
        "ticktext": [f"{label_tick(value)}{suffix}" for value in values],
    }


def label_tick(number: float) -> str:
    """`0.5`, `1,200`, `40k`, `1.5m`: thousands of faces read better as 400k."""
    for unit, letter in ((1_000_000, "m"), (1000, "k")):
        if number >= 10 * unit or (number >= unit and unit > 1000):
            return f"{number / unit:.10g}{letter}"
    return f"{number:,.10g}"


def title_axis(text: str, theme: Theme) -> dict[str, Any]:
    """The title of an axis, on lines that fit a phone."""
    lines = "<br>".join(wrap_label(text, _TITLE_LETTERS))
    return {"text": lines, "standoff": 15, "font": {"size": 13, "color": theme.text}}


def title_room(text: str) -> float:
    """Pixels that the further lines of a title need."""
    return (len(wrap_label(text, _TITLE_LETTERS)) - 1) * 17.0


def room_for(texts: Sequence[str], least: float = 8) -> float:
    """The margin that the labels of a vertical axis need, in pixels."""
    return max(least, *(math.ceil(measure_text(text, 13)) + 8 for text in texts))


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number >= 1 else f"{number:g}"
