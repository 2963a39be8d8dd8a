"""The first page: what is known of live facial recognition in UK policing, what is not, and since
when.

In: the frame. Out: the page. A force or years in the address limit its chart."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.time import draw_panels
from dashboard.charts.time_key import list_key
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.components.tables import Column, make_table
from dashboard.descriptions.trends import (
    A_STEP,
    describe_few_points,
    describe_series_alt,
    describe_series_notes,
    describe_series_title,
    label_points,
    label_series,
    list_points,
)
from dashboard.queries.series import STEPS, get_total, get_trend
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import container, show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.messages import translate_message
from dashboard.text.numbers import format_list, format_period
from dashboard.views.overview.headline import show_answers, show_headline
from dashboard.views.overview.map import show_map
from dashboard.views.overview.query import get_first
from etl.measures.catalogue import MEASURES

# Fewer points than this are a sentence, not a figure.
FEW_POINTS = 3
# Of the chart beside the map, at a desk.
_WIDTH = 640


def show(context: PageContext) -> None:
    """The whole page."""
    whole = context.without("forces", "first_year", "last_year")
    show_headline(whole)
    show_html(f'<h2 class="lfr-unseen">{text(_("How often, and where"))}</h2>')
    with container("first-pictures"):
        with container("first-chart"):
            show_chart(context)
        with container("first-map"):
            show_map(whole)
    show_answers(whole)


@cached
def show_chart(context: PageContext) -> None:
    """Deployments by quarter: the picture of the first screen."""
    _show_series(_choose_force(context), "deployments_count")


def _choose_force(context: PageContext) -> PageContext:
    """The force of the address, or the one with most deployments."""
    first = get_first(context.record, context.choices)
    if first is None or context.selection.forces:
        return context
    return replace(context, selection=context.selection.only("forces", first.force_id))


def _show_series(context: PageContext, measure_id: str) -> None:
    selection = replace(context.selection, measure_id=measure_id, step="quarter", split="force")
    total = get_total(context.record, measure_id, selection)
    if not total.rows_count:
        _show_empty(context)
        return
    trend = get_trend(context.record, selection, context.choices)
    series = trend.series
    measure = MEASURES[measure_id]
    if (
        sum(point.estimate is not None for each_series in series for point in each_series.points)
        < FEW_POINTS
    ):
        show_placeholder(
            measure_id, _(measure.title), Placeholder("too_few", describe_few_points(series, total))
        )
        return
    notes = describe_series_notes(series)
    if trend.left_out:
        notes.append(_("Not in the chart: {names}.").format(names=format_list(trend.left_out)))
    columns = [
        Column(_(STEPS[selection.step])),
        *(Column(each_series.name, "number") for each_series in series),
    ]
    caption = f"{_(measure.title)}, {_(A_STEP[selection.step])}"
    show_card(
        context,
        FigureCard(
            card_id=measure_id,
            title=describe_series_title(series, total),
            subtitle=f"{caption}, {format_period(total.period_start, total.period_end)}",
            chart=draw_panels(
                series,
                label_series(series),
                label_points(series),
                context.theme,
                key=list_key(series, bars=True),
            ),
            alt=describe_series_alt(series, selection.step),
            table=make_table(caption, columns, list_points(series)),
            download=address_estimates(selection, ("force", selection.step)),
            about=describe_measure(measure_id, context.selection.forces),
            caveats=measure.caveats[:1],
            sources=total.sources,
            notes=tuple(notes),
            width=_WIDTH,
        ),
    )


def _show_empty(context: PageContext) -> None:
    """A selection without rows: never a zero."""
    sentences = [_("We have no deployments here. That is not a zero: they may not be published.")]
    if context.selection.force_id:
        (force,) = context.record.publishing.describe((context.selection.force_id,)).forces
        sentences.append(translate_message(force.reason))
    show_placeholder("nothing", _("Nothing to show"), Placeholder("empty", " ".join(sentences)))


VIEW = View(show, figures=(show_chart,), has_own_title=True)
