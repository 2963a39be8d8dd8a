"""Tests in laboratory and field: a section a technology, each with a figure or the reason for none, and a table.

In: the frame. Out: cards. Nothing of it is added to, or drawn beside, a figure of deployments.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.card import FigureCard, Instead
from dashboard.components.figure_card import show_card, show_instead
from dashboard.exports.record_urls import record_address
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.messages import tell
from dashboard.text.numbers import say_list
from dashboard.views.who_is_affected.chart import Look, Row, draw_rows
from dashboard.views.who_is_affected.tables import make_tests_table
from dashboard.views.who_is_affected.text_tests import (
    list_drawn,
    name_evaluation,
    name_measured,
    name_row,
    say_findings,
    say_result,
    say_tests_alt,
    say_tests_title,
)
from etl.model.codes import TECHNOLOGY
from etl.model.demographics import RESULT_KIND, LaboratoryResult

_FEW = 2


@cached
def show_tests(frame: Frame) -> None:
    """One card a technology that was tested; those that were not are named."""
    said = _(
        "A test is done with volunteers and chosen images; a deployment is not. Each technology stands apart here, and none "
        "of these figures is added to those of deployments."
    )
    show_html(f"<p>{text(said)}</p>")
    found = frame.answers.test_results().results
    for technology, results in found:
        if results:
            _show_technology(frame, technology, results)
    untested = [_(TECHNOLOGY.label(technology)) for technology, results in found if not results]
    if untested:
        line = _("No result of a test is in the record for: {names}.").format(names=say_list(untested))
        show_instead("tests-none", _("Not tested, or not found"), Instead("empty", line))


def _show_technology(frame: Frame, technology: str, results: Sequence[LaboratoryResult]) -> None:
    label = _(TECHNOLOGY.label(technology))
    drawn = list_drawn(results)
    table = make_tests_table(results, label)
    shown = drawn if len(drawn) >= _FEW else results
    evaluations = dict.fromkeys(name_evaluation(one) for one in shown)
    measured = dict.fromkeys(name_measured(one) for one in shown)
    caveats = tuple(dict.fromkeys(caveat for one in shown for caveat in one.caveats))
    told = [(_(RESULT_KIND.label(code)), _(RESULT_KIND.entry(code).meaning)) for code in RESULT_KIND]
    if len(drawn) < _FEW:
        words = "; ".join(f"{name_measured(one)}: {say_result(one)}" for one in results)
        title, alt = label, _("No chart: {words}.").format(words=words)
        chart: object = Instead("too_few", _("{words}. All figures are in the table.").format(words=words))
    else:
        title = _("{technology}: {finding}").format(technology=label, finding=say_tests_title(drawn))
        alt, chart = say_tests_alt(drawn), _draw(frame, drawn)
    show_card(
        frame,
        FigureCard(
            card_id=f"tests-{technology}",
            title=title,
            subtitle=f"{'; '.join(measured)}. {'; '.join(evaluations)}",
            chart=chart,
            alt=alt,
            table=table,
            download=record_address("tests", frame.page.slug, frame.chosen, technology=technology),
            about=tuple(told),
            caveats=caveats,
            sources=tuple(sorted({_publication_of(one) for one in results})),
            notes=tuple(_say_notes(results, drawn)),
        ),
    )


def _draw(frame: Frame, drawn: Sequence[LaboratoryResult]) -> object:
    counted = drawn[0].rate_high is not None
    rows = []
    for one in drawn:
        look: Look = "stated" if not counted else "bound" if one.rate is None else "few_events" if one.low_reliability else "events"  # fmt: skip
        rows.append(Row(name_row(one), say_result(one), look, one.rate, one.rate_low, one.rate_high))
    if counted:
        title = _("Wrong alerts per million searches (each step is ten times)")
        return draw_rows(rows, lambda rate: rate * 1_000_000, title, frame.ink, logarithmic=True)
    return draw_rows(
        rows, lambda rate: rate * 100, _("Searches with a wrong candidate"), frame.ink, suffix="%"
    )


def _say_notes(results: Sequence[LaboratoryResult], drawn: Sequence[LaboratoryResult]) -> list[str]:
    """How to read the figure, what zero can and cannot show, and what is known by group."""
    notes = []
    if any(one.rate_high is not None for one in drawn):
        notes.append(_("Line: exact 95% interval. Hollow dot and [u]: fewer than 20 errors. Dotted line: none seen, up to the bound."))  # fmt: skip
    elif len(drawn) >= _FEW:
        notes.append(_("Squares are rates as stated. No interval can be given: the counts behind them were in no text that was read."))  # fmt: skip
    for one in drawn:
        if one.errors_in_test == 0:
            notes += [tell(one.can_show), tell(one.cannot_show)]
    notes += say_findings(results)
    if any(one.kind_code == "finding" for one in results):
        notes.append(_("“Not significant” in a source means that its test found no difference, with the few errors it had. It does not mean that there is none."))  # fmt: skip
    if any(one.kind_code == "not_found" for one in results):
        notes.append(_("Results by group exist in the report of the evaluation; they were in no text that was read [x]."))  # fmt: skip
    return notes


def _publication_of(one: LaboratoryResult) -> str:
    """The publication of the record that the figure was read from: a claim that restates a test, or the test."""
    return "claims" if one.result_id.startswith("claims_") else one.evaluation
