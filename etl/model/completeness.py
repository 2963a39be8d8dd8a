"""How complete a force's rows of a year are: the share of expected values, with the reason for
every gap.

In: nothing. Out: `Coverage`, the hand-over between `etl.measures.coverage`, `etl.queries.record`
and every reader. Does not count and does not judge a gap: `etl.measures.coverage` does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from etl.model.codes import code_list
from etl.model.messages import Text

COVERAGE_STATUS = code_list("coverage_status")


@dataclass(frozen=True, slots=True)
class FieldCount:
    """How many rows of one publication have one status of one expected field."""

    force_id: str
    year: int | None
    publication_id: str
    field_id: str
    status: str
    pairs_count: int
    period_start: dt.date | None
    period_end: dt.date | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """(row, field) pairs by what became of them; those of a deployment stopped by a fault are not
    expected.

    `printed_count` has a value that was read in the source of the row, a lower bound or a rounded
    number included; `derived_count` follows from such values by a declared rule."""

    printed_count: int = 0
    derived_count: int = 0
    not_published_count: int = 0
    not_transcribed_count: int = 0
    not_known_count: int = 0

    @property
    def expected_count(self) -> int:
        return (
            self.published_count
            + self.not_published_count
            + self.not_transcribed_count
            + self.not_known_count
        )

    @property
    def published_count(self) -> int:
        """Pairs that have a value in the record."""
        return self.printed_count + self.derived_count

    @property
    def share(self) -> float | None:
        """Published pairs of all expected ones; None if none is expected."""
        return self.share_of(self.published_count)

    def share_of(self, count: int) -> float | None:
        return count / self.expected_count if self.expected_count else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The completeness of one force's rows of one year.

    `year` is None for rows that do not lie in one calendar year.
    `by_field` has every expected field in its order."""

    force_id: str
    force_name: str
    year: int | None
    period_start: dt.date | None
    period_end: dt.date | None
    rows_count: int
    total: Gaps
    by_field: tuple[tuple[str, Gaps], ...]
    status: str
    reason: Text
    sources: tuple[str, ...]

    @property
    def share(self) -> float | None:
        return self.total.share

    @property
    def fields_expected_count(self) -> int:
        return self.total.expected_count

    @property
    def fields_published_count(self) -> int:
        return self.total.published_count

    def of(self, field_id: str) -> Gaps:
        """The gaps of one expected field."""
        return dict(self.by_field)[field_id]
