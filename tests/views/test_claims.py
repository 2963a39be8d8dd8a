"""What a reader is told of claims: the ones people ask about, the list, one claim with its rows,
nonsense, nothing."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard.descriptions.claims import PLAIN
from dashboard.queries.claims import KNOWN, count_verdicts, get_claims
from dashboard.selection.selection import NOTHING
from etl.model.claim_measures import VERDICT
from etl.model.records import Claim
from etl.queries.record import Record


def words_of(text: str) -> str:
    """The text of some HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_known_claims_lead_with_figure_rows_and_verdict(draw, read_html) -> None:
    page = draw("claims")
    assert not page.exception
    words = words_of(read_html(page))
    assert "4,700,000 (rounded) Faces seen. England and Wales" in words
    assert "Published figures: 937,648. Cannot be checked. " in words
    assert PLAIN["not_enough_published"] in words
    assert "2,077 Alerts. Metropolitan Police" in words
    assert "580 Arrests. Metropolitan Police, days not stated; figures of 10 January 2024" in words
    assert "Published figures: 582. Close: 2 more than stated." in words
    # Said once, where the verdicts are explained: the cards have the verdict already.
    assert words.count(PLAIN["does_not_add_up"]) == 1
    assert "2,470 Alerts. South Wales Police, UEFA Champions League final week, Cardiff" in words


def test_every_known_claim_is_in_the_record(record: Record) -> None:
    ids = {claim.claim_id for claim in record.table(Claim)}
    assert {claim_id for _title, own in KNOWN for claim_id in own} <= ids


def test_the_list_tells_how_many_have_each_verdict(draw, read_html, record: Record) -> None:
    words = words_of(read_html(draw("claims")))
    counts = count_verdicts(get_claims(record, NOTHING))
    assert sum(counts.values()) < len(record.claims.compare_all())
    assert f"{sum(counts.values())} claims:" in words
    for code in VERDICT:
        assert f"{VERDICT.label(code)}: {counts[code]}" in words


def test_one_statement_in_two_papers_is_one_entry(draw, read_html, record: Record) -> None:
    """The final of 2017: 2,632 alerts stated, in a newspaper and in a later report of it."""
    lines = get_claims(record, NOTHING.with_changes(verdict="does_not_add_up"))
    (line,) = [line for line in lines if line.claim_id == "claims_0048"]
    assert [claim.claim_id for claim in line.again] == ["claims_0218"]
    html = read_html(draw("claims", verdict="does_not_add_up"))
    assert "claim=claims_0218" in html
    assert html.count(">2,632<") == 1


def test_claims_that_differ_come_first_the_furthest_at_the_top(record: Record) -> None:
    lines = get_claims(record, NOTHING)
    differing = [line for line in lines if line.comparison.verdict == "does_not_add_up"]
    assert lines[: len(differing)] == differing
    far = [
        abs(line.comparison.difference or 0) / float(line.comparison.stated_value or 1)
        for line in differing
    ]
    assert far == sorted(far, reverse=True)


def test_the_page_never_calls_a_claim_wrong(draw, read_html) -> None:
    for query in ({}, {"verdict": "does_not_add_up"}, {"claim": "claims_0048"}):
        replace = words_of(read_html(draw("claims", **query))).replace("is not “wrong”", "")
        assert not re.search(r"\b(wrong|untrue|lie|mistaken)\b", replace)


def test_filters_by_verdict_force_and_year(draw, read_html, record: Record) -> None:
    words = words_of(read_html(draw("claims", verdict="does_not_add_up", force="south_wales")))
    expected = [
        claim.claim_id
        for claim in record.claims.compare_all()
        if claim.verdict == "does_not_add_up"
        and record.table(Claim, {"claim_id": [claim.claim_id]})[0].force_id == "south_wales"
    ]
    # Two statements, each in two papers.
    assert (len(expected), "2 claims: differs: 2" in words) == (4, True)
    before = words_of(read_html(draw("claims", force="essex", to="2022")))
    assert "No claim of the record fits this selection" in before


@pytest.mark.parametrize("query", ["4.7 million", "4,700,000", "4700000 England"])
def test_a_figure_is_found_as_people_write_it(draw, read_html, query: str) -> None:
    html = read_html(draw("claims", words=query))
    table = html.partition("<tbody")[2]
    assert "claim=claims_0197" in table
    assert "claim=claims_0244" in table
    assert "claim=claims_0160" not in table


def test_a_claim_has_an_address_with_figures_parts_and_rows(draw, read_html) -> None:
    page = draw("claims", claim="claims_0197")
    assert not page.exception
    html = read_html(page)
    words = words_of(html)
    assert 'id="claims_0197"' in html
    assert "Faces seen: 4,700,000 (rounded)" in words
    assert "937,648" in words
    assert "3,762,352 fewer than stated" in words
    assert "181 entries added up; 8 lack the number" in words
    assert "Metropolitan Police 902,748 180 0" in words
    assert "1 to 25 of 189 rows" in words
    assert "[x] lacks the number" in words
    assert "page 2, row 5" in words
    assert not page.selectbox


def test_the_rows_have_pages(draw, read_html) -> None:
    words = words_of(read_html(draw("claims", claim="claims_0197", page="8")))
    assert "176 to 189 of 189 rows" in words


def test_a_searched_window_is_told_as_such(draw, read_html) -> None:
    words = words_of(read_html(draw("claims", claim="claims_0242")))
    assert "592 windows of that length were tried, and none gives the stated figure" in words
    assert "every window of that length in the record was tried" in words


def test_other_rows_and_other_statements_stand_beside_it(draw, read_html) -> None:
    words = words_of(read_html(draw("claims", claim="claims_0160")))
    assert "kept and not counted (Metropolitan Police LFR deployment records" in words
    assert "the rows give 2,077, exactly the stated figure" in words
    html = read_html(draw("claims", claim="claims_0048"))
    assert "Another figure is stated for the same" in words_of(html)
    assert "claim=claims_0047" in html


def test_a_share_has_its_fraction_and_interval(draw, read_html) -> None:
    words = words_of(read_html(draw("claims", claim="claims_0164")))
    assert "0.48% (10 of 2,073; 95% interval 0.23% to 0.89%)" in words
    faces = words_of(read_html(draw("claims", claim="claims_0163")))
    assert "1 in 315,000 faces (10 of 3,147,436" in faces


def test_what_cannot_be_compared_has_a_reason_and_no_difference(draw, read_html) -> None:
    words = words_of(read_html(draw("claims", claim="claims_0243")))
    assert "About something else. No published figure is about the same thing." in words
    assert "Difference" not in words
    assert "52" in words


def test_a_copy_of_the_same_statement_is_no_confirmation(draw, read_html) -> None:
    words = words_of(read_html(draw("claims", claim="claims_0012")))
    assert "that shows a true copy, no more" in words


def test_nonsense_in_the_address_is_told(draw) -> None:
    page = draw("claims", verdict="wrong", claim="claims_9999", from_="1066", page="0")
    assert not page.exception
    warned = " ".join(item.value for item in page.warning)
    for value in ("wrong", "claims_9999", "1066", "0"):
        assert f"“{value}”" in warned


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("claims")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]


def test_every_claim_can_be_opened(record: Record) -> None:
    """In words alone: drawing each page would take minutes."""
    from dashboard.descriptions.claims import (
        describe_figures,
        describe_plain,
        describe_what,
        format_when,
    )
    from dashboard.queries.claims import get_claim

    explained = compared = 0
    for claim in record.claims.compare_all():
        line = get_claim(record, claim.claim_id)
        assert line is not None
        figures = describe_figures(line)
        assert figures.stated
        if claim.verdict not in ("agrees", "close", "does_not_add_up"):
            explained += 1
            assert describe_plain(claim), claim.claim_id
        assert format_when(line)
        assert describe_what(line)[0]
        if claim.verdict != "cannot_be_compared":
            compared += 1
            assert bool(figures.rows) == bool(figures.difference)
    assert explained
    assert compared
