"""What a printed text says: counts, decimals, days, durations and clock times.

In: one cell's text as printed. Out: the value it states, exact (whole numbers and decimals, never
floats). Does not know where the text stood, does not correct misprints, does not turn a gap into a
number and does not judge whether a value is plausible. A text in any form not listed here is
`UnparseableError`; the caller, who knows the place, makes the `Problem`."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

# Twelve digits at most: no published count is longer,
# and a longer run of digits is two cells read as one.
_WHOLE = r"0|[1-9]\d{0,11}|[1-9]\d{0,2}(?:,\d{3}){1,3}"
_COUNT = re.compile(_WHOLE, re.ASCII)
_DECIMAL = re.compile(r"(?:0|[1-9]\d{0,11})(?:\.\d{1,12})?", re.ASCII)
_DAY = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>20\d\d|\d\d)", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_RANGE = re.compile(r"\s*[-\u2013]\s*|\s+to\s+")
# As published: "5h03m", "8h0m", "5h 03m", "4h 0m", "4hr 47m", and twice without the m, "5h40" and
# "4h45". A single digit without the m is left out: "5h4" is as likely a lost nought as four
# minutes.
_DURATION = re.compile(r"(?P<hours>\d{1,2})(?:h|hr) ?(?P<minutes>\d{1,2}(?=m)|\d\d)m?", re.ASCII)
_CLOCK = re.compile(r"(?P<hour>\d\d):?(?P<minute>\d\d)", re.ASCII)


class UnparseableError(ValueError):
    """A text that is not in a known form. `expected` says, for a reader,
    what would have been understood."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def format_text(text: str) -> str:
    """A printed text in quotation marks, its beginning if it is longer than a line."""
    return repr(text if len(text) <= 100 else f"{text[:97]}...")


def read_count(text: str) -> int:
    """A whole number without sign; commas, if any, between every three digits.
    Raises Unparseable."""
    stripped = text.strip()
    if not _COUNT.fullmatch(stripped):
        raise UnparseableError("a whole number such as 1234 or 1,234")
    return int(stripped.replace(",", ""))


def read_decimal(text: str) -> Decimal:
    """A decimal number without sign or commas, such as a threshold of "0.64".
    Keeps the printed decimals."""
    stripped = text.strip()
    if not _DECIMAL.fullmatch(stripped):
        raise UnparseableError("a decimal number such as 0.64")
    return Decimal(stripped)


def read_day(text: str) -> date:
    """A day printed as day/month/year, the year of this century in two or four digits.
    Never month first."""
    stripped = text.strip()
    match = _DAY.fullmatch(stripped)
    if not match:
        raise UnparseableError("a date as day/month/year such as 06/04/23 or 06/04/2023")
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    try:
        return date(year if year >= 100 else 2000 + year, month, day)
    except ValueError:
        pass
    if day <= 12 < month <= 31:
        raise UnparseableError(f"a date as day/month/year ({stripped} looks like month first)")
    raise UnparseableError(f"a date as day/month/year ({stripped} is not in the calendar)")


def read_iso_day(text: str) -> date:
    """A day written as year-month-day, "2025-11-27"."""
    match = _ISO_DAY.fullmatch(text.strip())
    if match:
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            pass
    raise UnparseableError("a date that is in the calendar, as year-month-day such as 2025-11-27")


def is_range(text: str) -> bool:
    """Whether a text has two ends that are no parts of one ISO date."""
    return len(_RANGE.split(text.strip())) == 2


def read_day_range(text: str) -> tuple[date, date]:
    """First and last day with a dash or "to" between, such as "10/11/25- 12/11/25",
    in that order."""
    ends = _RANGE.split(text.strip())
    if len(ends) != 2:
        raise UnparseableError("two dates with a dash between, such as 10/11/25-12/11/25")
    first, last = read_day(ends[0]), read_day(ends[1])
    if last < first:
        raise UnparseableError("two dates with a dash between, the earlier one first")
    return first, last


def read_duration_minutes(text: str) -> int:
    """Hours and minutes, in minutes: "5h03m", "5h 03m", "4hr 47m", "8h0m", "5h40".
    Both must be printed."""
    match = _DURATION.fullmatch(text.strip())
    if not match:
        raise UnparseableError("hours and minutes such as 5h 03m")
    hours, minutes = int(match["hours"]), int(match["minutes"])
    if minutes >= 60:
        raise UnparseableError("hours and minutes such as 5h 03m, with fewer than 60 minutes")
    return hours * 60 + minutes


def read_clock_range(text: str) -> tuple[time, time]:
    """Start and end by the 24-hour clock: "1205-1253" or "12:05 to 12:53".

    An end earlier than the start is returned as printed:
    only the caller knows whether midnight was passed."""
    ends = _RANGE.split(text.strip())
    if len(ends) != 2:
        raise UnparseableError("two clock times such as 1205-1253")
    return _clock_time(ends[0]), _clock_time(ends[1])


def _clock_time(text: str) -> time:
    match = _CLOCK.fullmatch(text)
    if match and int(match["hour"]) < 24 and int(match["minute"]) < 60:
        return time(int(match["hour"]), int(match["minute"]))
    raise UnparseableError("two clock times such as 1205-1253, each from 0000 to 2359")
