"""What a publisher changed between two editions of one file: the record that is one row of
`edition_changes`.

In: nothing. Out: `EditionChange`. Does not say which of two numbers is right."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChange:
    """One cell or row that two consecutive editions of a publication print differently."""

    edition_change_id: str
    publication_id: str
    older_edition_id: str
    newer_edition_id: str
    change_code: str
    date: dt.date | None = None
    location_text: str
    field_name: str | None = None
    older_text: str | None = None
    newer_text: str | None = None
    difference_count: int | None = None
    older_page: int | None = None
    older_row: int | None = None
    newer_page: int | None = None
    newer_row: int | None = None
