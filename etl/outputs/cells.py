"""One value as a cell of a CSV that a spreadsheet and a program read alike.

In: a value. Out: its text. A text that a spreadsheet would run as a formula gets a leading
apostrophe; numbers and dates are never touched. Does not round."""

from __future__ import annotations

from etl.model.wide import format_value

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_cell(value: object) -> str:
    """Numbers and dates as they are, truth as `true` or `false`,
    text made safe for spreadsheets."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = format_value(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(RUNS_AS_FORMULA) else text
