"""Reads the reference tables of `data/reference/` into the records that declare them.

In: one CSV file a table, named like the table, with exactly the fields of its record as headings;
outlines as GeoJSON. Out: records by table name. Raises `InvalidReferenceError` with every fault of
every file.
Does not look anything up elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from etl.formats.declarations import find_faults, open_toml, take_entries
from etl.formats.spreadsheets import read_csv_table
from etl.formats.typed_values import read_typed
from etl.model.fields import Field, Scalar, fields_of
from etl.model.geography import AREA_KIND, Outline
from etl.model.problems import InvalidReferenceError, Problem, RecordError, format_place
from etl.model.reference import Precedence
from etl.model.tables import TABLES, Table

NAMES = (
    "regions",
    "forces",
    "districts",
    "force_tiles",
    "postcode_districts",
    "towns",
    "places",
    "place_names",
    "populations",
    "breaks",
    "use_cases",
    "lfr_use",
    "publishing",
    "publishing_fields",
    "claim_measures",
    "group_counts",
    "group_crosswalks",
    "figure_series",
    "reported_groups",
    "reported_group_sources",
    "wards",
    "ward_rows",
    "group_publishing",
    "unread_publications",
)


def open_reference(folder: Path) -> dict[str, list[Any]]:
    """All reference tables by name, with `outlines` and `precedence`."""
    problems: list[Problem] = []
    tables: dict[str, list[Any]] = {}
    for table in TABLES:
        if table.name in NAMES:
            try:
                tables[table.name] = _open_table(folder / f"{table.name}.csv", table, problems)
            except RecordError as error:
                problems.extend(error.problems)
    tables["outlines"] = _open_outlines(folder / "outlines", problems)
    tables["precedence"] = _open_precedence(folder / "precedence.toml", problems)
    if problems:
        raise InvalidReferenceError(problems)
    return tables


def open_forces(folder: Path) -> frozenset[str]:
    """The identifiers of all forces; `InvalidReferenceError` with every fault of their table."""
    return frozenset(open_force_names(folder))


def open_force_names(folder: Path) -> dict[str, str]:
    """The full name of each force; `InvalidReferenceError` with every fault of their table."""
    problems: list[Problem] = []
    (table,) = [table for table in TABLES if table.name == "forces"]
    rows = _open_table(folder / "forces.csv", table, problems)
    if problems:
        raise InvalidReferenceError(problems)
    return {row.force_id: row.force_name for row in rows}


def _open_table(path: Path, table: Table, problems: list[Problem]) -> list[Any]:
    printed = read_csv_table(path, formulas_allowed=True)
    expected = tuple(field.name for field in table.fields)
    if printed.headings != expected:
        problems.append(
            Problem(
                path.name,
                ", ".join(printed.headings),
                ", ".join(expected),
                "Give the file these headings.",
            )
        )
        return []
    records, keys = [], set()
    for row in printed.rows:
        values = {
            field.name: _read_value(
                field,
                text,
                partial(format_place, path.name, row=row.row, column=field.name),
                problems,
            )
            for field, text in zip(table.fields, row.cells, strict=True)
        }
        key = tuple(values[name] for name in table.key)
        if key in keys:
            problems.append(
                Problem(
                    format_place(path.name, row=row.row),
                    f"{key} a second time",
                    "each key once",
                    "Remove one row.",
                )
            )
        keys.add(key)
        records.append(table.record(**values))
    return records


def _read_value(
    field: Field, text: str, where: Callable[[], str], problems: list[Problem]
) -> Scalar:
    try:
        value = None if text == "" and field.optional else read_typed(field.type, text)
    except ValueError as error:
        problems.append(Problem(where(), repr(text), str(error), "Mend the cell."))
        return None
    problems.extend(
        Problem(where(), repr(text), fault, "Mend the cell.") for fault in field.faults(value)
    )
    return value


def _open_outlines(folder: Path, problems: list[Problem]) -> list[Outline]:
    """One record a feature of `<kind>.geojson`, with its geometry as text."""
    outlines = []
    for kind in AREA_KIND:
        path = folder / f"{kind}.geojson"
        try:
            for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
                geometry = json.dumps(feature["geometry"], separators=(",", ":"))
                outline = {"area_kind": kind, "geometry_json": geometry} | feature["properties"]
                faults = find_faults(path.name, outline, fields_of(Outline))
                problems += faults
                if not faults:
                    outlines.append(Outline(**outline))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            problems.append(
                Problem(
                    path.name,
                    repr(error),
                    "the outlines of one kind of area",
                    "Make them with `python -m scripts.geography`.",
                )
            )
    return outlines


def open_own_precedence(publications: Path) -> list[Precedence]:
    """What returns say, in `precedence.toml` of their folders, of days that another publication
    covers too.

    An entry about a publication that is not there any more says nothing.
    `InvalidReferenceError` with every fault."""
    problems: list[Problem] = []
    entries = [
        entry
        for path in sorted(publications.glob("*/precedence.toml"))
        for entry in _open_precedence(path, problems)
    ]
    if problems:
        raise InvalidReferenceError(problems)
    return [
        entry
        for entry in entries
        if all(
            (publications / name).is_dir()
            for name in (entry.counts_publication_id, entry.kept_publication_id)
        )
    ]


def _open_precedence(path: Path, problems: list[Problem]) -> list[Precedence]:
    try:
        declared = open_toml(path, path.name)
    except RecordError as error:
        problems += error.problems
        return []
    problems += [
        Problem(path.name, f"the key {key}", "only [[precedence]]", "Rename or remove it.")
        for key in declared
        if key != "precedence"
    ]
    precedences = []
    for entry in take_entries(declared, "precedence", path.name, problems):
        where = f"{path.name}, {entry.get('precedence_id', 'an entry without precedence_id')}"
        faults = find_faults(where, entry, fields_of(Precedence))
        problems += faults
        if not faults:
            precedences.append(Precedence(**entry))
    return precedences
