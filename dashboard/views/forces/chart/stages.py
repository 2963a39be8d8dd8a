"""From faces to arrests: a bar a stage on a logarithmic axis that is written out, because a face is
not an alert.

In: counts with the words that stand above each bar. Out: a Plotly figure.
Knows no Streamlit, computes no number and writes no alt text (`dashboard.views.forces.text_force`
does)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

import plotly.graph_objects as go

from dashboard.charts.base import (
    Theme,
    dress_figure,
    escape_label,
    label_tick,
    log_axis,
    title_axis,
    title_room,
    wrap_label,
    write_note,
)

_LINE, _BAR, _GAP = 18, 16, 14
_SMALL_LINE = 46
# Where a bar begins on the logarithmic axis, so that a single event has one.
_START = 0.6


@dataclass(frozen=True, slots=True)
class StageBar:
    """A stage: its count, or none; its name with the count in words;
    what it is a part of, in words."""

    count: int | None
    name: str
    words: str


def draw_stage_bars(bars: Sequence[StageBar], axis_title: str, theme: Theme) -> go.Figure:
    """A bar a stage; a stage without a number has a hatched box in its place,
    one that was nought has none."""
    figure = go.Figure()
    known = [float(bar.count) for bar in bars if bar.count]
    axis = log_axis([1.0, *known, 10.0])
    axis["range"] = [log10(_START), axis["range"][1]]
    y = 0.0
    for bar in bars:
        names = wrap_label(bar.name, _SMALL_LINE)
        lines = wrap_label(bar.words, _SMALL_LINE) if bar.words else []
        text = "<br>".join(
            [
                f"<b>{'</b><br><b>'.join(map(escape_label, names))}</b>",
                *(escape_label(line) for line in lines),
            ]
        )
        y -= _LINE * (len(names) + len(lines)) + 4
        write_note(figure, text, theme, x=0, xanchor="left", y=y, yanchor="bottom", align="left")
        y -= _BAR
        if bar.count is None or bar.count:
            figure.add_bar(
                x=[(bar.count or 10.0 ** axis["range"][1]) - _START],
                y=[y + _BAR / 2 - 2],
                base=_START,
                orientation="h",
                width=_BAR,
                text=[bar.name],
                textposition="none",
                hoverinfo="skip",
                marker={
                    "color": theme.mark if bar.count else theme.ground,
                    "line": {"width": 0 if bar.count else 1, "color": theme.second},
                    "pattern": {
                        "shape": "" if bar.count else "/",
                        "fgcolor": theme.second,
                        "bgcolor": theme.ground,
                        "size": 8,
                        "solidity": 0.12,
                    },
                },
            )
        y -= _GAP
    more = title_room(axis_title)
    dress_figure(figure, -y + 62 + more, theme, {"l": 8, "r": 14, "t": 2, "b": 60 + more})
    figure.update_yaxes(visible=False, range=[y, 0])
    # Room for every step on a phone.
    ticks = [label_tick(value).replace("1,000", "1k") for value in axis["tickvals"]]
    title = title_axis(axis_title, theme)
    figure.update_xaxes(title=title, gridcolor=theme.grid, **{**axis, "ticktext": ticks})
    return figure
