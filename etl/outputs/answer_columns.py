"""The columns of answers about groups, tests and cases, which are computed and not kept in a table
of the record.

In: the frozen dataclasses that `etl.queries.record` hands over. Out: `Column`s. A field that the
record has means what it means there."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from etl.model.cases import CASE_KIND, Case
from etl.model.codes import CodeList
from etl.model.declarations import read_rows
from etl.model.demographics import (
    BENCHMARK_KIND,
    RESULT_KIND,
    VERDICT,
    Benchmark,
    GroupDisparity,
    LaboratoryResult,
    PlacesUsed,
)
from etl.model.fields import Field, fields_of
from etl.model.messages import Text
from etl.model.tables import TABLES
from etl.outputs.columns import Column, column_of, own_columns

PREFIX = "benchmark_"


@dataclass(frozen=True, slots=True)
class _Row:
    """Meaning and unit of what only an answer has."""

    name: str
    meaning: str
    unit: str


_MEANINGS = {row.name: (row.meaning, row.unit) for row in read_rows(__file__, _Row)}
_RENAMED = {"rows_count": ("Rows of the force and period.", "rows of deployments")}
# Of a comparison what the benchmark says itself.
_OF_BENCHMARK = ("benchmark", "caveats")
_OMITTED = ("caveats", "sources")


@cache
def case_columns() -> tuple[Column, ...]:
    """A row a case of the register of misidentifications."""
    return _columns_of(Case, {"kind_code": CASE_KIND})


@cache
def places_columns() -> tuple[Column, ...]:
    """A row a force, year, kind of area, weight and group of residents."""
    return tuple(column_of(field) for field in fields_of(PlacesUsed))


@cache
def test_columns() -> tuple[Column, ...]:
    """A row a figure of an evaluation."""
    return _columns_of(LaboratoryResult, {"kind_code": RESULT_KIND})


@cache
def group_columns() -> tuple[Column, ...]:
    """A row a benchmark: the benchmark, the comparison with it,
    and the code and reason of a refusal."""
    benchmark = [
        column
        for column in _columns_of(Benchmark, {"kind_code": BENCHMARK_KIND}, PREFIX)
        if column.name.removeprefix(PREFIX) not in _OMITTED
    ]
    compared = [
        column
        for column in _columns_of(GroupDisparity, {"verdict_code": VERDICT})
        if column.name not in _OF_BENCHMARK
    ]
    both = {column.name: column for column in (*benchmark, *compared)}
    return (*both.values(), *own_columns("groups"))


def _columns_of(
    record: type, codes: Mapping[str, CodeList], prefix: str = ""
) -> tuple[Column, ...]:
    columns = []
    for name, hint in typing.get_type_hints(record).items():
        members = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        kind: type = next(member for member in members if member is not type(None))
        if typing.get_origin(kind) is tuple or kind is Text:
            kind = str
        named = f"{prefix}{name.removeprefix(prefix)}"
        own = _declared().get(name) if name not in _MEANINGS and name not in _RENAMED else None
        meaning, unit = (
            (own.about.meaning, own.about.unit.value)
            if own
            else {**_RENAMED, **_MEANINGS}.get(name, ("", ""))
        )
        title = named.removesuffix("_id").removesuffix("_code").replace("_", " ").capitalize()
        listed = codes.get(name) or (column_of(own).codes if own else None)
        columns.append(Column(named, kind, title, meaning, unit, codes=listed))
    return tuple(columns)


@cache
def _declared() -> dict[str, Field]:
    """Fields of the record by name; of a name that several tables have, the first."""
    fields: dict[str, Field] = {}
    for table in TABLES:
        for field in fields_of(table.record):
            fields.setdefault(field.name, field)
    return fields
