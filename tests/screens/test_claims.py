"""What a reader is told of claims: the ones people ask about, the list, one claim with its rows, nonsense, nothing."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from dashboard.descriptions.claims import PLAIN
from dashboard.queries.claims import KNOWN
from etl.model.claim_measures import VERDICT
from etl.queries.record import Answers, open_answers


@pytest.fixture
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def words_of(said: str) -> str:
    """The text of some HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", said)).split())


def test_the_known_claims_lead_with_figure_rows_and_verdict(draw, read_html) -> None:
    page = draw("claims")
    assert not page.exception
    said = words_of(read_html(page))
    assert "4,700,000 (rounded) Faces seen. England and Wales" in said
    assert "Published rows: 937,648. Not enough is published." in said
    assert PLAIN["not_enough_published"] in said
    assert "2,077 Alerts. Metropolitan Police" in said
    assert "580 Arrests. Metropolitan Police, days not stated; rows of 10 January 2024" in said
    assert "Published rows: 582. Does not add up with the published rows." in said
    # Said once, where the verdicts are explained: the cards have the verdict already.
    assert said.count(PLAIN["does_not_add_up"]) == 1
    assert "2,470 Alerts. South Wales Police, UEFA Champions League final week, Cardiff" in said


def test_every_known_claim_is_in_the_record(answers: Answers) -> None:
    ids = {one["claim_id"] for one in answers.rows("claims")}
    assert {claim_id for _title, own in KNOWN for claim_id in own} <= ids


def test_the_list_tells_how_many_have_each_verdict(draw, read_html, answers: Answers) -> None:
    said = words_of(read_html(draw("claims")))
    found = [one.verdict for one in answers.compare_claims()]
    assert f"{len(found)} claims:" in said
    for code in VERDICT:
        assert f"{VERDICT.label(code)}: {found.count(code)}" in said


def test_the_page_never_calls_a_claim_wrong(draw, read_html) -> None:
    for query in ({}, {"verdict": "does_not_add_up"}, {"claim": "claims_0048"}):
        said = words_of(read_html(draw("claims", **query))).replace("is not “wrong”", "")
        assert not re.search(r"\b(wrong|untrue|lie|mistaken)\b", said)


def test_filters_by_verdict_force_and_year(draw, read_html, answers: Answers) -> None:
    said = words_of(read_html(draw("claims", verdict="does_not_add_up", force="south_wales")))
    expected = [
        one.claim_id
        for one in answers.compare_claims()
        if one.verdict == "does_not_add_up" and answers.rows("claims", {"claim_id": [one.claim_id]})[0]["force_id"] == "south_wales"
    ]  # fmt: skip
    assert f"{len(expected)} claims: does not add up with the published rows: {len(expected)}" in said
    before = words_of(read_html(draw("claims", force="essex", to="2022")))
    assert "No claim of the record fits this selection" in before


@pytest.mark.parametrize("asked", ["4.7 million", "4,700,000", "4700000 England"])
def test_a_figure_is_found_as_people_write_it(draw, read_html, asked: str) -> None:
    said = read_html(draw("claims", words=asked))
    table = said.partition("<tbody")[2]
    assert "claim=claims_0197" in table
    assert "claim=claims_0244" in table
    assert "claim=claims_0160" not in table


def test_a_claim_has_an_address_with_figures_parts_and_rows(draw, read_html) -> None:
    page = draw("claims", claim="claims_0197")
    assert not page.exception
    html = read_html(page)
    said = words_of(html)
    assert 'id="claims_0197"' in html
    assert "Faces seen: 4,700,000 (rounded)" in said
    assert "937,648" in said
    assert "3,762,352 fewer than stated" in said
    assert "181 rows added up; 7 lack the number" in said
    assert "Metropolitan Police 902,748 180 0" in said
    assert "1 to 25 of 188 rows" in said
    assert "[x] lacks the number" in said
    assert "page 2, row 5" in said
    assert not page.selectbox


def test_the_rows_have_pages(draw, read_html) -> None:
    said = words_of(read_html(draw("claims", claim="claims_0197", page="8")))
    assert "176 to 188 of 188 rows" in said


def test_a_searched_window_is_told_as_such(draw, read_html) -> None:
    said = words_of(read_html(draw("claims", claim="claims_0242")))
    assert "592 windows of that length were tried, and none gives the stated figure" in said
    assert "every window of that length in the record was tried" in said


def test_other_rows_and_other_statements_stand_beside_it(draw, read_html) -> None:
    said = words_of(read_html(draw("claims", claim="claims_0160")))
    assert "kept and not counted (Metropolitan Police LFR deployment records" in said
    assert "the rows give 2,077, exactly the stated figure" in said
    html = read_html(draw("claims", claim="claims_0048"))
    assert "Another figure is stated for the same" in words_of(html)
    assert "claim=claims_0047" in html


def test_a_share_has_its_fraction_and_interval(draw, read_html) -> None:
    said = words_of(read_html(draw("claims", claim="claims_0164")))
    assert "0.48% (10 of 2,074; 95% interval 0.23% to 0.88%)" in said
    faces = words_of(read_html(draw("claims", claim="claims_0163")))
    assert "1 in 315,000 faces (10 of 3,147,436" in faces


def test_what_cannot_be_compared_has_a_reason_and_no_difference(draw, read_html) -> None:
    said = words_of(read_html(draw("claims", claim="claims_0243")))
    assert "Cannot be compared. No published row counts what the figure is about." in said
    assert "Difference" not in said
    assert "52" in said


def test_a_copy_of_the_same_statement_is_no_confirmation(draw, read_html) -> None:
    said = words_of(read_html(draw("claims", claim="claims_0012")))
    assert "that shows a true copy, no more" in said


def test_nonsense_in_the_address_is_told(draw) -> None:
    page = draw("claims", verdict="wrong", claim="claims_9999", from_="1066", page="0")
    assert not page.exception
    warned = " ".join(one.value for one in page.warning)
    for value in ("wrong", "claims_9999", "1066", "0"):
        assert f"“{value}”" in warned


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("claims")
    assert not page.exception
    assert [one.value for one in page.title] == ["The record is empty"]


def test_every_claim_can_be_opened(answers: Answers) -> None:
    """In words alone: drawing each page would take minutes."""
    from dashboard.descriptions.claims import say_figures, say_plain, say_what, say_when
    from dashboard.queries.claims import ask_claim

    explained = compared = 0
    for one in answers.compare_claims():
        line = ask_claim(answers, one.claim_id)
        assert line is not None
        figures = say_figures(line)
        assert figures.stated
        if one.verdict not in ("agrees", "does_not_add_up"):
            explained += 1
            assert say_plain(one), one.claim_id
        assert say_when(line)
        assert say_what(line)[0]
        if one.verdict != "cannot_be_compared":
            compared += 1
            assert bool(figures.rows) == bool(figures.difference)
    assert explained
    assert compared
