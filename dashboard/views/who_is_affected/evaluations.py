"""Tests in laboratory and field: a section a technology, each with a figure or the reason for none,
and a table.

In: the frame. Out: cards. Nothing of it is added to, or drawn beside, a figure of deployments."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.exports.record_urls import record_address
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.messages import translate_message
from dashboard.text.numbers import format_list, without_symbols
from dashboard.views.who_is_affected.chart.rows import Look, Row, draw_rows
from dashboard.views.who_is_affected.tables import make_tests_table
from dashboard.views.who_is_affected.text_evaluations import (
    describe_findings,
    describe_result,
    describe_tests_alt,
    describe_tests_title,
    list_drawn,
    name_evaluation,
    name_measured,
    name_row,
)
from etl.model.codes import TECHNOLOGY
from etl.model.demographics import RESULT_KIND, LaboratoryResult

_FEW = 2


@cached
def show_tests(context: PageContext) -> None:
    """One card a tested technology; the others are named."""
    sentence = _(
        "A test uses volunteers and chosen images; a deployment does not. Technologies are kept "
        "apart, and no test figure is added to those of deployments."
    )
    show_html(f"<p>{text(sentence)}</p>")
    result = context.record.groups.test_results().results
    for technology, results in result:
        if results:
            _show_technology(context, technology, results)
    untested = [_(TECHNOLOGY.label(technology)) for technology, results in result if not results]
    if untested:
        line = _("We found no test results for: {names}.").format(names=format_list(untested))
        show_placeholder("tests-none", _("Not tested, or not found"), Placeholder("empty", line))


def _show_technology(
    context: PageContext, technology: str, results: Sequence[LaboratoryResult]
) -> None:
    label = _(TECHNOLOGY.label(technology))
    drawn = list_drawn(results)
    table = make_tests_table(results, label)
    shown = drawn if len(drawn) >= _FEW else results
    evaluations = dict.fromkeys(name_evaluation(result) for result in shown)
    measured = dict.fromkeys(name_measured(result) for result in shown)
    caveats = tuple(dict.fromkeys(caveat for result in shown for caveat in result.caveats))
    messages = [
        (without_symbols(_(RESULT_KIND.label(code))), _(RESULT_KIND.entry(code).meaning))
        for code in RESULT_KIND
    ]
    if len(drawn) < _FEW:
        words = "; ".join(
            f"{name_measured(result)}: {describe_result(result)}" for result in results
        )
        title, alt = label, _("No chart: {words}.").format(words=words)
        chart: object = Placeholder(
            "too_few", _("{words}. All figures are in the table.").format(words=words)
        )
    else:
        title = _("{technology}: {finding}").format(
            technology=label, finding=describe_tests_title(drawn)
        )
        alt, chart = describe_tests_alt(drawn), _draw(context, drawn)
    show_card(
        context,
        FigureCard(
            card_id=f"tests-{technology}",
            title=title,
            subtitle=f"{'; '.join(measured)}. {'; '.join(evaluations)}",
            chart=chart,
            alt=alt,
            table=table,
            download=record_address(
                "tests", context.page.slug, context.selection, technology=technology
            ),
            about=tuple(messages),
            caveats=caveats,
            sources=tuple(sorted({_publication_of(result) for result in results})),
            notes=tuple(_describe_notes(results, drawn)),
        ),
    )


def _draw(context: PageContext, drawn: Sequence[LaboratoryResult]) -> object:
    counted = drawn[0].rate_high is not None
    rows = []
    for result in drawn:
        look: Look = (
            "stated"
            if not counted
            else "bound"
            if result.rate is None
            else "few_events"
            if result.low_reliability
            else "events"
        )
        rows.append(
            Row(
                name_row(result),
                describe_result(result),
                look,
                result.rate,
                result.rate_low,
                result.rate_high,
            )
        )
    if counted:
        title = _("Wrong alerts per million searches (each step is ten times)")
        return draw_rows(
            rows, lambda rate: rate * 1_000_000, title, context.theme, logarithmic=True
        )
    return draw_rows(
        rows,
        lambda rate: rate * 100,
        _("Searches with a wrong candidate"),
        context.theme,
        suffix="%",
    )


def _describe_notes(
    results: Sequence[LaboratoryResult], drawn: Sequence[LaboratoryResult]
) -> list[str]:
    """How to read the figure, what zero can and cannot show, and what is known by group."""
    notes = []
    if any(result.rate_high is not None for result in drawn):
        notes.append(
            _(
                "Line: exact 95% interval. Hollow dot: fewer than 20 errors. Dotted line: none "
                "seen, up to the bound."
            )
        )
    elif len(drawn) >= _FEW:
        notes.append(
            _(
                "Squares are rates as stated. No interval can be given: the counts behind them "
                "were in no text that was read."
            )
        )
    for result in drawn:
        if result.errors_in_test == 0:
            notes += [translate_message(result.can_show), translate_message(result.cannot_show)]
    notes += describe_findings(results)
    if any(each_result.kind_code == "finding" for each_result in results):
        notes.append(
            _(
                "“Not significant” in a source means that its test found no difference, with the "
                "few errors it had. It does not mean that there is none."
            )
        )
    if any(each_result.kind_code == "not_found" for each_result in results):
        notes.append(
            _(
                "Results by group exist in the report of the evaluation, but not in the text "
                "that we have."
            )
        )
    return notes


def _publication_of(result: LaboratoryResult) -> str:
    """The publication of the record that the figure was read from:
    a claim that restates a test, or the test."""
    return "claims" if result.result_id.startswith("claims_") else result.evaluation
