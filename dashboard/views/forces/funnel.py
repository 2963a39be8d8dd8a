"""All forces beside the limits of chance, instead of a league table.

In: the frame. Out: a figure card, or the reason why there is none.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Instead
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_instead
from dashboard.components.style import show_section
from dashboard.components.tables import Column, make_table
from dashboard.queries.rates import PER_FACE_SEEN
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.messages import tell
from dashboard.text.names import name_forces
from dashboard.text.numbers import is_share, say_count, say_number, say_per_million, say_share
from dashboard.views.forces.chart.funnel import draw_funnel
from dashboard.views.forces.compare import choose_scale
from dashboard.views.forces.query_forces import PeriodFunnel, ask_funnel
from dashboard.views.forces.text_funnel import (
    list_funnel,
    say_funnel_alt,
    say_funnel_period,
    say_funnel_title,
    say_left_out,
)
from etl.measures.catalogue import MEASURES
from etl.model.funnels import Funnel

CARD = "funnel"


def show_funnel(frame: Frame) -> None:
    """Heading, what a funnel is, the figure."""
    show_section(_("All forces beside the limits of chance"), anchor="funnel-plot")
    show_funnel_card(frame.without("forces", "measure_id", "find", "sorted_by"))


@cached
def show_funnel_card(frame: Frame) -> None:
    said = _(
        "A force that has seen little can show a high or a low value by chance alone. The limits say how high or low. This is not a league table: a force outside the limits is a question to ask, not a verdict."
    )
    show_html(f'<p class="lfr-small">{text(said)}</p>')
    found = ask_funnel(frame.answers, frame.chosen)
    measure_id = frame.chosen.rate_id
    if found.answer.funnel is None:
        reason = tell(found.answer.refusal.reason) if found.answer.refusal else ""
        why = _("No funnel for this period: {why} Choose other years or another measure.")
        words = why.format(why=reason)
        show_instead(CARD, _(MEASURES[measure_id].title), Instead("refused", words))
        return
    show_card(frame, _make_card(frame, found, found.answer.funnel))


def _make_card(frame: Frame, found: PeriodFunnel, funnel: Funnel) -> FigureCard:
    measure_id = frame.chosen.rate_id
    measure = MEASURES[measure_id]
    names = name_forces(frame.answers)
    per_face, scale, suffix, axis = choose_scale(measure_id)
    target = _say_target(funnel, measure_id)
    together = _("The line is the value of all these forces together: {target}, {count} of {whole}. A force that has seen most of it lies near the line for that reason.").format(
        target=target, count=say_count(funnel.numerator), whole=say_number(funnel.denominator)
    )  # fmt: skip
    notes = (
        together,
        _("Dashed: chance alone puts 95 of 100 forces of the same value inside. Solid: 998 of 1,000. Both are exact. Diamond: outside after Holm’s adjustment for the number of forces looked at."),
        *say_left_out(funnel, names),
    )  # fmt: skip
    columns = (
        Column(_("Force"), "wide"), Column(_("Counts")), Column(_("Value and 95% interval"), "wide"),
        Column(_("Side")), Column(_("P-value, adjusted"), "number"),
    )  # fmt: skip
    estimates = [one.estimate for one in funnel.points]
    first, last = found.period
    asked = replace(frame.chosen, measure_id=measure_id, first_year=first.year if first else None, last_year=last.year if last else None)  # fmt: skip
    return FigureCard(
        card_id=CARD,
        title=say_funnel_title(funnel, names),
        subtitle=f"{_(measure.title)}, {say_funnel_period(found)}",
        chart=draw_funnel(
            funnel, [names[str(one.of("force_id"))] for one in estimates], scale,
            (_("{unit} (each step is ten times)").format(unit=_say_size(measure_id)), axis if not per_face else _("False alerts per million faces seen")),
            (_("all together: {target}").format(target=target), _("95% limit"), _("99.8% limit")), frame.ink, suffix=suffix,
        ),
        alt=say_funnel_alt(funnel, names, measure_id),
        table=make_table(_(measure.title), columns, list_funnel(funnel, names)),
        download=address_estimates(asked, ("force",)),
        about=describe_measure(measure_id),
        caveats=funnel.caveats[::-1],
        sources=tuple(sorted({source for one in estimates for source in one.sources})),
        notes=notes,
    )  # fmt: skip


def _say_target(funnel: Funnel, measure_id: str) -> str:
    if measure_id == PER_FACE_SEEN:
        return _("{rate} per million faces").format(rate=say_per_million(funnel.target))
    return say_share(funnel.target) if is_share(measure_id) else say_number(funnel.target)


def _say_size(measure_id: str) -> str:
    """What the size of a force is in this measure: `Alerts`."""
    words = {
        "alerts": _("Alerts"), "faces_seen": _("Faces seen"), "true_alerts": _("True alerts"), "false_alerts": _("False alerts"),
        "deployments": _("Deployments"), "minutes": _("Hours deployed"),
    }  # fmt: skip
    return words[MEASURES[measure_id].denominator or ""]
