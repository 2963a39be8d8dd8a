"""The marks of a series over time: bars, lines, the values written at them, and the strip that says
which periods are covered.

In: a `Series`, a panel of a Plotly figure. Out: traces, shapes and notes in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.base import (
    DASHES,
    MARKERS,
    Theme,
    label_tick,
    name_axis,
    write_note,
)
from dashboard.queries.series import Point, Series, kind_of
from etl.measures.catalogue import CATALOGUE

Scale = Callable[[float], float]
Marks = tuple[Point, ...]
_DAY = 24 * 3600 * 1000  # the axis of dates counts in milliseconds
# A rate of fewer trials than this does not set the scale of an axis.
_FEW_TRIALS = 20
# A phone's plot in pixels, and a digit of a value: a value is left out where it would lie on bars.
_PHONE, _DIGIT = 280, 7


@dataclass(frozen=True, slots=True)
class Look:
    """How the values of a panel are drawn: their scale (none for bars of a count), the unit behind
    a value, and where the axis ends."""

    scale: Scale | None
    suffix: str
    top: float

    def height(self, value: float) -> float:
        """A value on the axis, no higher than its end."""
        return min(self.scale(value) if self.scale else value, self.top)

    def is_above(self, value: float) -> bool:
        """Whether a value lies above the end of the axis, where its mark stands then."""
        return (self.scale(value) if self.scale else value) > self.top

    def words(self, value: float) -> str:
        """`74`, `732k`, `0.5%`."""
        scaled = self.scale(value) if self.scale else value
        is_exact = scaled == int(scaled) and scaled < 10_000
        rounded = scaled if is_exact else float(f"{scaled:.{3 if scaled > 1000 else 2}g}")
        return f"{label_tick(rounded)}{self.suffix}"


def value_of(point: Point, *, counted: bool) -> float | None:
    """What is drawn of a point: its value, the part that is known of a count, nought where a count
    is covered and has nothing."""
    if point.estimate is None:
        return 0.0 if counted and point.covered else None
    if point.estimate.value is not None:
        return point.estimate.value
    per = CATALOGUE[point.estimate.measure_id].per
    return (point.estimate.numerator or 0) / per if counted else None


def is_begun(point: Point) -> bool:
    """Whether the publications end within the period."""
    return point.estimate is not None and bool(point.estimate.provisional)


def find_top(series: Sequence[Series], scale: Scale | None) -> float:
    """The highest that is drawn. Of rates, the highest end of an interval among those of enough
    trials, so that one alert does not set the scale."""
    points = [point for each_series in series for point in each_series.points]
    if scale is None:
        return max((value_of(point, counted=True) or 0 for point in points), default=0) or 1
    estimates = [
        point.estimate
        for point in points
        if point.estimate is not None and point.estimate.value is not None
    ]
    many = [each for each in estimates if (each.denominator or 0) >= _FEW_TRIALS] or estimates
    return max((scale(max(each.value or 0, each.high or 0)) for each in many), default=0) or 1


def draw_bars(
    figure: go.Figure, number: int, series: Series, words: Sequence[str], theme: Theme
) -> None:
    """A bar a period: hatched where it is not finished, dotted where it is at least so much; a dot
    for none, a cross for a number that is not published."""
    pairs = dict(zip(series.points, words, strict=True))
    of: dict[str, list[Point]] = {
        kind: [] for kind in ("whole", "begun", "part", "zero", "missing", "not covered")
    }
    for point in series.points:
        of[kind_of(point)].append(point)
    for points, pattern in ((of["whole"], ""), (of["begun"], "/"), (of["part"], ".")):
        figure.add_bar(
            x=[middle_of(point) for point in points],
            y=[value_of(point, counted=True) or 0 for point in points],
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
        colour = theme.mark if symbol == "circle" else theme.second
        figure.add_scatter(
            x=[middle_of(point) for point in points],
            y=[0] * len(points),
            mode="markers",
            marker={
                "symbol": symbol,
                "size": 3 if symbol == "circle" else 7,
                "color": colour,
                "line": {"width": 0 if symbol == "circle" else 1.5, "color": colour},
            },
            text=[pairs[point] for point in points],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
            row=number,
            col=1,
        )


def draw_line(
    figure: go.Figure,
    number: int,
    series: Series,
    words: Sequence[str],
    theme: Theme,
    look: Look,
    place: int,
) -> None:
    """Points with their 95% intervals, joined where nothing lies between them: no gap and no break.
    An unfinished period is a hollow point at the end of a dotted stub."""
    pairs = dict(zip(series.points, words, strict=True))
    colour, counted = theme.series[place], series.is_count
    for run in list_runs(series, counted=counted):
        whole = [point for point in run if not is_begun(point)]
        for points in (whole, run[len(whole) - 1 :] if whole else []):
            if len(points) > 1 or points is whole:
                stub = points is not whole
                figure.add_scatter(
                    x=[middle_of(point) for point in points],
                    y=[_at(point, look, counted=counted) for point in points],
                    mode="lines",
                    hoverinfo="skip",
                    cliponaxis=False,
                    line={
                        "color": colour,
                        "width": 1.5 if stub else 2.5,
                        "dash": "dot" if stub else DASHES[place],
                    },
                    row=number,
                    col=1,
                )
        figure.add_scatter(
            x=[middle_of(point) for point in run],
            y=[_at(point, look, counted=counted) for point in run],
            mode="markers",
            error_y=_write_errors(run, look, colour, counted=counted),
            marker={
                "symbol": MARKERS[place],
                "size": 8,
                "color": [theme.ground if _is_hollow(point) else colour for point in run],
                "line": {"width": 2, "color": colour},
            },
            text=[pairs[point] for point in run],
            hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
            row=number,
            col=1,
        )


def write_values(
    figure: go.Figure,
    number: int,
    series: Series,
    theme: Theme,
    look: Look,
    *,
    last: bool = True,
) -> None:
    """The value at the first, the highest and the last point; the last at the right of its mark."""
    counted = series.is_count
    known = [
        (place, value)
        for place, point in enumerate(series.points)
        if point.estimate is not None
        and (value := value_of(point, counted=counted)) is not None
        and (value or not counted)
    ]
    if not known:
        return
    highest = max(known, key=lambda pair: pair[1])
    above = [pair for pair in known if look.is_above(pair[1])]
    for place, value in dict.fromkeys((known[0], highest, *above, known[-1])):
        at_end = (place, value) == known[-1]
        if (at_end and not last) or (not at_end and _is_covered(series, place, value, look)):
            continue
        side = (at_end and (place, value) != highest) or look.is_above(value)
        bars = look.scale is None
        point = series.points[place]
        write_note(
            figure,
            look.words(value),
            theme,
            x=point.last_day.isoformat() if side and bars else middle_of(point),
            xref=name_axis("x", number),
            y=look.height(value),
            yref=name_axis("y", number),
            xanchor="left" if side else "center",
            yanchor="middle" if side else "bottom",
            xshift=0 if bars else 8 * side,
            yshift=0 if side else 3 if bars else 7,
            bgcolor="rgba(0,0,0,0)",
        )


def draw_strip(figure: go.Figure, number: int, points: Marks, height: float, theme: Theme) -> None:
    """A thin strip under the axis along the periods that publications cover."""
    for first, last in _list_covered(points):
        figure.add_shape(
            type="rect",
            xref=name_axis("x", number),
            yref=f"{name_axis('y', number)} domain",
            x0=first.isoformat(),
            x1=last.isoformat(),
            y0=-1.5 / height,
            y1=-5.5 / height,
            fillcolor=theme.text,
            line={"width": 0, "color": theme.text},
        )


def list_runs(series: Series, *, counted: bool) -> Iterator[list[Point]]:
    """The points with a value, cut where one lacks it and at each break."""
    run: list[Point] = []
    for point in series.points:
        cut = any(
            run and run[-1].first_day < broken.first_date <= point.last_day
            for broken in series.breaks
        )
        known = value_of(point, counted=counted) is not None
        if run and (cut or not known):
            yield run
            run = []
        if known:
            run.append(point)
    if run:
        yield run


def middle_of(point: Point) -> str:
    """The middle of the period, where its mark stands."""
    return (point.first_day + (point.last_day - point.first_day) / 2).isoformat()


def _at(point: Point, look: Look, *, counted: bool) -> float:
    return look.height(value_of(point, counted=counted) or 0.0)


def _is_hollow(point: Point) -> bool:
    estimate = point.estimate
    return estimate is not None and (
        bool(estimate.provisional) or estimate.status in ("low_reliability", "none_seen")
    )


def _write_errors(
    run: Sequence[Point], look: Look, colour: str, *, counted: bool
) -> dict[str, object]:
    values = [_at(point, look, counted=counted) for point in run]
    ends = [
        (point.estimate.low, point.estimate.high) if point.estimate else (None, None)
        for point in run
    ]
    return {
        "type": "data",
        "symmetric": False,
        "color": colour,
        "thickness": 1.2,
        "width": 3,
        "array": [
            0 if high is None else max(0.0, look.height(high) - value)
            for (_low, high), value in zip(ends, values, strict=True)
        ],
        "arrayminus": [
            0 if low is None else max(0.0, value - look.height(low))
            for (low, _high), value in zip(ends, values, strict=True)
        ],
    }


def _is_covered(series: Series, place: int, value: float, look: Look) -> bool:
    """Whether a value over its bar would lie on a higher one, on a phone."""
    if look.scale is not None:
        return False
    pitch = _PHONE / len(series.points)
    reach = round(max(0.0, len(look.words(value)) * _DIGIT - pitch) / 2 / pitch)
    near = series.points[max(0, place - reach) : place + reach + 1]
    return any((value_of(point, counted=True) or 0) > value for point in near)


def _list_covered(points: Marks) -> Iterator[tuple[dt.date, dt.date]]:
    """Runs of periods that publications cover, as first and last day; of a period that has begun,
    the part."""
    start: dt.date | None = None
    end = points[0].first_day
    for point in points:
        until = point.last_day if point.covered else point.until
        if until is not None:
            start, end = start or point.first_day, until
        if start is not None and not point.covered:
            yield start, end
            start = None
    if start is not None:
        yield start, end


def _days(point: Point) -> int:
    return (point.last_day - point.first_day).days + 1
