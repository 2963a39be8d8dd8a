"""Values in the project's own files, written in one exact form for each type of a declared field.

In: a text and the type that it stands for. Out: the value.
Does not read what a publisher printed (`printed_values` does) and does not know any field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from etl.model.fields import Scalar
from etl.model.messages import Text, message


class _Form(NamedTuple):
    pattern: re.Pattern[str]
    make: Callable[[str], Scalar]
    words: Text


# Fifteen digits at most: what every database and spreadsheet holds exactly.
MAX_DIGITS = 15
_DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,18})?(?:[eE]-?\d{1,2})?", re.ASCII)
_FORMS = {
    str: _Form(re.compile(r".*", re.DOTALL), str, message("any_text")),
    int: _Form(re.compile(rf"-?\d{{1,{MAX_DIGITS}}}", re.ASCII), int, message("whole_number")),
    float: _Form(_DECIMAL, float, message("decimal_number")),
    Decimal: _Form(_DECIMAL, Decimal, message("decimal_share")),
    bool: _Form(re.compile("true|false"), lambda text: text == "true", message("true_or_false")),
    dt.date: _Form(
        re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
        dt.date.fromisoformat,
        message("calendar_day"),
    ),
    dt.time: _Form(
        re.compile(r"\d\d:\d\d(?::\d\d)?", re.ASCII),
        dt.time.fromisoformat,
        message("clock_time"),
    ),
}


def format_type(kind: type) -> Text:
    """What a value of this type looks like, for a reader."""
    return _FORMS[kind].words


def read_typed(kind: type, text: str) -> Scalar:
    """The value of a text; ValueError, with what was expected, for one in another form."""
    form = _FORMS[kind]
    try:
        if form.pattern.fullmatch(text):
            return form.make(text)
    except ValueError:
        pass
    raise ValueError(form.words)
