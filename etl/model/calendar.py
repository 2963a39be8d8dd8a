"""Years, quarters and months as codes: `2024`, `2024-Q3`, `2024-09`; and a day in words.

In: days and codes. Out: codes, days and words. Knows nothing of deployments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

CALENDAR: dict[str, Callable[[dt.date], str | int]] = {
    "year": lambda day: day.year,
    "quarter": lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    "month": lambda day: f"{day.year}-{day.month:02d}",
}
_FORMS = {
    "year": (re.compile(r"([0-9]{4})()"), 12),
    "quarter": (re.compile(r"([0-9]{4})-Q([1-4])"), 3),
    "month": (re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])"), 1),
}


def code_of(name: str, value: str | int) -> str | int:
    """The code in its own type, `"2024"` as 2024; ValueError for what is no year,
    quarter or month."""
    _months_of(name, value)
    return int(value) if name == "year" else str(value)


def span_of(name: str, value: str | int) -> tuple[dt.date, dt.date]:
    """First and last day; ValueError for what is no year, quarter or month."""
    year, first, length = _months_of(name, value)
    after = year * 12 + first - 1 + length
    return dt.date(year, first, 1), dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)


def format_day(day: dt.date | None, unknown: str = "no date") -> str:
    """`2 May 2025`."""
    return f"{day.day} {day:%B %Y}" if day else unknown


def _months_of(name: str, value: str | int) -> tuple[int, int, int]:
    form, length = _FORMS[name]
    match = form.fullmatch(str(value))
    # The record begins in this century; the calendar's ends would overflow a date.
    if match is None or not 1900 <= int(match[1]) <= 2999:
        raise ValueError(f"{value!r} is no {name}")
    return int(match[1]), (int(match[2] or 1) - 1) * length + 1, length


def list_codes(step: str, first: dt.date, last: dt.date) -> Iterator[str]:
    """The months, quarters or years from one day to another."""
    while first <= last:
        code = str(CALENDAR[step](first))
        yield code
        first = span_of(step, code)[1] + dt.timedelta(days=1)
