"""The cells of a published table exactly as printed, each knowing its place.

In: nothing. Out: `RawTable`, the hand-over between `etl.formats` and `etl.sources`.
Does not interpret: headings are still the publisher's, values are still text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawRow:
    """One printed row. `page` and `row` count from 1; `row` is the row's number on that page,
    headings not counted.

    A row that a page break splits belongs to the page on which it starts. `cells` has one text per
    column, in printed order; lines inside a cell are joined by one space; an empty cell is the
    empty string."""

    page: int
    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A printed table: its headings (tiers joined by " / ") and its rows,
    over however many pages it runs.

    `remarks`: cells that another engine reads otherwise, each with its place. They are no part of
    the table, and are not kept with it."""

    headings: tuple[str, ...]
    rows: tuple[RawRow, ...]
    remarks: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def column(self, heading: str) -> tuple[str, ...]:
        """The printed texts under one heading, in row order."""
        position = self.headings.index(heading)
        return tuple(row.cells[position] for row in self.rows)
