"""Shares of groups beside benchmarks, and results of tests: a row each, with its interval where
there is one.

In: rows with the words that stand in the figure. Out: Plotly figures.
Knows no Streamlit and computes no number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from dashboard.charts.base import (
    Theme,
    dress_figure,
    escape_label,
    linear_axis,
    log_axis,
    title_axis,
    title_room,
    wrap_label,
    write_note,
)
from dashboard.descriptions.groups import (
    describe_benchmark,
    format_count_of,
    format_events,
    name_benchmark,
)
from dashboard.queries.groups import GroupFigure
from dashboard.text.language import _
from etl.model.demographics import GroupDisparity

ROW_HEIGHT, LINE_HEIGHT = 58, 18
# Letters that fit on a line of a phone.
_WIDTH = 42
Look = Literal["events", "few_events", "benchmark", "context", "bound", "stated", "none"]
Scale = Callable[[float], float]
# Marker of each look: its sign, and whether it is filled. A bound has a line and no marker.
_MARKERS: dict[Look, tuple[str, bool]] = {
    "events": ("circle", True),
    "few_events": ("circle", False),
    "benchmark": ("diamond", True),
    "context": ("diamond", False),
    "stated": ("square", True),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a name in bold, the words below it, and what is drawn;
    `none` draws nothing, `bound` a line up to `high`."""

    name: str
    words: str
    look: Look
    value: float | None = None
    low: float | None = None
    high: float | None = None


def draw_rows(
    rows: Sequence[Row],
    scale: Scale,
    axis_title: str,
    theme: Theme,
    *,
    logarithmic: bool = False,
    suffix: str = "",
    whole: float | None = None,
) -> go.Figure:
    """The rows from top to bottom on one axis; `whole` is where a linear axis ends."""
    figure = go.Figure()
    ends = [scale(end) for row in rows for end in (row.low, row.value, row.high) if end]
    top = whole or max(ends, default=1) * 1.08
    axis = log_axis(ends) if logarithmic else linear_axis(top, suffix=suffix)
    left = 10.0 ** axis["range"][0] if logarithmic else 0.0
    y = 0
    for row in rows:
        lines = wrap_label(row.name, _WIDTH), wrap_label(row.words, _WIDTH)
        y -= ROW_HEIGHT + LINE_HEIGHT * (len(lines[0]) + len(lines[1]) - 2)
        _draw_row(figure, y, row, scale, left, theme)
        name, words = ("<br>".join(escape_label(line) for line in part) for part in lines)
        write_note(
            figure,
            f"<b>{name}</b><br>{words}",
            theme,
            x=0,
            xanchor="left",
            y=y,
            yanchor="bottom",
            yshift=8,
            align="left",
        )
    more = title_room(axis_title)
    dress_figure(figure, -y + 74 + more, theme, {"l": 14, "r": 16, "t": 2, "b": 56 + more})
    figure.update_yaxes(visible=False, range=[y - 16, 0])
    figure.update_xaxes(title=title_axis(axis_title, theme), gridcolor=theme.grid, **axis)
    return figure


def draw_shares(figure: GroupFigure, group_disparity: GroupDisparity, theme: Theme) -> go.Figure:
    """The group's share of the events with its interval, and below it each benchmark."""
    own: Look = (
        "none"
        if group_disparity.share is None
        else "few_events"
        if group_disparity.low_reliability
        else "events"
    )
    rows = [
        Row(
            format_count_of(group_disparity),
            format_events(group_disparity),
            own,
            group_disparity.share,
            group_disparity.share_low,
            group_disparity.share_high,
        )
    ]
    for comparison in figure.comparisons:
        drawn: Look = (
            "none"
            if comparison.share is None
            else "context"
            if comparison.benchmark.is_context
            else "benchmark"
        )
        rows.append(
            Row(
                name_benchmark(comparison),
                describe_benchmark(comparison),
                drawn,
                comparison.share,
                comparison.benchmark.low,
                comparison.benchmark.high,
            )
        )
    title = _("Share about the group")
    return draw_rows(rows, lambda share: share * 100, title, theme, suffix="%", whole=100)


def _draw_row(
    figure: go.Figure, y: float, row: Row, scale: Scale, left: float, theme: Theme
) -> None:
    if row.look == "none":
        return
    colour = theme.second if row.look in ("benchmark", "context") else theme.mark
    if row.high is not None:
        bound = row.look == "bound"
        figure.add_scatter(
            x=[max(scale(row.low or 0.0), left), scale(row.high)],
            y=[y, y],
            mode="lines+markers",
            text=[f"{row.name}: {row.words}"] * 2,
            hoverinfo="skip",
            cliponaxis=False,
            line={"color": colour, "width": 2.5, "dash": "dot" if bound else "solid"},
            marker={
                "symbol": "line-ns",
                "size": 12,
                "color": colour,
                "opacity": [0 if bound else 1, 1],
                "line": {"width": 2.5, "color": colour},
            },
        )
    if row.value is not None and row.look in _MARKERS:
        sign, filled = _MARKERS[row.look]
        figure.add_scatter(
            x=[scale(row.value)],
            y=[y],
            mode="markers",
            text=[f"{row.name}: {row.words}"],
            hoverinfo="skip",
            cliponaxis=False,
            marker={
                "size": 13,
                "symbol": sign,
                "color": colour if filled else theme.ground,
                "line": {"width": 2.5, "color": colour},
            },
        )
