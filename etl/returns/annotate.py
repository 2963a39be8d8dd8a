"""A copy of a return's file with every problem marked at its cell and listed on a sheet of its own.

In: the file's name and bytes, its `Intake`, how a text is said in a language. Out: a workbook. The
file itself is not changed. Where it may not be opened, or is CSV, the copy holds what was read of
it."""

from __future__ import annotations

import io
import re

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from etl.outputs.cells import RUNS_AS_FORMULA, write_cell
from etl.returns.intake import Intake
from etl.returns.problems import ReturnProblem
from etl.returns.texts import Translate

SHEET = "problems"
# The sheet keeps its name in every language: by it a marked copy is known that comes back.
HEADINGS = ("What", "Sheet", "Row", "Column", "Found", "Expected", "What to do")
# A number may begin as a formula does and is none: the degrees of a place, in a CSV.
_NUMBER = re.compile(r"[+-]\d[\d,]*(\.\d+)?")
_FILLS = {
    "error": PatternFill("solid", fgColor="F4B6B6"),
    "warning": PatternFill("solid", fgColor="FBE3A6"),
    "note": PatternFill("solid", fgColor="D6E4F0"),
}


def annotate_return(
    name: str, content: bytes, intake: Intake, describe: Translate = str
) -> Workbook:
    """The annotated copy."""
    book = _open_copy(name, content, intake)
    if SHEET in book.sheetnames:
        del book[SHEET]
    for problem in reversed(intake.problems):  # errors come first, so their colour is put on last
        _mark(book, problem)
    _list_problems(book.create_sheet(SHEET, 0), intake.problems, describe)
    book.active = 0
    return book


def _open_copy(name: str, content: bytes, intake: Intake) -> Workbook:
    if name.lower().endswith(".xlsx") and intake.grids:
        book = load_workbook(io.BytesIO(content), keep_links=False)
        for sheet in book.worksheets:
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                given = getattr(cell.value, "text", cell.value)  # of an array formula its text
                if isinstance(given, str) and given.startswith(RUNS_AS_FORMULA):
                    _write(cell, given)
        return book
    book = Workbook()
    del book[book.sheetnames[0]]
    for grid in intake.grids:
        sheet = book.create_sheet(grid.name[:31])
        for (row, column), text in grid.cells.items():
            _write(sheet.cell(row, column), text)
    return book


def _write(cell: Cell, text: str) -> None:
    """Writes a text as text, neutralised as in every other output: it may be saved as CSV."""
    text = ILLEGAL_CHARACTERS_RE.sub("?", text)
    cell.value = text if _NUMBER.fullmatch(text) else write_cell(text)
    cell.data_type = "s"


def _mark(book: Workbook, problem: ReturnProblem) -> None:
    if problem.sheet not in book.sheetnames or problem.row is None:
        return
    sheet = book[problem.sheet]
    for cell in sheet[problem.row]:
        heading = sheet.cell(1, cell.column).value
        if problem.column in (heading, get_column_letter(cell.column)) or (
            not problem.column and cell.column == 1
        ):
            cell.fill = _FILLS[problem.severity]


def _list_problems(
    sheet: Worksheet, problems: tuple[ReturnProblem, ...], describe: Translate
) -> None:
    for number, heading in enumerate(HEADINGS, start=1):
        cell = sheet.cell(1, number, describe(heading))
        cell.font, cell.fill = (
            Font(bold=True, color="FFFFFF"),
            PatternFill("solid", fgColor="1D3557"),
        )
    for row, problem in enumerate(problems, start=2):
        texts = (
            describe(problem.severity),
            problem.sheet,
            str(problem.row or ""),
            problem.column,
            describe(problem.found),
            describe(problem.expected),
            describe(problem.remedy),
        )
        for number, text in enumerate(texts, start=1):
            cell = sheet.cell(row, number)
            _write(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = _FILLS[problem.severity]
    for letter, width in zip("ABCDEFG", (10, 18, 7, 26, 38, 46, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
