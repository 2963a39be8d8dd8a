"""Reads long declarations from the TOML and CSV files that lie beside their modules.

In: the file of a module, the dataclass that an entry becomes. Out: the entries of the file of the
same name, or `DeclarationError` with file, entry and field. A key that is unknown, a key that is
missing and a value of another type are errors: nothing is converted. Does not know any file by
name."""

from __future__ import annotations

import csv
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class DeclarationError(TypeError):
    """A declaration that its file must not hold: a fault of this project, never of its data."""


@dataclass(frozen=True, slots=True)
class Declarations:
    """A TOML file of sections; a section is a table of entries by id, or of texts by id."""

    file: str
    sections: Mapping[str, Mapping[str, Any]]

    def entries(self, section: str, kind: type[T], **given: object) -> dict[str, T]:
        """The entries of a section by id, which fills the first field of the dataclass; `given`
        fills others."""
        hints = typing.get_type_hints(kind)
        return {
            entry_id: _fill(
                f"{self.file}: {section}.{entry_id}", entry_id, entry, kind, given, hints
            )
            for entry_id, entry in self.sections[section].items()
        }

    def texts(self, section: str) -> dict[str, str]:
        """The texts of a section by id."""
        for text_id, text in self.sections[section].items():
            _check_type(f"{self.file}: {section}", text_id, text, str)
        return dict(self.sections[section])


@cache
def read_declarations(module: str, *sections: str) -> Declarations:
    """The TOML file of a module, by its `__file__`, which has these sections and no other."""
    path = Path(module).with_suffix(".toml")
    file, declared = path.name, tomllib.loads(path.read_text(encoding="utf-8"))
    if strange := sorted(set(sections) ^ declared.keys()):
        raise DeclarationError(f"{file}: unknown or missing sections: {', '.join(strange)}")
    for section, entries in declared.items():
        _check_type(file, section, entries, dict)
    return Declarations(file, declared)


@cache
def read_rows(module: str, kind: type[T]) -> tuple[T, ...]:
    """The rows of the CSV file of a module, by its `__file__`. Its header is the fields of the
    dataclass in order, each of them text."""
    path, header = Path(module).with_suffix(".csv"), [field.name for field in fields(kind)]  # type: ignore[arg-type]
    file = path.name
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, strict=True))
    if not rows or rows[0] != header:
        raise DeclarationError(f"{file}: the header is not {', '.join(header)}")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(header):
            raise DeclarationError(f"{file}: row {number}: {len(row)} cells, not {len(header)}")
    return tuple(kind(*row) for row in rows[1:])


def _fill(
    where: str,
    entry_id: str,
    entry: object,
    kind: type[T],
    given: Mapping[str, object],
    hints: Mapping[str, Any],
) -> T:
    _check_type(where, "the entry", entry, dict)
    assert isinstance(entry, dict)
    first, *others = fields(kind)  # type: ignore[arg-type]
    free = {field.name: field for field in others if field.name not in given}
    if unknown := sorted(entry.keys() - free.keys()):
        raise DeclarationError(f"{where}: unknown: {', '.join(unknown)}")
    needed = {
        name
        for name, field in free.items()
        if field.default is MISSING and field.default_factory is MISSING
    }
    if missing := sorted(needed - entry.keys()):
        raise DeclarationError(f"{where}: missing: {', '.join(missing)}")
    values = {name: _check_type(where, name, value, hints[name]) for name, value in entry.items()}
    return kind(**{first.name: entry_id}, **values, **given)


def _check_type(where: str, name: str, value: object, hint: Any) -> object:
    """The value as its field holds it; lists become tuples or sets."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        (hint,) = [arg for arg in args if arg is not type(None)]
        return _check_type(where, name, value, hint)
    if origin is typing.Literal and value in args:
        return value
    if origin in (tuple, frozenset) and isinstance(value, list):
        return origin(_check_type(where, name, member, args[0]) for member in value)
    if isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, dict):
        return {key: _check_type(where, f"{name}.{key}", value[key], args[1]) for key in value}
    if origin is None and (type(value) is hint or (hint is float and type(value) is int)):
        return value
    raise DeclarationError(f"{where}: {name}: {value!r} is not {hint}")
