"""Charts of a report: those of the pages, as SVG of the width of a printed page.

In: stages, intervals and series as the pages have them. Out: charts with their words."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.base import LIGHT
from dashboard.charts.image import Picture
from dashboard.charts.rows import draw_rates
from dashboard.charts.svg.draw import HasFigure, draw_body, wrap_svg
from dashboard.charts.time import draw_panels
from dashboard.charts.time_key import list_key
from dashboard.descriptions.groups import describe_figure_alt, describe_figure_title
from dashboard.descriptions.rates import describe_intervals_alt, describe_intervals_title
from dashboard.descriptions.trends import (
    describe_series_alt,
    label_points,
    label_series,
)
from dashboard.queries.groups import GroupFigure
from dashboard.queries.rates import Interval
from dashboard.queries.series import Series
from dashboard.report.blocks import Chart
from dashboard.text.language import language
from dashboard.views.forces.chart.stages import draw_stage_chain
from dashboard.views.forces.text_force import describe_stages_alt, list_boxes
from dashboard.views.who_is_affected.chart.rows import draw_shares
from etl.model.demographics import GroupDisparity
from etl.model.force_profiles import ForceStages

# At the width of a printed page its letters have the size of the text.
_WIDTH = 640


def to_stage_chart(title: str, force_stages: ForceStages) -> Chart:
    """A chain of boxes from faces to arrests."""
    figure = draw_stage_chain(list_boxes(force_stages), LIGHT)
    return _draw(figure, title, describe_stages_alt(force_stages))


def to_interval_chart(intervals: Sequence[Interval]) -> Chart:
    """A dot with its exact interval a row."""
    title, alt = describe_intervals_title(intervals), describe_intervals_alt(intervals)
    return _draw(draw_rates(intervals, LIGHT), title, alt)


def to_group_chart(figure: GroupFigure, group_disparity: GroupDisparity) -> Chart:
    """The group's share with its interval, and each benchmark."""
    title = describe_figure_title(group_disparity, compared=figure.main is not None)
    alt = describe_figure_alt(figure, group_disparity)
    return _draw(draw_shares(figure, group_disparity, LIGHT), title, alt)


def to_month_chart(title: str, series: Sequence[Series]) -> Chart:
    """A panel a count, each with a scale of its own."""
    alt = " ".join(describe_series_alt([each_series], "month") for each_series in series)
    key = list_key(series, bars=True)
    figure = draw_panels(series, label_series(series), label_points(series), LIGHT, key=key)
    return _draw(figure, title, alt)


def _draw(figure: HasFigure, title: str, alt: str) -> Chart:
    drawing = draw_body(figure, width=_WIDTH)
    svg = wrap_svg(drawing, language(), LIGHT, title, alt)
    return Chart(title, alt, Picture(svg, drawing.width, drawing.height))
