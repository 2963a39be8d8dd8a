"""How a field is declared: once, in the annotation of the record that holds it.

In: `Annotated[type, About(...)]` on a dataclass. Out: `Field`s, from which the database schema, the
validation of a record, the column headers and the data dictionary are all rendered.
Does not know any particular record, database or file format."""

from __future__ import annotations

import datetime as dt
import re
import types
import typing
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache

from etl.model.codes import CodeList
from etl.model.messages import message


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


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """The declared fields of a record, in order. A field without an `About` is a mistake of the
    project: TypeError."""
    fields = []
    for name, hint in typing.get_type_hints(record, include_extras=True).items():
        if typing.get_origin(hint) is typing.ClassVar:
            continue
        if typing.get_origin(hint) is not typing.Annotated:
            raise TypeError(f"{record.__name__}.{name} is not declared with About")
        bare, about = typing.get_args(hint)[:2]
        members = typing.get_args(bare) if isinstance(bare, types.UnionType) else (bare,)
        optional = type(None) in members
        (concrete,) = [member for member in members if member is not type(None)]
        fields.append(Field(name, concrete, optional, about))
    return tuple(fields)
