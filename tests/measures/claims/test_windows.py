"""Windows of one length that give a stated figure, over rows whose sums can be done in the head."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from etl.measures.claims.figures import to_allowed
from etl.measures.claims.windows import DaySum, end_of_window, search_windows


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days(*totals: tuple[str, int]) -> list[DaySum]:
    return [DaySum(day(text), day(text), total) for text, total in totals]


YEAR = days(("2024-01-01", 3), ("2024-07-01", 4), ("2025-01-01", 5), ("2025-12-31", 6))


def test_every_window_that_gives_the_figure_is_found() -> None:
    # 12 months from 2 January to 1 July 2024 hold 4 + 5;
    # those from 2 July 2024 to 1 January 2025 hold 5 or 5 + 6.
    windows = search_windows(YEAR, Decimal(9), months=12)
    assert windows.windows[0] == (day("2024-01-02"), day("2025-01-01"))
    assert windows.windows[-1] == (day("2024-07-01"), day("2025-06-30"))
    assert (len(windows.windows), windows.row_sets, windows.tried) == (182, 1, 367)
    assert windows.shown == (day("2024-07-01"), day("2025-06-30"))


def test_the_same_figure_from_other_rows_is_another_set() -> None:
    alternating = days(("2024-01-01", 7), ("2024-03-01", 7), ("2024-05-01", 7))
    windows = search_windows(alternating, Decimal(7), months=1)
    assert windows.row_sets == 3
    assert search_windows(alternating, Decimal(8), months=1).windows == ()


def test_a_figure_that_no_window_gives_shows_the_nearest() -> None:
    windows = search_windows(YEAR, Decimal(8), months=12)
    assert (windows.windows, windows.row_sets) == ((), 0)
    assert windows.nearest is not None
    # 9, and 7 lies earlier
    assert windows.nearest == windows.shown == (day("2024-07-01"), day("2025-06-30"))


def test_a_rounded_figure_is_given_by_less_than_a_unit_and_a_search_may_end_early() -> None:
    rounded = to_allowed(Fraction(8), "rounded", Decimal(2))
    assert search_windows(YEAR, Decimal(8), months=12, allowed=rounded).row_sets == 2  # 7 and 9
    ended = search_windows(YEAR, Decimal(9), months=12, last_end=day("2025-01-01"))
    assert ended.windows == ((day("2024-01-02"), day("2025-01-01")),)
    assert ended.tried == 2
    begun = search_windows(YEAR, Decimal(9), months=12, first_start=day("2024-07-01"))
    assert begun.windows == tuple(
        window
        for window in search_windows(YEAR, Decimal(9), months=12).windows
        if window[0] >= day("2024-07-01")
    )
    assert begun.tried == 185


def test_a_window_with_a_missing_number_or_without_rows_is_not_tried() -> None:
    gap = [replace(each_day, missing=each_day.first == day("2024-07-01")) for each_day in YEAR]
    assert search_windows(gap, Decimal(5), months=12).windows[0][0] == day("2024-07-02")
    # One of the windows with the gap has 3 in its other rows, the other 182 have 5:
    # none can still be 2.
    unknown = [replace(each_day, total=0) if each_day.missing else each_day for each_day in gap]
    untried = [search_windows(unknown, Decimal(stated), months=12).untried for stated in (5, 4, 2)]
    assert untried == [183, 1, 0]
    assert search_windows(YEAR, Decimal(5), months=12).untried == 0
    apart = days(("2024-01-01", 1), ("2024-06-01", 1))
    assert search_windows(apart, Decimal(0), months=1).tried == 2
    for without in ([], [DaySum(day("2024-01-01"), day("2024-03-01"), 5)]):
        result = search_windows(without, Decimal(5), months=1)
        assert (result.shown, result.tried, result.untried) == (None, 0, 0)
    assert DaySum(day("2024-01-01"), day("2024-01-01"), 7).rows == 1


def test_a_row_counts_where_all_its_days_are_inside() -> None:
    rows = [
        DaySum(day("2024-01-01"), day("2024-01-01"), 1),
        DaySum(day("2024-01-20"), day("2024-02-10"), 2),
    ]
    rows += [
        DaySum(day("2024-01-05"), day("2024-03-20"), 50),
        DaySum(day("2024-03-20"), day("2024-03-20"), 4),
    ]
    windows = search_windows(rows, Decimal(2), months=1)
    assert windows.windows[0] == (day("2024-01-11"), day("2024-02-10"))
    assert windows.windows[-1] == (day("2024-01-20"), day("2024-02-19"))
    assert search_windows(rows, Decimal(50), months=1).windows == ()  # longer than any window


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-09-12", 12, "2025-09-11"),
        ("2024-01-01", 12, "2024-12-31"),
        ("2024-12-01", 1, "2024-12-31"),
        ("2024-11-30", 3, "2025-02-27"),
        ("2024-02-29", 12, "2025-02-27"),
    ],
)
def test_a_window_ends_on_the_day_before_the_same_day(start: str, months: int, end: str) -> None:
    assert end_of_window(day(start), months) == day(end)
