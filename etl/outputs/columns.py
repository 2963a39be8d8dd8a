"""The columns of every public table, with what a reader must know of each; headings, metadata and
documentation come from here.

In: the declarations of the model and of the measures. Out: `Column`s. Does not declare a column of
its own but for the few that only a file has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from etl.measures.catalogue import INTERVALS, MEASURES
from etl.model.claim_measures import VERDICT
from etl.model.codes import STAGE, CodeList
from etl.model.completeness import COVERAGE_STATUS
from etl.model.estimates import STATUS
from etl.model.fields import Field, Unit, fields_of
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
_PRINTED = "As published; corrected or derived where the long table of counts says so."


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a public table.

    `denominator` says what a share or a rate is of, `method` how the value is made, `caveats` are
    ids of `etl.model.caveats`, `source` says which columns of the row lead to where it is from."""

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
    )


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
        Column(
            "lower_bounds",
            str,
            "Lower bounds",
            "Columns of this row that hold “more than” or “around” a number: they enter no sum.",
            method="Named from the status of the counts of the row.",
        ),
        Column(
            "source_address",
            str,
            "Source address",
            "Where the row was published.",
            method="The row’s own address, else that of the file, else that of the publication.",
        ),
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
    return (own[0], *where, *(replace(item, source=printed) for item in own[1:]))


@cache
def estimate_columns(groupings: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """The columns of Estimates; `groupings` are fields of the facts."""
    facts = {column.name: column for column in table_columns("facts")}
    method = " ".join(dict.fromkeys(INTERVALS.values()))
    return (
        Column("measure_id", str, "Measure", "The measure of the catalogue.", optional=False),
        Column(
            "unit", str, "Unit", "What the value counts, or is a rate or share of.", optional=False
        ),
        *(facts[name] for name in dict.fromkeys(groupings)),
        Column(
            "period_start",
            dt.date,
            "Period start",
            "First day of the rows that were used; without any, of those asked about.",
        ),
        Column("period_end", dt.date, "Period end", "Last day of these rows."),
        Column(
            "numerator_of", str, "Numerator of", "What is counted above the line.", optional=False
        ),
        Column(
            "numerator",
            int,
            "Numerator",
            "Events counted in the rows that have both numbers.",
            "as numerator_of says",
        ),
        Column(
            "denominator_of",
            str,
            "Denominator of",
            "What is counted below the line; absent for a count.",
        ),
        Column(
            "denominator",
            float,
            "Denominator",
            "Trials or exposure in the same rows.",
            "as denominator_of says",
        ),
        Column(
            "value",
            float,
            "Value",
            "The measure; absent where `value_status` says why.",
            "as unit says",
            denominator="denominator",
            method="Numerator over denominator of the same rows, as the measure is declared.",
        ),
        Column(
            "value_low",
            float,
            "Lower limit",
            "Lower 95% limit.",
            "as unit says",
            denominator="denominator",
            method=method,
        ),
        Column(
            "value_high",
            float,
            "Upper limit",
            "Upper 95% limit.",
            "as unit says",
            denominator="denominator",
            method=method,
        ),
        Column(
            "value_status",
            str,
            "Status",
            "Whether there is a value, and if not, why.",
            codes=STATUS,
            optional=False,
        ),
        Column("marks", str, "Marks", "Symbols that must stand beside the value."),
        Column("reason", str, "Reason", "Why there is no value, or what limits it, as a sentence."),
        Column(
            "rows_count",
            int,
            "Rows",
            "Rows asked about.",
            "rows of deployments",
            optional=False,
            minimum=0,
        ),
        Column(
            "left_out_count",
            int,
            "Rows left out",
            "Rows asked about that lack one of the two numbers.",
            "rows of deployments",
            optional=False,
            minimum=0,
        ),
        Column(
            "spread_over_chance",
            float,
            "Spread over chance",
            "How far the deployments lie apart over how far chance alone would put them: 1 is "
            "chance; absent where there are too few.",
            minimum=0,
            method="Pearson's chi-squared for one common rate, over its mean (decision 7).",
        ),
        Column("breaks", str, "Breaks", "Declared breaks that the rows lie on both sides of."),
        Column("caveats", str, "Caveats", "Caveats of the measure, by id, separated by spaces."),
        Column("sources", str, "Sources", "Publications of the rows, by id, separated by spaces."),
    )


@cache
def claim_columns() -> tuple[Column, ...]:
    """A claim, and what the record's rows say beside it."""
    return (
        *columns_of(Claim),
        Column(
            "verdict",
            str,
            "Verdict",
            "What the comparison with the rows shows.",
            codes=VERDICT,
            optional=False,
        ),
        Column(
            "reason_code",
            str,
            "Reason code",
            "How complete the rows are, or why they cannot be compared.",
            optional=False,
        ),
        Column("reason", str, "Reason", "The same as a sentence."),
        Column("measure_id", str, "Measure", "The measure of the catalogue that the claim is of."),
        Column("stated_value", Decimal, "Stated value", "The figure that is compared."),
        Column("stated_as", str, "Stated as", "How exactly it is stated."),
        Column(
            "record_value",
            float,
            "Value of the record",
            "The sum or rate over the rows used.",
            method="As the measure is declared.",
        ),
        Column("record_low", float, "Lower limit", "Exact lower 95% limit of a rate."),
        Column("record_high", float, "Upper limit", "Exact upper 95% limit of a rate."),
        Column("record_numerator", int, "Numerator of the record", "Events in the rows used."),
        Column(
            "record_denominator", float, "Denominator of the record", "Trials in the rows used."
        ),
        Column("difference", float, "Difference", "Value of the record less the stated value."),
        Column(
            "rows_used_count",
            int,
            "Rows used",
            "Rows of the window that have the number.",
            "rows of deployments",
        ),
        Column(
            "rows_missing_count",
            int,
            "Rows without the number",
            "Rows of the window that do not.",
            "rows of deployments",
        ),
        Column("window_start", dt.date, "Window start", "First day of the rows."),
        Column("window_end", dt.date, "Window end", "Last day of the rows."),
        Column("record_sources", str, "Sources", "Publications of the rows, separated by spaces."),
    )


@cache
def coverage_columns() -> tuple[Column, ...]:
    """A force, year and field: how many values a standard return would print,
    and what became of them."""
    pairs = "row and field"
    return (
        pick(Force, "force_id"),
        pick(Force, "short_name", name="force_name"),
        Column("year", int, "Year", "The calendar year; absent for rows that do not lie in one."),
        Column("period_start", dt.date, "Period start", "First day of the rows."),
        Column("period_end", dt.date, "Period end", "Last day of the rows."),
        Column(
            "rows_count",
            int,
            "Rows",
            "Counted rows of the force and year.",
            "rows of deployments",
            optional=False,
            minimum=0,
        ),
        Column(
            "field_id", str, "Field", "The expected field; “all” for all of them.", optional=False
        ),
        Column(
            "expected_count",
            int,
            "Expected",
            "Values that a standard return would print; those of a deployment stopped by a fault "
            "are not expected.",
            pairs,
            optional=False,
            minimum=0,
        ),
        Column(
            "printed_count",
            int,
            "Printed",
            "Values that were read in the source of the row.",
            pairs,
            optional=False,
            minimum=0,
        ),
        Column(
            "derived_count",
            int,
            "Derived",
            "Values that follow from printed ones by a declared rule.",
            pairs,
            optional=False,
            minimum=0,
        ),
        Column(
            "not_published_count",
            int,
            "Not published",
            "Values that the publisher does not print.",
            pairs,
            optional=False,
            minimum=0,
        ),
        Column(
            "not_transcribed_count",
            int,
            "Not transcribed",
            "Values that are printed and that a copy left out.",
            pairs,
            optional=False,
            minimum=0,
        ),
        Column(
            "not_known_count",
            int,
            "Not known",
            "Values of which it is not known whether they are printed.",
            pairs,
            optional=False,
            minimum=0,
        ),
        Column(
            "share",
            float,
            "Share",
            "Values in the record of all that are expected.",
            "proportion, 0 to 1",
            denominator="expected_count",
            method="Printed and derived values over expected ones.",
        ),
        Column(
            "status",
            str,
            "Status",
            "How the rows reached us.",
            codes=COVERAGE_STATUS,
            optional=False,
        ),
        Column("reason", str, "Reason", "The same as a sentence."),
        Column("sources", str, "Sources", "Publications of the rows, by id, separated by spaces."),
    )


def pick(record: type, field: str, *, name: str = "", optional: bool | None = None) -> Column:
    """The column of one field, perhaps under another name or absent where it may not be in its own
    table."""
    (result,) = [each_field for each_field in fields_of(record) if each_field.name == field]
    column = column_of(result, optional=optional)
    return replace(column, name=name, title=_describe_title(name)) if name else column


def describe_column(column: Column) -> dict[str, object]:
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
        dt.time: "string",
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
        caveats=tuple(dict.fromkeys(item for several in caveats for item in several)),
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
