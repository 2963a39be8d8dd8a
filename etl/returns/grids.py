"""The cells of a return's file as texts, each knowing where it stands in the file.

In: a workbook whose package passed its checks, or a CSV file. Out: `Grid`s, one a sheet, and every
`ReturnProblem` met. Does not know the template: what a sheet is about is decided by
`etl.returns.intake`."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from etl.formats.shown_cells import find_fault, read_text
from etl.formats.spreadsheets import read_csv_table
from etl.formats.visibility import NOT_AS_SHOWN, RAISED
from etl.model.problems import Problem, RecordError, explain
from etl.returns.package_checks import (
    MAX_BYTES,
    check_package,
    drop_dead_links,
    may_be_opened,
)
from etl.returns.problems import WHOLE_FILE, ReturnProblem, error_at

CSV_SHEET = "csv"
_UTF8_MARK = b"\xef\xbb\xbf"
_LINE = re.compile(r"line (\d+)")
_COLUMN = re.compile(r'column "([^"]*)"')
# What is no text of a cell: control signs, and what Unicode lets no font draw (soft hyphens,
# joiners, signs that turn the direction of what is seen).
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)


_FAULTS: dict[str, str] = {NOT_AS_SHOWN: "other_shown", RAISED: "raised_number"}


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its name and the text of each cell,
    by row and column as the spreadsheet counts them, from 1. `dates`: the cells that are dates, not
    texts."""

    name: str
    cells: dict[tuple[int, int], str]
    dates: frozenset[tuple[int, int]] = frozenset()

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)

    def row(self, number: int) -> tuple[str, ...]:
        """The texts of a row, blank where a cell is."""
        return tuple(
            self.cells.get((number, column), "") for column in range(1, self.last_column + 1)
        )


def read_grids(name: str, content: bytes) -> tuple[list[Grid], list[ReturnProblem]]:
    """The sheets of a file, and what is wrong with it.
    No sheets where the file may not be opened."""
    if name.lower().endswith(".csv"):
        return _read_csv(content)
    problems = check_package(name, content)
    if not may_be_opened(problems):
        return [], problems
    try:
        package = io.BytesIO(drop_dead_links(content))
        book = load_workbook(package, data_only=False, keep_links=False, rich_text=True)
    except (
        BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        OSError,
    ) as error:
        return [], [
            *problems,
            error_at(WHOLE_FILE, "unopenable_workbook", why=type(error).__name__),
        ]
    if not book.worksheets:
        problems.append(error_at(WHOLE_FILE, "no_sheets"))
    grids = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            problems.append(error_at((sheet.title, None, ""), "hidden_sheet"))
        grids.append(_read_sheet(sheet, problems))
    return grids, problems


def _read_sheet(sheet: Worksheet, problems: list[ReturnProblem]) -> Grid:
    cells: dict[tuple[int, int], str] = {}
    headings: dict[int, str] = {}
    # Only the cells that are there: asking for rows would make every cell up to the farthest.
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is None:
            continue
        if row == 1:
            headings[column] = " ".join(str(read_text(cell.value)).split())
        letter = get_column_letter(column)
        place = (sheet.title, row, headings.get(column, letter))
        if cell.data_type == "f":
            formula = str(getattr(cell.value, "text", cell.value))[:40]
            problems.append(error_at(place, "formula", formula=formula, cell=f"{letter}{row}"))
            continue
        if cell.data_type == "e":
            problems.append(error_at(place, "error_value", value=cell.value, cell=f"{letter}{row}"))
            continue
        fault = find_fault(cell)
        words = None
        if fault is not None:
            words = explain(_FAULTS.get(fault, "not_seen"), fault=fault)
        elif _is_end_of_day(cell):
            words = explain("end_of_day")
        if words is not None:
            problems.append(ReturnProblem(*place, "error", *words, f"{letter}{row}"))
            continue
        text = _to_text(read_text(cell.value))
        if _UNSEEN.search(text):
            problems.append(error_at(place, "unseen_sign", cell=f"{letter}{row}"))
        elif text.strip():
            cells[(row, column)] = _compose(text)
    dates = {place for place in cells if isinstance(sheet._cells[place].value, dt.date)}
    return Grid(sheet.title, cells, frozenset(dates))


def _compose(text: str) -> str:
    """A text with single blanks, and each letter with its accent as one sign (NFC)."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _is_end_of_day(cell: Cell) -> bool:
    """Whether a clock shows 00:00 for 24 hours, which workbooks keep as a day of 1900."""
    shown = str(cell.number_format).lower()
    is_clock = "h" in shown and not any(sign in shown for sign in "dy")
    return is_clock and isinstance(cell.value, dt.datetime) and cell.value.year <= 1900


def _to_text(value: object) -> str:
    """A cell's value in the one form that the template has for its type."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date().isoformat()
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, float):
        # Fifteen digits are what a spreadsheet shows and keeps.
        text = format(Decimal(f"{value:.15g}"), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _read_csv(content: bytes) -> tuple[list[Grid], list[ReturnProblem]]:
    if len(content) > MAX_BYTES:
        return [], [error_at(WHOLE_FILE, "big_csv", count=len(content), limit=MAX_BYTES)]
    if above := _find_line_above(content):
        return [], [above]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / CSV_SHEET
        path.write_bytes(content.removeprefix(_UTF8_MARK))  # what Excel writes before "CSV UTF-8"
        try:
            table = read_csv_table(path)
        except RecordError as error:
            return [], [_from_csv(problem) for problem in error.problems]
    cells = {(1, column): heading for column, heading in enumerate(table.headings, start=1)}
    problems = []
    for row in table.rows:
        for column, text in enumerate(row.cells, start=1):
            if _UNSEEN.search(text):
                problems.append(
                    error_at((CSV_SHEET, row.row + 1, table.headings[column - 1]), "unseen_sign")
                )
            elif text.strip():
                cells[(row.row + 1, column)] = _compose(text)
    return [Grid(CSV_SHEET, cells)], problems


def _find_line_above(content: bytes) -> ReturnProblem | None:
    """A first line that is no line of headings: what Excel writes of the separator, or a title."""
    text = content.removeprefix(_UTF8_MARK)[:MAX_BYTES].decode("utf-8", "replace")
    lines = list(itertools.islice(csv.reader(io.StringIO(text)), 5))
    if not lines:
        return None
    if re.match(r"sep=.?", text, re.IGNORECASE):
        words = explain("separator_line")
    else:
        filled = [sum(1 for cell in line if cell.strip()) for line in lines]
        widest = filled.index(max(filled))
        if not widest or 2 * max(filled[:widest]) >= filled[widest]:
            return None
        words = explain("title_above", number=widest + 1)
    return ReturnProblem(CSV_SHEET, 1, "", "error", *words)


def _from_csv(problem: Problem) -> ReturnProblem:
    line, column = _LINE.search(problem.where), _COLUMN.search(problem.where)
    return ReturnProblem(
        CSV_SHEET,
        int(line[1]) if line else None,
        column[1] if column else "",
        "error",
        problem.found,
        problem.expected,
        problem.remedy,
    )
