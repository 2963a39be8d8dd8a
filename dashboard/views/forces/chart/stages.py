"""From faces to arrests: a bar a stage on a logarithmic axis that is written out, because a face is not an alert.

In: counts with the words that stand above each bar. Out: a Plotly figure.
Knows no Streamlit, computes no number and writes no alt text (`dashboard.views.forces.text_force` does).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

import plotly.graph_objects as go

from dashboard.charts.base import Ink, dress_figure, escape_label, log_axis, wrap_label, write_note

_LINE, _BAR, _GAP = 18, 16, 14
_SMALL_LINE = 46
# Where a bar begins on the logarithmic axis, so that a single event has one.
_START = 0.6


@dataclass(frozen=True, slots=True)
class StageBar:
    """A stage: its count, or none; its name with the count in words; what it is a part of, in words."""

    count: int | None
    name: str
    words: str


def draw_stage_bars(bars: Sequence[StageBar], axis_title: str, ink: Ink) -> go.Figure:
    """A bar a stage; a stage without a number has a hatched box in its place, one that was nought has none."""
    figure = go.Figure()
    known = [float(one.count) for one in bars if one.count]
    axis = log_axis([1.0, *known, 10.0])
    axis["range"] = [log10(_START), axis["range"][1]]
    y = 0.0
    for one in bars:
        lines = wrap_label(one.words, _SMALL_LINE) if one.words else []
        said = "<br>".join([f"<b>{escape_label(one.name)}</b>", *(escape_label(line) for line in lines)])
        y -= _LINE * (1 + len(lines)) + 4
        write_note(figure, said, ink, x=0, xanchor="left", y=y, yanchor="bottom", align="left")
        y -= _BAR
        if one.count is None or one.count:
            figure.add_bar(
                x=[(one.count or 10.0 ** axis["range"][1]) - _START], y=[y + _BAR / 2 - 2], base=_START, orientation="h", width=_BAR,
                hoverinfo="skip",
                marker={
                    "color": ink.mark if one.count else ink.ground,
                    "line": {"width": 0 if one.count else 1, "color": ink.second},
                    "pattern": {"shape": "" if one.count else "/", "fgcolor": ink.second, "bgcolor": ink.ground, "size": 8, "solidity": 0.12},
                },
            )  # fmt: skip
        y -= _GAP
    dress_figure(figure, -y + 62, ink, {"l": 8, "r": 14, "t": 2, "b": 60})
    figure.update_yaxes(visible=False, range=[y, 0])
    ticks = [_short(float(one)) for one in axis["tickvals"]]
    title = {"text": axis_title, "font": {"size": 13, "color": ink.text}}
    figure.update_xaxes(title=title, gridcolor=ink.grid, **{**axis, "ticktext": ticks})
    return figure


def _short(number: float) -> str:
    """`1`, `100`, `10k`, `1m`: room for every step on a phone."""
    if number >= 1_000_000:
        return f"{number / 1_000_000:.0f}m"
    return f"{number / 1000:.0f}k" if number >= 1000 else f"{number:.0f}"
