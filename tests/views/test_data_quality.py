"""What a reader is told of doubts, corrections, gaps and delays:
all, of one force, and with nothing to tell."""

from __future__ import annotations

from html import unescape

from dashboard.descriptions.findings import list_printed, list_publishers
from dashboard.queries.findings import get_findings, get_kinds, get_publishers
from dashboard.queries.publishing import get_silent
from dashboard.selection.selection import Selection
from dashboard.views.data_quality.page import FINDINGS_A_PAGE
from etl.model.checks import CHECKS
from etl.model.codes import PUBLISHED_FIELD
from etl.model.records import Finding
from etl.model.reference import Break, Precedence
from etl.queries.record import Record
from tests.views.drawing import read_sections


def test_the_forces_that_publish_nothing_are_named_first(draw, read_html, record: Record) -> None:
    page = draw("data-quality")
    assert not page.exception
    headers = list(read_sections(page))
    assert headers[:2] == ["silent", "findings"]
    html = read_html(page)
    lead = html.split("</ul>")[0]
    silent = get_silent(record)
    assert silent
    for publishing in silent:
        assert publishing.force_name in lead
        assert publishing.latest is not None
        assert publishing.latest.source_title in unescape(html)
    assert "that is not a zero" in html


def test_findings_tell_found_expected_answer_and_lead_to_the_row(
    draw, read_html, record: Record
) -> None:
    lines = get_findings(record, Selection())
    text = unescape(read_html(draw("data-quality")))
    for line in lines[:FINDINGS_A_PAGE]:
        assert line.message in text
        assert (line.finding.edition_id or "-") not in line.message
        assert line.expected in text
        if line.finding.row_deployment_id:
            assert f"/deployments?deployment={line.finding.row_deployment_id}" in text
    assert f"1 to {FINDINGS_A_PAGE} of {len(lines)}" in text
    assert lines[FINDINGS_A_PAGE].message not in text


def test_the_last_page_has_the_last_finding(draw, read_html, record: Record) -> None:
    lines = get_findings(record, Selection())
    text = unescape(read_html(draw("data-quality", page=str(-(-len(lines) // FINDINGS_A_PAGE)))))
    assert lines[-1].message in text


def test_an_answered_finding_shows_what_answers_it(draw, read_html, record: Record) -> None:
    text = unescape(read_html(draw("data-quality", status="explained")))
    breaks = record.by_id(Break)
    for line in get_findings(record, Selection(status="explained")):
        assert breaks[line.finding.break_id].meaning in text
    corrected = unescape(read_html(draw("data-quality", status="corrected")))
    for line in get_findings(record, Selection(status="corrected")):
        assert line.correction is not None
        assert line.correction.reason in corrected


def test_a_kind_and_a_publication_limit_the_findings(draw, read_html, record: Record) -> None:
    selection = Selection(
        check_id="overlap_value_differs", publication_id="metropolitan_transcription"
    )
    lines = get_findings(record, selection)
    assert {line.finding.check_id for line in lines} == {"overlap_value_differs"}
    html = read_html(
        draw("data-quality", check=selection.check_id, publication=selection.publication_id)
    )
    assert f" of {len(lines)}" in html


def test_kinds_count_every_finding_once(record: Record) -> None:
    kinds = get_kinds(record, Selection())
    assert sum(kind.count for kind in kinds) == len(record.table(Finding))
    assert {kind.check.check_id for kind in kinds} <= {check.check_id for check in CHECKS}


def test_every_correction_shows_print_value_reason_and_evidence(
    draw, read_html, record: Record
) -> None:
    text = unescape(read_html(draw("data-quality")))
    for correction in record.rows.corrections():
        for name in ("printed_text", "reason", "evidence"):
            assert getattr(correction, name) in text
        assert f"deployment={correction.row_deployment_id}" in text
    for precedence in record.table(Precedence):
        assert precedence.reason in text


def test_every_field_of_every_form_is_in_one_of_four_answers(record: Record) -> None:
    forms = get_publishers(record, Selection())
    assert forms
    for _force, form in forms:
        named = [name for cell in list_printed(form) for name in cell.split(", ") if cell != "–"]
        assert sorted(named) == sorted(PUBLISHED_FIELD.label(code) for code in PUBLISHED_FIELD)
    names = {force.force_name for force, _form in forms}
    for code in PUBLISHED_FIELD:
        names_message = [
            name
            for cell in list_publishers(forms, code)
            for name in cell.split(", ")
            if cell != "–"
        ]
        assert sorted(names_message) == sorted(names)


def test_delay_and_completeness_are_told_by_force(draw, read_html, record: Record) -> None:
    text = unescape(read_html(draw("data-quality")))
    for _force, form in get_publishers(record, Selection()):
        assert form.publishing.title in text
        if form.publishing.delay_text:
            assert form.publishing.delay_text in text
    measured = [row for row in record.publishing.coverage().rows if row.rows_count]
    assert "91.1%" in text
    for row in measured:
        assert row.force_name in text


def test_one_force_has_its_own_page(draw, read_html, record: Record) -> None:
    page = draw("data-quality", force="essex")
    assert not page.exception
    text = unescape(read_html(page))
    lines = get_findings(record, Selection(("essex",)))
    assert lines
    for line in lines:
        assert line.message in text
        assert (line.finding.edition_id or "-") not in line.message
    assert "Nothing here is corrected." in text
    assert "Essex is not one of the forces" in text
    assert "Dalston" not in text


def test_a_force_that_publishes_nothing_has_designed_gaps(draw, read_html) -> None:
    page = draw("data-quality", force="leicestershire")
    assert not page.exception
    html = read_html(page)
    assert "nothing that it published about it was found" in html
    assert "No form of publication of it was found" in html
    assert "We have no figures" in html
    assert "That does not show that the figures are right" in html


def test_a_kind_without_a_finding_of_the_force_says_so(draw, read_html) -> None:
    page = draw("data-quality", force="essex", check="columns_repeat")
    assert not page.exception
    assert "No finding of this kind and status is in the selection." in read_html(page)


def test_nonsense_is_told(draw) -> None:
    page = draw(
        "data-quality", status="lost", check="x", publication="y", force="narnia", page="-3"
    )
    assert not page.exception
    warned = " ".join(item.value for item in page.warning)
    for value in ("lost", "x", "y", "narnia", "-3"):
        assert f"“{value}”" in warned


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("data-quality")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]
