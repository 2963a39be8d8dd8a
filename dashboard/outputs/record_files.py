"""Groups, tests and misidentifications as CSV, for the same selection that a page shows.

In: `Answers` and a `Selection`. Out: CSV text; the address at which the server gives it. Does not round and does not choose.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from dashboard.outputs.csv_files import write_cell
from dashboard.questions_misidentifications import ask_cases
from dashboard.questions_who_is_affected import ask_figure
from dashboard.selection import Selection, write_address, write_query
from etl.answers import Answers
from etl.model.cases import Case
from etl.model.demographics import Benchmark, GroupDisparity, LaboratoryResult

# By kind of file: the page whose address it takes.
PAGE_OF = {
    "groups": "who-is-affected",
    "tests": "who-is-affected",
    "misidentifications": "misidentifications",
}
# Columns of a comparison that the benchmark has, and a lasting name for each of its own.
_COMPARED = tuple(one.name for one in fields(GroupDisparity) if one.name not in ("benchmark", "caveats"))
_BENCHMARK = tuple(one.name for one in fields(Benchmark) if one.name not in ("caveats", "sources"))


def record_address(kind: str, slug: str, chosen: Selection, *, technology: str = "") -> str:
    """`/download/groups.csv?force=essex`: the page's own address, as a file; of tests, one technology."""
    query = {} if kind == "tests" else write_query(slug, chosen)
    address = write_address(f"download/{kind}.csv", query)
    return f"{address}?technology={technology}" if technology else address


def write_record(kind: str, answers: Answers, chosen: Selection) -> str:
    """The file of this kind for this selection; only its heading row where there is nothing."""
    return _WRITERS[kind](answers, chosen)


def _write_groups(answers: Answers, chosen: Selection) -> str:
    """A row a benchmark: the benchmark, then the comparison with it, or the code and reason of the refusal."""
    figure = ask_figure(answers, chosen)
    rows = []
    for one in figure.beside if figure else ():
        found = one.answer.disparity
        rows.append(
            {f"benchmark_{name.removeprefix('benchmark_')}": getattr(one.benchmark, name) for name in _BENCHMARK}
            | {name: getattr(found, name) if found else None for name in _COMPARED}
            | {"refusal_code": one.answer.refusal.code if one.answer.refusal else None}
            | {"refusal_text": one.answer.refusal.reason if one.answer.refusal else None}
        )  # fmt: skip
    names = [f"benchmark_{name.removeprefix('benchmark_')}" for name in _BENCHMARK]
    header = list(dict.fromkeys((*names, *_COMPARED, "refusal_code", "refusal_text")))
    return _write(header, rows, answers)


def _write_tests(answers: Answers, chosen: Selection) -> str:
    header = [one.name for one in fields(LaboratoryResult)]
    found = answers.test_results(chosen.technology or None).results
    return _write(header, (asdict(one) for _technology, results in found for one in results), answers)


def _write_cases(answers: Answers, chosen: Selection) -> str:
    header = [one.name for one in fields(Case)]
    found = ask_cases(answers, replace(chosen)).by_technology
    return _write(header, (asdict(one) for _technology, cases in found for one in cases), answers)


def _write(header: list[str], rows: Iterable[Mapping[str, Any]], answers: Answers) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([*header, "release_id"])
    for row in rows:
        writer.writerow([_cell(row[name]) for name in header] + [answers.release_id])
    return written.getvalue()


def _cell(value: Any) -> str:
    return write_cell("; ".join(map(str, value)) if isinstance(value, tuple) else value)


_WRITERS: dict[str, Callable[[Answers, Selection], str]] = {
    "groups": _write_groups,
    "tests": _write_tests,
    "misidentifications": _write_cases,
}
