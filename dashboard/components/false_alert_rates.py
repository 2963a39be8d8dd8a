"""False alerts both ways of counting, of alerts and of faces seen, beside one another: neither may
stand alone.

In: the frame, for all forces or for one. Out: a section of two figure cards, never across a break.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.rows import draw_rates
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.descriptions.rates import (
    describe_few_alerts,
    describe_intervals_alt,
    describe_intervals_title,
    describe_missing,
    list_intervals,
)
from dashboard.queries.rates import (
    PER_FACE_SEEN,
    SHARE_OF_ALERTS,
    Interval,
    get_intervals,
    get_missing,
    split_intervals,
)
from dashboard.rendering.context import PageContext
from dashboard.text.language import _
from dashboard.text.numbers import format_date, format_period
from etl.measures.catalogue import MEASURES


def show_both_ways(context: PageContext) -> None:
    """Each force by itself; the years of one that is chosen."""
    show_share(context)
    show_rate(context, PER_FACE_SEEN)


def show_share(context: PageContext) -> None:
    """The heading, and the false alerts of all alerts."""
    show_section(_("False alerts, both ways of counting"), anchor="false-alerts")
    show_rate(context, SHARE_OF_ALERTS)


def show_rate(context: PageContext, measure_id: str) -> None:
    selection, measure, shares = (
        context.selection,
        MEASURES[measure_id],
        measure_id == SHARE_OF_ALERTS,
    )
    intervals = get_intervals(context.record, measure_id, selection)
    missing = describe_missing(get_missing(context.record, measure_id, selection), measure_id)
    if not intervals:
        show_placeholder(measure_id, _(measure.title), Placeholder("empty", " ".join(missing)))
        return
    columns = (
        Column(_("Year") if selection.force_id else _("Force or year"), "wide"),
        Column(_("False alerts"), "number"),
        Column(_("Alerts") if shares else _("Faces seen"), "number"),
        Column(_("Deployments with both")),
        Column(_("Value and 95% interval"), "wide"),
    )
    drawn, few, apart = split_intervals(intervals, selection)
    caveats = (
        "two_denominators",
        "derived_false_alerts",
        *(() if shares else ("faces_basis_changed",)),
    )
    estimates = [interval.estimate for interval in intervals]
    days = [
        day for estimate in estimates for day in (estimate.period_start, estimate.period_end) if day
    ]
    show_card(
        context,
        FigureCard(
            card_id=measure_id,
            title=describe_intervals_title(drawn),
            subtitle=(
                f"{_(measure.title)}, "
                f"{format_period(min(days, default=None), max(days, default=None))}"
            ),
            chart=draw_rates(drawn, context.theme),
            alt=describe_intervals_alt(intervals),
            table=make_table(_(measure.title), columns, list_intervals(intervals)),
            download=address_estimates(
                replace(selection, measure_id=measure_id),
                ("force", "year") if selection.force_id else ("force",),
            ),
            about=describe_measure(measure_id, selection.forces),
            caveats=caveats,
            sources=tuple(
                sorted({source for estimate in estimates for source in estimate.sources})
            ),
            notes=(*missing, *_describe_breaks(context, measure_id, intervals)),
            others=describe_few_alerts(few, apart),
        ),
    )


def _describe_breaks(
    context: PageContext, measure_id: str, intervals: Sequence[Interval]
) -> list[str]:
    """Those that a value spans, and of one force those at which its values are parted too."""
    marked = {break_id for interval in intervals for break_id in interval.estimate.breaks}
    force_id = context.selection.force_id
    breaks = [
        break_
        for break_ in context.record.breaks(measure_id)
        if break_.break_id in marked
        or (break_.force_id == force_id and break_.effect_code == "not_comparable")
    ]
    whose = [f"{context.names[break_.force_id]}, " if not force_id else "" for break_ in breaks]
    return [
        f"{name}{format_date(break_.first_date)}: {_(break_.meaning)}"
        for name, break_ in zip(whose, breaks, strict=True)
    ]
