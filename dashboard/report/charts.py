"""Charts of a report: where each mark lies on its axis, from the same answers and with the same
words as the charts of the pages.

In: stages, intervals and series as the pages have them. Out: `Rows` and `Panels` with places from 0
to 1; the number that a reader reads is the one in words beside each mark. Does not draw: Typst
does."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from dashboard.descriptions.groups import (
    describe_benchmark,
    describe_figure_alt,
    describe_figure_title,
    format_count_of,
    format_events,
    name_benchmark,
)
from dashboard.descriptions.rates import (
    describe_intervals_alt,
    describe_intervals_title,
    label_intervals,
)
from dashboard.descriptions.series import describe_series_alt, label_series
from dashboard.queries.groups import GroupFigure
from dashboard.queries.rates import PER_FACE_SEEN, Interval
from dashboard.queries.series import Point, Series, kind_of
from dashboard.report.blocks import Column, Look, Mark, Panel, Panels, Rows
from dashboard.text.language import _, format_day
from dashboard.text.numbers import format_count, format_number
from dashboard.views.forces.text_force import describe_stages_alt, list_bars
from etl.model.demographics import GroupDisparity
from etl.model.estimates import Estimate
from etl.model.force_profiles import ForceStages

_MILLION = 1_000_000
# Where an axis of steps of ten begins below one event, so that a single one has a bar.
_START = 0.6
_STEPS = (1, 2, 5, 10)
_MAX_LABELS = 13


def to_stage_chart(title: str, force_stages: ForceStages) -> Rows:
    """A bar a stage on an axis of steps of ten; a stage without a number is hatched,
    one that was nought has no bar."""
    bars = list_bars(force_stages)
    top = math.ceil(math.log10(max([10.0, *(float(bar.count) for bar in bars if bar.count)])))
    place = _log_place(_START, 10.0**top)
    marks = []
    for bar in bars:
        look: Look = "absent" if bar.count is None else "bar" if bar.count else "none"
        marks.append(Mark(bar.name, bar.words, look, place(bar.count) if bar.count else None))
    ticks = tuple((place(10.0**step), _short(10**step)) for step in range(top + 1))
    return Rows(
        title,
        describe_stages_alt(force_stages),
        tuple(marks),
        _("How many (each step is ten times)"),
        ticks,
    )


def to_interval_chart(intervals: Sequence[Interval]) -> Rows:
    """A dot with its exact interval a row; of nothing seen, the line up to the bound."""
    per_face = intervals[0].estimate.measure_id == PER_FACE_SEEN
    estimates = [interval.estimate for interval in intervals]
    highest = max(estimate.high or 0.0 for estimate in estimates)
    if per_face:
        lowest = min(_lowest(estimate) for estimate in estimates) * _MILLION
        first, last = (
            math.floor(math.log10(lowest or 0.1)),
            math.ceil(math.log10(max(highest * _MILLION, 1.0))),
        )
        log = _log_place(10.0**first, 10.0**last)
        place, ticks = (
            (lambda share: log(share * _MILLION)),
            [(log(10.0**step), format_number(10.0**step)) for step in range(first, last + 1)],
        )
        axis = _("False alerts per million faces seen (each step is ten times)")
    else:
        place, ticks = _even_axis(highest)
        axis = _("False alerts in 100 alerts")
    marks = tuple(
        _mark(name, words, estimate, place)
        for (name, words), estimate in zip(label_intervals(intervals), estimates, strict=True)
    )
    return Rows(
        describe_intervals_title(intervals),
        describe_intervals_alt(intervals),
        marks,
        axis,
        tuple(ticks),
    )


def to_group_chart(figure: GroupFigure, group_disparity: GroupDisparity) -> Rows:
    """The group's share with its interval, and a mark for each benchmark that gives a share."""
    shares = [
        group_disparity.share_high or group_disparity.share or 0.0,
        *(comparison.share or 0.0 for comparison in figure.comparisons),
    ]
    place, ticks = _even_axis(max(shares))
    own: Look = (
        "none"
        if group_disparity.share is None
        else "hollow"
        if group_disparity.low_reliability
        else "dot"
    )
    marks = [
        Mark(
            format_count_of(group_disparity),
            format_events(group_disparity),
            own,
            _at(group_disparity.share, place),
            _at(group_disparity.share_low, place),
            _at(group_disparity.share_high, place),
        )
    ]
    for comparison in figure.comparisons:
        look: Look = "none" if comparison.share is None else "mark"
        marks.append(
            Mark(
                name_benchmark(comparison),
                describe_benchmark(comparison),
                look,
                _at(comparison.share, place),
                _at(comparison.benchmark.low, place),
                _at(comparison.benchmark.high, place),
            )
        )
    title = describe_figure_title(group_disparity, compared=figure.main is not None)
    return Rows(
        title,
        describe_figure_alt(figure, group_disparity),
        tuple(marks),
        _("Share about the group"),
        tuple(ticks),
    )


def to_month_chart(title: str, series: Sequence[Series]) -> Panels:
    """A panel a count, each with a scale of its own."""
    panels = []
    for each_series, words in zip(series, label_series(series), strict=True):
        top = max([_size(point) for point in each_series.points], default=0.0)
        columns = tuple(
            Column(_size(point) / top if top else 0.0, kind_of(point), point.covered)  # type: ignore[arg-type]
            for point in each_series.points
        )
        panels.append(Panel(each_series.name, words, format_count(top), columns))
    points = series[0].points
    step = math.ceil(len(points) / _MAX_LABELS)
    labels = tuple(
        (number, format_day(point.first_day, "MMM yy"))
        for number, point in enumerate(points)
        if number % step == 0
    )
    alt = " ".join(describe_series_alt([other_series], "month") for other_series in series)
    return Panels(title, alt, tuple(panels), labels)


def _mark(name: str, words: str, estimate: Estimate, place: Callable[[float], float]) -> Mark:
    look: Look = (
        "bound"
        if estimate.status == "none_seen"
        else "hollow"
        if estimate.status == "low_reliability"
        else "dot"
    )
    low = 0.0 if look == "bound" else _at(estimate.low, place)
    at = None if look == "bound" else _at(estimate.value, place)
    return Mark(name, words, look, at, low, _at(estimate.high, place))


def _lowest(estimate: Estimate) -> float:
    """The smallest value that an axis of steps of ten has to show of an Estimate;
    of nothing seen, a tenth of its bound."""
    return estimate.low if estimate.low else (estimate.high or 1e-6) / 10


def _even_axis(highest: float) -> tuple[Callable[[float], float], list[tuple[float, str]]]:
    """An axis from nought in per cent with four to six labels."""
    percent = max(highest * 100, 0.1)
    size = 10.0 ** math.floor(math.log10(percent))
    step = next(each_step * size / 5 for each_step in (*_STEPS, 20) if each_step * size >= percent)
    number = max(1, math.ceil(percent / step - 1e-9))
    top = step * number
    ticks = [(count / number, f"{step * count:.4g}%") for count in range(number + 1)]
    return (lambda share: min(1.0, share * 100 / top)), ticks


def _log_place(first: float, last: float) -> Callable[[float], float]:
    return lambda value: (
        max(0.0, math.log(value / first) / math.log(last / first)) if value else 0.0
    )


def _at(value: float | None, place: Callable[[float], float]) -> float | None:
    return None if value is None else place(value)


def _size(point: Point) -> float:
    estimate = point.estimate
    if estimate is None:
        return 0.0
    return float(estimate.value if estimate.value is not None else estimate.numerator or 0)


def _short(number: int) -> str:
    """`1`, `100`, `10k`, `1m`."""
    if number >= _MILLION:
        return f"{number // _MILLION}m"
    return f"{number // 1000}k" if number >= 1000 else str(number)
