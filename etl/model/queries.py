"""What a query is limited to, and what a release adds up.

In: nothing. Out: `Where`, `Period`, `Sums` and the sums of single rows: the hand-overs between
`etl.warehouse`, `etl.measures` and `etl.queries`. Does not query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.model.messages import EMPTY, Text

Where = Mapping[str, Sequence[str | int]]
Period = tuple[dt.date | None, dt.date | None]
ALL_TIME: Period = (None, None)


@dataclass(frozen=True, slots=True)
class RowSums:
    """Over the deployments with a denominator above zero:
    how many, events k, trials or exposure n, k²/n and 1/n."""

    rows_count: int
    events: float
    trials: float
    squares: float
    inverses: float


@dataclass(frozen=True, slots=True)
class Sums:
    """What the warehouse added up for one group.

    `numerator` and `denominator` are sums over the `used_count` rows that have both; None if there
    are none. Of the `rows_count` rows that touch the period `outside_count` reach out of it.
    `breaks` are those that the used rows lie on both sides of. `divided` says why the rows are of
    two kinds that no rate may join, `provisional` what of the period is not published yet; both are
    empty where there is none. `by_row` is what tells how far the deployments lie apart."""

    group: tuple[tuple[str, str | int | None], ...]
    period_start: dt.date | None
    period_end: dt.date | None
    numerator: int | None
    denominator: int | None
    rows_count: int
    used_count: int
    sources: tuple[str, ...]
    outside_count: int = 0
    breaks: tuple[str, ...] = ()
    divided: Text = EMPTY
    provisional: Text = EMPTY
    by_row: RowSums | None = None

    def of(self, grouping: str) -> str | int | None:
        """The code of one grouping."""
        return dict(self.group)[grouping]


@dataclass(frozen=True, slots=True)
class RowSum:
    """One deployment as a claim adds it up; `used` if it has numerator and denominator."""

    deployment_id: str
    force_id: str
    publication_id: str
    place_id: str | None
    district_code: str | None
    use_case: str | None
    first_date: dt.date | None
    last_date: dt.date | None
    numerator: int | None
    denominator: int | None
    used: bool
