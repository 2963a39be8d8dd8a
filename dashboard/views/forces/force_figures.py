"""The figures of a force's profile: its quarters, its stages, and both false alert rates by year.

In: the frame of one force with rows. Out: figure cards; a sentence where nothing is published."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.time import draw_panels
from dashboard.charts.time_key import list_key
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.descriptions.trends import (
    describe_series_notes,
    label_points,
    label_series,
    list_points,
)
from dashboard.queries.series import HEADLINE_COUNTS
from dashboard.rendering.context import PageContext
from dashboard.text.language import _
from dashboard.text.numbers import format_period
from dashboard.views.forces.chart.stages import draw_stage_chain
from dashboard.views.forces.query_force import get_timeline
from dashboard.views.forces.text_force import (
    describe_few_points,
    describe_stages_alt,
    describe_stages_notes,
    describe_stages_partial,
    describe_stages_title,
    describe_timeline_alt,
    describe_timeline_title,
    list_boxes,
    list_stages,
)
from etl.model.reference import Publication

# Fewer quarters than this are a sentence, not a figure.
FEW_QUARTERS = 3


def show_timeline(context: PageContext, name: str) -> None:
    """Deployments by quarter; the table has faces seen, alerts and arrests too."""
    show_section(_("Quarter by quarter"), anchor="quarters")
    series = get_timeline(context.record, context.selection, context.choices)
    quarters = [point for point in series[0].points if point.estimate is not None] if series else []
    if len(quarters) < FEW_QUARTERS:
        title = _("Deployments, faces seen, alerts and arrests by quarter")
        show_placeholder(
            "timeline", title, Placeholder("too_few", describe_few_points(series, "quarter"))
        )
        return
    caption = _("Deployments, faces seen, alerts and arrests by quarter")
    columns = [
        Column(_("Quarter")),
        *(Column(each_series.name, "number") for each_series in series),
    ]
    show_card(
        context,
        FigureCard(
            card_id="timeline",
            title=describe_timeline_title(name, series),
            subtitle=(
                f"{caption}, "
                f"{format_period(series[0].total.period_start, series[0].total.period_end)}"
            ),
            chart=draw_panels(
                series[:1],
                label_series(series[:1]),
                label_points(series[:1]),
                context.theme,
                key=list_key(series[:1], bars=True),
            ),
            alt=describe_timeline_alt(series[:1]),
            table=make_table(caption, columns, list_points(series)),
            download=address_estimates(
                replace(context.selection, measure_id=HEADLINE_COUNTS[0]), ("force", "quarter")
            ),
            about=tuple(
                term for measure_id in HEADLINE_COUNTS for term in describe_measure(measure_id)[:1]
            ),
            caveats=("faces_not_people", "arrests_attributed", "deployments_as_published"),
            sources=series[0].total.sources,
            notes=tuple(describe_series_notes(series)),
        ),
    )


def show_stages(context: PageContext, name: str) -> None:
    """From faces to arrests."""
    show_section(_("From faces to arrests"), anchor="stages")
    stages = context.record.forces.stages(context.selection.forces[0], context.selection.period)
    titles = {
        publication.publication_id: str(publication.title)
        for publication in context.record.table(Publication)
    }
    known = [stage for stage in stages.stages if stage.count is not None]
    if not known:
        text = _(
            "No number of faces, alerts or arrests is published for this period. That is not a "
            "zero."
        )
        show_placeholder("faces-to-arrests", _("From faces to arrests"), Placeholder("empty", text))
        return
    columns = (
        Column(_("Stage"), "wide"),
        Column(_("Count"), "number"),
        Column(_("Deployments with the number")),
        Column(_("Part of"), "wide"),
        Column(_("Why it is missing"), "wide"),
    )
    caption = _("From faces seen to arrests")
    about = tuple(
        term
        for measure_id in ("faces_seen_count", "alerts_count", "arrests_count")
        for term in describe_measure(measure_id)[:1]
    )
    show_card(
        context,
        FigureCard(
            card_id="faces-to-arrests",
            title=describe_stages_title(name, stages),
            subtitle=f"{caption}, {format_period(stages.period_start, stages.period_end)}",
            chart=draw_stage_chain(list_boxes(stages), context.theme),
            alt=describe_stages_alt(stages),
            table=make_table(caption, columns, list_stages(stages)),
            download=address_estimates(
                replace(context.selection, measure_id="alerts_count"), ("force",)
            ),
            about=about,
            caveats=("faces_not_people", "arrests_not_success", "arrests_attributed"),
            sources=stages.sources,
            notes=tuple(describe_stages_notes()),
            partial=describe_stages_partial(stages, titles.get(stages.publication_id or "", "")),
        ),
    )
