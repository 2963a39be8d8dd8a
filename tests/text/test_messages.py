"""What the record says in sentences is said in Welsh, whole, whatever it was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from dashboard.text import messages
from dashboard.text.language import DEFAULT, LANGUAGES, use_language
from dashboard.text.messages import is_translated, translate_message
from etl.measures.catalogue import MEASURES
from etl.model.demographics import Benchmark
from etl.model.groups import CLASSIFICATIONS
from etl.queries.record import Record

pytestmark = pytest.mark.slow

OTHERS = [code for code in LANGUAGES if code != DEFAULT]
GROUPINGS = ((), ("force_id",), ("force_id", "year"), ("region_code",), ("month",), ("threshold",))
STAGES = ("alerts", "true_alerts", "false_alerts", "arrests")


@pytest.fixture(autouse=True)
def welsh() -> Iterator[None]:
    use_language("cy")
    yield
    use_language(DEFAULT)


def list_untranslated(result: set[str]) -> list[str]:
    return sorted(item for item in result if item and not is_translated(item))


def test_why_a_number_is_missing(record: Record) -> None:
    result = set()
    for measure_id in MEASURES:
        for by in GROUPINGS:
            answer = record.estimate(measure_id, by=by)
            result |= {estimate.reason for estimate in answer.estimates}
            result |= {answer.refusal.reason} if answer.refusal else set()
    assert len(result) > 50
    assert list_untranslated(result) == []


def test_why_two_forces_are_not_compared(record: Record) -> None:
    ids = sorted(record.force_names())
    result = set()
    for measure_id in ("false_share_of_alerts", "false_alerts_per_face_seen", "arrests_per_alert"):
        for first in ids:
            for second in ids[:6]:
                period = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
                sides = [({"force_id": [value]}, period) for value in (first, second)]
                answer = record.compare(measure_id, *sides)
                result |= {answer.refusal.reason} if answer.refusal else set()
        funnel = record.funnel(measure_id, period=(dt.date(2017, 1, 1), dt.date(2017, 12, 31)))
        result |= {funnel.refusal.reason} if funnel.refusal else set()
    assert result
    assert list_untranslated(result) == []


def test_how_complete_the_record_is_and_what_each_force_publishes(record: Record) -> None:
    reasons = {row.reason for row in record.publishing.coverage().rows} | {
        force.reason for force in record.publishing.describe().forces
    }
    assert list_untranslated(reasons) == []


def test_what_is_said_of_groups_and_tests(record: Record) -> None:
    result: set[str] = set()
    for classification, listed in CLASSIFICATIONS.items():
        for group in listed.groups:
            for stage in STAGES:
                messages_of = record.groups.disparity(
                    force="metropolitan",
                    stage=stage,
                    group=group,
                    classification=classification,
                    benchmark="force_residents",
                )
                result |= {messages_of.refusal.reason} if messages_of.refusal else set()
                if messages_of.disparity:
                    result |= {
                        messages_of.disparity.reason,
                        *_texts_of(messages_of.disparity.benchmark),
                    }
            for benchmark in record.groups.benchmarks(
                force="metropolitan", group=group, classification=classification
            ).benchmarks:
                result |= _texts_of(benchmark)
    for _technology, results in record.groups.test_results().results:
        result |= {
            text
            for each_result in results
            for text in (each_result.can_show, each_result.cannot_show)
        }
    assert len(result) > 20
    assert list_untranslated(result) == []


def _texts_of(benchmark: Benchmark) -> set[str]:
    return {benchmark.title, benchmark.can_show, benchmark.cannot_show, benchmark.reason}


def test_numbers_days_and_names_are_kept() -> None:
    message = translate_message(
        "1,234 of 5,678 rows do not have the number. No expected field is missing."
    )
    assert "1,234" in message
    assert "5,678" in message
    assert "rows" not in message
    day = translate_message(
        "The rows lie on both sides of a break (South Wales, 6 April 2023): The threshold rose "
        "from 0.60 to 0.62: fewer faces reach it."
    )
    assert "De Cymru, 6 Ebrill 2023" in day
    assert "threshold" not in day


@pytest.mark.parametrize(
    "text",
    ["Nobody has translated this.", "No expected field is missing. Nobody has translated this."],
)
def test_what_is_not_whole_stays_as_it_came(text: str) -> None:
    assert not is_translated(text)
    assert translate_message(text) == text


def test_every_sentence_has_words_of_its_own() -> None:
    """A template of places alone would swallow any text."""
    for pattern, template in messages._patterns():
        assert pattern.match(template)
        assert len(template) > 10 or template == "From {day}:"
