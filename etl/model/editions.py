"""What is kept of a published file, in memory: the hand-over between `etl.sources` and every stage
after it.

In: nothing. Out: `KeptEdition` and `KeptPublication`. Does not open a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from etl.model.cells import RawTable
from etl.model.reference import Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEdition:
    """One kept file of a publication: what is declared of it and its cells as printed.

    `gap_marks` maps a printed text that stands for a missing value to the reason (a `VALUE_STATUS`
    code)."""

    publication_id: str
    edition_id: str
    title: str
    url: str | None
    retrieved_on: dt.date | None
    published_on: dt.date | None = None
    follows_edition_id: str | None = None
    file_sha256: str
    cells_sha256: str
    period_start: dt.date | None
    period_end: dt.date | None
    force_id: str | None
    reliability: str
    gap_marks: dict[str, str]
    tables: tuple[RawTable, ...]

    @property
    def rows_count(self) -> int:
        return sum(len(table.rows) for table in self.tables)


@dataclass(frozen=True, slots=True)
class KeptPublication:
    """What is declared of a publication, and its editions in the order in which they are
    declared."""

    publication: Publication
    editions: tuple[KeptEdition, ...]
