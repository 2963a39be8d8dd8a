"""Charts of a report: where each mark lies on its axis, from the same answers and with the same words as the charts of the pages.

In: stages, intervals and series as the pages have them. Out: `Rows` and `Panels` with places from 0 to 1; the number that a reader
reads is the one in words beside each mark. Does not draw: Typst does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from dashboard.descriptions.groups import (
    name_benchmark,
    say_benchmark,
    say_count_of,
    say_events,
    say_figure_alt,
    say_figure_title,
)
from dashboard.descriptions.rates import label_intervals, say_intervals_alt, say_intervals_title
from dashboard.descriptions.series import label_series, say_series_alt
from dashboard.queries.groups import GroupFigure
from dashboard.queries.rates import PER_FACE_SEEN, Interval
from dashboard.queries.series import Point, Series, kind_of
from dashboard.report.blocks import Column, Look, Mark, Panel, Panels, Rows
from dashboard.text.language import _, say_day
from dashboard.text.numbers import say_count, say_number
from dashboard.views.forces.text_force import list_bars, say_stages_alt
from etl.model.demographics import GroupDisparity
from etl.model.estimates import Estimate
from etl.model.force_profiles import ForceStages

_MILLION = 1_000_000
# Where an axis of steps of ten begins below one event, so that a single one has a bar.
_START = 0.6
_STEPS = (1, 2, 5, 10)
_MOST_LABELS = 13


def to_stage_chart(title: str, found: ForceStages) -> Rows:
    """A bar a stage on an axis of steps of ten; a stage without a number is hatched, one that was nought has no bar."""
    bars = list_bars(found)
    top = math.ceil(math.log10(max([10.0, *(float(one.count) for one in bars if one.count)])))
    place = _log_place(_START, 10.0**top)
    marks = []
    for one in bars:
        look: Look = "absent" if one.count is None else "bar" if one.count else "none"
        marks.append(Mark(one.name, one.words, look, place(one.count) if one.count else None))
    ticks = tuple((place(10.0**step), _short(10**step)) for step in range(top + 1))
    return Rows(title, say_stages_alt(found), tuple(marks), _("How many (each step is ten times)"), ticks)


def to_interval_chart(intervals: Sequence[Interval]) -> Rows:
    """A dot with its exact interval a row; of nothing seen, the line up to the bound."""
    per_face = intervals[0].estimate.measure_id == PER_FACE_SEEN
    found = [one.estimate for one in intervals]
    highest = max(one.high or 0.0 for one in found)
    if per_face:
        lowest = min(_lowest(one) for one in found) * _MILLION
        first, last = (
            math.floor(math.log10(lowest or 0.1)),
            math.ceil(math.log10(max(highest * _MILLION, 1.0))),
        )
        log = _log_place(10.0**first, 10.0**last)
        place, ticks = (
            (lambda share: log(share * _MILLION)),
            [(log(10.0**step), say_number(10.0**step)) for step in range(first, last + 1)],
        )
        axis = _("False alerts per million faces seen (each step is ten times)")
    else:
        place, ticks = _even_axis(highest)
        axis = _("False alerts in 100 alerts")
    marks = tuple(
        _mark(name, words, one, place)
        for (name, words), one in zip(label_intervals(intervals), found, strict=True)
    )
    return Rows(say_intervals_title(intervals), say_intervals_alt(intervals), marks, axis, tuple(ticks))


def to_group_chart(figure: GroupFigure, told: GroupDisparity) -> Rows:
    """The group's share with its interval, and a mark for each benchmark that gives a share."""
    shares = [told.share_high or told.share or 0.0, *(one.share or 0.0 for one in figure.beside)]
    place, ticks = _even_axis(max(shares))
    own: Look = "none" if told.share is None else "hollow" if told.low_reliability else "dot"
    marks = [
        Mark(
            say_count_of(told),
            say_events(told),
            own,
            _at(told.share, place),
            _at(told.share_low, place),
            _at(told.share_high, place),
        )
    ]
    for one in figure.beside:
        look: Look = "none" if one.share is None else "mark"
        marks.append(
            Mark(
                name_benchmark(one),
                say_benchmark(one),
                look,
                _at(one.share, place),
                _at(one.benchmark.low, place),
                _at(one.benchmark.high, place),
            )
        )
    title = say_figure_title(told, compared=figure.main is not None)
    return Rows(title, say_figure_alt(figure, told), tuple(marks), _("Share about the group"), tuple(ticks))


def to_month_chart(title: str, series: Sequence[Series]) -> Panels:
    """A panel a count, each with a scale of its own."""
    panels = []
    for one, words in zip(series, label_series(series), strict=True):
        top = max([_size(point) for point in one.points], default=0.0)
        columns = tuple(
            Column(_size(point) / top if top else 0.0, kind_of(point), point.covered)  # type: ignore[arg-type]
            for point in one.points
        )
        panels.append(Panel(one.name, words, say_count(top), columns))
    points = series[0].points
    step = math.ceil(len(points) / _MOST_LABELS)
    labels = tuple(
        (number, say_day(point.first_day, "MMM yy"))
        for number, point in enumerate(points)
        if number % step == 0
    )
    alt = " ".join(say_series_alt([one], "month") for one in series)
    return Panels(title, alt, tuple(panels), labels)


def _mark(name: str, words: str, one: Estimate, place: Callable[[float], float]) -> Mark:
    look: Look = (
        "bound" if one.status == "none_seen" else "hollow" if one.status == "low_reliability" else "dot"
    )
    low = 0.0 if look == "bound" else _at(one.low, place)
    at = None if look == "bound" else _at(one.value, place)
    return Mark(name, words, look, at, low, _at(one.high, place))


def _lowest(one: Estimate) -> float:
    """The smallest value that an axis of steps of ten has to show of an Estimate; of nothing seen, a tenth of its bound."""
    return one.low if one.low else (one.high or 1e-6) / 10


def _even_axis(highest: float) -> tuple[Callable[[float], float], list[tuple[float, str]]]:
    """An axis from nought in per cent with four to six labels."""
    percent = max(highest * 100, 0.1)
    size = 10.0 ** math.floor(math.log10(percent))
    step = next(one * size / 5 for one in (*_STEPS, 20) if one * size >= percent)
    number = max(1, math.ceil(percent / step - 1e-9))
    top = step * number
    ticks = [(count / number, f"{step * count:.4g}%") for count in range(number + 1)]
    return (lambda share: min(1.0, share * 100 / top)), ticks


def _log_place(first: float, last: float) -> Callable[[float], float]:
    return lambda value: max(0.0, math.log(value / first) / math.log(last / first)) if value else 0.0


def _at(value: float | None, place: Callable[[float], float]) -> float | None:
    return None if value is None else place(value)


def _size(point: Point) -> float:
    one = point.estimate
    if one is None:
        return 0.0
    return float(one.value if one.value is not None else one.numerator or 0)


def _short(number: int) -> str:
    """`1`, `100`, `10k`, `1m`."""
    if number >= _MILLION:
        return f"{number // _MILLION}m"
    return f"{number // 1000}k" if number >= 1000 else str(number)
