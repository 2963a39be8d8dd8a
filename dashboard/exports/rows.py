"""Groups, tests and misidentifications as rows, for the same choice that a page shows.

In: `Record` and an `ApiQuery` in the pages' own parameters. Out: rows by column.
Does not round and does not choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from dashboard.exports.parameters import ApiQuery
from dashboard.queries.groups import get_figure
from dashboard.queries.misidentifications import get_cases
from dashboard.selection.parameters import BY_NAME
from dashboard.selection.selection import NOTHING, Selection
from etl.model.demographics import Benchmark
from etl.outputs.answer_columns import PREFIX
from etl.queries.record import Record

Rows = Sequence[Mapping[str, object]]
_COVERED = (
    "force_id",
    "force_name",
    "year",
    "period_start",
    "period_end",
    "rows_count",
    "status",
    "reason",
    "sources",
)
_GAPS = (
    "expected_count",
    "printed_count",
    "derived_count",
    "not_published_count",
    "not_transcribed_count",
    "not_known_count",
    "share",
)


def to_selection(query: ApiQuery) -> Selection:
    """The choice of a page with these parameters."""
    given: dict[str, Any] = {}
    # Parameters of the file alone, such as the language of its headings, choose nothing.
    for name, values in ((key, held) for key, held in query.values.items() if key in BY_NAME):
        parameter = BY_NAME[name]
        given[parameter.field or name] = (
            tuple(map(str, values)) if parameter.kind == "codes" else values[0]
        )
    first, last = query.period
    return NOTHING.with_changes(
        **given, first_year=first.year if first else None, last_year=last.year if last else None
    )


def list_groups(record: Record, query: ApiQuery) -> Rows:
    """A row a benchmark: the benchmark, then the comparison with it,
    or the code and reason of the refusal."""
    figure = get_figure(record, to_selection(query))
    rows = []
    for comparison in figure.comparisons if figure else ():
        disparity, refusal = comparison.answer.disparity, comparison.answer.refusal
        benchmark = {
            f"{PREFIX}{field.name.removeprefix(PREFIX)}": getattr(comparison.benchmark, field.name)
            for field in fields(Benchmark)
        }
        compared = (
            {field.name: getattr(disparity, field.name) for field in fields(disparity)}
            if disparity
            else {}
        )
        rows.append(
            {
                **benchmark,
                **compared,
                "refusal_code": refusal.code if refusal else None,
                "refusal_text": refusal.reason if refusal else None,
            }
        )
    return rows


def list_tests(record: Record, query: ApiQuery) -> Rows:
    """Figures of evaluations, by technology."""
    technologies = record.groups.test_results(query.get_value("technology") or None).results
    return [asdict(each_result) for _technology, results in technologies for each_result in results]


def list_coverage(record: Record, query: ApiQuery) -> Rows:
    """A row a force, year and expected field, and one for all fields;
    of forces without rows too."""
    rows: list[Mapping[str, object]] = []
    for row in record.publishing.coverage(
        [str(code) for code in query.values.get("force", ())]
    ).rows:
        own = {name: getattr(row, name) for name in _COVERED}
        for field_id, gaps in (("all", row.total), *row.by_field):
            rows.append(
                {**own, "field_id": field_id, **{name: getattr(gaps, name) for name in _GAPS}}
            )
    return rows


def list_cases(record: Record, query: ApiQuery) -> Rows:
    """Cases of the register, by technology."""
    return [
        asdict(case)
        for _technology, cases in get_cases(record, to_selection(query)).by_technology
        for case in cases
    ]


def list_places_used(record: Record, query: ApiQuery) -> Rows:
    """A row a force, year, kind of area, weight and ethnic group."""
    forces = query.where.get("force_id")
    return [
        asdict(used)
        for used in record.stated.list_all_places_used()
        if not forces or used.force_id in forces
    ]
