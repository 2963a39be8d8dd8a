"""What the addresses of data give: every resource declared once, with its parameters, its columns
and how it is read.

In: an `ApiQuery`, the release it is asked of. Out: a `Tabular`. Routes, documentation and tests are
rendered from `RESOURCES`. Does not know the server and does not choose the kind of file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.exports.parameters import (
    BY,
    CHECKS,
    COMMON,
    DAYS,
    FINDING_STATUSES,
    FORCE,
    GROUPED,
    MEASURE,
    OF_CLAIM,
    OF_EDITION,
    OF_PUBLICATION,
    PAGE_CODES,
    PAGE_FORCE,
    REGION,
    ROWS,
    SEVERITIES,
    STAGES,
    STATUSES,
    VERDICTS,
    WORDS,
    YEARS,
    ApiParameter,
    ApiQuery,
    InvalidQueryError,
    ParameterProblem,
)
from dashboard.exports.rows import list_cases, list_coverage, list_groups, list_tests
from etl.measures.catalogue import GROUPING_FIELDS
from etl.model.tables import TABLES
from etl.outputs.answer_columns import case_columns, group_columns, test_columns
from etl.outputs.columns import (
    Column,
    claim_columns,
    count_columns,
    coverage_columns,
    deployment_columns,
    estimate_columns,
    table_columns,
)
from etl.outputs.measure_table import list_measures, measure_columns
from etl.outputs.tables import (
    drop_foreign_caveats,
    tabulate_claims,
    tabulate_counts,
    tabulate_deployments,
    tabulate_estimates,
    tabulate_table,
)
from etl.outputs.tabular import Tabular
from etl.queries.record import Record
from etl.releases.table import list_release_rows, release_columns

Read = Callable[[Record, ApiQuery, int, float], Tabular]
Columns = Callable[[ApiQuery], tuple[Column, ...]]


@dataclass(frozen=True, slots=True)
class Resource:
    """`name` is its address; `example` is a query that gives something in every release with the
    record's own data.

    `pinned` says whether a version of the data can be asked for."""

    name: str
    meaning: str
    parameters: tuple[ApiParameter, ...]
    columns: Columns
    read: Read
    example: str = ""
    pinned: bool = True

    @property
    def every_parameter(self) -> tuple[ApiParameter, ...]:
        """Its own and those of every resource."""
        return (*self.parameters, *COMMON)


def _read_deployments(record: Record, query: ApiQuery, limit: int, _seconds: float) -> Tabular:
    counted = not query.get_value("uncounted")
    return tabulate_deployments(
        record, query.where, query.period, query.get_value("place"), limit, counted_only=counted
    )


def _read_counts(record: Record, query: ApiQuery, limit: int, seconds: float) -> Tabular:
    of_counts = (STAGES.column, STATUSES.column)
    rows = {name: values for name, values in query.where.items() if name not in of_counts}
    counts = {name: values for name, values in query.where.items() if name in of_counts}
    counted = not query.get_value("uncounted")
    return tabulate_counts(record, rows, query.period, counts, limit, seconds, counted_only=counted)


def _read_estimates(record: Record, query: ApiQuery, limit: int, _seconds: float) -> Tabular:
    by = _groupings(query)
    estimate = record.estimate(
        query.get_value("measure"), by=by, where=query.where, period=query.period
    )
    if estimate.refusal:
        raise InvalidQueryError(
            [ParameterProblem("by" if by else "measure", str(estimate.refusal))]
        )
    drop_foreign_caveats_message = drop_foreign_caveats(
        record, by, query.where, query.period, estimate.estimates
    )
    return tabulate_estimates(query.get_value("measure"), by, drop_foreign_caveats_message, limit)


def _read_claims(record: Record, query: ApiQuery, limit: int, _seconds: float) -> Tabular:
    verdicts = [str(item) for item in query.values.get("verdict", ())]
    return tabulate_claims(record, query.where, verdicts, limit)


def _read_measures(_answers: Record, _requested: ApiQuery, limit: int, _seconds: float) -> Tabular:
    return Tabular("measures", measure_columns(), list_measures(), limit)


def _read_releases(_answers: Record, _requested: ApiQuery, limit: int, _seconds: float) -> Tabular:
    return Tabular("releases", release_columns(), list_release_rows(), limit)


def _of_rows(
    name: str,
    columns: Callable[[], Sequence[Column]],
    rows: Callable[[Record, ApiQuery], Sequence[Mapping[str, Any]]],
) -> Read:
    def read(record: Record, query: ApiQuery, limit: int, _seconds: float) -> Tabular:
        return Tabular(name, columns(), rows(record, query), limit)

    return read


def _of_table(name: str, *parameters: ApiParameter) -> Resource:
    """A table of the record as it is kept; its own meaning is what the model says of it."""
    (declared,) = [table for table in TABLES if table.name == name]
    fields = {field.name for field in declared.fields}
    named = {FORCE: "force_id", OF_PUBLICATION: "publication_id", REGION: "region_code"}
    usual = tuple(key for key, column in named.items() if column in fields)

    def read(record: Record, query: ApiQuery, limit: int, seconds: float) -> Tabular:
        return tabulate_table(record, name, query.where, limit, seconds)

    return Resource(
        name, declared.meaning, (*usual, *parameters), lambda _requested: table_columns(name), read
    )


def _groupings(query: ApiQuery) -> tuple[str, ...]:
    return tuple(GROUPING_FIELDS[str(name)] for name in query.values.get("by", ()))


_CASES = (PAGE_FORCE, PAGE_CODES["technology"], PAGE_CODES["kind"], *YEARS)
_GROUPS = (
    PAGE_FORCE,
    *(PAGE_CODES[name] for name in ("group", "stage", "list", "reference", "benchmark")),
    *YEARS,
)
_TABLES = (
    _of_table("findings", SEVERITIES, FINDING_STATUSES, CHECKS, OF_EDITION),
    _of_table("corrections", OF_EDITION),
    _of_table("publications"),
    _of_table("editions"),
    _of_table("printed_cells", OF_EDITION),
    _of_table("forces"),
    _of_table("regions"),
    _of_table("districts"),
    _of_table("places"),
    _of_table("breaks"),
    _of_table("publishing"),
    _of_table("lfr_use"),
    _of_table("group_counts"),
    _of_table("populations"),
)
RESOURCES: dict[str, Resource] = {
    value.name: value
    for value in (
        Resource(
            "deployments",
            "A row a deployment with all published numbers, newest first. A blank number is "
            "absent, never nought: counts.csv says why.",
            (*ROWS, WORDS),
            lambda _requested: deployment_columns(),
            _read_deployments,
            "force=south_wales&from=2024",
        ),
        Resource(
            "counts",
            "A row a deployment and stage of the funnel: `value`, and `value_status` that says "
            "where it is from or why there is none.",
            (*ROWS, STAGES, STATUSES),
            lambda _requested: count_columns(),
            _read_counts,
            "force=metropolitan&from=2025&stage=alerts",
        ),
        Resource(
            "estimates",
            "A measure by groups: value, 95% limits, numerator, denominator, status, breaks, "
            "caveats and sources. The same numbers as on the pages.",
            (MEASURE, BY, *GROUPED, *DAYS),
            lambda query: estimate_columns(_groupings(query)),
            _read_estimates,
            "measure=false_share_of_alerts&by=force,year&from=2023",
        ),
        Resource(
            "claims",
            "A row a total or rate that somebody stated, with what the published rows give beside "
            "it.",
            (FORCE, OF_PUBLICATION, OF_CLAIM, VERDICTS),
            lambda _requested: claim_columns(),
            _read_claims,
            "force=metropolitan&verdict=does_not_add_up",
        ),
        Resource(
            "misidentifications",
            "A row a documented case of a person wrongly flagged. Technologies are never pooled, "
            "and nobody is named.",
            _CASES,
            lambda _requested: case_columns(),
            _of_rows("misidentifications", case_columns, list_cases),
            "technology=lfr",
        ),
        Resource(
            "groups",
            "A row a benchmark for one group of people and one stage: its share, and how the "
            "group’s share compares.",
            _GROUPS,
            lambda _requested: group_columns(),
            _of_rows("groups", group_columns, list_groups),
        ),
        Resource(
            "tests",
            "A row a figure of a laboratory or field evaluation; never pooled with deployments.",
            (PAGE_CODES["technology"],),
            lambda _requested: test_columns(),
            _of_rows("tests", test_columns, list_tests),
            "technology=lfr",
        ),
        Resource(
            "coverage",
            "A row a force, year and field: how many values a standard return would print, and "
            "what became of them.",
            (FORCE,),
            lambda _requested: coverage_columns(),
            _of_rows("coverage", coverage_columns, list_coverage),
            "force=metropolitan",
        ),
        Resource(
            "measures",
            "A row a measure: what it asks, of what, in which unit, by which interval and with "
            "which caveats.",
            (),
            lambda _requested: measure_columns(),
            _read_measures,
        ),
        Resource(
            "releases",
            "A row a release, newest first.",
            (),
            lambda _requested: release_columns(),
            _read_releases,
            pinned=False,
        ),
        *_TABLES,
    )
}
