"""Rows and points: dots with intervals, bars, the stages from faces to arrests, a funnel plot with
exact limits.

In: Estimates and limits of `etl.queries.record`, with the words that stand in the figure. Out:
Plotly figures. Knows no Streamlit, computes no number and writes no alt text
(`dashboard.descriptions.series` does)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import plotly.graph_objects as go

from dashboard.charts.base import (
    Theme,
    dress_figure,
    escape_label,
    linear_axis,
    log_axis,
    wrap_label,
    write_note,
)
from etl.model.estimates import Estimate
from etl.model.funnels import Funnel

ROW_HEIGHT, LINE_HEIGHT, BAR_ROW = 62, 17, 56
FUNNEL_HEIGHT = 420
# Letters on a line of a label, so that it fits a phone.
_WIDTH = 46
Scale = Callable[[float], float]
# Name in bold, and the words below it.
Label = tuple[str, str]


def draw_intervals(
    estimates: Sequence[Estimate],
    labels: Sequence[Label],
    scale: Scale,
    axis_title: str,
    theme: Theme,
    *,
    logarithmic: bool = False,
    suffix: str = "",
    reference: float | None = None,
) -> go.Figure:
    """A dot and its 95% interval a row, the words above it; none seen is a dotted line up to its
    bound.

    `reference` is a value in the measure's own scale that all are read against,
    drawn as a vertical line."""
    rows = [ROW_HEIGHT + LINE_HEIGHT * (_count_lines(label) - 2) for label in labels]
    height = sum(rows) + 72
    figure = go.Figure()
    ends = [
        (estimate.low or 0.0, estimate.value or 0.0, estimate.high or 0.0) for estimate in estimates
    ]
    values = [scale(end) for row in ends for end in row if end > 0]
    axis = log_axis(values) if logarithmic else linear_axis(values)
    left = 10.0 ** axis["range"][0] if logarithmic else 0.0
    y = 0
    for estimate, label, row in zip(estimates, labels, rows, strict=True):
        y -= row
        _draw_interval(figure, y, estimate, scale, left, theme)
        _write_row_label(figure, y, label, theme, 7)
    if reference is not None:
        figure.add_vline(
            x=scale(reference), line={"color": theme.second, "width": 2, "dash": "dash"}
        )
    dress_figure(figure, height, theme, {"l": 8, "r": 14, "t": 2, "b": 56})
    figure.update_yaxes(visible=False, range=[y - 14, 0])
    figure.update_xaxes(
        title={"text": axis_title, "font": {"size": 13, "color": theme.text}},
        gridcolor=theme.grid,
        ticksuffix="" if logarithmic else suffix,
        **axis,
    )
    return figure


def draw_bars(
    values: Sequence[float | None],
    labels: Sequence[Label],
    theme: Theme,
    *,
    logarithmic: bool = False,
) -> go.Figure:
    """A bar a row, the words above it; a row without a value has none.
    From zero, or from one on a logarithmic axis."""
    figure = go.Figure()
    rows = [BAR_ROW + LINE_HEIGHT * (_count_lines(label) - 2) for label in labels]
    known = [value for value in values if value]
    y = 0
    for value, label, row in zip(values, labels, rows, strict=True):
        y -= row
        if value:
            # A rectangle: on a logarithmic axis a bar from one to one would have no length,
            # and still is one.
            start, end = (1.0, max(value, 1.06)) if logarithmic else (0.0, value)
            figure.add_scatter(
                x=[start, end, end, start, start],
                y=[y, y, y + 14, y + 14, y],
                mode="lines",
                fill="toself",
                hoverinfo="skip",
                line={"width": 0},
                fillcolor=theme.mark,
                cliponaxis=False,
            )
        _write_row_label(figure, y + 14, label, theme, 2)
    dress_figure(figure, sum(rows) + 16, theme, {"l": 8, "r": 8, "t": 2, "b": 6})
    figure.update_yaxes(visible=False, range=[y - 4, 0])
    axis = log_axis([1.0, *known]) if logarithmic else linear_axis(known)
    figure.update_xaxes(**{**axis, "visible": False})
    return figure


def draw_stages(counts: Sequence[int | None], labels: Sequence[Label], theme: Theme) -> go.Figure:
    """From faces to arrests: a bar a stage with its count.
    Lengths are on a logarithmic axis, which the words must say."""
    return draw_bars(counts, labels, theme, logarithmic=True)


def draw_funnel_plot(
    funnel: Funnel,
    names: Sequence[str],
    scale: Scale,
    titles: tuple[str, str],
    theme: Theme,
    *,
    suffix: str = "",
) -> go.Figure:
    """A point for each group by its denominator (in steps of ten) and its value, and the exact
    limits about the target.

    `names` stand beside the points, in their order; `titles` are those of the axes. Dashed limits
    are of 95%, whole lines of 99.8%; a group that chance does not explain is a filled diamond, the
    others are hollow dots."""
    figure = go.Figure()
    sizes = [limit.denominator for limit in funnel.limits]
    for low, high, dash in (("low_95", "high_95", "dash"), ("low_998", "high_998", "solid")):
        for end in (low, high):
            figure.add_scatter(
                x=sizes,
                y=[scale(getattr(limit, end)) for limit in funnel.limits],
                mode="lines",
                hoverinfo="skip",
                line={"color": theme.second, "width": 1.5, "dash": dash},
            )
    figure.add_hline(y=scale(funnel.target), line={"color": theme.text, "width": 1.5})
    outside = [point.side != "inside" for point in funnel.points]
    figure.add_scatter(
        x=[point.estimate.denominator for point in funnel.points],
        y=[scale(point.estimate.value or 0.0) for point in funnel.points],
        mode="markers+text",
        text=[escape_label(name) for name in names],
        textposition=_place_names(funnel),
        hoverinfo="skip",
        textfont={"color": theme.text, "size": 13},
        cliponaxis=False,
        marker={
            "size": 11,
            "symbol": ["diamond" if item else "circle" for item in outside],
            "color": [theme.mark if item else theme.ground for item in outside],
            "line": {"width": 2, "color": theme.mark},
        },
    )
    dress_figure(figure, FUNNEL_HEIGHT, theme, {"l": 8, "r": 14, "t": 30, "b": 56})
    # Where next to nothing was seen the limits reach far beyond every point:
    # the axis ends with the points.
    values = [scale(point.estimate.value or 0.0) for point in funnel.points] + [
        scale(funnel.target) * 2
    ]
    figure.update_xaxes(
        title={"text": titles[0], "font": {"size": 13, "color": theme.text}},
        showgrid=False,
        **log_axis(sizes),
    )
    figure.update_yaxes(
        gridcolor=theme.grid, ticksuffix=suffix, automargin=True, **linear_axis(values)
    )
    write_note(figure, titles[1], theme, x=0, xanchor="left", y=1, yref="paper", yanchor="bottom")
    return figure


def _draw_interval(
    figure: go.Figure, y: float, estimate: Estimate, scale: Scale, left: float, theme: Theme
) -> None:
    low, high = (scale(bound) for bound in (estimate.low or 0.0, estimate.high or 0.0))
    none_seen = estimate.status == "none_seen"
    figure.add_scatter(
        x=[max(low, left), high],
        y=[y, y],
        mode="lines+markers",
        hoverinfo="skip",
        cliponaxis=False,
        line={"color": theme.mark, "width": 2.5, "dash": "dot" if none_seen else "solid"},
        marker={
            "symbol": "line-ns",
            "size": 12,
            "color": theme.mark,
            "opacity": [0 if none_seen else 1, 1],
            "line": {"width": 2.5, "color": theme.mark},
        },
    )
    if not none_seen:
        few = estimate.status == "low_reliability"
        figure.add_scatter(
            x=[scale(estimate.value or 0.0)],
            y=[y],
            mode="markers",
            hoverinfo="skip",
            cliponaxis=False,
            marker={
                "size": 12,
                "symbol": "circle",
                "color": theme.ground if few else theme.mark,
                "line": {"width": 2.5, "color": theme.mark},
            },
        )


def _place_names(funnel: Funnel) -> list[str]:
    """On which side of its point a name stands, so that none leaves the figure."""
    low, high = (math.log10(end.denominator) for end in (funnel.limits[0], funnel.limits[-1]))
    places = []
    for point in funnel.points:
        along = (math.log10(point.estimate.denominator or 1) - low) / ((high - low) or 1)
        places.append("top right" if along < 0.25 else "top left" if along > 0.75 else "top center")
    return places


def _count_lines(label: Label) -> int:
    return sum(len(wrap_label(text, _WIDTH)) for text in label)


def _write_row_label(figure: go.Figure, y: float, label: Label, theme: Theme, shift: int) -> None:
    name, value = (
        "<br>".join(escape_label(line) for line in wrap_label(text, _WIDTH)) for text in label
    )
    write_note(
        figure,
        f"<b>{name}</b><br>{value}",
        theme,
        x=0,
        xanchor="left",
        y=y,
        yanchor="bottom",
        yshift=shift,
        align="left",
    )
