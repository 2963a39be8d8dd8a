"""Ruled tables of a PDF as the cells that are printed.

In: the path of a PDF. Out: its tables in reading order, as `RawTable`s whose rows know their page
and row. Rows are counted down the whole page, so that page and row name one place even where there
are several tables. Raises `UnreadableFileError` for what is not a whole PDF with text,
`UnknownShapeError` for one whose tables cannot be read without guessing; all problems of the file
at once.
Does not know any publisher, does not interpret, correct or drop cells,
does not read text outside of rulings.

What is one table. A block without headings goes on with the latest table that has its columns at
the same places. A block with headings goes on with the table that has the same headings if it is
the first block of a later page; else it begins a table. Headings that stand in a box of their own
belong to the box below them with as many columns. Nothing else is joined: a block that fits nowhere
is a problem, never rows of a table that it may not belong to.

What is a heading, `pdf_headings` tells by its look. Two cases need the tables before: top rows that
repeat the headings of a table are headings however they look, and a row that is highlighted in
another way than the headings of the table it goes on with is data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from statistics import median

from etl.formats.pdf.grid import Band, Block, Columns, read_blocks
from etl.formats.pdf.headings import (
    MAX_HEADING_BANDS,
    Heading,
    Look,
    count_leading,
    find_look,
    read_heading,
)
from etl.formats.pdf.marks import PageMarks
from etl.formats.pdf.pages import NO_OCR, SCAN_SHARE, read_pages
from etl.formats.pdf.paper import Matrix
from etl.formats.pdf.rulings import EDGE
from etl.formats.pdf.second_opinion import SecondReader
from etl.formats.visibility import BROKEN
from etl.model.cells import RawRow, RawTable
from etl.model.problems import Problem, UnknownShapeError, format_place

_PLAIN = "one text in each cell, painted where a reader sees it"
# A page under a picture with fewer letters than this may be a scan: first pages may be covers.
_LETTERS_OF_A_COVER, _LETTERS_OF_A_PAGE = 20, 200
# So many shapes on a page may be its letters.
_SHAPES_OF_TEXT = 200
_SEE_PAGE = "Look at the page: enter this table by hand, or ask the publisher for a clean copy."


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row as far as it stands on one page. `order` counts all pieces of the file in reading
    order.

    `leads`: it is the first row of its table on a later page than the table's first. `faults`:
    number and text of a cell, why a reader may see another text in it, and which. `differences`:
    numbers of cells and what another engine reads in them."""

    page: int
    order: int
    cells: tuple[str, ...]
    leads: bool
    open_above: bool
    open_below: bool
    height: float
    faults: tuple[tuple[int, str, str, str], ...] = ()
    differences: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class _Table:
    heading: Heading
    columns: Columns
    page: int
    pieces: list[_Piece] = field(default_factory=list)


def read_tables(
    path: Path, *, is_heading: Callable[[tuple[str, ...]], bool] | None = None
) -> tuple[RawTable, ...]:
    """All ruled tables of a PDF in reading order; one that runs over several pages is one
    `RawTable`.

    A table whose headings do not look like headings cannot be told from data. For a publication
    known to have such tables pass `is_heading`: it is asked about the texts of the top rows of each
    block, one row at a time until it says no, and decides alone. Raises `UnreadableFileError` and
    `UnknownShapeError`."""
    reading = _Reading(path.name, is_heading)
    pages = read_pages(path)
    reading.second = SecondReader(path)
    for marks in pages:
        reading.matrix = marks.matrix
        blocks, problems = read_blocks(marks, path.name)
        reading.problems += problems or _find_lost_page(marks, blocks, reading, path.name)
        for position, block in enumerate(blocks):
            reading.add(block, is_first=position == 0)
    reading.close_heading()
    rows = []
    for table in reading.tables:
        pieces, problems = _join_broken_rows(table, path.name)
        rows.append(pieces)
        reading.problems += problems
    numbers = _number_rows(rows)
    doubts = [
        _describe_doubt(path.name, table, piece, numbers[piece.order], fault)
        for table, pieces in zip(reading.tables, rows, strict=True)
        for piece in pieces
        for fault in piece.faults
    ]
    if reading.problems or doubts:
        raise UnknownShapeError([*reading.problems, *doubts])
    if not reading.tables:
        raise UnknownShapeError(
            Problem(
                where=path.name,
                found="text but no ruled table",
                expected="a table with rulings between its columns and rows",
                remedy=(
                    "Check that this is the right file; tables without rulings are entered by hand."
                ),
            )
        )
    return tuple(
        RawTable(
            table.heading.texts,
            tuple(RawRow(piece.page, numbers[piece.order], piece.cells) for piece in pieces),
            tuple(
                _describe_difference(table, piece, numbers[piece.order], *difference)
                for piece in pieces
                for difference in piece.differences
            ),
        )
        for table, pieces in zip(reading.tables, rows, strict=True)
    )


def _find_lost_page(
    marks: PageMarks, blocks: Sequence[Block], reading: _Reading, source: str
) -> list[Problem]:
    """A page whose rows would be lost: a picture of a table, with a line of text at most."""
    letters = sum(len(glyph.text) for glyph in marks.glyphs if glyph.text.isalpha())
    enough = _LETTERS_OF_A_PAGE if reading.tables else _LETTERS_OF_A_COVER
    is_picture = marks.picture_share > SCAN_SHARE or len(marks.curves) > _SHAPES_OF_TEXT
    if blocks or not is_picture or letters >= enough:
        return []
    return [
        Problem(
            where=format_place(source, page=marks.number),
            found="a picture that covers the page, with hardly any text",
            expected="a text layer",
            remedy=NO_OCR,
        )
    ]


class _Reading:
    """The tables found so far, and headings that wait for the box below them."""

    def __init__(self, source: str, is_heading: Callable[[tuple[str, ...]], bool] | None) -> None:
        self.source = source
        self.is_heading = is_heading
        self.tables: list[_Table] = []
        self.problems: list[Problem] = []
        self.waiting: tuple[Heading, int, bool] | None = None
        self.pieces = 0
        self.second: SecondReader | None = None
        self.matrix: Matrix | None = None

    def add(self, block: Block, *, is_first: bool) -> None:
        """Takes the next block in reading order. `is_first`:
        no block stands above it on its page."""
        count, look = self._find_headings(block)
        body = block.bands[count:]
        heading = read_heading(block.bands[:count], look) if count else None
        self.problems += [
            _describe_heading_doubt(self.source, block.page, cell.text, fault)
            for band in block.bands[:count]
            for cell in band.cells
            for fault in cell.faults
            if fault != BROKEN  # headings are compared without their hyphens
        ]
        waiting = self.waiting if heading is None else None
        if waiting is not None and _stand_above(waiting[0].columns, body[0].columns):
            heading, _, is_first = waiting
            self.waiting = None
        self.close_heading()
        if heading is not None and not body:
            self.waiting = (heading, block.page, is_first)
            return
        table = self._find_table(heading, body[0], block.page, is_first=is_first)
        if table is not None:
            self._add_rows(table, body, block.page)

    def close_heading(self) -> None:
        """Headings that no rows follow are a table without rows."""
        if self.waiting is not None:
            heading, page, _ = self.waiting
            self.tables.append(_Table(heading, heading.columns, page))
            self.waiting = None

    def _find_headings(self, block: Block) -> tuple[int, Look | None]:
        """How many bands at the top of a block are headings, and the look that tells so."""
        if self.is_heading is not None:
            return count_leading([self.is_heading(band.texts) for band in block.bands]), None
        count, look = find_look(block.bands)
        continued = self._find_continued(block.bands[-1], block.page)
        if count and (continued is None or continued.heading.look in (None, look)):
            return count, look
        for repeated in range(1, min(MAX_HEADING_BANDS, len(block.bands)) + 1):
            texts = read_heading(block.bands[:repeated], None).texts
            if any(
                texts == table.heading.texts and block.page > table.page for table in self.tables
            ):
                return repeated, None
        return 0, None

    def _find_continued(self, band: Band, page: int) -> _Table | None:
        """The latest table of earlier pages with columns at the same places."""
        for table in reversed(self.tables):
            if table.page < page and _lie_alike(table.columns, band.columns):
                return table
        return None

    def _find_table(
        self, heading: Heading | None, band: Band, page: int, *, is_first: bool
    ) -> _Table | None:
        """The table that a block with this heading and this first row belongs to;
        a new one if need be."""
        for table in reversed(self.tables):
            if heading is None and _lie_alike(table.columns, band.columns):
                return table
            if heading is not None and is_first and table.heading.texts == heading.texts:
                return table
        if heading is None:
            self.problems.append(_describe_no_heading(self.source, page, band))
            return None
        table = _Table(heading, heading.columns, page)
        self.tables.append(table)
        return table

    def _add_rows(self, table: _Table, body: Sequence[Band], page: int) -> None:
        for number, band in enumerate(body, start=1):
            # Edges move a little from page to page,
            # and more between headings in a box of their own and the rows.
            if band.is_tiered or not _stand_above(table.columns, band.columns):
                self.problems.append(
                    _describe_ragged(self.source, page, number, len(table.columns), band)
                )
                continue
            if band.holds_rows:
                self.problems.append(_describe_merged(self.source, page, number, band))
            table.columns = band.columns
            leads = bool(table.pieces) and table.pieces[-1].page != page
            self.pieces += 1
            table.pieces.append(
                _Piece(
                    page,
                    self.pieces,
                    band.texts,
                    leads,
                    band.open_above,
                    band.open_below,
                    band.bottom - band.top,
                    _find_faults(band),
                    self.second.find_differences(page, self.matrix, band.cells)
                    if self.second
                    else (),
                )
            )


def _describe_no_heading(source: str, page: int, band: Band) -> Problem:
    return Problem(
        where=format_place(source, page=page),
        found=(
            f"a table that begins {_quote(band)}, without headings and unlike the tables before it"
        ),
        expected="headings that are shaded or bold, or a table that goes on with the same columns",
        remedy=(
            "Look at the page; pass `is_heading` if its first row is one, or enter the table by "
            "hand."
        ),
    )


def _describe_ragged(source: str, page: int, row: int, count: int, band: Band) -> Problem:
    return Problem(
        where=format_place(source, page=page, row=row),
        found=f"a row of {len(band.cells)} cells that begins {_quote(band)}",
        expected=f"{count} cells side by side, each under its heading",
        remedy="Look at the page: rows with merged or divided cells are entered by hand.",
    )


def _describe_merged(source: str, page: int, row: int, band: Band) -> Problem:
    return Problem(
        where=format_place(source, page=page, row=row),
        found=f"several lines in every cell, beginning {_quote(band)}",
        expected="a ruling between each row and the next",
        remedy="Look at the page: rows without rulings between them are entered by hand.",
    )


def _find_faults(band: Band) -> tuple[tuple[int, str, str, str], ...]:
    return tuple(
        (number, cell.text, fault, cell.seen)
        for number, cell in enumerate(band.cells)
        for fault in cell.faults
    )


def _describe_doubt(
    source: str, table: _Table, piece: _Piece, row: int, fault: tuple[int, str, str, str]
) -> Problem:
    column, text, reason, seen = fault
    where = format_place(source, page=piece.page, row=row, column=table.heading.texts[column])
    expected = _PLAIN if seen == text else f"{_PLAIN}; without it the cell reads {seen[:60]!r}"
    return Problem(where, f"{reason}: {text[:60]!r}", expected, _SEE_PAGE)


def _describe_difference(table: _Table, piece: _Piece, row: int, column: int, text: str) -> str:
    where = format_place("", page=piece.page, row=row, column=table.heading.texts[column])
    return f"{where.lstrip(', ')}: {piece.cells[column]!r} is read; another engine reads {text!r}"


def _describe_heading_doubt(source: str, page: int, text: str, fault: str) -> Problem:
    where = format_place(source, page=page)
    return Problem(where, f"a heading with {fault}: {text[:60]!r}", _PLAIN, _SEE_PAGE)


def _quote(band: Band) -> str:
    return '"' + " | ".join(band.texts)[:60] + '"'


def _lie_alike(columns: Columns, others: Columns) -> bool:
    return len(columns) == len(others) and all(
        abs(column[0] - other[0]) <= EDGE and abs(column[1] - other[1]) <= EDGE
        for column, other in zip(columns, others, strict=True)
    )


def _stand_above(columns: Columns, others: Columns) -> bool:
    """Whether each column overlaps its counterpart by more than half of the narrower one.

    As published: the headings of some tables stand in a box of their own,
    with edges up to 12 points off."""
    return len(columns) == len(others) and all(
        min(column[1], other[1]) - max(column[0], other[0])
        > min(column[1] - column[0], other[1] - other[0]) / 2
        for column, other in zip(columns, others, strict=True)
    )


def _join_broken_rows(table: _Table, source: str) -> tuple[list[_Piece], list[Problem]]:
    """Joins rows that a page breaks: the second part is the first row of a page and cannot stand
    alone. Where it cannot be told from a row without figures, there is a problem.

    Three signs count. The ruling between the parts is missing on both pages. Or it is missing on
    one, and of the columns that every other row fills each has text in one part only. Or the second
    part is empty in most of those columns (in half of them, the first column among them), has text
    only where the row before it has, and one of the parts is lower than the rows usually are. A row
    with a few blanks stays a row: the blanks may be the publisher's."""
    after: list[_Piece | None] = [*table.pieces[1:], None][: len(table.pieces)]
    whole = [
        piece
        for piece, following in zip(table.pieces, after, strict=True)
        if not piece.leads and not (following and following.leads)
    ] or [piece for piece in table.pieces if not piece.leads]
    always = {
        column
        for column in range(len(table.columns))
        if all(piece.cells[column] for piece in whole)
    }
    usual = median(piece.height for piece in whole) if len(whole) > 1 else inf
    joined: list[_Piece] = []
    problems: list[Problem] = []
    for piece in table.pieces:
        if piece.leads and _goes_on(joined[-1], piece, always):
            before = joined.pop()
            is_open = before.open_below or piece.open_above
            if not is_open and min(before.height, piece.height) > usual - EDGE / 2:
                problems.append(_describe_lone_text(source, piece))
            pairs = zip(before.cells, piece.cells, strict=True)
            cells = tuple(" ".join(text for text in pair if text) for pair in pairs)
            joined.append(
                replace(
                    before,
                    cells=cells,
                    open_below=piece.open_below,
                    faults=before.faults + piece.faults,
                    differences=before.differences + piece.differences,
                )
            )
        else:
            joined.append(piece)
    return joined, problems


def _describe_lone_text(source: str, piece: _Piece) -> Problem:
    text = " | ".join(text for text in piece.cells if text)
    return Problem(
        where=format_place(source, page=piece.page),
        found=f"a first row that has only {text[:60]!r}",
        expected="either the end of the row before it, or a row with its figures",
        remedy=_SEE_PAGE,
    )


def _goes_on(before: _Piece, piece: _Piece, always: set[int]) -> bool:
    if before.open_below and piece.open_above:
        return True
    filled = {column for column, text in enumerate(piece.cells) if text}
    is_open = before.open_below or piece.open_above
    if filled and is_open and _fill_up(before, piece, always):
        return True
    if not filled or any(not before.cells[column] for column in filled):
        return False
    empty = always - filled
    return len(empty) > len(always) / 2 or (0 in empty and len(empty) * 2 == len(always))


def _fill_up(before: _Piece, piece: _Piece, always: set[int]) -> bool:
    """Whether two parts make one row: each column that every row fills has text in one of them."""
    parts = [(before.cells[column], piece.cells[column]) for column in always]
    return (
        len(always) > 2
        and any(not upper for upper, _ in parts)
        and all(bool(upper) != bool(lower) for upper, lower in parts)
    )


def _number_rows(rows: Sequence[Sequence[_Piece]]) -> dict[int, int]:
    """The number of each row on its page, by its order."""
    numbers: dict[int, int] = {}
    last: dict[int, int] = {}
    for piece in sorted(
        (piece for pieces in rows for piece in pieces), key=lambda piece: piece.order
    ):
        last[piece.page] = numbers[piece.order] = last.get(piece.page, 0) + 1
    return numbers
