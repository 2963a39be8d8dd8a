"""Values in the project's own files, written in one exact form for each type of a declared field.

In: a text and the type that it stands for. Out: the value.
Does not read what a publisher printed (`printed_values` does) and does not know any field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple


class _Form(NamedTuple):
    pattern: re.Pattern[str]
    make: Callable[[str], Any]
    words: str


# Fifteen digits at most: what every database and spreadsheet holds exactly.
MAX_DIGITS = 15
_DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,18})?(?:[eE]-?\d{1,2})?", re.ASCII)
_FORMS = {
    str: _Form(re.compile(r".*", re.DOTALL), str, "text"),
    int: _Form(
        re.compile(rf"-?\d{{1,{MAX_DIGITS}}}", re.ASCII), int, "a whole number such as 1234"
    ),
    float: _Form(_DECIMAL, float, "a decimal number such as 51.5"),
    Decimal: _Form(_DECIMAL, Decimal, "a decimal number such as 0.64"),
    bool: _Form(re.compile("true|false"), lambda text: text == "true", "true or false"),
    dt.date: _Form(
        re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
        dt.date.fromisoformat,
        "a date that is in the calendar, as year-month-day such as 2025-11-27",
    ),
    dt.time: _Form(
        re.compile(r"\d\d:\d\d(?::\d\d)?", re.ASCII),
        dt.time.fromisoformat,
        "a clock time such as 08:30",
    ),
}


def format_type(kind: type) -> str:
    """What a value of this type looks like, for a reader."""
    return _FORMS[kind].words


def read_typed(kind: type, text: str) -> Any:
    """The value of a text; ValueError, with what was expected, for one in another form."""
    form = _FORMS[kind]
    try:
        if form.pattern.fullmatch(text):
            return form.make(text)
    except ValueError:
        pass
    raise ValueError(form.words)
