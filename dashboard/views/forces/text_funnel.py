"""What is said of a funnel plot: who lies outside the limits of chance, who is left out, and why.

In: funnels of `dashboard.views.forces.query_forces`. Out: plain sentences and rows of tables.
Does not draw, does not compute, and passes no verdict.
"""

from __future__ import annotations

from dashboard.text.language import _
from dashboard.text.numbers import say_estimate, say_fraction, say_list, say_number, say_period
from dashboard.views.forces.query_forces import PeriodFunnel
from dashboard.views.forces.text_forces import say_value
from etl.measures.catalogue import MEASURES
from etl.model.funnels import Funnel, FunnelPoint


def say_funnel_title(funnel: Funnel, names: dict[str, str]) -> str:
    """Who lies outside the limits of chance, on which side; or that nobody does."""
    outside = [
        (_("{name} (above)") if one.side == "above" else _("{name} (below)")).format(name=names[_force(one)])
        for one in funnel.points
        if one.side != "inside"
    ]
    if not outside:
        said = _("None of {count} forces lies outside the limits of chance, adjusted for their number")
        return said.format(count=len(funnel.points))
    said = _("Outside the limits of chance: {names}. That is a question, not a verdict")
    return said.format(names=say_list(outside))


def list_funnel(funnel: Funnel, names: dict[str, str]) -> list[tuple[str, ...]]:
    """Every force: its counts, value, side and p-value; then those left out, with the reason."""
    sides = {"inside": _("inside"), "above": _("above"), "below": _("below")}
    rows = [
        (names[_force(one)], say_fraction(one.estimate), say_value(one.estimate), sides[one.side], say_p(one.holm_p_value))
        for one in sorted(funnel.points, key=lambda one: names[_force(one)])
    ]  # fmt: skip
    left = sorted((names[str(one.of("force_id"))], one) for one in funnel.left_out)
    return [*rows, *((name, say_fraction(one), say_estimate(one), _("left out"), "[z]") for name, one in left)]  # fmt: skip


def say_left_out(funnel: Funnel, names: dict[str, str]) -> list[str]:
    """Forces that have rows in the period and no place in the figure, by the reason."""
    reasons: dict[str, list[str]] = {}
    for one in funnel.left_out:
        reasons.setdefault(one.status, []).append(names[str(one.of("force_id"))])
    words = {
        "not_available": _("Left out, because no row of the period has both numbers: {names}."),
        "not_comparable": _("Left out, because what is printed changed within the period [b]: {names}."),
        "undefined": _("Left out, because there was nothing to divide by: {names}."),
    }
    usual = _("Left out, because there is too little to show: {names}.")
    return [
        words.get(status, usual).format(names=say_list(sorted(found))) for status, found in reasons.items()
    ]


def say_funnel_period(found: PeriodFunnel) -> str:
    """The days of what is drawn, and whether the page chose them."""
    points = found.answer.funnel.points if found.answer.funnel else ()
    first = min((one.estimate.period_start for one in points if one.estimate.period_start), default=None)
    last = max((one.estimate.period_end for one in points if one.estimate.period_end), default=None)
    if not found.found or not all(found.period):
        return say_period(first, last)
    said = _("{period}: the last year in which at least three forces can be shown")
    return said.format(period=say_period(*found.period))


def say_funnel_alt(funnel: Funnel, names: dict[str, str], measure_id: str) -> str:
    """What the points and limits show, force by force."""
    line = _("{name}: {value}, {side}")
    rows = "; ".join(
        line.format(name=row[0], value=row[2], side=row[3]) for row in list_funnel(funnel, names)
    )
    said = _(
        "Funnel plot of {measure}: each force by how much it has seen, between the limits within which chance alone would put it. {rows}. All values are in the table."
    )
    return said.format(measure=_(MEASURES[measure_id].title), rows=rows)


def say_p(p_value: float) -> str:
    """`0.032`; `below 0.001`; `above 0.99`."""
    if p_value < 0.001:
        return _("below 0.001")
    return _("above 0.99") if p_value > 0.99 else say_number(p_value)


def _force(point: FunnelPoint) -> str:
    return str(point.estimate.of("force_id"))
