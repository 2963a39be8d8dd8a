"""Ruled tables of a PDF as the cells that are printed.

In: the path of a PDF. Out: its tables in reading order, as `RawTable`s whose rows know their page and row.
Raises `UnreadableFile` for what is not a whole PDF with text, `UnknownShape` for one whose tables cannot be read without
guessing; all problems of the file at once.
Does not know any publisher, does not interpret, correct or drop cells, and does not read text outside of rulings.

What is a heading. Looks decide, not content: the top rows of a block of cells are headings if all their cells wear one
shade that no later row of the block wears throughout, or else if all their text is bold and that of the next row is not.
Publishers' words vary and a row of figures may be all text ("N/A"), but a heading that does not look like one cannot be
told from data by a reader of the page either. For such a table the caller may pass `is_heading`, which then decides
alone. Rows that only repeat the headings of a table on a later page are headings, however they look.

What is one table. A block without headings goes on with the latest table that has its columns at the same places. A
block with headings goes on with the table that has the same headings if it is the first block of a later page; else
it begins a table. Headings that stand in a box of their own belong to the box below them with as many columns.
Nothing else is joined: a block that fits nowhere is a problem, never rows of a table that it may not belong to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from etl.formats.pdf_grid import Band, Block, read_blocks
from etl.formats.pdf_pages import read_pages
from etl.formats.pdf_rulings import EDGE
from etl.model.cells import RawRow, RawTable
from etl.model.problems import Problem, UnknownShape, say_place

# Headings have one or two tiers, rarely three. More top rows than this that look alike are data.
MOST_HEADING_BANDS = 3

Columns = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    texts: tuple[str, ...]
    columns: Columns


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row as far as it stands on one page. `leads`: it is the first row of its table on a later page."""

    page: int
    cells: tuple[str, ...]
    leads: bool
    open_above: bool
    open_below: bool


@dataclass(slots=True)
class _Table:
    heading: _Heading
    columns: Columns
    page: int
    pieces: list[_Piece] = field(default_factory=list)


def read_tables(path: Path, *, is_heading: Callable[[tuple[str, ...]], bool] | None = None) -> tuple[RawTable, ...]:
    """All ruled tables of a PDF in reading order; one that runs over several pages is one `RawTable`.

    `is_heading` is asked about the texts of each top row of a block, if given, and its answer replaces the look of the
    row. Raises `UnreadableFile` and `UnknownShape`.
    """
    reading = _Reading(path.name, is_heading)
    for marks in read_pages(path):
        blocks, problems = read_blocks(marks, path.name)
        reading.problems += problems
        for position, block in enumerate(blocks):
            reading.add(block, is_first=position == 0)
    reading.close_heading()
    if reading.problems:
        raise UnknownShape(reading.problems)
    if not reading.tables:
        raise UnknownShape(
            Problem(
                where=path.name,
                found="text but no ruled table",
                expected="a table with rulings between its columns and rows",
                remedy="Check that this is the right file; tables without rulings are entered by hand.",
            )
        )
    return tuple(
        RawTable(table.heading.texts, tuple(_number_rows(_join_broken_rows(table.pieces)))) for table in reading.tables
    )


class _Reading:
    """The tables found so far, and headings that wait for the box below them."""

    def __init__(self, source: str, is_heading: Callable[[tuple[str, ...]], bool] | None) -> None:
        self.source = source
        self.is_heading = is_heading
        self.tables: list[_Table] = []
        self.problems: list[Problem] = []
        self.waiting: tuple[_Heading, int, bool] | None = None

    def add(self, block: Block, *, is_first: bool) -> None:
        """Takes the next block in reading order. `is_first`: no block stands above it on its page."""
        count = self._count_headings(block)
        heading = _read_heading(block.bands[:count]) if count else None
        body = block.bands[count:]
        if heading is not None:
            self.close_heading()
            if not body:
                self.waiting = (heading, block.page, is_first)
                return
        elif self.waiting is not None:
            waiting, page, waiting_is_first = self.waiting
            if _stand_above(waiting.columns, body[0].columns):
                heading, is_first = waiting, waiting_is_first
                self.waiting = None
            else:
                self.close_heading()
        table = self._find_table(heading, body, block.page, is_first=is_first)
        if table is None:
            self.problems.append(_say_no_heading(self.source, block.page, body[0]))
            return
        self._add_rows(table, body, block.page)

    def close_heading(self) -> None:
        """Headings that no rows follow are a table without rows."""
        if self.waiting is not None:
            heading, page, _ = self.waiting
            self.tables.append(_Table(heading, heading.columns, page))
            self.waiting = None

    def _count_headings(self, block: Block) -> int:
        if self.is_heading is not None:
            return _count_leading([self.is_heading(band.texts) for band in block.bands])
        count = _count_shaded(block.bands) or _count_bold(block.bands)
        if count:
            return count
        # A repeated heading may have lost its look; the words tell.
        for band_count in range(1, min(MOST_HEADING_BANDS, len(block.bands)) + 1):
            texts = _read_heading(block.bands[:band_count]).texts
            if any(texts == table.heading.texts and block.page > table.page for table in self.tables):
                return band_count
        return 0

    def _find_table(
        self, heading: _Heading | None, body: Sequence[Band], page: int, *, is_first: bool
    ) -> _Table | None:
        columns = body[0].columns
        for table in reversed(self.tables):
            if heading is None and _lie_alike(table.columns, columns):
                return table
            goes_on = is_first and table.pieces and page > table.pieces[-1].page
            if heading is not None and goes_on and table.heading.texts == heading.texts:
                return table
        if heading is None:
            return None
        if not _stand_above(heading.columns, columns):
            self.problems.append(_say_ragged(self.source, page, 1, len(heading.texts), body[0]))
        table = _Table(heading, columns, page)
        self.tables.append(table)
        return table

    def _add_rows(self, table: _Table, body: Sequence[Band], page: int) -> None:
        table.columns = body[0].columns
        for number, band in enumerate(body, start=1):
            if band.is_tiered or not _stand_above(table.columns, band.columns):
                self.problems.append(_say_ragged(self.source, page, number, len(table.columns), band))
            leads = bool(table.pieces) and table.pieces[-1].page != page
            table.pieces.append(_Piece(page, band.texts, leads, band.open_above, band.open_below))


def _say_no_heading(source: str, page: int, band: Band) -> Problem:
    return Problem(
        where=say_place(source, page=page, row=1),
        found=f"a table that begins {_quote(band)} and has no headings and no columns in common with a table before it",
        expected="headings that are shaded or bold, or a table that goes on with the same columns",
        remedy="Look at the page; if this row is a heading, say so with `is_heading`, else enter the table by hand.",
    )


def _say_ragged(source: str, page: int, row: int, count: int, band: Band) -> Problem:
    return Problem(
        where=say_place(source, page=page, row=row),
        found=f"a row of {len(band.cells)} cells that begins {_quote(band)}",
        expected=f"{count} cells side by side, under the headings",
        remedy="Look at the page: cells that are merged or split must be entered by hand.",
    )


def _quote(band: Band) -> str:
    return '"' + " | ".join(band.texts)[:60] + '"'


def _count_leading(answers: Sequence[bool]) -> int:
    return answers.index(False) if False in answers else len(answers)


def _count_shaded(bands: Sequence[Band]) -> int:
    """Top bands that wear one shade throughout, unless it is also that of later rows, or of too many to be headings."""
    shade = _read_band_shade(bands[0])
    if shade is None:
        return 0
    count = _count_leading([_read_band_shade(band) == shade for band in bands])
    recurs = any(_read_band_shade(band) == shade for band in bands[count:])
    return 0 if recurs or count > MOST_HEADING_BANDS else count


def _read_band_shade(band: Band) -> tuple[float, ...] | None:
    shades = {cell.shade for cell in band.cells}
    return shades.pop() if len(shades) == 1 else None


def _count_bold(bands: Sequence[Band]) -> int:
    """Top bands whose text is all bold, above a band with text that is not."""
    weights = [{cell.bold for cell in band.cells if cell.bold is not None} for band in bands]
    count = _count_leading([weight == {True} for weight in weights])
    return count if count <= MOST_HEADING_BANDS and any(False in weight for weight in weights[count:]) else 0


def _read_heading(bands: Sequence[Band]) -> _Heading:
    """The headings of the narrowest columns, each with the tiers above it."""
    cells = [cell for band in bands for cell in band.cells]
    edges = sorted(edge for cell in cells for edge in (cell.x0, cell.x1))
    kept = [edge for position, edge in enumerate(edges) if position == 0 or edge - edges[position - 1] > EDGE]
    columns = tuple(zip(kept, kept[1:], strict=False))
    texts = []
    for x0, x1 in columns:
        over = [cell for cell in cells if cell.x0 < (x0 + x1) / 2 < cell.x1 and cell.text]
        texts.append(" / ".join(cell.text for cell in sorted(over, key=lambda cell: cell.top)))
    return _Heading(tuple(texts), columns)


def _lie_alike(columns: Columns, others: Columns) -> bool:
    return len(columns) == len(others) and all(
        abs(column[0] - other[0]) <= EDGE and abs(column[1] - other[1]) <= EDGE
        for column, other in zip(columns, others, strict=True)
    )


def _stand_above(columns: Columns, others: Columns) -> bool:
    """Whether each column overlaps its counterpart by more than half of the narrower one.

    As published: the headings of some tables stand in a box of their own, with edges up to 12 points off.
    """
    return len(columns) == len(others) and all(
        min(column[1], other[1]) - max(column[0], other[0]) > min(column[1] - column[0], other[1] - other[0]) / 2
        for column, other in zip(columns, others, strict=True)
    )


def _join_broken_rows(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Joins a row that a page breaks: its second part is the first row of a page, and cannot stand alone.

    Two signs count. Either the ruling between the parts is missing on both pages. Or the second part is empty in most of
    the columns that every other row fills (in half of them, if the first column is one), and where it has text the row
    before has text too. A row with a few blanks stays a row: its blanks may be the publisher's.
    """
    whole = [piece for piece in pieces if not piece.leads]
    always = {column for column in range(len(pieces[0].cells)) if all(piece.cells[column] for piece in whole)} if pieces else set()
    joined: list[_Piece] = []
    for piece in pieces:
        if piece.leads and _goes_on(joined[-1], piece, always):
            before = joined.pop()
            cells = tuple(" ".join(filter(None, pair)) for pair in zip(before.cells, piece.cells, strict=True))
            piece = _Piece(before.page, cells, before.leads, before.open_above, piece.open_below)
        joined.append(piece)
    return joined


def _goes_on(before: _Piece, piece: _Piece, always: set[int]) -> bool:
    if before.open_below and piece.open_above:
        return True
    filled = {column for column, text in enumerate(piece.cells) if text}
    if not filled or any(not before.cells[column] for column in filled):
        return False
    empty = always - filled
    return len(empty) > len(always) / 2 or (0 in empty and len(empty) * 2 == len(always))


def _number_rows(pieces: Sequence[_Piece]) -> list[RawRow]:
    rows: list[RawRow] = []
    for piece in pieces:
        number = rows[-1].row + 1 if rows and rows[-1].page == piece.page else 1
        rows.append(RawRow(piece.page, number, piece.cells))
    return rows
