"""Estimates and printed values as words: numbers, intervals, symbols, dates.

In: Estimates, numbers and dates. Out: plain text in British usage; the same text on page, in alt text and in tables.
Does not compute and does not escape: whoever puts the text into HTML escapes it there.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Sequence

from etl.model.estimates import Estimate

NONE_SEEN = "none seen"
_DASH = "–"
_MILLION = 1_000_000


def say_count(number: float) -> str:
    """`2077` → `2,077`."""
    return f"{number:,.0f}"


def say_date(day: dt.date | None) -> str:
    """`10 May 2025`; `date not published` for none."""
    return "date not published" if day is None else f"{day.day} {calendar.month_name[day.month]} {day.year}"


def say_month(month: str) -> str:
    """`2024-08` → `August 2024`."""
    year, number = month.split("-")
    return f"{calendar.month_name[int(number)]} {year}"


def say_period(start: dt.date | None, end: dt.date | None) -> str:
    """`29 May 2017 to 27 August 2026`."""
    if start is None or end is None:
        return "period not published"
    return say_date(start) if start == end else f"{say_date(start)} to {say_date(end)}"


def say_share(share: float) -> str:
    """A share of 1 in per cent with at least two digits that mean something: `0.48%`, `1.3%`, `33.8%`, `0%`, `100%`."""
    percent = share * 100
    if percent in (0, 100):
        return f"{percent:.0f}%"
    decimals = 1 if percent >= 1 else 2 if percent >= 0.1 else 1 - math.floor(math.log10(percent))
    said = f"{percent:.{decimals}f}%"
    # A share short of the whole is never rounded up to it.
    return "more than 99.9%" if said == "100.0%" else said


def say_one_in(share: float, *, down: bool = False) -> str:
    """A share of 1 as `1 in 315,000`, three digits that mean something; `down` rounds to the cautious side of a bound."""
    number = 1 / share
    step = 10 ** max(0, math.floor(math.log10(number)) - 2)
    rounded = math.floor(number / step) * step if down else round(number / step) * step
    return f"1 in {say_count(rounded)}"


def say_per_million(share: float) -> str:
    """A share of 1 as events in a million, without the unit: `8.1`, `0.037`, `399`."""
    number = share * _MILLION
    if number == 0:
        return "0"
    if number >= 100:
        return say_count(number)
    return f"{number:.1f}" if number >= 1 else f"{number:.{1 - math.floor(math.log10(number))}f}"


def say_total(estimate: Estimate) -> str:
    """A count: `538`; `at least 617` where rows lack the number; `[x] not available`, `[z] nothing to count`."""
    if estimate.value is not None:
        return say_count(estimate.value)
    if estimate.numerator is not None:
        return f"at least {say_count(estimate.numerator)}"
    return say_status(estimate)


def say_amount(estimate: Estimate, unit: str) -> str:
    """A count with its unit: `1 deployment`, `at least 617 deployments`; a unit starts with the word that is counted."""
    total = say_total(estimate)
    if estimate.numerator is None:
        return total
    head, _, tail = unit.partition(" ")
    return f"{total} {f'{head[:-1]} {tail}'.strip() if estimate.numerator == 1 else unit}"


def say_status(estimate: Estimate) -> str:
    """Why there is no number, with its symbol."""
    symbol = estimate.marks.replace("[b]", "").strip()
    words = {
        "not_available": "not published",
        "no_rows": "nothing to count",
        "undefined": "not applicable",
        "too_few": "too few to show a rate",
        "incomplete": "incomplete",
    }
    return f"{symbol} {words.get(estimate.status, estimate.status)}".strip()


def say_gap(estimate: Estimate) -> str:
    """How much of a count is published: `8 of 613 rows do not publish it`; empty if all do."""
    if estimate.status == "not_available":
        return say_none_of(estimate, "it")
    if not estimate.left_out_count or not estimate.rows_count:
        return ""
    verb = "does" if estimate.left_out_count == 1 else "do"
    return f"Only the published part: {say_count(estimate.left_out_count)} of {say_rows(estimate.rows_count)} {verb} not publish it."


def say_none_of(estimate: Estimate, what: str) -> str:
    """`None of the 22 rows publishes it.`; of one row, that it does not."""
    if estimate.rows_count == 1:
        return f"The only row does not publish {what}."
    return f"None of the {say_rows(estimate.rows_count)} publishes {what}."


def say_rows(number: int) -> str:
    """`1 row`, `613 rows`."""
    return f"{say_count(number)} {'row' if number == 1 else 'rows'}"


def say_share_of_alerts(estimate: Estimate) -> str:
    """`0.48% (0.23% to 0.88%)`; `none seen; below 11.3% (95%)`; or why there is none."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return say_status(estimate)
    if estimate.status == "none_seen":
        return _mark(f"{NONE_SEEN}; below {say_share(_up(estimate.high))} (95%)", estimate)
    said = f"{say_share(estimate.value)} ({say_share(estimate.low)} to {say_share(estimate.high)})"
    return _mark(said, estimate)


def say_one_in_faces(estimate: Estimate) -> str:
    """`1 in 315,000 faces (1 in 171,000 to 1 in 656,000)`; `none seen; below 1 in 8,860 faces (95%)`; or why none."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return say_status(estimate)
    if estimate.status == "none_seen":
        return _mark(f"{NONE_SEEN}; below {say_one_in(estimate.high, down=True)} faces (95%)", estimate)
    said = f"{say_one_in(estimate.value)} faces ({say_one_in(estimate.high)} to {say_one_in(estimate.low)})"
    return _mark(said, estimate)


def say_per_million_faces(estimate: Estimate) -> str:
    """`8.1 per million faces (6.1 to 10.4)`; `none seen; below 113 per million faces (95%)`; or why there is none."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return say_status(estimate)
    if estimate.status == "none_seen":
        return _mark(f"{NONE_SEEN}; below {say_per_million(estimate.high)} per million faces (95%)", estimate)
    low, high = say_per_million(estimate.low), say_per_million(estimate.high)
    return _mark(f"{say_per_million(estimate.value)} per million faces ({low} to {high})", estimate)


def say_fraction(estimate: Estimate, of: str) -> str:
    """`10 of 2,077 alerts`; empty where one of the two is not known."""
    if estimate.numerator is None or estimate.denominator is None:
        return ""
    return f"{say_count(estimate.numerator)} of {say_count(estimate.denominator)} {of}"


def say_list(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) if names else "none"


def say_short_period(start: dt.date | None, end: dt.date | None) -> str:
    """For labels: `2020–2026`, `May 2017 – March 2018`, `November 2025`."""
    if start is None or end is None:
        return "period not published"
    if (start.year, start.month) == (end.year, end.month):
        return f"{calendar.month_name[start.month]} {start.year}"
    first = f"{calendar.month_abbr[start.month]} {start.year}"
    return f"{first} {_DASH} {calendar.month_abbr[end.month]} {end.year}"


def _mark(said: str, estimate: Estimate) -> str:
    return f"{said} {estimate.marks}".strip()


def _up(share: float) -> float:
    """An upper bound, rounded up to the last digit shown, so that the words never promise more than the bound."""
    return min(1.0, math.ceil(share * 1000) / 1000) if share >= 0.01 else share
