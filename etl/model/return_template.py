"""The standard return: its sheets and columns, in every version there has been.

In: `return_template.toml`, the fields and codes of the model. Out: `TEMPLATES` by version,
`CURRENT`, and `REQUIRED_BY`, which public body asks for a column. A version that has been given out
never changes: what is added makes a new one. Does not write a workbook (`etl.returns.template`)
and does not read one (`etl.sources.force_returns`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from etl.model.codes import STAGE, CodeList, code_list
from etl.model.declarations import read_declarations
from etl.model.fields import About, Field, Unit, fields_of
from etl.model.groups import CLASSIFICATION
from etl.model.records import Deployment

HIDDEN = "[c]"
REQUIRED_BY = code_list("required_by")
_SHEETS = (
    "return",
    "deployments",
    "alerts_by_group",
    "arrests",
    "watchlists",
    "misidentifications",
)
MAX_TEXT_LENGTH = 120  # characters: the longest printed location of the record has about ninety


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: the field that it fills, one example, whether it may have a reason for a
    gap, since which version it is there, and which public body asks for it (a code of
    `REQUIRED_BY`)."""

    field: Field
    example: str
    gaps: bool = False
    since: str = "1"
    required_by: str = ""

    @property
    def heading(self) -> str:
        return self.field.name


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the return: what one row is, and its columns. `page` is its number."""

    name: str
    page: int
    row_is: str
    columns: tuple[Column, ...]
    one_row: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    def column(self, heading: str) -> Column:
        """The column under a heading; KeyError if there is none."""
        for column in self.columns:
            if column.heading == heading:
                return column
        raise KeyError(heading)


@dataclass(frozen=True, slots=True)
class Template:
    """One version of the standard return."""

    version: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """The sheet of a name; KeyError if there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as `return_template.toml` has it."""

    name: str
    page: int
    row_is: str
    one_row: bool = False


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of `return_template.toml`: it `fills` a field of a Deployment in its own words,
    counts a stage of the funnel, or has a meaning of its own."""

    heading: str
    fills: Literal["", "deployment", "stage"] = ""
    example: str = ""
    optional: bool = False
    type: Literal["str", "int", "date"] = "str"
    meaning: str = ""
    unit: str = Unit.NONE.name
    minimum: float | None = None
    codes: str = ""
    refers_to: str | None = None
    since: str = "1"
    required_by: str = ""

    def to_column(self) -> Column:
        kind: type = {"str": str, "int": int, "date": dt.date}[self.type]
        about = About(
            self.meaning,
            Unit[self.unit],
            self.minimum,
            codes=_code_list(self.codes) if self.codes else None,
            refers_to=self.refers_to,
        )
        if self.fills == "deployment":
            (own,) = [field for field in fields_of(Deployment) if field.name == self.heading]
            kind, about = own.type, own.about
        elif self.fills == "stage":
            meaning = STAGE.entry(self.heading.removesuffix("_count")).meaning
            kind, about = int, About(meaning, Unit.EVENTS, minimum=0)
        field = Field(self.heading, kind, self.optional, about)
        return Column(field, self.example, self.fills == "stage", self.since, self.required_by)


def _code_list(name: str) -> CodeList:
    return CLASSIFICATION if name == CLASSIFICATION.name else code_list(name)


def _read_template(version: str) -> Template:
    declared = read_declarations(__file__, "sheets", *_SHEETS)
    sheets = declared.entries("sheets", _Sheet)
    return Template(
        version,
        tuple(
            Sheet(
                name,
                sheets[name].page,
                sheets[name].row_is,
                tuple(
                    column.to_column()
                    for column in declared.entries(name, _Column).values()
                    if int(column.since) <= int(version)
                ),
                sheets[name].one_row,
            )
            for name in _SHEETS
        ),
    )


TEMPLATES = {version: _read_template(version) for version in ("1", "2", "3")}
CURRENT = TEMPLATES["3"]
