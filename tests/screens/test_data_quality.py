"""What a reader is told of doubts, corrections, gaps and delays: all, of one force, and with nothing to tell."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from dashboard.descriptions.findings import list_printed, list_publishers
from dashboard.queries.findings import (
    ask_findings,
    ask_kinds,
    ask_publishers,
)
from dashboard.queries.publishing import ask_silent
from dashboard.selection.selection import Selection
from dashboard.views.data_quality.page import FINDINGS_A_PAGE
from etl.model.checks import CHECKS
from etl.model.codes import PUBLISHED_FIELD
from etl.queries.record import Answers, open_answers
from tests.screens.conftest import read_sections


@pytest.fixture
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def test_the_forces_that_publish_nothing_are_named_first(draw, read_html, answers: Answers) -> None:
    page = draw("data-quality")
    assert not page.exception
    headers = list(read_sections(page))
    assert headers[:2] == ["silent", "findings"]
    said = read_html(page)
    lead = said.split("</ul>")[0]
    silent = ask_silent(answers)
    assert silent
    for one in silent:
        assert one.force_name in lead
        assert one.latest is not None
        assert one.latest.source_title in unescape(said)
    assert "that is not a zero" in said


def test_findings_tell_found_expected_answer_and_lead_to_the_row(draw, read_html, answers: Answers) -> None:
    lines = ask_findings(answers, Selection())
    said = unescape(read_html(draw("data-quality")))
    for line in lines[:FINDINGS_A_PAGE]:
        assert line.message in said
        assert (line.finding["edition_id"] or "-") not in line.message
        assert line.expected in said
        if line.finding["row_deployment_id"]:
            assert f"/deployments?deployment={line.finding['row_deployment_id']}" in said
    assert f"1 to {FINDINGS_A_PAGE} of {len(lines)}" in said
    assert lines[FINDINGS_A_PAGE].message not in said


def test_the_last_page_has_the_last_finding(draw, read_html, answers: Answers) -> None:
    lines = ask_findings(answers, Selection())
    said = unescape(read_html(draw("data-quality", page=str(-(-len(lines) // FINDINGS_A_PAGE)))))
    assert lines[-1].message in said


def test_an_answered_finding_shows_what_answers_it(draw, read_html, answers: Answers) -> None:
    said = unescape(read_html(draw("data-quality", status="explained")))
    breaks = {one["break_id"]: one for one in answers.rows("breaks")}
    for line in ask_findings(answers, Selection(status="explained")):
        assert breaks[line.finding["break_id"]]["meaning"] in said
    corrected = unescape(read_html(draw("data-quality", status="corrected")))
    for line in ask_findings(answers, Selection(status="corrected")):
        assert line.correction is not None
        assert line.correction["reason"] in corrected


def test_a_kind_and_a_publication_limit_the_findings(draw, read_html, answers: Answers) -> None:
    chosen = Selection(check_id="overlap_value_differs", publication_id="metropolitan_transcription")
    lines = ask_findings(answers, chosen)
    assert {one.finding["check_id"] for one in lines} == {"overlap_value_differs"}
    said = read_html(draw("data-quality", check=chosen.check_id, publication=chosen.publication_id))
    assert f"1 to {len(lines)} of {len(lines)}" in said


def test_kinds_count_every_finding_once(answers: Answers) -> None:
    kinds = ask_kinds(answers, Selection())
    assert sum(one.count for one in kinds) == len(answers.rows("findings"))
    assert {one.check.check_id for one in kinds} <= {one.check_id for one in CHECKS}


def test_every_correction_shows_print_value_reason_and_evidence(draw, read_html, answers: Answers) -> None:
    said = unescape(read_html(draw("data-quality")))
    for one in answers.corrections():
        for name in ("printed_text", "reason", "evidence"):
            assert one[name] in said
        assert f"deployment={one['row_deployment_id']}" in said
    for one in answers.rows("precedence"):
        assert one["reason"] in said


def test_every_field_of_every_form_is_in_one_of_four_answers(answers: Answers) -> None:
    forms = ask_publishers(answers, Selection())
    assert forms
    for _force, form in forms:
        named = [name for cell in list_printed(form) for name in cell.split(", ") if cell != "–"]
        assert sorted(named) == sorted(PUBLISHED_FIELD.label(code) for code in PUBLISHED_FIELD)
    names = {force.force_name for force, _form in forms}
    for code in PUBLISHED_FIELD:
        told = [name for cell in list_publishers(forms, code) for name in cell.split(", ") if cell != "–"]
        assert sorted(told) == sorted(names)


def test_delay_and_completeness_are_told_by_force(draw, read_html, answers: Answers) -> None:
    said = unescape(read_html(draw("data-quality")))
    for _force, form in ask_publishers(answers, Selection()):
        assert form.publishing.title in said
        if form.publishing.delay_text:
            assert form.publishing.delay_text in said
    measured = [one for one in answers.coverage().rows if one.rows_count]
    assert "91.1%" in said
    for one in measured:
        assert one.force_name in said


def test_one_force_has_its_own_page(draw, read_html, answers: Answers) -> None:
    page = draw("data-quality", force="essex")
    assert not page.exception
    said = unescape(read_html(page))
    lines = ask_findings(answers, Selection(("essex",)))
    assert lines
    for line in lines:
        assert line.message in said
        assert (line.finding["edition_id"] or "-") not in line.message
    assert "Nothing in these rows is corrected." in said
    assert "Essex is not one of the forces" in said
    assert "Dalston" not in said


def test_a_force_that_publishes_nothing_has_designed_gaps(draw, read_html) -> None:
    page = draw("data-quality", force="leicestershire")
    assert not page.exception
    said = read_html(page)
    assert "nothing that it published about it was found" in said
    assert "No form of publication of it was found" in said
    assert "no row of it" in said
    assert "That does not show that they are right" in said


def test_a_kind_without_a_finding_of_the_force_says_so(draw, read_html) -> None:
    page = draw("data-quality", force="essex", check="columns_repeat")
    assert not page.exception
    assert "No finding of this kind and status is in the selection." in read_html(page)


def test_nonsense_is_told(draw) -> None:
    page = draw("data-quality", status="lost", check="x", publication="y", force="narnia", page="-3")
    assert not page.exception
    warned = " ".join(one.value for one in page.warning)
    for value in ("lost", "x", "y", "narnia", "-3"):
        assert f"“{value}”" in warned


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("data-quality")
    assert not page.exception
    assert [one.value for one in page.title] == ["The record is empty"]
