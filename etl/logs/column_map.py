"""A vendor's own headings: which column of its files holds which of ours, saved and used again.

In: JSON. Out: a `ColumnMap`, or `InvalidReferenceError` with everything that is wrong with it. Does
not read a log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from etl.model.event_logs import LOG_TABLES
from etl.model.problems import InvalidReferenceError, Problem

UTC, LONDON = "UTC", "Europe/London"
ZONES = (UTC, LONDON)


@dataclass(frozen=True, slots=True)
class TableMap:
    """`columns` maps their heading to our column; `always` gives a column one text for every row;
    `codes` maps their text to our code, by column; `not_used` names headings that are left out."""

    columns: dict[str, str] = field(default_factory=dict)
    always: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    not_used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The map of a vendor's tables. `zone` is that of times without one; `time_form` is a form of
    strptime for times that are not ISO 8601; `decimal_sign` stands in scores."""

    map_id: str
    tables: Mapping[str, TableMap]
    zone: str = ""
    time_form: str = ""
    decimal_sign: str = "."

    def to_json(self) -> str:
        """The map as JSON, the same for the same map."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


OWN = ColumnMap("own", {})


def open_column_map(text: str) -> ColumnMap:
    """The map that a JSON text declares."""
    try:
        declared = json.loads(text)
        tables = {name: _read_table(table) for name, table in declared.pop("tables").items()}
        made = ColumnMap(**declared, tables=tables)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise InvalidReferenceError(
            Problem(
                "the column map",
                str(error)[:120],
                "a column map as JSON with map_id and tables",
                "Make it again by docs/event-logs.md.",
            )
        ) from None
    if faults := list(_find_faults(made)):
        raise InvalidReferenceError(faults)
    return made


def _read_table(declared: Any) -> TableMap:
    table = TableMap(**{**declared, "not_used": tuple(declared.get("not_used", ()))})
    texts = [*table.columns.items(), *table.always.items()]
    texts += [pair for codes in table.codes.values() for pair in codes.items()]
    if not all(isinstance(text, str) for pair in texts for text in pair):
        raise TypeError("a value that is not text")
    return table


def _find_faults(made: ColumnMap) -> list[Problem]:
    where = f"the column map {made.map_id}"
    problems = []

    def add(found: str, expected: str, remedy: str) -> None:
        problems.append(Problem(where, found, expected, remedy))

    for each in fields(ColumnMap):
        if each.name != "tables" and not isinstance(getattr(made, each.name), str):
            add(f"{each.name} that is not text", "text", "Write it in quotes.")
    if made.zone not in ("", *ZONES):
        add(f"the zone {made.zone!r}", " or ".join(ZONES), "Name the zone of the system's clock.")
    if made.decimal_sign not in (".", ","):
        add(f"the decimal sign {made.decimal_sign!r}", ". or ,", "Choose one.")
    for name, table in made.tables.items():
        if name not in LOG_TABLES:
            add(f"the table {name!r}", f"one of {', '.join(LOG_TABLES)}", "Choose one.")
            continue
        known = LOG_TABLES[name].columns
        given = [*table.columns.values(), *table.always]
        for column in sorted({*given, *table.codes} - set(known)):
            add(f"{name}: the column {column!r}", f"one of {', '.join(known)}", "Choose one.")
        for column in sorted({column for column in given if given.count(column) > 1}):
            add(f"{name}: the column {column} more than once", "each once", "Remove the others.")
    return problems
