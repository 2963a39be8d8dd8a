"""Forces side by side: one measure on one axis, the settings beside it, and the ratios that may be
given.

In: the frame. Out: a figure card, and a table of pairs. Refuses what does not compare:
across breaks, over vendors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from dashboard.charts.rows import draw_intervals
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.components.filters import show_filters
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table, write_table
from dashboard.queries.rates import PER_FACE_SEEN
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_date, format_period, is_share
from dashboard.views.forces.query_forces import SideBySide, get_side_by_side
from dashboard.views.forces.text_forces import (
    describe_not_shown,
    describe_pair,
    describe_sides_alt,
    describe_sides_title,
    describe_software,
    label_sides,
    list_sides,
)
from etl.measures.catalogue import MEASURES

CARD = "side-by-side"


def show_comparison(context: PageContext) -> None:
    """Heading, measure and years, the figure."""
    show_section(_("Forces side by side"), anchor="compare")
    show_filters(context, "rate")
    show_sides(context.without("measure_id", "find", "sort"))


@cached
def show_sides(context: PageContext) -> None:
    selection = context.selection
    if not selection.forces:
        sentence = _(
            "Showing the forces that list every deployment. Choose up to four at the top of the "
            "page."
        )
        show_html(f'<p class="lfr-small">{text(sentence)}</p>')
    sides = get_side_by_side(context.record, selection)
    measure = MEASURES[selection.rate_id]
    if not sides.intervals:
        nothing = _(
            "None of these forces publishes both numbers of this measure for the same deployments."
        )
        words = f"{nothing} {describe_not_shown(sides)}"
        show_placeholder(CARD, _(measure.title), Placeholder("empty", words))
        return
    show_card(context, _make_card(context, sides))
    _show_pairs(sides)


def _make_card(context: PageContext, sides: SideBySide) -> FigureCard:
    measure_id = context.selection.rate_id
    measure = MEASURES[measure_id]
    per_face, scale, suffix, axis = choose_scale(measure_id)
    estimates = [interval.estimate for interval in sides.intervals]
    first = min(
        (estimate.period_start for estimate in estimates if estimate.period_start),
        default=dt.date.max,
    )
    last = max(
        (estimate.period_end for estimate in estimates if estimate.period_end), default=dt.date.min
    )
    notes = [
        _("The periods are next to the names. Where they differ, so may the practice."),
        *(
            _(
                "{name} is shown twice, before and after {day}: it changed what it publishes."
            ).format(name=context.names[break_.force_id], day=format_date(break_.first_date))
            for break_ in context.record.breaks(measure_id)
            if break_.effect_code == "not_comparable"
            and break_.force_id in sides.force_ids
            and first < break_.first_date <= last
        ),
        *describe_software(sides.settings),
    ]
    table = (
        Column(_("Force"), "wide"),
        Column(_("Period"), "wide"),
        Column(_("What is measured"), "number"),
        Column(_("Divided by"), "number"),
        Column(_("Deployments with both")),
        Column(_("Value and 95% interval"), "wide"),
    )
    return FigureCard(
        card_id=CARD,
        title=describe_sides_title(sides, measure_id),
        subtitle=f"{_(measure.title)}, {format_period(first, last)}",
        chart=draw_intervals(
            estimates,
            label_sides(sides.intervals),
            scale,
            axis,
            context.theme,
            logarithmic=per_face,
            suffix=suffix,
        ),
        alt=describe_sides_alt(sides, measure_id),
        table=make_table(_(measure.title), table, list_sides(sides.intervals)),
        download=address_estimates(
            replace(context.selection, measure_id=measure_id, forces=sides.force_ids), ("force",)
        ),
        about=describe_measure(measure_id, context.selection.forces),
        caveats=("threshold_by_vendor", *measure.caveats),
        sources=tuple(sorted({source for estimate in estimates for source in estimate.sources})),
        notes=tuple(notes),
        partial=describe_not_shown(sides),
    )


def _show_pairs(sides: SideBySide) -> None:
    if not sides.pairs:
        return
    columns = (
        Column(_("Pair"), "wide"),
        Column(_("How many times as much, by the latest figures of each"), "wide"),
    )
    rows = [describe_pair(pair) for pair in sides.pairs]
    show_html(write_table(make_table(_("Pair by pair"), columns, rows, whole=True)))
    sentence = _(
        "The interval allows for chance alone. Places, watchlists and thresholds differ too: a "
        "ratio is a question, not a verdict."
    )
    show_html(f'<p class="lfr-small">{text(sentence)}</p>')


def choose_scale(measure_id: str) -> tuple[bool, Callable[[float], float], str, str]:
    """Whether the axis is logarithmic, how a value is drawn, the unit of the numbers, and the title
    of the axis."""
    if measure_id == PER_FACE_SEEN:
        return (
            True,
            lambda share: share * 1_000_000,
            "",
            _("Per million faces seen (each step is ten times)"),
        )
    measure = MEASURES[measure_id]
    if is_share(measure_id):
        return False, lambda share: share * 100, "%", _(measure.title)
    return False, lambda value: value, "", _(measure.title)
