"""The figures of a force's profile: its months, its stages, and both false alert rates by year.

In: the frame of one force with rows. Out: figure cards; a sentence where nothing is published.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.time import draw_panels
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Instead
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_instead
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.descriptions.series import label_points, label_series, list_points, say_series_notes
from dashboard.queries.series import HEADLINE_COUNTS
from dashboard.rendering.context import Frame
from dashboard.text.language import _
from dashboard.text.numbers import say_period
from dashboard.views.forces.chart.stages import draw_stage_bars
from dashboard.views.forces.query_force import ask_timeline
from dashboard.views.forces.text_force import (
    list_bars,
    list_stages,
    say_few_months,
    say_stages_alt,
    say_stages_notes,
    say_stages_partial,
    say_stages_title,
    say_timeline_alt,
    say_timeline_title,
)

# Fewer months than this are a sentence, not a figure.
FEW_MONTHS = 3


def show_timeline(frame: Frame, name: str) -> None:
    """Month by month: deployments, faces seen, alerts, arrests, a panel each."""
    show_section(_("Month by month"), anchor="months")
    series = ask_timeline(frame.answers, frame.chosen, frame.choices)
    months = [point for point in series[0].points if point.estimate is not None] if series else []
    if len(months) < FEW_MONTHS:
        title = _("Deployments, faces seen, alerts and arrests by month")
        show_instead("timeline", title, Instead("too_few", say_few_months(series)))
        return
    caption = _("Deployments, faces seen, alerts and arrests by month")
    columns = [Column(_("Month")), *(Column(one.name, "number") for one in series)]
    show_card(
        frame,
        FigureCard(
            card_id="timeline",
            title=say_timeline_title(name, series),
            subtitle=f"{caption}, {say_period(series[0].total.period_start, series[0].total.period_end)}",
            chart=draw_panels(series, label_series(series), label_points(series), frame.ink),
            alt=say_timeline_alt(series),
            table=make_table(caption, columns, list_points(series)),
            download=address_estimates(
                replace(frame.chosen, measure_id=HEADLINE_COUNTS[0]), ("force", "month")
            ),
            about=tuple(term for measure_id in HEADLINE_COUNTS for term in describe_measure(measure_id)[:1]),
            caveats=("faces_not_people", "arrests_attributed", "deployments_as_published"),
            sources=series[0].total.sources,
            notes=tuple(say_series_notes(series, bars=True)),
        ),
    )


def show_stages(frame: Frame, name: str) -> None:
    """From faces to arrests."""
    show_section(_("From faces to arrests"), anchor="stages")
    found = frame.answers.stages(frame.chosen.forces[0], frame.chosen.period)
    titles = {one["publication_id"]: str(one["title"]) for one in frame.answers.rows("publications")}
    known = [one for one in found.stages if one.count is not None]
    if not known:
        said = _(
            "No row of the period prints a number of faces, alerts or arrests. That is not a zero: it is not published."
        )
        show_instead("faces-to-arrests", _("From faces to arrests"), Instead("empty", said))
        return
    columns = (
        Column(_("Stage"), "wide"), Column(_("Count"), "number"), Column(_("Rows with the number")),
        Column(_("Part of"), "wide"), Column(_("Why it is missing"), "wide"),
    )  # fmt: skip
    caption = _("From faces seen to arrests")
    about = tuple(
        term
        for measure_id in ("faces_seen_count", "alerts_count", "arrests_count")
        for term in describe_measure(measure_id)[:1]
    )
    show_card(
        frame,
        FigureCard(
            card_id="faces-to-arrests",
            title=say_stages_title(name, found),
            subtitle=f"{caption}, {say_period(found.period_start, found.period_end)}",
            chart=draw_stage_bars(list_bars(found), _("How many (each step is ten times)"), frame.ink),
            alt=say_stages_alt(found),
            table=make_table(caption, columns, list_stages(found)),
            download=address_estimates(replace(frame.chosen, measure_id="alerts_count"), ("force",)),
            about=about,
            caveats=("faces_not_people", "arrests_not_success", "arrests_attributed"),
            sources=found.sources,
            notes=tuple(say_stages_notes()),
            partial=say_stages_partial(found, titles.get(found.publication_id or "", "")),
        ),
    )
