"""Forces side by side: one measure on one axis, the settings beside it, and the ratios that may be given.

In: the frame. Out: a figure card, and a table of pairs. Refuses what does not compare: across breaks, over vendors.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from dashboard.charts.rows import draw_intervals
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Instead
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_instead
from dashboard.components.filters import show_filters
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table, write_table
from dashboard.queries.rates import PER_FACE_SEEN
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import is_share, say_date, say_period
from dashboard.views.forces.query_forces import SideBySide, ask_side_by_side
from dashboard.views.forces.text_forces import (
    label_sides,
    list_sides,
    say_not_shown,
    say_pair,
    say_sides_alt,
    say_sides_title,
    say_software,
)
from etl.measures.catalogue import MEASURES

CARD = "side-by-side"


def show_comparison(frame: Frame) -> None:
    """Heading, measure and years, the figure."""
    show_section(_("Forces side by side"), anchor="compare")
    show_filters(frame, "rate")
    show_sides(frame.without("measure_id", "find", "sorted_by"))


@cached
def show_sides(frame: Frame) -> None:
    chosen = frame.chosen
    if not chosen.forces:
        said = _(
            "Shown are the forces whose publications in the record tell every deployment. Choose up to four at the top of the page."
        )
        show_html(f'<p class="lfr-small">{text(said)}</p>')
    sides = ask_side_by_side(frame.answers, chosen)
    measure = MEASURES[chosen.rate_id]
    if not sides.intervals:
        nothing = _("None of these forces has published both numbers of this measure for the same rows.")
        words = f"{nothing} {say_not_shown(sides)}"
        show_instead(CARD, _(measure.title), Instead("empty", words))
        return
    show_card(frame, _make_card(frame, sides))
    _show_pairs(sides)


def _make_card(frame: Frame, sides: SideBySide) -> FigureCard:
    measure_id = frame.chosen.rate_id
    measure = MEASURES[measure_id]
    per_face, scale, suffix, axis = choose_scale(measure_id)
    estimates = [one.estimate for one in sides.intervals]
    first = min((one.period_start for one in estimates if one.period_start), default=dt.date.max)
    last = max((one.period_end for one in estimates if one.period_end), default=dt.date.min)
    notes = [
        _("Lines are exact 95% intervals. Hollow dot and [u]: fewer than 20 events. Dotted line: none seen, up to the bound that this can show."),
        _("Each row is of the days that stand beside its name. Where the periods differ, a difference may be one of time."),
        *(
            _("[b] {name} is shown apart before and after {day}, because what is printed changed.").format(
                name=frame.names[one["force_id"]], day=say_date(one["first_date"])
            )
            for one in frame.answers.breaks(measure_id)
            if one["effect_code"] == "not_comparable"
            and one["force_id"] in sides.force_ids
            and first < one["first_date"] <= last
        ),
        *say_software(sides.settings),
    ]  # fmt: skip
    table = (
        Column(_("Force"), "wide"), Column(_("Period"), "wide"), Column(_("Counted"), "number"),
        Column(_("Divided by"), "number"), Column(_("Rows with both")), Column(_("Value and 95% interval"), "wide"),
    )  # fmt: skip
    return FigureCard(
        card_id=CARD,
        title=say_sides_title(sides, measure_id),
        subtitle=f"{_(measure.title)}, {say_period(first, last)}",
        chart=draw_intervals(
            estimates, label_sides(sides.intervals), scale, axis, frame.ink, logarithmic=per_face, suffix=suffix
        ),
        alt=say_sides_alt(sides, measure_id),
        table=make_table(_(measure.title), table, list_sides(sides.intervals)),
        download=address_estimates(replace(frame.chosen, measure_id=measure_id, forces=sides.force_ids), ("force",)),
        about=describe_measure(measure_id, frame.chosen.forces),
        caveats=("threshold_by_vendor", *measure.caveats),
        sources=tuple(sorted({source for one in estimates for source in one.sources})),
        notes=tuple(notes),
        partial=say_not_shown(sides),
    )  # fmt: skip


def _show_pairs(sides: SideBySide) -> None:
    if not sides.pairs:
        return
    columns = (
        Column(_("Pair"), "wide"),
        Column(_("How many times as much, by the latest rows of each"), "wide"),
    )
    rows = [say_pair(pair) for pair in sides.pairs]
    show_html(write_table(make_table(_("Pair by pair"), columns, rows, whole=True)))
    said = _(
        "The interval allows for chance alone. Places, watchlists and thresholds differ too: a ratio is a question, not a verdict."
    )
    show_html(f'<p class="lfr-small">{text(said)}</p>')


def choose_scale(measure_id: str) -> tuple[bool, Callable[[float], float], str, str]:
    """Whether the axis is logarithmic, how a value is drawn, what stands behind the numbers, and the title of the axis."""
    if measure_id == PER_FACE_SEEN:
        return True, lambda share: share * 1_000_000, "", _("Per million faces seen (each step is ten times)")
    measure = MEASURES[measure_id]
    if is_share(measure_id):
        return False, lambda share: share * 100, "%", _(measure.title)
    return False, lambda value: value, "", _(measure.title)
