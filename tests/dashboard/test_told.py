"""What the record says in sentences is said in Welsh, whole, whatever it was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from dashboard.text import messages as told
from dashboard.text.language import DEFAULT, LANGUAGES, use_language
from dashboard.text.messages import is_told, tell
from etl.measures.catalogue import MEASURES
from etl.model.demographics import Benchmark
from etl.model.groups import CLASSIFICATIONS
from etl.queries.record import Answers

OTHERS = [code for code in LANGUAGES if code != DEFAULT]
GROUPINGS = ((), ("force_id",), ("force_id", "year"), ("region_code",), ("month",), ("threshold",))
STAGES = ("alerts", "true_alerts", "false_alerts", "arrests")


@pytest.fixture(autouse=True)
def welsh() -> Iterator[None]:
    use_language("cy")
    yield
    use_language(DEFAULT)


def untold(found: set[str]) -> list[str]:
    return sorted(one for one in found if one and not is_told(one))


def test_why_a_number_is_missing(answers: Answers) -> None:
    found = set()
    for measure_id in MEASURES:
        for by in GROUPINGS:
            answer = answers.estimate(measure_id, by=by)
            found |= {one.reason for one in answer.estimates}
            found |= {answer.refusal.reason} if answer.refusal else set()
    assert len(found) > 50
    assert untold(found) == []


def test_why_two_forces_are_not_compared(answers: Answers) -> None:
    ids = sorted(answers.forces())
    found = set()
    for measure_id in ("false_share_of_alerts", "false_alerts_per_face_seen", "arrests_per_alert"):
        for first in ids:
            for second in ids[:6]:
                period = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
                sides = [({"force_id": [one]}, period) for one in (first, second)]
                answer = answers.compare(measure_id, *sides)
                found |= {answer.refusal.reason} if answer.refusal else set()
        funnel = answers.funnel(measure_id, period=(dt.date(2017, 1, 1), dt.date(2017, 12, 31)))
        found |= {funnel.refusal.reason} if funnel.refusal else set()
    assert found
    assert untold(found) == []


def test_how_complete_the_record_is_and_what_each_force_publishes(answers: Answers) -> None:
    found = {one.reason for one in answers.coverage().rows} | {
        one.reason for one in answers.publishing().forces
    }
    assert untold(found) == []


def test_what_is_said_of_groups_and_tests(answers: Answers) -> None:
    found: set[str] = set()
    for classification, listed in CLASSIFICATIONS.items():
        for group in listed.groups:
            for stage in STAGES:
                told_of = answers.disparity(
                    force="metropolitan", stage=stage, group=group, classification=classification, benchmark="force_residents"
                )  # fmt: skip
                found |= {told_of.refusal.reason} if told_of.refusal else set()
                if told_of.disparity:
                    found |= {told_of.disparity.reason, *_texts_of(told_of.disparity.benchmark)}
            for one in answers.benchmarks(
                force="metropolitan", group=group, classification=classification
            ).benchmarks:
                found |= _texts_of(one)
    for _technology, results in answers.test_results().results:
        found |= {text for one in results for text in (one.can_show, one.cannot_show)}
    assert len(found) > 20
    assert untold(found) == []


def _texts_of(one: Benchmark) -> set[str]:
    return {one.title, one.can_show, one.cannot_show, one.reason}


def test_numbers_days_and_names_are_kept() -> None:
    said = tell("1,234 of 5,678 rows do not have the number. No expected field is missing.")
    assert "1,234" in said
    assert "5,678" in said
    assert "rows" not in said
    day = tell("The rows lie on both sides of a break (South Wales, 6 April 2023): The threshold rose from 0.60 to 0.62: fewer faces reach it.")  # fmt: skip
    assert "De Cymru, 6 Ebrill 2023" in day
    assert "threshold" not in day


@pytest.mark.parametrize(
    "text", ["Nobody has translated this.", "No expected field is missing. Nobody has translated this."]
)
def test_what_is_not_whole_stays_as_it_came(text: str) -> None:
    assert not is_told(text)
    assert tell(text) == text


def test_every_sentence_has_words_of_its_own() -> None:
    """A template of places alone would swallow any text."""
    for pattern, template in told._patterns():
        assert pattern.match(template)
        assert len(template) > 10 or template == "From {day}:"
