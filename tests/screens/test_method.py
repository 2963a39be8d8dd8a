"""What a reader is told of the method: all of it from the catalogue, the code lists and the record."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from dashboard.views.method.text import GROUPING_NAMES
from etl.measures.catalogue import CATALOGUE
from etl.measures.groups.benchmarks import DECLARED
from etl.model.caveats import CAVEATS
from etl.model.claim_measures import CLAIM_REASON, VERDICT
from etl.model.symbols import SYMBOL
from etl.queries.record import Answers, open_answers
from tests.screens.conftest import read_sections


@pytest.fixture
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


@pytest.fixture
def said(draw, read_html) -> str:
    page = draw("method")
    assert not page.exception
    return unescape(read_html(page))


def words_of(said: str) -> str:
    """The text of some HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", said)).split())


def test_every_measure_stands_with_all_that_is_declared_of_it(said: str) -> None:
    for one in CATALOGUE.values():
        card = said.split(f'<li id="{one.measure_id}">')[1].split("</p></li>")[0]
        for words in (
            one.title,
            one.question,
            one.unit,
            one.interval,
            *(CAVEATS[each] for each in one.caveats),
        ):
            assert words in card, (one.measure_id, words)
        assert ("Divided by:" in card) == (one.denominator is not None)


def test_everything_that_a_measure_may_be_given_by_has_a_word() -> None:
    assert {name for one in CATALOGUE.values() for name in one.groupings} <= GROUPING_NAMES.keys()


def test_the_same_false_alerts_have_both_denominators(said: str) -> None:
    words = words_of(said)
    assert "10 of 3,147,436 faces seen 1 in 315,000 faces (1 in 171,000 to 1 in 656,000) [u]" in words
    assert "10 of 2,074 alerts 0.48% (0.23% to 0.88%) [u]" in words


def test_the_interval_is_worked_through(said: str) -> None:
    words = words_of(said)
    assert "10 of 2,074 alerts were false: 0.48%" in words
    assert (
        "If the true share were 0.23%, 10 or more false alerts would come up in 2.5% of such years" in words
    )
    assert "If it were 0.88%, 10 or fewer would come up in 2.5% of them" in words
    assert "none would still come up 5.0% of the time" in words


def test_thresholds_of_essex_and_the_met_do_not_compare(said: str) -> None:
    words = words_of(said)
    assert "The thresholds of Essex and Metropolitan Police do not compare" in words
    assert "the software of the first is Corsight, that of the second NEC (NeoFace)" in words


def test_breaks_symbols_benchmarks_and_verdicts_are_those_declared(said: str, answers: Answers) -> None:
    for one in answers.rows("breaks"):
        assert one["meaning"] in said
        assert one["evidence"] in said
    for codes in (SYMBOL, VERDICT, CLAIM_REASON):
        for entry in codes.entries:
            assert entry.meaning in said
    for benchmark in DECLARED:
        assert benchmark.title in said


def test_a_number_is_followed_from_print_to_page(said: str, answers: Answers) -> None:
    words = words_of(said)
    assert (
        f"{len(answers.rows('editions'))} files of {len(answers.rows('publications'))} publications" in words
    )
    printed = re.search(r"Printed for alerts “(\d+)” Used for alerts (\d+)", words)
    assert printed
    assert printed[1] == printed[2] != "0"


def test_the_rule_of_disclosure_is_that_of_the_build(said: str) -> None:
    words = words_of(said)
    assert "1 to 4 is hidden: [c]" in words
    assert "Of people under 18 everything up to 9 is hidden" in words


def test_the_contents_lead_to_sections_that_are_there(draw, read_html) -> None:
    page = draw("method")
    anchors = set(read_sections(page))
    listed = re.findall(r"<nav.*?</nav>", read_html(page), re.DOTALL)[0]
    assert set(re.findall(r'href="#([a-z-]+)"', listed)) == anchors


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("method")
    assert not page.exception
    assert [one.value for one in page.title] == ["The record is empty"]
