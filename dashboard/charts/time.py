"""Series over time: bars or lines, a panel each or all on one axis; breaks, gaps and what is not
covered are drawn.

In: `Series` of `dashboard.queries.series`, with the words that stand in the figure. Out: Plotly
figures. Knows no Streamlit, computes no number and writes no alt text
(`dashboard.descriptions.trends` does)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.charts.base import (
    DASHES,
    MARKERS,
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
from dashboard.queries.series import Point, Series, kind_of
from dashboard.text.language import format_day

PANEL_HEIGHT, TOGETHER_HEIGHT = 166, 380
_TOP, _BOTTOM = 48, 40
# The markers of `dashboard.charts.base`, as letters beside the names of lines.
_SHAPES = ("●", "■", "◆", "▲")
# Pixels from panel to panel; letters on a line of the words above one, so that they fit a phone.
_GAP, _LETTERS = 62, 50
_DAY = 24 * 3600 * 1000  # the axis of dates counts in milliseconds
Scale = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Panel:
    """Height of a plot in pixels, and how much of its width on a phone the day of a break is."""

    height: float
    label: float


PANEL = Panel(PANEL_HEIGHT - _GAP, 0.36)
TOGETHER = Panel(TOGETHER_HEIGHT - _TOP - _BOTTOM, 0.56)


def draw_panels(
    series: Sequence[Series],
    labels: Sequence[str],
    texts: Sequence[Sequence[str]],
    theme: Theme,
    *,
    scale: Scale | None = None,
    suffix: str = "",
) -> go.Figure:
    """A panel a series with a scale of its own from zero; without `scale` bars of a count, else
    lines with their intervals.

    `labels` stand beside the names, `texts` beside the points when pointed at. A zero is a dot, a
    month without data is shaded, a number that is at least so much is striped."""
    lines = [wrap_label(label, _LETTERS) for label in labels]
    # Where a label has a second line, every panel has room for it.
    more = 18 * (max(map(len, lines)) - 1)
    plots = PANEL_HEIGHT * len(series) + more * (len(series) - 1)
    gap = 0.0 if len(series) == 1 else (_GAP + more) / plots
    figure = make_subplots(rows=len(series), cols=1, shared_xaxes=True, vertical_spacing=gap)
    titles = []
    for number, (each_series, label, words) in enumerate(
        zip(series, lines, texts, strict=True), start=1
    ):
        if scale is None:
            _draw_bars(figure, number, each_series, words, theme)
        else:
            _draw_line(figure, number, each_series, words, theme, scale, 0)
            top = _reach((each_series,), scale, PANEL)
            figure.update_yaxes(**linear_axis(top, 4, suffix), row=number, col=1)
        _shade_uncovered(figure, number, each_series.points, theme)
        title = (
            f"<b>{escape_label(each_series.name)}</b><br>{'<br>'.join(map(escape_label, label))}"
        )
        for break_label in _place(each_series, PANEL):
            draw_break(figure, number, break_label, theme)
        titles.append(title)
    _dress(figure, plots + _TOP + more + _BOTTOM, series[0].points, theme, top=_TOP + more)
    for number, title in enumerate(titles, start=1):
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
    return figure


def draw_together(
    series: Sequence[Series],
    texts: Sequence[Sequence[str]],
    theme: Theme,
    *,
    scale: Scale,
    suffix: str = "",
) -> go.Figure:
    """At most four series on one axis from zero, each with its dash,
    its marker and its name at its last point."""
    figure = make_subplots(rows=1, cols=1)
    for place, (each_series, words) in enumerate(zip(series, texts, strict=True)):
        _draw_line(figure, 1, each_series, words, theme, scale, place)
    breaks = [broken for each_series in series for broken in each_series.breaks]
    for label in place_breaks(breaks, series[0].points, TOGETHER.label):
        # Names of lines take room beside the plot: short months.
        draw_break(figure, 1, label, theme, "d MMM y")
    _name_lines(figure, series, theme, scale)
    top = _reach(series, scale, TOGETHER)
    figure.update_yaxes(**linear_axis(top, 6, suffix))
    _dress(figure, TOGETHER_HEIGHT, series[0].points, theme, max_labels=5)
    figure.update_layout(margin={"r": 130})
    return figure


def _draw_bars(
    figure: go.Figure, number: int, series: Series, words: Sequence[str], theme: Theme
) -> None:
    pairs = dict(zip(series.points, words, strict=True))
    of: dict[str, list[Point]] = {
        kind: [] for kind in ("whole", "begun", "part", "zero", "missing", "not covered")
    }
    for point in series.points:
        of[kind_of(point)].append(point)
    for points, pattern in ((of["whole"], ""), (of["begun"], "."), (of["part"], "/")):
        figure.add_bar(
            x=[_middle(point) for point in points],
            y=[_height(point) for point in points],
            width=[_days(point) * 0.86 * _DAY for point in points],
            marker={
                "color": theme.ground if pattern else theme.mark,
                "line": {"width": 1.5 if pattern else 0, "color": theme.mark},
                "pattern": {
                    "shape": pattern,
                    "fgcolor": theme.mark,
                    "bgcolor": theme.ground,
                    "size": 6,
                    "solidity": 0.2,
                },
            },
            text=[pairs[point] for point in points],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
            row=number,
            col=1,
        )
    for points, symbol in ((of["zero"], "circle"), (of["missing"], "x-thin-open")):
        figure.add_scatter(
            x=[_middle(point) for point in points],
            y=[0] * len(points),
            mode="markers",
            marker={
                "symbol": symbol,
                "size": 4 if symbol == "circle" else 7,
                "color": theme.second,
                "line": {"width": 1.5, "color": theme.second},
            },
            text=[pairs[point] for point in points],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
            row=number,
            col=1,
        )
    highest = max((_height(point) for point in series.points), default=0) or 1
    top = highest / room_below(_place(series, PANEL), PANEL.height)
    # What is counted is whole.
    figure.update_yaxes(**linear_axis(top, 4, least=1), row=number, col=1)


def _draw_line(
    figure: go.Figure,
    number: int,
    series: Series,
    words: Sequence[str],
    theme: Theme,
    scale: Scale,
    place: int,
) -> None:
    """Points with their 95% intervals as bars, joined where nothing lies between them:
    no gap and no break."""
    pairs = dict(zip(series.points, words, strict=True))
    colour = theme.series[place]
    for run in _runs(series):
        estimates = [point.estimate for point in run if point.estimate is not None]
        values = [scale(estimate.value or 0.0) for estimate in estimates]
        ends = [(estimate.low, estimate.high) for estimate in estimates]
        error = {
            "type": "data",
            "symmetric": False,
            "color": colour,
            "thickness": 1.2,
            "width": 3,
            "array": [
                0 if high is None else scale(high) - value
                for (_low, high), value in zip(ends, values, strict=True)
            ],
            "arrayminus": [
                0 if low is None else value - scale(low)
                for (low, _high), value in zip(ends, values, strict=True)
            ],
        }
        few = [estimate.status in ("low_reliability", "none_seen") for estimate in estimates]
        figure.add_scatter(
            x=[_middle(point) for point in run],
            y=values,
            mode="lines+markers",
            error_y=error,
            line={"color": colour, "width": 2.5, "dash": DASHES[place]},
            marker={
                "symbol": MARKERS[place],
                "size": 8,
                "color": [theme.ground if item else colour for item in few],
                "line": {"width": 2, "color": colour},
            },
            text=[pairs[point] for point in run],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
            row=number,
            col=1,
        )


def _runs(series: Series) -> Iterator[list[Point]]:
    """The points with a value, cut where one lacks it and at each break."""
    run: list[Point] = []
    for point in series.points:
        cut = any(
            run and run[-1].first_day < broken.first_date <= point.last_day
            for broken in series.breaks
        )
        known = point.estimate is not None and point.estimate.value is not None
        if run and (cut or not known):
            yield run
            run = []
        if known:
            run.append(point)
    if run:
        yield run


def _name_lines(figure: go.Figure, series: Sequence[Series], theme: Theme, scale: Scale) -> None:
    """Names at the right with their markers, in the order of the last values,
    far enough from each other to be read."""
    last = [
        (scale(point.estimate.value or 0.0), place, each_series.name)
        for place, each_series in enumerate(series)
        for point in each_series.known[-1:]
        if point.estimate is not None
    ]
    top = _reach(series, scale, TOGETHER)
    pixel = top / TOGETHER.height
    labels = [(value, place, wrap_label(name, 16)) for value, place, name in sorted(last)]
    heights = [(len(lines) * 17 + 4) * pixel for _value, _place, lines in labels]
    middles = _spread([value for value, _place, _lines in labels], heights, top)
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


def _shade_uncovered(figure: go.Figure, number: int, points: Sequence[Point], theme: Theme) -> None:
    for first, last in _uncovered(points):
        figure.add_vrect(
            x0=first.isoformat(),
            x1=last.isoformat(),
            fillcolor=theme.band,
            line_width=0,
            layer="below",
            row=number,
            col=1,
            exclude_empty_subplots=False,
        )


def _uncovered(points: Sequence[Point]) -> Iterator[tuple[dt.date, dt.date]]:
    """Runs of periods that no publication covers, as first and last day for the shading."""
    start: dt.date | None = None
    for point in points:
        if point.covered and start is not None:
            yield start, point.first_day
            start = None
        elif not point.covered and start is None:
            start = point.first_day
    if start is not None:
        yield start, points[-1].last_day


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
    # days, and could not shade it.
    figure.update_xaxes(type="date", showgrid=False, range=reach, **_ticks(first, last, max_labels))


def _ticks(first: dt.date, last: dt.date, most: int) -> dict[str, object]:
    """A tick a year, written out, or each second year;
    by quarter or month where the period is short."""
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


def _height(point: Point) -> float:
    """What is published of a count: the value, or the part that is known."""
    if point.estimate is None:
        return 0
    return (
        point.estimate.value if point.estimate.value is not None else point.estimate.numerator or 0
    )


def _place(series: Series, panel: Panel) -> list[BreakLabel]:
    return place_breaks(series.breaks, series.points, panel.label)


def _reach(series: Sequence[Series], scale: Scale, panel: Panel) -> float:
    """Where an axis of rates ends: above the highest end of an interval."""
    tops = [scale(_top(point)) for each_series in series for point in each_series.known]
    return (max(tops, default=0) or 1) / min(
        room_below(_place(each, panel), panel.height) for each in series
    )


def _top(point: Point) -> float:
    estimate = point.estimate
    return max(estimate.value or 0.0, estimate.high or 0.0) if estimate else 0.0


def _days(point: Point) -> int:
    return (point.last_day - point.first_day).days + 1


def _middle(point: Point) -> str:
    return (point.first_day + (point.last_day - point.first_day) / 2).isoformat()
