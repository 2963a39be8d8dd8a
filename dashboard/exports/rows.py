"""Groups, tests and misidentifications as rows, for the same choice that a page shows.

In: `Answers` and an `Asked` in the pages' own parameters. Out: rows by column. Does not round and does not choose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from dashboard.exports.parameters import Asked
from dashboard.queries.groups import ask_figure
from dashboard.queries.misidentifications import ask_cases
from dashboard.selection.parameters import BY_NAME
from dashboard.selection.selection import Selection
from etl.model.demographics import Benchmark
from etl.outputs.answer_columns import PREFIX
from etl.queries.record import Answers

Rows = Sequence[Mapping[str, Any]]
_COVERED = ("force_id", "force_name", "year", "period_start", "period_end", "rows_count", "status", "reason", "sources")  # fmt: skip
_GAPS = ("expected_count", "printed_count", "derived_count", "not_published_count", "not_transcribed_count", "not_known_count", "share")  # fmt: skip


def to_selection(asked: Asked) -> Selection:
    """The choice of a page with these parameters."""
    found: dict[str, Any] = {}
    # Parameters of the file alone, such as the language of its headings, choose nothing.
    for name, values in ((one, held) for one, held in asked.values.items() if one in BY_NAME):
        parameter = BY_NAME[name]
        found[parameter.field] = tuple(map(str, values)) if parameter.kind == "codes" else values[0]
    first, last = asked.period
    return Selection(**found, first_year=first.year if first else None, last_year=last.year if last else None)


def list_groups(answers: Answers, asked: Asked) -> Rows:
    """A row a benchmark: the benchmark, then the comparison with it, or the code and reason of the refusal."""
    figure = ask_figure(answers, to_selection(asked))
    rows = []
    for one in figure.beside if figure else ():
        found, refusal = one.answer.disparity, one.answer.refusal
        benchmark = {f"{PREFIX}{field.name.removeprefix(PREFIX)}": getattr(one.benchmark, field.name) for field in fields(Benchmark)}  # fmt: skip
        compared = {field.name: getattr(found, field.name) for field in fields(found)} if found else {}
        rows.append({**benchmark, **compared, "refusal_code": refusal.code if refusal else None, "refusal_text": refusal.reason if refusal else None})  # fmt: skip
    return rows


def list_tests(answers: Answers, asked: Asked) -> Rows:
    """Figures of evaluations, by technology."""
    found = answers.test_results(asked.one("technology") or None).results
    return [asdict(one) for _technology, results in found for one in results]


def list_coverage(answers: Answers, asked: Asked) -> Rows:
    """A row a force, year and expected field, and one for all fields; of forces without rows too."""
    found: list[Mapping[str, Any]] = []
    for one in answers.coverage([str(code) for code in asked.values.get("force", ())]).rows:
        own = {name: getattr(one, name) for name in _COVERED}
        for field_id, gaps in (("all", one.total), *one.by_field):
            found.append({**own, "field_id": field_id, **{name: getattr(gaps, name) for name in _GAPS}})
    return found


def list_cases(answers: Answers, asked: Asked) -> Rows:
    """Cases of the register, by technology."""
    return [asdict(one) for _technology, cases in ask_cases(answers, to_selection(asked)).by_technology for one in cases]  # fmt: skip
