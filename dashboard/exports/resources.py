"""What the addresses of data give: every resource declared once, with its parameters, its columns
and how it is read.

In: an `ApiQuery`, the release it is asked of. Out: a `Tabular`. Routes, documentation and tests are
rendered from `RESOURCES`. Does not know the server and does not choose the kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.exports.parameters import (
    COMMON,
    GROUPINGS,
    PARAMETERS,
    ApiParameter,
    ApiQuery,
    InvalidQueryError,
    ParameterProblem,
)
from dashboard.exports.rows import (
    list_cases,
    list_coverage,
    list_groups,
    list_places_used,
    list_tests,
)
from etl.measures.catalogue import GROUPING_FIELDS
from etl.model.declarations import read_declarations
from etl.model.tables import TABLES
from etl.outputs.answer_columns import (
    case_columns,
    group_columns,
    places_columns,
    test_columns,
)
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
    of_counts = ("stage_code", "value_status")
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
    verdicts = [str(verdict) for verdict in query.values.get("verdict", ())]
    return tabulate_claims(record, query.where, verdicts, limit)


def _read_measures(_answers: Record, _requested: ApiQuery, limit: int, _seconds: float) -> Tabular:
    return Tabular("measures", measure_columns(), list_measures(), limit)


def _read_releases(_answers: Record, _requested: ApiQuery, limit: int, _seconds: float) -> Tabular:
    return Tabular("releases", release_columns(), list_release_rows(), limit)


def _of_rows(
    name: str,
    columns: Callable[[], tuple[Column, ...]],
    rows: Callable[[Record, ApiQuery], Sequence[Mapping[str, object]]],
) -> tuple[Columns, Read]:
    def read(record: Record, query: ApiQuery, limit: int, _seconds: float) -> Tabular:
        return Tabular(name, columns(), rows(record, query), limit)

    return _always(columns), read


def _groupings(query: ApiQuery) -> tuple[str, ...]:
    return tuple(GROUPING_FIELDS[str(name)] for name in query.values.get("by", ()))


def _always(columns: Callable[[], tuple[Column, ...]]) -> Columns:
    return lambda _requested: columns()


# How the resources of `resources.toml` are read, and which columns they have.
_READERS: dict[str, tuple[Columns, Read]] = {
    "deployments": (_always(deployment_columns), _read_deployments),
    "counts": (_always(count_columns), _read_counts),
    "estimates": (lambda query: estimate_columns(_groupings(query)), _read_estimates),
    "claims": (_always(claim_columns), _read_claims),
    "misidentifications": _of_rows("misidentifications", case_columns, list_cases),
    "groups": _of_rows("groups", group_columns, list_groups),
    "tests": _of_rows("tests", test_columns, list_tests),
    "places_used": _of_rows("places_used", places_columns, list_places_used),
    "coverage": _of_rows("coverage", coverage_columns, list_coverage),
    "measures": (_always(measure_columns), _read_measures),
    "releases": (_always(release_columns), _read_releases),
}


@dataclass(frozen=True, slots=True)
class _Declared:
    """An entry of `resources.toml`."""

    name: str
    meaning: str = ""
    parameters: tuple[str, ...] = ()
    example: str = ""
    pinned: bool = True

    def list_parameters(self) -> Iterator[ApiParameter]:
        """Those of its own, in order."""
        for key in self.parameters:
            yield from GROUPINGS if key == "groupings" else (PARAMETERS[key],)

    def make_resource(self) -> Resource:
        """One with columns of its own."""
        columns, read = _READERS[self.name]
        parameters = tuple(self.list_parameters())
        return Resource(
            self.name, self.meaning, parameters, columns, read, self.example, self.pinned
        )

    def make_table(self) -> Resource:
        """A table of the record as it is kept; its own meaning is what the model says of it."""
        (declared,) = [table for table in TABLES if table.name == self.name]
        fields = {field.name for field in declared.fields}
        usual = [PARAMETERS[key] for key in ("force", "publication", "region")]
        parameters = (
            *(parameter for parameter in usual if parameter.column in fields),
            *self.list_parameters(),
        )

        def read(record: Record, query: ApiQuery, limit: int, seconds: float) -> Tabular:
            return tabulate_table(record, self.name, query.where, limit, seconds)

        columns = _always(lambda: table_columns(self.name))
        return Resource(self.name, declared.meaning, parameters, columns, read)


_declarations = read_declarations(__file__, "resources", "tables")
RESOURCES: dict[str, Resource] = {
    **{
        name: declared.make_resource()
        for name, declared in _declarations.entries("resources", _Declared).items()
    },
    **{
        name: declared.make_table()
        for name, declared in _declarations.entries("tables", _Declared).items()
    },
}
