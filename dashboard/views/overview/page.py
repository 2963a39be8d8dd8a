"""The first page: what is known of live facial recognition in UK policing, what is not, and since
when.

In: the frame. Out: the page, for all forces or for one."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.time import draw_panels
from dashboard.charts.time_key import list_key
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.cards import describe_leading, write_cards
from dashboard.components.downloads import address_estimates
from dashboard.components.false_alert_rates import show_both_ways
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.components.filters import show_filters
from dashboard.components.style import show_section
from dashboard.components.tables import Column, Markup, make_table, write_table
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
from dashboard.queries.publishing import get_latest, get_silent
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS
from dashboard.queries.series import HEADLINE_COUNTS, STEPS, get_by_force, get_total, get_trend
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.messages import translate_message
from dashboard.text.names import name_published
from dashboard.text.numbers import (
    format_count,
    format_date,
    format_list,
    format_period,
    format_when,
)
from dashboard.views.overview.first_answers import show_first_answers
from dashboard.views.overview.headline import show_answers, show_headline
from dashboard.views.overview.query import get_first
from etl.measures.catalogue import MEASURES
from etl.measures.publishing import PUBLISHING_STATUS
from etl.model.codes import LFR_USE
from etl.model.reference import Publication

# Fewer points than this are a sentence, not a figure.
FEW_POINTS = 3


def show(context: PageContext) -> None:
    """The whole page."""
    whole = context.without("forces", "first_year", "last_year")
    show_headline(whole)
    show_chart(context)
    show_answers(whole)
    show_first_answers(whole)
    show_section(_("Figures of one force, or of all"), anchor="choose")
    show_filters(context, "force", "from", "to")
    force_id = context.selection.force_id
    show_section(
        name_published(context.record).get(force_id, context.names[force_id])
        if force_id
        else _("All forces"),
        anchor="figures",
    )
    if not get_total(context.record, "deployments_count", context.selection).rows_count:
        _show_empty(context)
    else:
        show_figures(context)
    _show_publishing(context.without("forces", "first_year", "last_year"))


@cached
def show_chart(context: PageContext) -> None:
    """Deployments by quarter: the picture of the first screen."""
    if not get_total(context.record, "deployments_count", context.selection).rows_count:
        return
    first = get_first(context.record, context.choices)
    if first is not None and not context.selection.forces:
        context = replace(context, selection=context.selection.only("forces", first.force_id))
    _show_series(context, "deployments_count")


@cached
def show_figures(context: PageContext) -> None:
    """Headline figures, months, false alerts both ways."""
    record, selection = context.record, context.selection
    measures = (
        (*HEADLINE_COUNTS, SHARE_OF_ALERTS, PER_FACE_SEEN)
        if selection.force_id
        else HEADLINE_COUNTS
    )
    totals = {measure: get_total(record, measure, selection) for measure in measures}
    names = name_published(record)
    leading = {
        headline_count: describe_leading(
            totals[headline_count], get_by_force(record, headline_count, selection), names
        )
        for headline_count in HEADLINE_COUNTS
    }
    show_html(write_cards(context, list(totals.values()), leading))
    if not selection.force_id:
        sentence = _(
            "We do not add up false alerts across forces: a 2017 trial and a 2026 service are "
            "not comparable."
        )
        show_html(f'<p class="lfr-small">{text(sentence)}</p>')
    show_section(_("Quarter by quarter"), anchor="over-time")
    _show_series(context, "faces_seen_count")
    show_both_ways(context)


def _show_series(context: PageContext, measure_id: str) -> None:
    selection = replace(context.selection, measure_id=measure_id, step="quarter", split="force")
    total = get_total(context.record, measure_id, selection)
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
        ),
    )


def _show_empty(context: PageContext) -> None:
    """A selection without rows: never a zero."""
    sentences = [_("We have no deployments here. That is not a zero: they may not be published.")]
    if context.selection.force_id:
        (force,) = context.record.publishing.describe((context.selection.force_id,)).forces
        sentences.append(translate_message(force.reason))
    show_placeholder("nothing", _("Nothing to show"), Placeholder("empty", " ".join(sentences)))


@cached
def _show_publishing(context: PageContext) -> None:
    """Who publishes nothing, and what came last."""
    _show_silent(context)
    _show_latest(context)


def _show_silent(context: PageContext) -> None:
    """Forces that are known to use it and of which no result was found."""
    show_section(_("Who publishes nothing"), anchor="silent")
    silent = get_silent(context.record)
    rows = [
        (
            _(publishing.force_name),
            _(LFR_USE.label(publishing.latest.status_code)) if publishing.latest else "",
            format_when(publishing.latest.since_text) if publishing.latest else "",
            _(PUBLISHING_STATUS.entry(publishing.status).meaning),
        )
        for publishing in silent
    ]
    columns = (
        Column(_("Force")),
        Column(_("Use")),
        Column(_("Since")),
        Column(_("What was found"), "wide"),
    )
    show_html(
        write_table(
            make_table(
                _("Forces known to have used it, with no published result found"),
                columns,
                rows,
                whole=True,
            )
        )
    )


def _show_latest(context: PageContext) -> None:
    """The publications that reach furthest."""
    show_section(_("Latest publications"), anchor="latest")
    links = {
        publication.publication_id: link(publication.url, publication.title)
        for publication in context.record.table(Publication)
    }
    rows = [
        (
            format_date(latest.period_end),
            Markup(f"{links[latest.publication_id]}: {printed(latest.title)}"),
            format_period(latest.period_start, latest.period_end),
            format_count(latest.rows_count),
        )
        for latest in get_latest(context.record)
    ]
    columns = (
        Column(_("Up to")),
        Column(_("Publication"), "wide"),
        Column(_("Covers"), "wide"),
        Column(_("Deployments used"), "number"),
    )
    show_html(
        write_table(
            make_table(_("Publications by the last day that they cover"), columns, rows, whole=True)
        )
    )


VIEW = View(show, figures=(show_chart, show_figures))
