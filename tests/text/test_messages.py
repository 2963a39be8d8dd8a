"""What the record says in sentences is said in Welsh, whole, whatever it was asked."""

from __future__ import annotations

import ast
import copy
import datetime as dt
import pickle
import string
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from dashboard.rendering.html import write_translated
from dashboard.text.language import DEFAULT, LANGUAGES, use_language
from dashboard.text.messages import is_translated, translate_message
from etl.measures.catalogue import MEASURES
from etl.model.claim_measures import ClaimMeasure
from etl.model.demographics import Benchmark
from etl.model.groups import CLASSIFICATIONS
from etl.model.messages import TEMPLATES, join, message
from etl.queries.record import Record
from scripts.translations.catalogues import read_catalogue

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
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
    """Every force with one that has numbers: whatever it lacks is the reason."""
    period = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    result = set()
    for measure_id in ("false_share_of_alerts", "false_alerts_per_face_seen", "arrests_per_alert"):
        for force_id in record.force_names():
            sides = [({"force_id": [value]}, period) for value in (force_id, "essex")]
            answer = record.compare(measure_id, *sides)
            result |= {answer.refusal.reason} if answer.refusal else set()
        funnel = record.funnel(measure_id, period=(dt.date(2017, 1, 1), dt.date(2017, 12, 31)))
        result |= {funnel.refusal.reason} if funnel.refusal else set()
    assert len(result) > 12
    assert list_untranslated(result) == []


def test_how_complete_the_record_is_and_what_each_force_publishes(record: Record) -> None:
    reasons = {row.reason for row in record.publishing.coverage().rows} | {
        force.reason for force in record.publishing.describe().forces
    }
    assert list_untranslated(reasons) == []


def test_what_a_comparison_of_a_claim_says(record: Record) -> None:
    """The note of a claim is whole in Welsh; of the reason only what the project itself declares in
    English about one claim is not, and is marked."""
    compared = record.claims.compare_all()
    notes = {claim.note for claim in compared}
    assert len(notes) > 50
    assert list_untranslated(notes) == []
    declared = {row.reason_text for row in record.table(ClaimMeasure)}
    parts = [part for claim in compared for part in getattr(claim.reason, "parts", ())]
    own = {part for part in parts if isinstance(part, str)} - declared
    assert list_untranslated(own) == []
    html = [write_translated(claim.reason) for claim in compared]
    assert all(part.count('<span lang="en">') <= 1 for part in html)


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


def test_every_template_has_a_translation_with_the_same_places() -> None:
    forms = {form for forms in TEMPLATES.values() for form in forms}
    assert len(forms) > 80
    catalogue = {
        text: translated
        for message in read_catalogue("cy")
        for text, translated in zip(_forms(message.id), _forms(message.string), strict=True)
    }
    for form in forms:
        if not any(
            letter.isalpha() for words, *_ in string.Formatter().parse(form) for letter in words
        ):
            continue  # nothing but places
        assert catalogue[form], form
        assert _places(catalogue[form]) == _places(form), form


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _places(form: str) -> set[tuple[str, str | None, str | None]]:
    """Each place with its format and its conversion."""
    parsed = string.Formatter().parse(form)
    return {(name, spec, conversion) for _words, name, spec, conversion in parsed if name}


@pytest.mark.parametrize("code", TEMPLATES)
def test_every_code_is_used_and_its_places_can_be_filled(code: str) -> None:
    """Each code stands in the source, and each language fills all its places."""
    assert code.partition(".")[0] in list_used_codes()
    places = {place for form in TEMPLATES[code] for place in _places(form)}
    values = {name: 2 if spec else f"value of {name}" for name, spec, _conversion in places}
    text = message(code, **values)
    for written in (text, translate_message(text)):
        assert "{" not in written
        for name, value in values.items():
            shown = str(value)[1:] if isinstance(value, str) else f"{value}"
            assert shown in written, name
    assert is_translated(text)


@cache
def list_used_codes() -> set[str]:
    return {
        node.value
        for folder in ("etl", "dashboard")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_numbers_days_and_names_are_kept() -> None:
    text = translate_message(
        join(message("rows_lack_number", count=1234, rows=5678), message("no_field_missing"))
    )
    assert "1234" in text
    assert "5678" in text
    assert "rows" not in text
    meaning = "The threshold rose from 0.60 to 0.62: fewer faces reach it."
    broken = join(
        message("both_sides_of_break", force="South Wales", day=dt.date(2023, 4, 6)), meaning
    )
    assert broken == f"The rows lie on both sides of a break (South Wales, 6 April 2023): {meaning}"
    day = translate_message(broken)
    assert "De Cymru, 6 Ebrill 2023" in day
    assert "threshold" not in day


def test_a_count_of_one_has_a_form_of_its_own() -> None:
    single = message("no_rate_per_group", count=1)
    many = message("no_rate_per_group", count=2)
    assert (single, many) == (
        "1 event gives no rate per group.",
        "2 events give no rate per group.",
    )
    assert translate_message(single) == "Nid yw 1 digwyddiad yn rhoi cyfradd fesul grŵp."
    assert translate_message(many) == "Nid yw 2 o ddigwyddiadau yn rhoi cyfradd fesul grŵp."


def test_what_was_typed_is_not_translated() -> None:
    text = message("no_stage", name="alerts")
    assert text == "There is no stage 'alerts'."
    assert "'alerts'" in translate_message(text)


def test_a_text_is_copied_with_its_messages() -> None:
    text = join(message("has_no_rows"), "The denominator is zero.")
    for copied in (copy.deepcopy(text), pickle.loads(pickle.dumps(text))):
        assert copied == text
        assert copied.parts == text.parts


def test_an_unknown_code_and_a_missing_value_are_errors() -> None:
    with pytest.raises(KeyError):
        message("nobody_declared_this")
    with pytest.raises(KeyError):
        message("few_events")


@pytest.mark.parametrize(
    "text",
    [
        "Nobody has translated this.",
        "No expected field is missing. Nobody has translated this.",
        join(message("has_no_rows"), "Nobody has translated this."),
    ],
)
def test_what_is_not_whole_stays_as_it_came(text: str) -> None:
    assert not is_translated(text)
    assert translate_message(text) == text
