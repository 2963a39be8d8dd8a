"""One value as a cell of a CSV that a spreadsheet and a program read alike.

In: a value. Out: its text. A text that a spreadsheet would run as a formula gets a leading
apostrophe, and a range that it would take for a day (10-17) is written with “to”; numbers and dates
are never touched. Does not round."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from etl.model.wide import format_value

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
TAKEN_FOR_DAY, RANGE = r"^(\d{1,2})-(\d{1,2})$", r"\1 to \2"


def write_cell(value: object) -> str:
    """Numbers and dates as they are, a number that may be a fraction always with its point, times
    with seconds, truth as `true` or `false`, text made safe for spreadsheets."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return repr(float(value))
    if isinstance(value, dt.time):
        return value.isoformat("seconds")
    text = format_value(value)
    if not isinstance(value, str):
        return text
    text = re.sub(TAKEN_FOR_DAY, RANGE, text, flags=re.ASCII)
    return f"'{text}" if text.startswith(RUNS_AS_FORMULA) else text
