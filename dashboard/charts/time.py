"""Series over time: bars or lines, a panel each or all on one axis; breaks, gaps, unfinished
periods and what is covered are drawn, and the key is inside the figure.

In: `Series` of `dashboard.queries.series`, with the words that stand in the figure. Out: Plotly
figures. Knows no Streamlit, computes no number and writes no alt text
(`dashboard.descriptions.trends` does)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.charts.base import (
    Theme,
    dress_figure,
    escape_label,
    linear_axis,
    name_axis,
    room_for,
    wrap_label,
    write_note,
)
from dashboard.charts.breaks import BreakLabel, draw_break, place_breaks, room_below
from dashboard.charts.key import KeyEntry, draw_key
from dashboard.charts.time_marks import (
    Look,
    Scale,
    draw_bars,
    draw_line,
    draw_strip,
    find_top,
    middle_of,
    value_of,
    write_values,
)
from dashboard.queries.series import Point, Series
from dashboard.text.language import format_day

PANEL_HEIGHT, TOGETHER_HEIGHT, ALONE_HEIGHT = 190, 400, 320
_TOP, _TOP_TOGETHER, _BOTTOM = 48, 16, 44
# The markers of `dashboard.charts.base`, as letters beside the names of lines.
_SHAPES = ("●", "■", "◆", "▲")
# Pixels from panel to panel, for the last value at the right of its mark, and for the names of
# lines; letters on a line of the words above a panel, so that they fit a phone.
_GAP, _LAST, _NAMES, _LETTERS = 66, 40, 132, 50
# Pixels above the highest mark for its value.
_VALUE = 20


@dataclass(frozen=True, slots=True)
class Panel:
    """Height of a plot in pixels, and how much of its width on a phone the day of a break is."""

    height: float
    label: float


PANEL = Panel(PANEL_HEIGHT - _GAP, 0.30)
ALONE = Panel(ALONE_HEIGHT - _GAP, 0.30)
TOGETHER = Panel(TOGETHER_HEIGHT - _TOP_TOGETHER - _BOTTOM, 0.50)


def draw_panels(
    series: Sequence[Series],
    labels: Sequence[str],
    texts: Sequence[Sequence[str]],
    theme: Theme,
    *,
    scale: Scale | None = None,
    suffix: str = "",
    own_scale: bool = False,
    key: Sequence[KeyEntry] = (),
) -> go.Figure:
    """A panel a series from zero; without `scale` bars of a count, else lines with their intervals.

    Series of one measure have one scale, unless `own_scale`. `labels` stand beside the names,
    `texts` beside the points when pointed at; `key` says what the marks are."""
    lines = [wrap_label(label, _LETTERS) for label in labels]
    panel = ALONE if len(series) == 1 else PANEL
    own_scale = own_scale or len({each.total.measure_id for each in series}) > 1
    # Where a label has a second line, every panel has room for it.
    more = 18 * (max(map(len, lines)) - 1)
    plots = (panel.height + _GAP) * len(series) + more * (len(series) - 1)
    gap = 0.0 if len(series) == 1 else (_GAP + more) / plots
    figure = make_subplots(rows=len(series), cols=1, shared_xaxes=True, vertical_spacing=gap)
    plots -= _GAP if len(series) == 1 else 0
    for number, (each_series, words) in enumerate(zip(series, texts, strict=True), start=1):
        axis = _fit_axis([each_series] if own_scale else series, panel, scale, suffix)
        look = Look(scale, suffix, axis["range"][1])
        if scale is None:
            draw_bars(figure, number, each_series, words, theme)
        else:
            draw_line(figure, number, each_series, words, theme, look, 0)
        write_values(figure, number, each_series, theme, look)
        figure.update_yaxes(**axis, row=number, col=1)
        draw_strip(figure, number, each_series.points, panel.height, theme)
        for break_label in _place(each_series, panel):
            draw_break(figure, number, break_label, theme)
    _dress(figure, plots + _TOP + more + _BOTTOM, series[0].points, theme, top=_TOP + more)
    figure.update_layout(margin={"r": _LAST})
    for number, (each_series, label) in enumerate(zip(series, lines, strict=True), start=1):
        title = (
            f"<b>{escape_label(each_series.name)}</b><br>{'<br>'.join(map(escape_label, label))}"
        )
        write_note(
            figure,
            title,
            theme,
            x=0,
            xanchor="left",
            # Above the labels of the axis, where a phone has room for it.
            xshift=8 - figure.layout.margin.l,
            y=1,
            yref=f"{name_axis('y', number)} domain",
            yanchor="bottom",
            yshift=4,
            align="left",
            font={"size": 14},
        )
    draw_key(figure, key, theme)
    return figure


def draw_together(
    series: Sequence[Series],
    texts: Sequence[Sequence[str]],
    theme: Theme,
    *,
    scale: Scale,
    suffix: str = "",
    ends: Sequence[str] = (),
    key: Sequence[KeyEntry] = (),
) -> go.Figure:
    """At most four series on one axis from zero, each with its dash, its marker and its name at its
    last point; `ends` are the words behind the names, such as the last day of a period."""
    figure = make_subplots(rows=1, cols=1)
    counted = series[0].is_count
    axis = _fit_axis(series, TOGETHER, None if counted else scale, suffix)
    look = Look(scale, suffix, axis["range"][1])
    for place, (each_series, words) in enumerate(zip(series, texts, strict=True)):
        draw_line(figure, 1, each_series, words, theme, look, place)
        write_values(figure, 1, each_series, theme, look, last=False)
    breaks = [broken for each_series in series for broken in each_series.breaks]
    for label in place_breaks(breaks, series[0].points, TOGETHER.label):
        # Names of lines take room beside the plot: short months.
        draw_break(figure, 1, label, theme, "d MMM y")
    _name_lines(figure, series, ends, theme, look, counted=counted)
    if len(series) == 1:
        draw_strip(figure, 1, series[0].points, TOGETHER.height, theme)
    figure.update_yaxes(**axis)
    _dress(figure, TOGETHER_HEIGHT, series[0].points, theme, max_labels=5, top=_TOP_TOGETHER)
    figure.update_layout(margin={"r": _NAMES})
    draw_key(figure, key, theme)
    return figure


def _fit_axis(
    series: Sequence[Series], panel: Panel, scale: Scale | None, suffix: str
) -> dict[str, Any]:
    """From zero to the step above the highest mark; the days of breaks and its value have room."""
    room = min(room_below(_place(each, panel), panel.height) for each in series)
    highest = find_top(series, scale)
    top = highest / (room - _VALUE / panel.height)
    # What is counted is whole.
    axis = linear_axis(top, 5, suffix, least=0 if scale else 1)
    ticks = axis["tickvals"]
    if ticks[-1] >= highest or len(ticks) < 2:
        return axis
    step = ticks[1]
    return linear_axis((ticks[-1] / step + 1) * step, 6, suffix, least=step)


def _name_lines(
    figure: go.Figure,
    series: Sequence[Series],
    ends: Sequence[str],
    theme: Theme,
    look: Look,
    *,
    counted: bool,
) -> None:
    """Names at the right with their markers and last values, in the order of these, far enough from
    each other to be read."""
    known = [
        [
            value
            for point in each_series.points
            if point.estimate is not None
            and (value := value_of(point, counted=counted)) is not None
        ]
        for each_series in series
    ]
    last = [(values[-1], place, series[place].name) for place, values in enumerate(known) if values]
    pixel = look.top / TOGETHER.height
    labels = []
    for value, place, name in sorted(last):
        words = f"{name}: {look.words(value)}"
        if place < len(ends) and ends[place]:
            words = f"{words}, {ends[place]}"
        labels.append((look.height(value), place, wrap_label(words, 17)))
    heights = [(len(lines) * 17 + 4) * pixel for _value, _place, lines in labels]
    middles = _spread([value for value, _place, _lines in labels], heights, look.top)
    for middle, (_value, place, lines) in zip(middles, labels, strict=True):
        shape = f'<span style="color:{theme.series[place]}">{_SHAPES[place]}</span>'
        words = f"{shape} {'<br>   '.join(escape_label(line) for line in lines)}"
        write_note(
            figure,
            words,
            theme,
            x=1,
            xanchor="left",
            xshift=8,
            y=middle,
            yanchor="middle",
            align="left",
        )


def _spread(wanted: Sequence[float], heights: Sequence[float], top: float) -> list[float]:
    """Where labels have their middles: as near as can be to where they are wanted, from the lowest
    up, none on another and none with its middle above the top."""
    middles: list[float] = []
    free = -heights[0] if heights else 0.0
    for value, height in zip(wanted, heights, strict=True):
        middles.append(max(value, free + height / 2))
        free = middles[-1] + height / 2
    free = top + (heights[-1] / 2 if heights else 0.0)
    for place in reversed(range(len(middles))):
        middles[place] = min(middles[place], free - heights[place] / 2)
        free = middles[place] - heights[place] / 2
    return middles


def _dress(
    figure: go.Figure,
    height: float,
    points: Sequence[Point],
    theme: Theme,
    *,
    max_labels: int = 7,
    top: float = _TOP,
) -> None:
    texts = [text for axis in figure.select_yaxes() for text in axis.ticktext]
    dress_figure(figure, height, theme, {"l": room_for(texts), "r": 8, "t": top, "b": _BOTTOM})
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(gridcolor=theme.grid)
    first, last = points[0].first_day, points[-1].last_day
    reach = [(first - dt.timedelta(days=3)).isoformat(), (last + dt.timedelta(days=3)).isoformat()]
    # Said for each panel: of one without a value the browser would not know that its axis is of
    # days.
    figure.update_xaxes(type="date", showgrid=False, range=reach, **_ticks(points, max_labels))


def _ticks(points: Sequence[Point], most: int) -> dict[str, object]:
    """A tick a year, written out, or each second year; by quarter or month where the period is
    short. Where a mark is a year, its label stands under its middle."""
    first, last = points[0].first_day, points[-1].last_day
    if (points[0].last_day - first).days > 300:
        shown_points = points[:: max(1, math.ceil(len(points) / (most + 1)))]
        return {
            "tickvals": [middle_of(point) for point in shown_points],
            "ticktext": [f"{point.first_day.year}" for point in shown_points],
        }
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = 24 if months > 12 * most else 12 if months > 24 else 3 if months > 8 else 1
    days = [
        dt.date(first.year + number // 12, number % 12 + 1, 1)
        for number in range(0, (last.year - first.year + 1) * 12, step)
    ]
    shown = [day for day in days if first <= day <= last]
    if not shown or (shown[0] - first).days > 20 * step:
        shown.insert(0, first)
    names = [
        f"{day.year}" if step >= 12 else f"{format_day(day, 'MMM')}<br>{day.year}" for day in shown
    ]
    return {"tickvals": [day.isoformat() for day in shown], "ticktext": names}


def _place(series: Series, panel: Panel) -> list[BreakLabel]:
    return place_breaks(series.breaks, series.points, panel.label)
