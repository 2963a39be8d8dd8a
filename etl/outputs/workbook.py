"""An accessible workbook before it is written: cover, contents, notes, and one table a sheet.

In: tables, what is to be said of the file. Out: `Workbook`, which `xlsx` and `ods` write. After the
guidance of the Government Analysis Function on releasing statistics in spreadsheets: one table a
sheet, marked up as a table, nothing merged, nothing said by colour, a symbol and never a blank
where a number is absent, and every symbol explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.model.caveats import CAVEATS
from etl.model.codes import VALUE_STATUS
from etl.model.fields import Scalar
from etl.model.json_values import Json
from etl.outputs.about import LICENCE, LICENCE_ADDRESS, OTHER_TERMS, STATUS, SYMBOLS, FileAbout
from etl.outputs.columns import Column
from etl.outputs.tabular import Tabular

Cell = str | int | float | dt.date | dt.time
COVER, CONTENTS, NOTES, COLUMNS = "Cover", "Contents", "Notes", "Columns"
MAX_ROWS = 50_000
_UNAVAILABLE, _INAPPLICABLE = "[x]", "[z]"
_NUMBERS = (int, float, Decimal, dt.date, dt.time)
_VALUES = ("value", "value_low", "value_high")
# Columns that are blank where nothing is missing: the last day of one day, limits of a count, the
# year of rows in several; and those that are so where the other column of the row has a value.
_BLANK_ANYWAY = ("end_date", "year", "page", "row", "record_low", "record_high")
_BLANK_IF = {
    "value_as_printed": "value",
    "record_numerator": "record_value",
    "record_denominator": "record_value",
    "rate": "below_one_in",
    "below_one_in": "rate",
}
_CLAIM_PARTS = ("numerator", "denominator")
# Of several marks beside an estimate, those that say why there is no value.
_ABSENT = ("[c]", "[x]", "[z]", "[b]")
_MAX_NAME_LENGTH = 31
# What Excel holds in one cell.
_MAX_TEXT_LENGTH = 32_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A title in the first cell, sentences below it, then one table with its heading row;
    `table` is the table's name."""

    name: str
    title: str
    notes: tuple[str, ...]
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    table: str = ""

    @property
    def first_row(self) -> int:
        """The row of the headings, from 0."""
        return 1 + len(self.notes)


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets in order. `day` stands in the file's properties,
    so that it does not depend on when it was written."""

    title: str
    sheets: tuple[Sheet, ...]
    day: dt.date


def make_workbook(tables: Sequence[Tabular], about: FileAbout) -> Workbook:
    """Reads the tables to their end. Of each at most `MAX_ROWS` rows are written;
    the sheet says so if there are more."""
    sheets = [_make_sheet(table, number) for number, table in enumerate(tables, 1)]
    notes, columns = _make_notes(tables), _make_columns(tables, sheets)
    listed = (*sheets, notes, columns)
    contents = Sheet(
        CONTENTS,
        "Contents",
        ("This sheet has one table. It lists the sheets of this file.",),
        ("Sheet", "What it holds"),
        tuple((sheet.name, sheet.title) for sheet in listed),
        "contents",
    )
    day = about.release.date or dt.date(1980, 1, 1)
    return Workbook(about.title, (_make_cover(about), contents, notes, *sheets, columns), day)


def _make_cover(about: FileAbout) -> Sheet:
    release, query = about.release, about.asked
    day = f", {release.date}" if release.date else ", a draft that may still change"
    text = [
        about.description,
        STATUS,
        f"Release {release.version}{day}. Content hash {release.content_hash}.",
        *([f"What was asked: {_describe_query(query)}."] if query else []),
        f"To cite: {about.cite}",
        *([f"Address: {about.address}"] if about.address else []),
        f"Terms: {LICENCE}, {LICENCE_ADDRESS}. {OTHER_TERMS}",
        (
            "The sheet Contents lists the sheets, Notes explains the symbols, Columns explains "
            "every column."
        ),
    ]
    return Sheet(COVER, about.title, tuple(text))


def _make_sheet(table: Tabular, number: int) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for row in table.records():
        if len(rows) < MAX_ROWS:
            rows.append(tuple(_write_cell(row, column, table) for column in table.columns))
    name = table.name.replace("_", " ").capitalize()
    cut = table.cut or (
        f"[cut] {MAX_ROWS} of {table.total} rows are here: a sheet holds no more."
        if len(rows) < table.written
        else ""
    )
    text = (
        (
            f"This sheet has one table of {len(rows)} rows. Symbols are explained in the sheet "
            f"{NOTES}, columns in the sheet {COLUMNS}."
        ),
        "An empty cell in a column of text means that there is nothing to say.",
        *([cut] if cut else []),
    )
    if not rows:
        text = (*text, "There is no row for what was asked.")
    named = f"Table {number}: {name}"
    headings = tuple(column.name for column in table.columns)
    return Sheet(name[:_MAX_NAME_LENGTH], named, text, headings, tuple(rows), table.name)


def _write_cell(row: Mapping[str, Scalar], column: Column, table: Tabular) -> Cell:
    value = row[column.name]
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is not None:
        if isinstance(value, int | float | dt.date | dt.time):
            return value
        return str(value)[:_MAX_TEXT_LENGTH]
    if column.type is bool:
        return _UNAVAILABLE
    return _describe_absent(row, column, table) if column.type in _NUMBERS else ""


def _describe_absent(row: Mapping[str, Scalar], column: Column, table: Tabular) -> str:
    known = table.symbols.get(str(row[table.columns[0].name]), {})
    if column.name in known:
        return known[column.name]
    if column.name in _VALUES and "marks" in row:
        marks = str(row["marks"] or "").split()
        own = next((text for text in _ABSENT if text in marks), _INAPPLICABLE)
        return own
    if column.name == "denominator" and "denominator_of" in row:
        return _UNAVAILABLE if row["denominator_of"] else _INAPPLICABLE
    if column.name == "value" and row.get("value_status"):
        label = VALUE_STATUS.label(str(row["value_status"]))
        return label[: len(_UNAVAILABLE)] if label.startswith("[") else _UNAVAILABLE
    # A claim that states its value needs to state no parts of it.
    other = "value" if table.name == "claims" and column.name in _CLAIM_PARTS else ""
    other = _BLANK_IF.get(column.name, other)
    is_blank = column.name in _BLANK_ANYWAY or row.get(other) is not None
    return _INAPPLICABLE if is_blank else _UNAVAILABLE


def _make_notes(tables: Sequence[Tabular]) -> Sheet:
    used = {caveat for table in tables for column in table.columns for caveat in column.caveats}
    rows = [
        *SYMBOLS.items(),
        *(
            (name, CAVEATS[name])
            for name in CAVEATS
            if name in used or any(table.name == "estimates" for table in tables)
        ),
    ]
    sentences = (
        "This sheet has one table. It explains the symbols and the caveats that the tables name.",
    )
    return Sheet(NOTES, "Notes", sentences, ("Symbol or caveat", "Meaning"), tuple(rows), "notes")


def _make_columns(tables: Sequence[Tabular], sheets: Sequence[Sheet]) -> Sheet:
    rows = tuple(
        (
            sheet.name,
            column.name,
            column.title,
            column.meaning,
            column.unit,
            column.denominator,
            column.method,
            column.source,
        )
        for table, sheet in zip(tables, sheets, strict=True)
        for column in table.columns
    )
    headings = ("Sheet", "Column", "Title", "Meaning", "Unit", "Denominator", "Method", "Source")
    sentences = ("This sheet has one table. It explains every column of every table.",)
    return Sheet(COLUMNS, "Columns", sentences, headings, rows, "columns")


def _describe_query(query: Mapping[str, Json]) -> str:
    sentences = [
        f"{name} {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in query.items()
    ]
    return "; ".join(sentences)
