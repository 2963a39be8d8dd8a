"""All forces beside the limits of chance, instead of a league table.

In: the frame. Out: a figure card, or the reason why there is none."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.queries.rates import MIN_ALERTS, PER_FACE_SEEN
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.names import name_forces
from dashboard.text.numbers import (
    format_count,
    format_number,
    format_per_million,
    format_share,
    is_share,
)
from dashboard.text.refusals import describe_refusal
from dashboard.views.forces.chart.funnel import draw_funnel
from dashboard.views.forces.compare import choose_scale
from dashboard.views.forces.query_forces import PeriodFunnel, get_funnel
from dashboard.views.forces.text_funnel import (
    describe_funnel_alt,
    describe_funnel_period,
    describe_funnel_title,
    describe_left_out,
    list_funnel,
)
from etl.measures.catalogue import MEASURES
from etl.model.funnels import Funnel

CARD = "funnel"
# Limits of chance for fewer forces than this, of a hundred alerts or more each, show nothing.
_MIN_FORCES = 5


def show_funnel(context: PageContext) -> None:
    """Heading, what a funnel is, the figure."""
    show_section(_("All forces and the limits of chance"), anchor="funnel-plot")
    show_funnel_card(context.without("forces", "measure_id", "find", "sort"))


@cached
def show_funnel_card(context: PageContext) -> None:
    sentence = _(
        "A force that has seen little can show a high or a low value by chance alone. The limits "
        "say how high or low. This is not a league table: a force outside the limits is a question "
        "to ask, not a verdict."
    )
    show_html(f'<p class="lfr-small">{text(sentence)}</p>')
    funnel = get_funnel(context.record, context.selection)
    measure_id = context.selection.rate_id
    if funnel.answer.funnel is None:
        reason = describe_refusal(funnel.answer.refusal)
        why = _("No funnel for this period: {why} Choose other years or another measure.")
        words = why.format(why=reason)
        show_placeholder(CARD, _(MEASURES[measure_id].title), Placeholder("refused", words))
        return
    many = [
        point
        for point in funnel.answer.funnel.points
        if (point.estimate.denominator or 0) >= MIN_ALERTS
    ]
    if len(many) < _MIN_FORCES:
        words = _(
            "Fewer than five forces have 100 or more: too few to show what may be chance. The "
            "figures of each force are above."
        )
        show_placeholder(CARD, _(MEASURES[measure_id].title), Placeholder("too_few", words))
        return
    show_card(context, _make_card(context, funnel, funnel.answer.funnel))


def _make_card(context: PageContext, period_funnel: PeriodFunnel, funnel: Funnel) -> FigureCard:
    measure_id = context.selection.rate_id
    measure = MEASURES[measure_id]
    names = name_forces(context.record)
    per_face, scale, suffix, axis = choose_scale(measure_id)
    target = _format_target(funnel, measure_id)
    together = _(
        "The line is the value of all these forces together: {target}, {count} of {whole}. A force "
        "that has seen most of it lies near the line for that reason."
    ).format(
        target=target, count=format_count(funnel.numerator), whole=format_number(funnel.denominator)
    )
    notes = (
        together,
        _(
            "Dashed: chance alone puts 95 of 100 forces of the same value inside. Solid: 998 of "
            "1,000. Both are exact. Diamond: outside after Holm’s adjustment for the number of "
            "forces looked at."
        ),
        *describe_left_out(funnel, names),
    )
    columns = (
        Column(_("Force"), "wide"),
        Column(_("Counts")),
        Column(_("Value and 95% interval"), "wide"),
        Column(_("Side")),
        Column(_("P-value, adjusted"), "number"),
    )
    estimates = [point.estimate for point in funnel.points]
    first, last = period_funnel.period
    selection = replace(
        context.selection,
        measure_id=measure_id,
        first_year=first.year if first else None,
        last_year=last.year if last else None,
    )
    return FigureCard(
        card_id=CARD,
        title=describe_funnel_title(funnel, names),
        subtitle=f"{_(measure.title)}, {describe_funnel_period(period_funnel)}",
        chart=draw_funnel(
            funnel,
            [names[str(estimate.of("force_id"))] for estimate in estimates],
            scale,
            (
                _("{unit} (each step is ten times)").format(unit=_format_size(measure_id)),
                axis if not per_face else _("False alerts per million faces seen"),
            ),
            (_("all together: {target}").format(target=target), _("95% limit"), _("99.8% limit")),
            context.theme,
            suffix=suffix,
        ),
        alt=describe_funnel_alt(funnel, names, measure_id),
        table=make_table(_(measure.title), columns, list_funnel(funnel, names)),
        download=address_estimates(selection, ("force",)),
        about=describe_measure(measure_id),
        caveats=funnel.caveats[::-1],
        sources=tuple(sorted({source for estimate in estimates for source in estimate.sources})),
        notes=notes,
    )


def _format_target(funnel: Funnel, measure_id: str) -> str:
    if measure_id == PER_FACE_SEEN:
        return _("{rate} per million faces").format(rate=format_per_million(funnel.target))
    return format_share(funnel.target) if is_share(measure_id) else format_number(funnel.target)


def _format_size(measure_id: str) -> str:
    """What the size of a force is in this measure: `Alerts`."""
    words = {
        "alerts": _("Alerts"),
        "faces_seen": _("Faces seen"),
        "true_alerts": _("True alerts"),
        "false_alerts": _("False alerts"),
        "deployments": _("Deployments"),
        "minutes": _("Hours deployed"),
    }
    return words[MEASURES[measure_id].denominator or ""]
