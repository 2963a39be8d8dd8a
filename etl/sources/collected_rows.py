"""Reads the rows of a table that was collected by hand, where one row becomes one record other than
a printed deployment.

In: a `KeptEdition` and a function that makes a record of one `CollectedRow`. Out: the records, or
every fault of every cell at once. Does not know any record: which field is read how is said by the
adapter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from etl.formats.printed_values import UnparseableError, format_text
from etl.model.cells import RawRow
from etl.model.editions import KeptEdition
from etl.model.problems import InvalidValueError, Problem, format_place
from etl.sources.column_maps import Vintage, recognise_vintage

T = TypeVar("T")


class CollectedRow:
    """One row while it is being read; a cell is asked for by the field of the column map that it
    holds.

    A cell that cannot be understood is noted as a Problem and read as if it were blank, so that
    reading goes on to the end of the file: what is returned for it never leaves `read_rows`."""

    def __init__(
        self, edition: KeptEdition, vintage: Vintage, row: RawRow, problems: list[Problem]
    ) -> None:
        self.edition = edition
        self.page = row.page
        self.row = row.row
        self._cells = {
            column.field: (column.heading, text)
            for column, text in zip(vintage.columns, row.cells, strict=True)
        }
        self._problems = problems

    def heading(self, field: str) -> str:
        """The heading of a field."""
        return self._cells[field][0]

    def text(self, field: str) -> str | None:
        """The cell as typed, None where it is blank."""
        return self._cells[field][1] or None

    def needed_text(self, field: str) -> str:
        """The cell as typed, where it may not be blank."""
        return self.needed(field, _any_text)

    def value(self, field: str, read: Callable[[str], T | None]) -> T | None:
        """What a cell says, None where it is blank."""
        return self.needed_value(field, read) if self._cells[field][1] else None

    def needed_value(self, field: str, read: Callable[[str], T | None]) -> T | None:
        """What a cell says, where a blank is for `read` to refuse; None is for `read` to say."""
        try:
            return read(self._cells[field][1])
        except UnparseableError as error:
            self.refuse(field, error.expected)
            return None

    def needed(self, field: str, read: Callable[[str], str]) -> str:
        """The code or text that a cell says, where there must be one."""
        return self.needed_value(field, read) or ""

    def refuse(self, field: str, expected: str) -> None:
        """Notes that a cell is not what was expected."""
        heading, text = self._cells[field]
        where = format_place(self.edition.edition_id, page=self.page, row=self.row, column=heading)
        remedy = (
            "Compare the row with its source and correct the kept cells, or declare what is new."
        )
        self._problems.append(
            Problem(where, format_text(text) if text else "a blank cell", expected, remedy)
        )


def read_rows(edition: KeptEdition, to_record: Callable[[CollectedRow], T]) -> tuple[T, ...]:
    """One record a row, in order; BadValue with every cell that cannot be understood."""
    records: list[T] = []
    problems: list[Problem] = []
    for table in edition.tables:
        vintage = recognise_vintage(edition.edition_id, edition.publication_id, table.headings)
        records += [to_record(CollectedRow(edition, vintage, row, problems)) for row in table.rows]
    if problems:
        raise InvalidValueError(problems)
    return tuple(records)


def read_code(codes: Mapping[str, str], expected: str = "") -> Callable[[str], str]:
    """A reader of cells that say one of these words; it gives the code of the word."""

    def read(text: str) -> str:
        if text not in codes:
            raise UnparseableError(expected or f"one of {', '.join(codes)}")
        return codes[text]

    return read


GRADES = {"A": "primary", "B": "press", "C": "transcribed", "D": "derived", "X": "contradicted"}
# The reliability code of a letter that the collector gave.
read_grade = read_code(GRADES, f"one of the grades {', '.join(GRADES)}")


def _any_text(text: str) -> str:
    if not text.strip():
        raise UnparseableError("a text")
    return text
