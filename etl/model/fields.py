"""How a field is declared: its type in the record that holds it, what it means in `fields.csv`.

In: a dataclass, and the rows of its name in `fields.csv`; those without a record are of every
record that has a field of the name. Out: `Field`s, from which the database schema, the validation
of a record, the column headers and the data dictionary are all rendered. Does not know any
particular record, database or file format."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import types
import typing
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Protocol

from etl.model.codes import STAGE, CodeList, code_list
from etl.model.declarations import read_rows
from etl.model.groups import CLASSIFICATION
from etl.model.messages import message


class DataRecord(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]


# Forms that fields.csv names.
ID = r"[a-z0-9]+(_[a-z0-9]+)*"
# Identifiers of a system: letters, digits and three signs, so that no sentence fits.
SYSTEM_ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
OUTWARD_CODE = "[A-Z]{1,2}[0-9][A-Z0-9]?"
_PATTERNS = {
    "ID": ID,
    "SYSTEM_ID": SYSTEM_ID,
    "OUTWARD_CODE": OUTWARD_CODE,
    "SHA256": "[0-9a-f]{64}",
    "WHEN": r"\d{4}(-\d{2}(-\d{2})?)?",
}


class Unit(Enum):
    """What a number counts or measures. A field without a unit is text, a code,
    a date or an identifier."""

    NONE = ""
    DEPLOYMENTS = "deployments"
    FACES = "faces seen (not people)"
    ALERTS = "alerts"
    EVENTS = "events"
    PEOPLE = "people"
    IMAGES = "images"
    MINUTES = "minutes"
    DAYS = "days"
    CAMERAS = "cameras"
    SCORE = "similarity score, 0 to 1"
    DEGREES = "degrees, WGS84"
    METRES = "metres"
    ORDINAL = "number in order, from 1"
    PROPORTION = "proportion, 0 to 1"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class About:
    """What a reader must know of a field, written for readers because it is published."""

    meaning: str
    unit: Unit = Unit.NONE
    minimum: float | None = None
    maximum: float | None = None
    codes: CodeList | None = None
    refers_to: str | None = None
    pattern: str | None = None


Scalar = str | int | float | Decimal | bool | dt.date | dt.time | None


@dataclass(frozen=True, slots=True)
class Field:
    """A declared column: its name, Python type, whether it may be absent, and what it means."""

    name: str
    type: type
    optional: bool
    about: About

    def faults(self, value: object) -> list[str]:
        """What is wrong with `value` for this field, in words; empty when nothing is."""
        if value is None:
            return [] if self.optional else ["a value, because the field may not be absent"]
        if type(value) is not self.type:
            return [f"a value of type {self.type.__name__}"]
        texts: list[str] = []
        about = self.about
        if about.minimum is not None and float(value) < about.minimum:  # type: ignore[arg-type]
            texts.append(message("at_least", number=about.minimum))
        if about.maximum is not None and float(value) > about.maximum:  # type: ignore[arg-type]
            texts.append(message("at_most", number=about.maximum))
        if about.codes is not None and value not in about.codes:
            texts.append(message("one_of_codes", name=about.codes.name, names=list(about.codes)))
        if about.pattern is not None and not re.fullmatch(about.pattern, str(value)):
            texts.append(message("text_of_form", form=about.pattern))
        return texts


def values_of(record: DataRecord) -> dict[str, Any]:
    """The values of a record by the names of its fields, in order."""
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row of `fields.csv`."""

    record: str
    field: str
    meaning: str
    unit: str
    minimum: str
    maximum: str
    codes: str
    refers_to: str
    pattern: str


@cache
def _all_abouts() -> dict[tuple[str, str], About]:
    abouts = {
        ("Fact", stage.code): About(stage.meaning, Unit.EVENTS, minimum=0)
        for stage in STAGE.entries
    }
    for row in read_rows(__file__, FieldRow):
        codes = CLASSIFICATION if row.codes == CLASSIFICATION.name else None
        abouts[row.record, row.field] = About(
            row.meaning,
            Unit[row.unit or "NONE"],
            minimum=int(row.minimum) if row.minimum else None,
            maximum=int(row.maximum) if row.maximum else None,
            codes=codes or (code_list(row.codes) if row.codes else None),
            refers_to=row.refers_to or None,
            pattern=_PATTERNS.get(row.pattern, row.pattern) or None,
        )
    return abouts


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """The declared fields of a record, in order. A field that `fields.csv` does not explain is a
    mistake of the project: TypeError."""
    abouts, fields = _all_abouts(), []
    for name, hint in typing.get_type_hints(record).items():
        if typing.get_origin(hint) is typing.ClassVar:
            continue
        about = abouts.get((record.__name__, name)) or abouts.get(("", name))
        if about is None:
            raise TypeError(f"{record.__name__}.{name} is not in fields.csv")
        members = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        (concrete,) = [member for member in members if member is not type(None)]
        fields.append(Field(name, concrete, type(None) in members, about))
    return tuple(fields)
