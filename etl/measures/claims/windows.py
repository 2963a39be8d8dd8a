"""Every window of one length in the record: which of them give a stated figure, where the source
does not say when.

In: sums by first and last day of the rows, and the figure. Out: `WindowSearch`.
Does not say that a window is the one that was meant:
the more windows give the figure, the less it shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from etl.measures.claims.figures import Allowed, to_allowed

Window = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class DaySum:
    """The sum of the rows with one first and one last day, and how many lack the number."""

    first: dt.date
    last: dt.date
    total: int
    missing: int = 0
    rows: int = 1


@dataclass(frozen=True, slots=True)
class WindowSearch:
    """How many windows could be tried, those that give the figure in order of date, and the last of
    the nearest ones.

    Windows a day apart often hold the same rows: `row_sets` is how many different sets of rows the
    found ones hold. `untried` windows hold a row without the number, and the rest of their rows do
    not already exceed the figure."""

    months: int
    tried: int
    windows: tuple[Window, ...]
    nearest: Window | None
    row_sets: int = 0
    untried: int = 0

    @property
    def shown(self) -> Window | None:
        """The window whose rows are shown: the latest that gives the figure, else the nearest."""
        return self.windows[-1] if self.windows else self.nearest


def search_windows(
    days: Sequence[DaySum],
    stated: Decimal,
    *,
    months: int,
    allowed: Allowed | None = None,
    first_start: dt.date | None = None,
    last_end: dt.date | None = None,
) -> WindowSearch:
    """Every window of so many calendar months between the first and the last day of the rows.

    A window counts the rows that lie wholly inside it and is tried if there are any and all have
    the number. `allowed` says which sums give a figure that is not exact. Two cumulative sums do
    the work: no row that counts is longer than a window, so that it is inside if it neither begins
    before the window nor ends after it."""
    fitting = [day for day in days if day.last <= end_of_window(day.first, months)]
    if not fitting:
        return WindowSearch(months, 0, (), None)
    begin, until = min(day.first for day in fitting), max(day.last for day in fitting)
    length = (until - begin).days + 1
    starts = (begin + dt.timedelta(days=number) for number in range(length))
    windows = [(start, end_of_window(start, months)) for start in starts]
    windows = [
        window
        for window in windows
        if window[1] <= min(until, last_end or until) and window[0] >= (first_start or begin)
    ]
    begun, ended = np.zeros((3, length + 1), np.int64), np.zeros((3, length + 1), np.int64)
    for day in fitting:
        begun[:, (day.first - begin).days + 1] += (day.total, day.missing, day.rows)
        ended[:, (day.last - begin).days + 1] += (day.total, day.missing, day.rows)
    before = np.cumsum(begun, axis=1)[:, [(start - begin).days for start, _ in windows]]
    until_end = np.cumsum(ended, axis=1)[:, [(end - begin).days + 1 for _, end in windows]]
    totals, missing, rows = until_end - before
    known = np.flatnonzero((missing == 0) & (rows > 0))
    gives = allowed or to_allowed(Fraction(stated), "exact", None)
    untried = sum(not gives.lies_above(Fraction(int(totals[at]))) for at in np.flatnonzero(missing))
    if not len(known):
        return WindowSearch(months, 0, (), None, untried=untried)
    off = np.abs(totals[known] - float(stated))
    equal = [at for at in known if gives.holds(Fraction(int(totals[at])))]
    nearest = known[np.flatnonzero(off == off.min())[-1]]
    row_sets = len({(int(before[2, at]), int(until_end[2, at])) for at in equal})
    return WindowSearch(
        months, len(known), tuple(windows[at] for at in equal), windows[nearest], row_sets, untried
    )


def end_of_window(start: dt.date, months: int) -> dt.date:
    """The last day of so many months: 12 months from 12 September 2024 end on 11 September 2025."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    following = dt.date(year + month // 11, (month + 1) % 12 + 1, 1)
    last_of_month = (following - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(start.day, last_of_month)) - dt.timedelta(days=1)
