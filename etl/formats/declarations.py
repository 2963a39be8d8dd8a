"""Opens the project's own TOML files, and holds what they say against the fields that declare it.

In: a TOML file, and the `Field`s of the record that an entry of it becomes. Out: its tables as
dictionaries, or every fault of every entry: a key that is unknown, missing, of another type, or
holds what its field cannot hold. Does not make records, and knows no file by name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.formats.typed_values import MAX_DIGITS, format_type
from etl.model.fields import Field
from etl.model.problems import Problem, UnreadableFileError

_KINDS = {dict: "a table", list: "a list"}


def open_toml(path: Path, where: str) -> dict[str, Any]:
    """What a TOML file says; `UnreadableFileError` if it is not there, not a file,
    not UTF-8 or not TOML."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"), parse_float=Decimal)
    except OSError as error:
        text, remedy = (
            f"no file that can be opened ({error.strerror})",
            "Put the file in its place.",
        )
    except UnicodeDecodeError as error:
        text = f"the byte 0x{error.object[error.start]:02X} at {error.start}"
        remedy = "Save the file again in UTF-8."
    except RecursionError:
        text, remedy = "lists or tables nested too deeply", "Mend the file."
    except ValueError as error:  # TOML that is none, and numbers of thousands of digits
        text, remedy = str(error), "Mend the file."
    raise UnreadableFileError(Problem(where, text, "TOML in UTF-8", remedy))


def take_entries(
    declared: Mapping[str, Any], key: str, where: str, problems: list[Problem]
) -> list[dict[str, Any]]:
    """The tables under `[[key]]`; anything else is a problem."""
    entries = declared.get(key, [])
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        return entries
    remedy = f"Write [[{key}]], with two brackets, above each entry."
    problems.append(
        Problem(where, format_entry(key, entries), f"a list of tables, [[{key}]]", remedy)
    )
    return []


def find_faults(where: str, entry: Mapping[str, object], fields: Iterable[Field]) -> list[Problem]:
    """What is wrong with an entry that is to fill these fields;
    a field that may be absent may be left out."""
    known = {field.name: field for field in fields}
    problems = [
        Problem(where, f"the key {key}", f"only {', '.join(known)}", "Remove or rename it.")
        for key in entry
        if key not in known
    ]
    for name, field in known.items():
        if name in entry:
            faults = _value_faults(field, entry[name])
            problems += [
                Problem(where, format_entry(name, entry[name]), fault, "Mend the entry.")
                for fault in faults
            ]
        elif not field.optional:
            problems.append(
                Problem(
                    where, f"no {name}", f"the key {name}: {format_type(field.type)}", "Add it."
                )
            )
    return problems


def format_entry(key: str, value: object) -> str:
    """A key and its value as TOML writes them, cut to a line."""
    if isinstance(value, (dict, list)):
        return f"{key} as {_KINDS[type(value)]}"
    text = repr(value) if isinstance(value, str) else str(value)
    return f"{key} = {text if len(text) <= 80 else text[:77] + '...'}"


def _value_faults(field: Field, value: object) -> list[str]:
    if value is None:  # TOML has none, JSON does
        return field.faults(value)
    if type(value) is not field.type:
        quoted = isinstance(value, str) and field.type is not str
        return [format_type(field.type) + (", without quotation marks" if quoted else "")]
    if isinstance(value, int) and len(str(abs(value))) > MAX_DIGITS:
        return [f"a whole number of at most {MAX_DIGITS} digits"]
    if isinstance(value, str) and not field.optional and not value.strip():
        return ["a text that is not blank"]
    return field.faults(value)
