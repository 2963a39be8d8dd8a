"""The kept cells of a published file: what `extract` writes, what is committed, and what the build
reads.

In and out: `RawTable`s. One CSV file holds all tables of one published file; a line that begins
`page,row,` states the headings of the table that follows, so that a file whose headings change
half-way stays one file that a person can read beside the print.
Does not interpret a cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from etl.formats.spreadsheets import MAX_CELL_LENGTH, unlimited_cells
from etl.model.cells import RawRow, RawTable
from etl.model.problems import Problem, UnreadableFileError, format_place

_PLACE = ["page", "row"]
_POSITIVE = re.compile(r"[1-9]\d{0,8}", re.ASCII)


def write_cells(tables: Iterable[RawTable], out: TextIO) -> None:
    """Writes tables one below the other, UTF-8, `\\n` line ends."""
    writer = csv.writer(out, lineterminator="\n")
    for table in tables:
        writer.writerow([*_PLACE, *table.headings])
        writer.writerows([row.page, row.row, *row.cells] for row in table.rows)


def read_cells(path: Path) -> tuple[RawTable, ...]:
    """The tables of a cells file; `UnreadableFileError` with every line that is not as
    `write_cells` writes it."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise UnreadableFileError(
            Problem(
                path.name,
                "no such file",
                "the kept cells",
                "Write it with `python -m etl extract`.",
            )
        ) from None
    except OSError as error:
        raise UnreadableFileError(
            Problem(
                path.name,
                f"nothing that can be opened ({error.strerror})",
                "the kept cells",
                "Write them with `python -m etl extract`.",
            )
        ) from None
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            Problem(
                path.name,
                f"the byte {error.object[error.start]:#x} at {error.start}",
                "UTF-8",
                "Write the file again with `python -m etl extract`.",
            )
        ) from None
    problems: list[Problem] = []
    tables: list[tuple[tuple[str, ...], list[RawRow]]] = []
    places: set[tuple[int, int]] = set()
    with unlimited_cells(text):
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=False))
    for number, line in enumerate(lines, start=1):
        where = format_place(path.name, row=number)
        if longest := max((len(cell) for cell in line if len(cell) > MAX_CELL_LENGTH), default=0):
            problems.append(
                Problem(
                    where,
                    f"a cell of {longest:,} characters",
                    f"a printed cell, of at most {MAX_CELL_LENGTH:,}",
                    "Look for a quotation mark in a wrong place.",
                )
            )
            continue
        if line[:2] == _PLACE:
            tables.append((tuple(line[2:]), []))
        elif not tables:
            problems.append(
                Problem(
                    where,
                    f"the line {','.join(line)!r}",
                    "a first line that begins page,row,",
                    "Write the file again with `python -m etl extract`.",
                )
            )
            break
        elif len(line) != len(tables[-1][0]) + 2:
            problems.append(
                Problem(
                    where,
                    f"{len(line)} fields",
                    f"{len(tables[-1][0]) + 2} fields, as in its headings",
                    "Compare the line with the print.",
                )
            )
        elif not (_POSITIVE.fullmatch(line[0]) and _POSITIVE.fullmatch(line[1])):
            problems.append(
                Problem(
                    where,
                    f"page {line[0]!r}, row {line[1]!r}",
                    "two whole numbers from 1",
                    "Compare the line with the print.",
                )
            )
        elif (place := (int(line[0]), int(line[1]))) in places:
            problems.append(
                Problem(
                    where,
                    f"page {place[0]}, row {place[1]} a second time",
                    "each place once",
                    "Compare the line with the print.",
                )
            )
        else:
            places.add(place)
            tables[-1][1].append(RawRow(*place, tuple(line[2:])))
    if not tables and not problems:
        problems.append(
            Problem(
                path.name,
                "an empty file",
                "the kept cells",
                "Write it with `python -m etl extract`.",
            )
        )
    if problems:
        raise UnreadableFileError(problems)
    return tuple(RawTable(headings, tuple(rows)) for headings, rows in tables)
