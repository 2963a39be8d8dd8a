"""What a reader is told of documented misidentifications:
by technology, filtered, and with nothing to show."""

from __future__ import annotations

from html import unescape

from dashboard.descriptions.misidentifications import GRADES, LIMITS, format_when
from etl.model.codes import TECHNOLOGY
from etl.queries.record import Record
from tests.views.drawing import read_sections


def test_every_case_is_there_under_its_own_technology(draw, read_html, record: Record) -> None:
    page = draw("misidentifications")
    assert not page.exception
    html = read_html(page)
    headers = list(read_sections(page).values())
    groups = [
        (code, cases) for code, cases in record.misidentifications.cases().by_technology if cases
    ]
    assert groups
    for code, cases in groups:
        assert any(header.startswith(TECHNOLOGY.label(code)) for header in headers)
        for case in cases:
            assert f'id="{case.misidentification_id}"' in html
    for line in LIMITS:
        assert line in unescape(html)


def test_no_number_is_given_over_technologies(draw, read_html, record: Record) -> None:
    page = draw("misidentifications")
    together = sum(len(cases) for _code, cases in record.misidentifications.cases().by_technology)
    assert f"{together} entries" not in read_html(page)
    assert f"{together} cases" not in read_html(page)


def test_a_technology_without_a_case_is_not_called_zero(draw, read_html) -> None:
    html = read_html(draw("misidentifications"))
    assert (
        "No entry of this selection for: Operator-initiated facial recognition. That is not a zero"
        in html
    )


def test_filters_by_technology_and_kind(draw, read_html) -> None:
    page = draw("misidentifications", technology="retail_lfr", kind="wrong_entry")
    assert not page.exception
    html = read_html(page)
    assert 'id="mis_06"' in html
    assert 'id="mis_07"' in html
    assert 'id="mis_05"' not in html
    assert 'id="mis_10"' not in html


def test_a_force_hides_shops_and_says_so(draw, read_html) -> None:
    html = read_html(draw("misidentifications", force="essex"))
    assert 'id="mis_16"' in html
    assert "Shops are not forces" in html
    assert "For Essex, published figures" in html


def test_false_alerts_are_told_apart_from_cases(draw, read_html) -> None:
    html = read_html(draw("misidentifications"))
    assert "The two are not comparable" in html
    assert "at least 2," in html


def test_nonsense_is_told_and_an_empty_record_too(draw, draw_empty) -> None:
    page = draw_empty("misidentifications")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]


def test_nonsense_in_the_address_is_told(draw) -> None:
    page = draw("misidentifications", technology="psychic", kind="luck")
    assert not page.exception
    warned = " ".join(item.value for item in page.warning)
    assert "“psychic”" in warned
    assert "“luck”" in warned


def test_dates_and_grades_are_said(record: Record) -> None:
    cases = {
        case.misidentification_id: case
        for _code, result in record.misidentifications.cases().by_technology
        for case in result
    }
    assert format_when(cases["mis_03"]) == "27 February 2020"
    assert format_when(cases["mis_01"]) == "June 2018"
    assert format_when(cases["mis_02"]) == "2018"
    assert format_when(cases["mis_14"]) == "May 2017 to March 2018"
    assert {case.evidence_grade for case in cases.values()} <= GRADES.keys()
