"""The columns of a log's files, before a row is read: what is there, of which type, in which zone.

In: a file's columns with the names of their types. Out: problems. No column that could hold a name,
an image, a template, a plate or free text passes: a column is one that is declared, one that a map
names, or refused. Does not read a row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from etl.logs.column_map import LONDON, OWN, ZONES, ColumnMap, TableMap
from etl.logs.problems import LogProblem
from etl.model.event_logs import LogTable
from etl.model.fields import Field
from etl.returns.personal import find_personal_heading

_PERSONAL = re.compile(
    r"template|embedding|vector|biometric|image|photo|picture|thumbnail|snapshot|crop|face_?id|"
    r"plate|vrm|number_?plate|person|subject|nominal|note|comment|remark|text|description|reason$",
    re.IGNORECASE,
)
_UTC_NAMES = ("UTC", "Etc/UTC", "GMT", "+00:00", "Z")
_LONDON_NAMES = (LONDON, "GB")
_INTEGERS = re.compile(r"u?int(8|16|32|64)")
_NUMBERS = re.compile(r"float|double|halffloat|decimal128\(.*\)")
_TEXTS = re.compile(r"(large_)?string(_view)?")
_TIMES = re.compile(r"timestamp\[(?:s|ms|us|ns)(?:, tz=(?P<zone>.+))?\]")
_FORMS = {
    str: ("text", _TEXTS),
    int: ("a whole number", _INTEGERS),
    float: ("a number", _NUMBERS),
    dt.datetime: ("a time with its zone", _TIMES),
}


def describe_type(field: Field) -> str:
    """The type of a declared column in words."""
    return _FORMS[field.type][0]


def check_columns(
    table: LogTable, name: str, headings: Iterable[str], mapped: TableMap
) -> list[LogProblem]:
    """What is wrong with the headings of a file."""
    given = list(headings)
    ours = [mapped.columns.get(heading, heading) for heading in given]
    problems = []
    for heading, column in zip(given, ours, strict=True):
        if column in table.columns:
            continue
        if _PERSONAL.search(heading) or find_personal_heading(heading):
            problems.append(_personal(name, f"the column {heading[:40]!r}"))
        elif heading not in mapped.not_used:
            problems.append(
                _problem(
                    "unknown_column",
                    name,
                    f"the unknown column {heading[:40]!r}",
                    f"only {', '.join(table.columns)}",
                    "Name it in a column map, or leave it out of the export.",
                )
            )
    present = {*ours, *mapped.always}
    problems += [
        _problem(
            "missing_column",
            name,
            f"no column {field.name}",
            f"{describe_type(field)}: {field.about.meaning}",
            "Export it, or name it in a column map.",
        )
        for field in table.fields
        if field.name not in present and not field.optional
    ]
    problems += [
        _problem(
            "unknown_column",
            name,
            f"the column {column} more than once",
            "each column once",
            "Leave one out of the export.",
        )
        for column in sorted(set(ours) & set(table.columns))
        if ours.count(column) > 1
    ]
    return problems


def check_types(
    table: LogTable, name: str, types: Mapping[str, str], column_map: ColumnMap
) -> tuple[list[LogProblem], bool]:
    """What is wrong with the types of a Parquet file's columns, and whether it is read as it is."""
    mapped = column_map.tables.get(table.name, TableMap())
    problems, as_it_is = [], not (mapped.columns or mapped.always or mapped.codes)
    fields = {field.name: field for field in table.fields}
    for heading, given in types.items():
        field = fields.get(mapped.columns.get(heading, heading))
        if field is None:
            if "binary" in given or given.startswith(("list", "struct", "map", "fixed_size")):
                problems.append(_personal(name, f"the column {heading[:40]!r} of type {given}"))
            continue
        match = _FORMS[field.type][1].fullmatch(given)
        if match is None and _TEXTS.fullmatch(given) and column_map is not OWN:
            as_it_is = False  # text that a map says how to read
        elif match is None:
            problems.append(
                _problem(
                    "wrong_type",
                    name,
                    f"{heading} as {given}",
                    describe_type(field),
                    "Export it with its type; text needs a column map with its zone.",
                )
            )
        elif field.type is dt.datetime:
            found = match["zone"]
            if not found and column_map.zone:
                as_it_is = False
            elif found not in (*_UTC_NAMES, *_LONDON_NAMES):
                problems.append(_wrong_zone(name, heading, found))
    return problems, as_it_is and set(types) >= set(table.columns)


def _wrong_zone(name: str, heading: str, found: str | None) -> LogProblem:
    return _problem(
        "wrong_zone",
        name,
        f"{heading} in the zone {found}" if found else f"{heading} without a zone",
        f"times in {' or '.join(ZONES)}",
        "Export times in UTC, or say the zone of the clock in a column map.",
    )


def _personal(name: str, found: str) -> LogProblem:
    return _problem(
        "personal_column",
        name,
        f"{found}, which could be about a person",
        "no column that could hold a name, an image, a template, a plate or free text",
        "Leave it out of the export: no row of the file was read.",
    )


def _problem(check_id: str, name: str, found: str, expected: str, remedy: str) -> LogProblem:
    return LogProblem(check_id, "error", name, None, found, expected, remedy)
