"""The cells of a return's file as texts, each knowing where it stands in the file.

In: a workbook whose package passed its checks, or a CSV file. Out: `Grid`s, one a sheet, and every
`ReturnProblem` met. Does not know the template: what a sheet is about is decided by
`etl.returns.intake`."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from etl.formats.spreadsheets import read_csv_table
from etl.model.problems import RecordError
from etl.returns.package_checks import MAX_BYTES, check_package, may_be_opened
from etl.returns.problems import ReturnProblem

CSV_SHEET = "csv"
_UTF8_MARK = b"\xef\xbb\xbf"
_LINE = re.compile(r"line (\d+)")
_COLUMN = re.compile(r'column "([^"]*)"')
# What is no text of a cell: control signs, and signs that turn the direction of what is seen.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its name and the text of each cell,
    by row and column as the spreadsheet counts them, from 1."""

    name: str
    cells: dict[tuple[int, int], str]

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
        book = load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
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
        text = f"a workbook that cannot be opened ({type(error).__name__})"
        return [], [
            *problems,
            ReturnProblem(
                "",
                None,
                "",
                "error",
                text,
                "a whole workbook",
                "Save it again as .xlsx with Excel or LibreOffice.",
            ),
        ]
    grids = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            problems.append(
                ReturnProblem(
                    sheet.title,
                    None,
                    "",
                    "error",
                    "a hidden sheet",
                    "everything in sight",
                    "Show it, and remove what is not for publication.",
                )
            )
        grids.append(_read_sheet(sheet, problems))
    return grids, problems


def _read_sheet(sheet: Any, problems: list[ReturnProblem]) -> Grid:
    cells: dict[tuple[int, int], str] = {}
    headings: dict[int, str] = {}
    # Only the cells that are there: asking for rows would make every cell up to the farthest.
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is None:
            continue
        if row == 1:
            headings[column] = str(cell.value)
        letter = get_column_letter(column)
        place = (sheet.title, row, headings.get(column, letter))
        if cell.data_type == "f":
            result = f"a formula, {str(getattr(cell.value, 'text', cell.value))[:40]!r}"
            problems.append(
                ReturnProblem(
                    *place,
                    "error",
                    result,
                    "a value",
                    "Copy the column and paste it as values.",
                    f"{letter}{row}",
                )
            )
            continue
        if cell.data_type == "e":
            problems.append(
                ReturnProblem(
                    *place,
                    "error",
                    f"the error {cell.value}",
                    "a value",
                    "Write the value.",
                    f"{letter}{row}",
                )
            )
            continue
        text = _to_text(cell.value)
        if _UNSEEN.search(text):
            problems.append(
                ReturnProblem(
                    *place,
                    "error",
                    "a sign that cannot be seen",
                    "plain text",
                    "Type the cell anew.",
                    f"{letter}{row}",
                )
            )
        elif text.strip():
            cells[(row, column)] = " ".join(text.split())
    return Grid(sheet.title, cells)


def _to_text(value: Any) -> str:
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
        return [], [
            ReturnProblem(
                "",
                None,
                "",
                "error",
                f"{len(content):,} bytes",
                f"at most {MAX_BYTES:,}",
                "Send one period at a time.",
            )
        ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / CSV_SHEET
        path.write_bytes(content.removeprefix(_UTF8_MARK))  # what Excel writes before "CSV UTF-8"
        try:
            table = read_csv_table(path)
        except RecordError as error:
            return [], [
                _from_csv(problem.where, problem.found, problem.expected, problem.remedy)
                for problem in error.problems
            ]
    cells = {(1, column): heading for column, heading in enumerate(table.headings, start=1)}
    problems = []
    for row in table.rows:
        for column, text in enumerate(row.cells, start=1):
            if _UNSEEN.search(text):
                problems.append(
                    ReturnProblem(
                        CSV_SHEET,
                        row.row + 1,
                        table.headings[column - 1],
                        "error",
                        "a sign that cannot be seen",
                        "plain text",
                        "Type the cell anew.",
                    )
                )
            elif text.strip():
                cells[(row.row + 1, column)] = " ".join(text.split())
    return [Grid(CSV_SHEET, cells)], problems


def _from_csv(where: str, text: str, expected: str, remedy: str) -> ReturnProblem:
    line, column = _LINE.search(where), _COLUMN.search(where)
    return ReturnProblem(
        CSV_SHEET,
        int(line[1]) if line else None,
        column[1] if column else "",
        "error",
        text,
        expected,
        remedy,
    )
