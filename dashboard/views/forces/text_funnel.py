"""What is said of a funnel plot: who lies outside the limits of chance, who is left out, and why.

In: funnels of `dashboard.views.forces.query_forces`. Out: plain sentences and rows of tables.
Does not draw, does not compute, and passes no verdict."""

from __future__ import annotations

from dashboard.text.language import _
from dashboard.text.numbers import (
    format_estimate,
    format_fraction,
    format_list,
    format_number,
    format_period,
)
from dashboard.views.forces.query_forces import PeriodFunnel
from dashboard.views.forces.text_forces import format_value
from etl.measures.catalogue import MEASURES
from etl.model.funnels import Funnel, FunnelPoint


def describe_funnel_title(funnel: Funnel, names: dict[str, str]) -> str:
    """Who lies outside the limits of chance, on which side; or that nobody does."""
    outside = [
        (_("{name} (above)") if point.side == "above" else _("{name} (below)")).format(
            name=names[_force(point)]
        )
        for point in funnel.points
        if point.side != "inside"
    ]
    if not outside:
        template = _(
            "None of {count} forces lies outside the limits of chance, adjusted for their number"
        )
        return template.format(count=len(funnel.points))
    template = _("Outside the limits of chance: {names}. That is a question, not a verdict")
    return template.format(names=format_list(outside))


def list_funnel(funnel: Funnel, names: dict[str, str]) -> list[tuple[str, ...]]:
    """Every force: its counts, value, side and p-value; then those left out, with the reason."""
    sides = {"inside": _("inside"), "above": _("above"), "below": _("below")}
    rows = [
        (
            names[_force(point)],
            format_fraction(point.estimate),
            format_value(point.estimate),
            sides[point.side],
            format_p_value(point.holm_p_value),
        )
        for point in sorted(funnel.points, key=lambda point: names[_force(point)])
    ]
    left = sorted((names[str(estimate.of("force_id"))], estimate) for estimate in funnel.left_out)
    return [
        *rows,
        *(
            (name, format_fraction(estimate), format_estimate(estimate), _("left out"), "[z]")
            for name, estimate in left
        ),
    ]


def describe_left_out(funnel: Funnel, names: dict[str, str]) -> list[str]:
    """Forces that have rows in the period and no place in the figure, by the reason."""
    reasons: dict[str, list[str]] = {}
    for estimate in funnel.left_out:
        reasons.setdefault(estimate.status, []).append(names[str(estimate.of("force_id"))])
    words = {
        "not_available": _("Left out, because no row of the period has both numbers: {names}."),
        "not_comparable": _(
            "Left out, because what is printed changed within the period [b]: {names}."
        ),
        "undefined": _("Left out, because there was nothing to divide by: {names}."),
    }
    usual = _("Left out, because there is too little to show: {names}.")
    return [
        words.get(status, usual).format(names=format_list(sorted(reason)))
        for status, reason in reasons.items()
    ]


def describe_funnel_period(funnel: PeriodFunnel) -> str:
    """The days of what is drawn, and whether the page chose them."""
    points = funnel.answer.funnel.points if funnel.answer.funnel else ()
    first = min(
        (point.estimate.period_start for point in points if point.estimate.period_start),
        default=None,
    )
    last = max(
        (point.estimate.period_end for point in points if point.estimate.period_end), default=None
    )
    if not funnel.is_automatic or not all(funnel.period):
        return format_period(first, last)
    template = _("{period}: the last year in which at least three forces can be shown")
    return template.format(period=format_period(*funnel.period))


def describe_funnel_alt(funnel: Funnel, names: dict[str, str], measure_id: str) -> str:
    """What the points and limits show, force by force."""
    line = _("{name}: {value}, {side}")
    rows = "; ".join(
        line.format(name=row[0], value=row[2], side=row[3]) for row in list_funnel(funnel, names)
    )
    template = _(
        "Funnel plot of {measure}: each force by how much it has seen, between the limits within "
        "which chance alone would put it. {rows}. All values are in the table."
    )
    return template.format(measure=_(MEASURES[measure_id].title), rows=rows)


def format_p_value(p_value: float) -> str:
    """`0.032`; `below 0.001`; `above 0.99`."""
    if p_value < 0.001:
        return _("below 0.001")
    return _("above 0.99") if p_value > 0.99 else format_number(p_value)


def _force(point: FunnelPoint) -> str:
    return str(point.estimate.of("force_id"))
