"""The columns of every public table, with what a reader must know of each; headings, metadata and
documentation come from here.

In: the declarations of the model and of the measures, and `columns.toml` for the columns that only
a file has. Out: `Column`s."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from etl.measures.catalogue import INTERVALS, MEASURES
from etl.model.codes import STAGE, CodeList, code_list
from etl.model.declarations import read_declarations
from etl.model.fields import Field, Unit, fields_of
from etl.model.json_values import JsonObject
from etl.model.records import Claim, Count, Deployment
from etl.model.reference import District, Force, Place, Region, Release
from etl.model.tables import TABLES
from etl.model.wide import CANONICAL_COLUMNS, COUNT_SUFFIX

# Fields that say where a row is from, in the order in which they are named.
_SOURCES = (
    "publication_id",
    "edition_id",
    "page",
    "row",
    "source_title",
    "source_url",
    "source_address",
    "source",
    "evidence",
)
_TABLES = ("deployments", "estimates", "claims", "coverage", "groups", "measures", "releases")
_TYPES = {kind.__name__: kind for kind in (str, int, float, Decimal, bool, dt.date)}
_LIMITS = ("value_low", "value_high")
_PRINTED = "As published; corrected or derived where the long table of counts says so."


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a public table.

    `denominator` says what a share or a rate is of, `method` how the value is made, `caveats` are
    ids of `etl.model.caveats`, `source` says which columns of the row lead to where it is from,
    `refers_to` names the table and column that it is a key of (`forces.force_id`)."""

    name: str
    type: type
    title: str
    meaning: str
    unit: str = ""
    denominator: str = ""
    method: str = ""
    caveats: tuple[str, ...] = ()
    source: str = ""
    codes: CodeList | None = None
    optional: bool = True
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    refers_to: str | None = None


def column_of(field: Field, source: str = "", *, optional: bool | None = None) -> Column:
    """The column of a declared field."""
    about = field.about
    return Column(
        name=field.name,
        type=field.type,
        title=_describe_title(field.name),
        meaning=about.meaning,
        unit="" if about.unit is Unit.NONE else about.unit.value,
        source=source,
        codes=about.codes,
        optional=field.optional if optional is None else optional,
        minimum=about.minimum,
        maximum=about.maximum,
        pattern=about.pattern,
        refers_to=about.refers_to,
    )


@dataclass(frozen=True, slots=True)
class _Declared:
    """A column as `columns.toml` has it; `codes` names a code list."""

    name: str
    title: str
    meaning: str
    type: Literal["str", "int", "float", "Decimal", "bool", "date"] = "str"
    unit: str = ""
    denominator: str = ""
    method: str = ""
    codes: str = ""
    optional: bool = True
    minimum: float | None = None
    refers_to: str | None = None

    def to_column(self) -> Column:
        return Column(
            self.name,
            _TYPES[self.type],
            self.title,
            self.meaning,
            self.unit,
            self.denominator,
            self.method,
            codes=code_list(self.codes) if self.codes else None,
            optional=self.optional,
            minimum=self.minimum,
            refers_to=self.refers_to,
        )


@cache
def own_columns(table: str) -> tuple[Column, ...]:
    """The columns of a file's table that no field of the record declares, in order."""
    declared = read_declarations(__file__, *_TABLES).entries(table, _Declared)
    return tuple(column.to_column() for column in declared.values())


@cache
def columns_of(record: type) -> tuple[Column, ...]:
    """A column for each field of a record."""
    fields = fields_of(record)
    source = _describe_source(field.name for field in fields)
    return tuple(column_of(field, source) for field in fields)


@cache
def table_columns(name: str) -> tuple[Column, ...]:
    """The columns of a table of the record; KeyError if there is none of this name."""
    return columns_of({table.name: table.record for table in TABLES}[name])


@cache
def deployment_columns() -> tuple[Column, ...]:
    """The wide table: canonical columns in the order that readers rely on, then release,
    names and geography."""
    own = {column.name: column for column in columns_of(Deployment)}
    stages = {f"{stage}{COUNT_SUFFIX}": _stage_column(stage) for stage in STAGE}
    canonical = [own[name] if name in own else stages[name] for name in CANONICAL_COLUMNS]
    return (
        *canonical,
        pick(Release, "release_id"),
        pick(Force, "short_name", name="force_name"),
        pick(Place, "place_name", optional=True),
        pick(District, "district_code", optional=True),
        pick(District, "district_name", optional=True),
        pick(Region, "region_code", optional=True),
        pick(Region, "region_name", optional=True),
        own["counted"],
        own["not_counted_reason"],
        *own_columns("deployments"),
    )


@cache
def count_columns() -> tuple[Column, ...]:
    """The long table: a row a deployment and stage, with force, dates and whether it is counted."""
    own = columns_of(Count)
    printed = _describe_source(("publication_id", "edition_id", "page", "row"))
    where = [
        pick(Deployment, name)
        for name in (
            "force_id",
            "publication_id",
            "edition_id",
            "page",
            "row",
            "date",
            "end_date",
            "counted",
        )
    ]
    return (own[0], *where, *(replace(column, source=printed) for column in own[1:]))


@cache
def estimate_columns(groupings: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """The columns of Estimates; `groupings` are fields of the facts."""
    facts = {column.name: column for column in table_columns("facts")}
    facts["force_id"] = replace(facts["force_id"], refers_to="forces.force_id")
    method = " ".join(dict.fromkeys(INTERVALS.values()))
    measure_id, unit, *others = own_columns("estimates")
    return (
        measure_id,
        unit,
        *(facts[name] for name in dict.fromkeys(groupings)),
        *(
            replace(column, method=method) if column.name in _LIMITS else column
            for column in others
        ),
    )


@cache
def claim_columns() -> tuple[Column, ...]:
    """A claim, and what the record's rows give for it."""
    return (*columns_of(Claim), *own_columns("claims"))


@cache
def coverage_columns() -> tuple[Column, ...]:
    """A force, year and field: how many values a standard return would print,
    and what became of them."""
    return (
        pick(Force, "force_id"),
        pick(Force, "short_name", name="force_name"),
        *own_columns("coverage"),
    )


def pick(record: type, field: str, *, name: str = "", optional: bool | None = None) -> Column:
    """The column of one field, perhaps under another name or absent where it may not be in its own
    table."""
    (declared,) = [each_field for each_field in fields_of(record) if each_field.name == field]
    column = column_of(declared, optional=optional)
    return replace(column, name=name, title=_describe_title(name)) if name else column


def describe_column(column: Column) -> JsonObject:
    """What `metadata.json` and the documentation say of it."""
    return {
        "name": column.name,
        "title": column.title,
        "type": name_type(column.type),
        "unit": column.unit or None,
        "description": column.meaning,
        "denominator": column.denominator or None,
        "method": column.method or None,
        "caveats": list(column.caveats),
        "source": column.source or None,
        "may_be_absent": column.optional,
        "codes": {entry.code: entry.label for entry in column.codes.entries}
        if column.codes
        else None,
    }


def name_type(kind: type) -> str:
    """The type in the words of the Table Schema of Frictionless."""
    names = {
        str: "string",
        int: "integer",
        float: "number",
        Decimal: "number",
        bool: "boolean",
        dt.date: "date",
        dt.time: "time",
    }
    return names[kind]


def _stage_column(stage: str) -> Column:
    entry = STAGE.entry(stage)
    caveats = [
        measure.caveats
        for measure in MEASURES.values()
        if measure.numerator == stage and measure.denominator is None
    ]
    return Column(
        f"{stage}{COUNT_SUFFIX}",
        int,
        entry.label,
        entry.meaning,
        Unit.FACES.value if stage == "faces_seen" else entry.label.casefold(),
        method=_PRINTED,
        caveats=tuple(dict.fromkeys(caveat for several in caveats for caveat in several)),
        source=_describe_source(("publication_id", "page", "row", "source_address")),
        minimum=0,
    )


def _describe_source(names: Iterable[str]) -> str:
    there = set(names)
    named = [name for name in _SOURCES if name in there]
    return (
        f"See {', '.join(named)} of the same row." if named else "Reference data of this project."
    )


def _describe_title(name: str) -> str:
    words = name.removesuffix("_id").removesuffix("_code").removesuffix("_text").split("_")
    text = " ".join(words).capitalize()
    # A name that the glossary rules out, here because publishers print it.
    return text.replace("false alert rate", "“false alert rate”")
