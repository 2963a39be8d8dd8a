"""The texts that readers see and that are declared outside the dashboard: measures, caveats,
checks, codes, fields, words.

In: `etl.model` and `etl.measures`. Out: each text with where it is declared, for the catalogue of
translations. They are translated where they are shown, by `_` around them."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import etl.model
from etl.measures import publishing
from etl.measures.catalogue import CATALOGUE, INTERVALS, RESIDENTS, UNPUBLISHED
from etl.measures.groups.benchmarks import DECLARED
from etl.measures.groups.evaluations import CAN_SHOW, CANNOT_SHOW, ZERO_CANNOT_SHOW
from etl.model.caveats import CAVEATS
from etl.model.checks import CHECKS
from etl.model.codes import CodeList
from etl.model.fields import fields_of
from etl.model.glossary import NOT_USED, WORDS
from etl.model.groups import CLASSIFICATIONS
from etl.model.log_checks import LOG_CHECKS
from etl.model.return_texts import list_return_texts


def list_model_texts() -> dict[str, str]:
    """Each text once, with the name of what declares it."""
    result: dict[str, str] = {}
    for where, text in _all_texts():
        if any(letter.isalpha() for letter in text):
            result.setdefault(text, where)
    return result


def _all_texts() -> Iterator[tuple[str, str]]:
    for measure in CATALOGUE.values():
        where = f"measure {measure.measure_id}"
        yield from ((where, text) for text in (measure.title, measure.question, measure.unit))
        meanings = {field.name: field.about.meaning for field in fields_of(measure.record)}
        for name in (measure.numerator, measure.denominator):
            if name and name != RESIDENTS:
                yield f"field {name}", meanings[name]
    yield from ((f"interval of {kind}", text) for kind, text in INTERVALS.items())
    yield from ((f"caveat {caveat_id}", text) for caveat_id, text in CAVEATS.items())
    for check in CHECKS:
        where = f"check {check.check_id}"
        yield from ((where, text) for text in (check.title, check.question, check.meaning))
        if check.severity == "error":
            yield where, check.remedy
    for log_check in LOG_CHECKS.values():
        where = f"check of event logs {log_check.check_id}"
        yield from ((where, text) for text in (log_check.question, log_check.remedy))
    for declared in DECLARED:
        where = f"benchmark {declared.benchmark_id}"
        yield from (
            (where, text) for text in (declared.title, declared.can_show, declared.cannot_show)
        )
    for texts in (CAN_SHOW, CANNOT_SHOW):
        yield from ((f"laboratory result {kind}", text) for kind, text in texts.items())
    yield "laboratory result without an error", ZERO_CANNOT_SHOW
    yield from ((f"not published {name}", text) for name, text in UNPUBLISHED.items())
    for listed in CLASSIFICATIONS.values():
        where = f"group of {listed.classification_code}"
        for entry in listed.groups.entries:
            yield from ((where, text) for text in (entry.label, entry.meaning))
    for word in WORDS:
        yield from (
            (f"word {word.word_id}", text) for text in (word.word, word.meaning, *word.others)
        )
    for other in NOT_USED:
        yield from ((f"name {other.name_id}", text) for text in (other.name, other.why))
    yield from list_return_texts()
    for codes in _list_code_lists():
        for entry in codes.entries:
            yield f"code {codes.name} {entry.code}", entry.label
            yield f"code {codes.name} {entry.code}", entry.meaning


def _list_code_lists() -> Iterator[CodeList]:
    names = [f"etl.model.{module.name}" for module in pkgutil.iter_modules(etl.model.__path__)]
    for module in (*map(import_module, names), publishing):
        for name, value in sorted(vars(module).items()):
            if isinstance(value, CodeList) and name.isupper():
                yield value
