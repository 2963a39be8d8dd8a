"""CSV files as raw tables.

In: a CSV file in UTF-8 with commas and one heading row. Out: a `RawTable`. Does not trim, convert,
guess an encoding or a separator, repair a row or evaluate a formula: a file that is not plainly one
table is refused with every reason at once."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl.model.cells import RawRow, RawTable
from etl.model.messages import message
from etl.model.problems import (
    Problem,
    UnknownShapeError,
    UnreadableFileError,
    explain,
    format_place,
)

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
MAX_CELL_LENGTH = 20_000  # characters: the longest that is kept has about a thousand
_OTHER_KINDS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a spreadsheet of Excel or another compressed file",
    b"\xd0\xcf\x11\xe0": "a spreadsheet of an old Excel",
}
# What a spreadsheet may run instead of showing; some read the full-width signs as the plain ones.
_FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?", re.ASCII)
_POSITIVE = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_OTHER_SEPARATORS = {";": "semi-colons", "\t": "tabs", "|": "vertical bars"}


def read_csv_table(
    path: Path,
    *,
    page_column: str | None = None,
    row_column: str | None = None,
    formulas_allowed: bool = False,
) -> RawTable:
    """The one table of a CSV file, every cell exactly as written.

    `page_column` and `row_column` name headings whose cells become each row's page and row and are
    left out of the cells; without them the page is 1 and rows count from 1 on each page.
    `formulas_allowed` is for our own copies of published cells, which keep whatever was printed.
    Raises UnreadableFileError (bytes, encoding, quotation marks) or UnknownShapeError (headings,
    row lengths, formulas, page and row), with all problems of the file."""
    text, unreadable = _decode(path)
    with unlimited_cells(text):
        lines, unparsed = _split_lines(path.name, text)
    unreadable += unparsed
    if not lines:
        empty = Problem(path.name, *explain("empty_csv"))
        raise UnreadableFileError(unreadable or empty)
    headings = lines[0].cells
    problems = _check_separator(path.name, headings)
    rows: list[RawRow] = []
    if not problems:
        places = _Places(headings, page_column, row_column)
        problems = [
            *_check_headings(path.name, headings, places),
            *_check_lengths(path.name, lines),
            *_check_cells(path.name, lines),
        ]
        if not formulas_allowed:
            problems += _check_formulas(path.name, lines)
        if not problems:
            problems = _check_places(path.name, lines[1:], places)
        if not problems:
            rows = places.to_rows(lines[1:])
            headings = places.without(headings)
    if unreadable:
        raise UnreadableFileError([*unreadable, *problems])
    if problems:
        raise UnknownShapeError(problems)
    return RawTable(headings, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Line:
    """One record of the file and the number of the line it starts on, counted from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Places:
    """The columns with the page and the row of each record."""

    headings: tuple[str, ...]
    page_column: str | None
    row_column: str | None

    def named(self) -> tuple[str, ...]:
        return tuple(name for name in (self.page_column, self.row_column) if name is not None)

    def without(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        left_out = {self.headings.index(name) for name in self.named()}
        return tuple(cell for position, cell in enumerate(cells) if position not in left_out)

    def to_rows(self, lines: list[_Line]) -> list[RawRow]:
        rows: list[RawRow] = []
        on_page: Counter[int] = Counter()
        for line in lines:
            page = int(line.cells[self.headings.index(self.page_column)]) if self.page_column else 1
            on_page[page] += 1
            row = (
                int(line.cells[self.headings.index(self.row_column)])
                if self.row_column
                else on_page[page]
            )
            rows.append(RawRow(page, row, self.without(line.cells)))
        return rows


def _at(name: str, number: int, column: str | None = None) -> str:
    return format_place(f"{name}, line {number}", column=column)


def _decode(path: Path) -> tuple[str, list[Problem]]:
    """The text of the file, and what is wrong with its bytes.
    Undecodable bytes stop the reading here."""
    try:
        data = path.read_bytes()
    except OSError as error:
        text = f"nothing that can be opened ({error.strerror})"
        raise UnreadableFileError(
            Problem(path.name, text, "a CSV file", "Put the file in its place.")
        ) from None
    if data.startswith(_UTF16_MARKS):
        raise UnreadableFileError(Problem(path.name, *explain("utf16")))
    if kind := next((words for mark, words in _OTHER_KINDS.items() if data.startswith(mark)), None):
        remedy = "Save it as CSV in UTF-8, or give the file its own ending."
        raise UnreadableFileError(Problem(path.name, kind, "a CSV file", remedy))
    problems: list[Problem] = []
    if data.startswith(_UTF8_MARK):
        data = data.removeprefix(_UTF8_MARK)
        problems.append(Problem(path.name, *explain("byte_order_mark")))
    undecodable = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if b"\0" in line:
            problems.append(Problem(_at(path.name, number), *explain("nul_byte")))
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            undecodable.append(_describe_undecodable(_at(path.name, number), line, error.start))
    if undecodable:
        raise UnreadableFileError([*problems, *undecodable])
    return data.decode("utf-8"), problems


def _describe_undecodable(where: str, line: bytes, start: int) -> Problem:
    byte = line[start : start + 1]
    try:
        meant = f' ("{byte.decode("cp1252")}" in Windows-1252)'
    except UnicodeDecodeError:
        meant = ""
    words = explain("other_byte", byte=f"0x{byte.hex().upper()}{meant}")
    return Problem(f"{where}, byte {start + 1}", *words)


@contextmanager
def unlimited_cells(text: str) -> Iterator[None]:
    """Lets `csv` read a cell as long as the text: its own limit cannot tell a long cell from an
    open quotation mark."""
    limit = csv.field_size_limit(len(text) + 1)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _split_lines(name: str, text: str) -> tuple[list[_Line], list[Problem]]:
    lines: list[_Line] = []
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            lines.append(_Line(number, tuple(next(reader))))
        except StopIteration:
            return lines, problems
        except csv.Error as error:
            if "unexpected end of data" in str(error) or "field limit" in str(error):
                problems.append(Problem(_at(name, number), *explain("open_quotation")))
                return lines, problems
            problems.append(Problem(_at(name, number), *explain("text_after_quotation")))


def _check_separator(name: str, headings: tuple[str, ...]) -> list[Problem]:
    if len(headings) != 1:
        return []
    signs = [words for sign, words in _OTHER_SEPARATORS.items() if sign in headings[0]]
    return [Problem(_at(name, 1), *explain("other_separator", sign=words)) for words in signs]


def _check_headings(name: str, headings: tuple[str, ...], places: _Places) -> Iterator[Problem]:
    for position, heading in enumerate(headings, start=1):
        if not heading.strip():
            yield Problem(_at(name, 1), *explain("no_heading", number=position))
    for heading, times in Counter(headings).items():
        if times > 1 and heading.strip():
            yield Problem(_at(name, 1), *explain("heading_again", heading=heading, count=times))
    for wanted in places.named():
        if wanted not in headings:
            text = f'no heading "{wanted}"'
            yield Problem(_at(name, 1), text, "a column for each row's place", "Add the column.")
    if set(headings) <= set(places.named()):
        yield Problem(
            _at(name, 1), "no column with published cells", "at least one", "Add the columns."
        )


def _check_lengths(name: str, lines: list[_Line]) -> Iterator[Problem]:
    wanted = len(lines[0].cells)
    for line in lines[1:]:
        if not line.cells:
            yield Problem(_at(name, line.number), *explain("empty_line", count=wanted))
        elif len(line.cells) != wanted:
            cells = (
                message("one_cell")
                if len(line.cells) == 1
                else message("cells", count=len(line.cells))
            )
            yield Problem(
                _at(name, line.number), *explain("line_length", cells=cells, count=wanted)
            )


def _check_cells(name: str, lines: list[_Line]) -> Iterator[Problem]:
    for line in lines:
        for position, cell in enumerate(line.cells, start=1):
            if len(cell) > MAX_CELL_LENGTH:
                words = explain(
                    "long_cell", count=len(cell), number=position, limit=MAX_CELL_LENGTH
                )
                yield Problem(_at(name, line.number), *words)


def _check_formulas(name: str, lines: list[_Line]) -> Iterator[Problem]:
    headings = lines[0].cells
    for line in lines:
        for position, cell in enumerate(line.cells):
            if (
                cell.startswith(_FORMULA_STARTS)
                and cell != "-"
                and not _PLAIN_NUMBER.fullmatch(cell)
            ):
                column = headings[position] if position < len(headings) else None
                where = _at(name, line.number, column)
                yield Problem(where, *explain("csv_formula", formula=cell[:40]))


def _check_places(name: str, lines: list[_Line], places: _Places) -> list[Problem]:
    problems: list[Problem] = []
    for line in lines:
        for column in places.named():
            cell = line.cells[places.headings.index(column)]
            if not _POSITIVE.fullmatch(cell):
                where = _at(name, line.number, column)
                remedy = "Number pages and rows from 1."
                problems.append(Problem(where, repr(cell), "a whole number from 1", remedy))
    if problems or not places.named():
        return problems
    first_line: dict[tuple[int, int], int] = {}
    for line, row in zip(lines, places.to_rows(lines), strict=True):
        earlier = first_line.setdefault((row.page, row.row), line.number)
        if earlier != line.number:
            text = f"page {row.page}, row {row.row}, which line {earlier} has already"
            where = _at(name, line.number)
            problems.append(Problem(where, text, "every page and row once", "Correct the numbers."))
    return problems
