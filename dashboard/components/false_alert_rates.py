"""False alerts both ways of counting, of alerts and of faces seen, beside one another: neither may stand alone.

In: the frame, for all forces or for one. Out: a section of two figure cards, never across a break.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.rows import draw_intervals
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Instead
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_instead
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.descriptions.rates import (
    label_intervals,
    list_intervals,
    say_intervals_alt,
    say_intervals_title,
    say_missing,
)
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS, Interval, ask_intervals, ask_missing
from dashboard.rendering.context import Frame
from dashboard.text.language import _
from dashboard.text.numbers import say_date, say_period
from etl.measures.catalogue import MEASURES


def show_both_ways(frame: Frame) -> None:
    """Each force by itself; the years of one that is chosen."""
    show_section(_("False alerts, both ways of counting"), anchor="false-alerts")
    for measure_id in (SHARE_OF_ALERTS, PER_FACE_SEEN):
        _show_one(frame, measure_id)


def _show_one(frame: Frame, measure_id: str) -> None:
    chosen, measure, shares = frame.chosen, MEASURES[measure_id], measure_id == SHARE_OF_ALERTS
    intervals = ask_intervals(frame.answers, measure_id, chosen)
    missing = say_missing(ask_missing(frame.answers, measure_id, chosen), measure_id)
    if not intervals:
        show_instead(measure_id, _(measure.title), Instead("empty", " ".join(missing)))
        return
    columns = (
        Column(_("Year") if chosen.force_id else _("Force or year"), "wide"),
        Column(_("False alerts"), "number"),
        Column(_("Alerts") if shares else _("Faces seen"), "number"),
        Column(_("Rows with both")),
        Column(_("Value and 95% interval"), "wide"),
    )
    how = _(
        "Lines are exact 95% intervals. Hollow dot and [u]: fewer than 20 events. Dotted line: none seen, up to the bound "
        "that this can show."
    )
    caveats = ("two_denominators", "derived_false_alerts", *(() if shares else ("faces_basis_changed",)))
    estimates = [one.estimate for one in intervals]
    days = [day for one in estimates for day in (one.period_start, one.period_end) if day]
    show_card(
        frame,
        FigureCard(
            card_id=measure_id,
            title=say_intervals_title(intervals),
            subtitle=f"{_(measure.title)}, {say_period(min(days, default=None), max(days, default=None))}",
            chart=draw_intervals(
                estimates,
                label_intervals(intervals),
                (lambda share: share * 100) if shares else (lambda share: share * 1_000_000),
                _("False alerts in 100 alerts")
                if shares
                else _("False alerts per million faces seen (each step is ten times)"),
                frame.ink,
                logarithmic=not shares,
                suffix="%",
            ),
            alt=say_intervals_alt(intervals),
            table=make_table(_(measure.title), columns, list_intervals(intervals)),
            download=address_estimates(
                replace(chosen, measure_id=measure_id), ("force", "year") if chosen.force_id else ("force",)
            ),
            about=describe_measure(measure_id, chosen.forces),
            caveats=caveats,
            sources=tuple(sorted({source for one in estimates for source in one.sources})),
            notes=(how, *missing, *_say_breaks(frame, measure_id, intervals)),
        ),
    )


def _say_breaks(frame: Frame, measure_id: str, intervals: Sequence[Interval]) -> list[str]:
    """Those that a value spans, and of one force those at which its values are parted too."""
    marked = {break_id for one in intervals for break_id in one.estimate.breaks}
    force_id = frame.chosen.force_id
    found = [
        one
        for one in frame.answers.breaks(measure_id)
        if one["break_id"] in marked
        or (one["force_id"] == force_id and one["effect_code"] == "not_comparable")
    ]
    whose = [f"{frame.names[one['force_id']]}, " if not force_id else "" for one in found]
    return [
        f"[b] {name}{say_date(one['first_date'])}: {_(one['meaning'])}"
        for name, one in zip(whose, found, strict=True)
    ]
