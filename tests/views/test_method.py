"""What a reader is told of the method: all of it from the catalogue,
the code lists and the record."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard.views.method.text import GROUPING_NAMES
from etl.measures.catalogue import CATALOGUE
from etl.measures.groups.benchmarks import DECLARED
from etl.model.caveats import CAVEATS
from etl.model.claim_measures import CLAIM_REASON, VERDICT
from etl.model.reference import Break, Edition, Publication
from etl.model.symbols import SYMBOL
from etl.queries.record import Record
from tests.views.drawing import read_sections


@pytest.fixture
def page_text(draw, read_html) -> str:
    page = draw("method")
    assert not page.exception
    return unescape(read_html(page))


def words_of(text: str) -> str:
    """The text of some HTML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_every_measure_stands_with_all_that_is_declared_of_it(page_text: str) -> None:
    for measure in CATALOGUE.values():
        card = page_text.split(f'<li id="{measure.measure_id}">')[1].split("</p></li>")[0]
        for words in (
            measure.title,
            measure.question,
            measure.unit,
            measure.interval,
            *(CAVEATS[each] for each in measure.caveats),
        ):
            assert words in card, (measure.measure_id, words)
        assert ("Divided by:" in card) == (measure.denominator is not None)


def test_everything_that_a_measure_may_be_given_by_has_a_word() -> None:
    assert {
        name for measure in CATALOGUE.values() for name in measure.groupings
    } <= GROUPING_NAMES.keys()


def test_the_same_false_alerts_have_both_denominators(page_text: str) -> None:
    words = words_of(page_text)
    assert (
        "10 of 3,147,436 faces seen 1 in 315,000 faces (1 in 171,000 to 1 in 656,000) [u]" in words
    )
    assert "10 of 2,073 alerts 0.48% (0.23% to 0.89%) [u]" in words


def test_the_interval_is_worked_through(page_text: str) -> None:
    words = words_of(page_text)
    assert "10 of 2,073 alerts were false: 0.48%" in words
    assert (
        "If the true share were 0.23%, 10 or more false alerts would come up in 2.5% of such years"
        in words
    )
    assert "If it were 0.89%, 10 or fewer would come up in 2.5% of them" in words
    assert "none would still come up 5.0% of the time" in words


def test_thresholds_of_essex_and_the_met_do_not_compare(page_text: str) -> None:
    words = words_of(page_text)
    assert "The thresholds of Essex and Metropolitan Police do not compare" in words
    assert "the software of the first is Corsight, that of the second NEC (NeoFace)" in words


def test_breaks_symbols_benchmarks_and_verdicts_are_those_declared(
    page_text: str, record: Record
) -> None:
    for break_ in record.table(Break):
        assert break_.meaning in page_text
        assert break_.evidence in page_text
    for codes in (SYMBOL, VERDICT, CLAIM_REASON):
        for entry in codes.entries:
            assert entry.meaning in page_text
    for benchmark in DECLARED:
        assert benchmark.title in page_text


def test_a_number_is_followed_from_print_to_page(page_text: str, record: Record) -> None:
    words = words_of(page_text)
    assert (
        f"{len(record.table(Edition))} files of {len(record.table(Publication))} publications"
        in words
    )
    printed = re.search(r"Published for alerts “(\d+)” Used for alerts (\d+)", words)
    assert printed
    assert printed[1] == printed[2] != "0"


def test_the_rule_of_disclosure_is_that_of_the_build(page_text: str) -> None:
    words = words_of(page_text)
    assert "1 to 4 is hidden" in words
    assert "Of people under 18 everything up to 9 is hidden" in words


def test_the_contents_lead_to_sections_that_are_there(draw, read_html) -> None:
    page = draw("method")
    anchors = set(read_sections(page))
    listed = re.findall(r"<nav.*?</nav>", read_html(page), re.DOTALL)[0]
    assert set(re.findall(r'href="#([a-z-]+)"', listed)) == anchors


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("method")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]
