"""What the record says in sentences: a code with named values, and one template for each code.

In: a code of `messages.toml` beside this file, and the values of its places. Out: `Text`, which
reads as the sentence in English and carries the `Message`s that it is made of, so that a page says
them in another language. Does not translate."""

from __future__ import annotations

import datetime as dt
import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.model.calendar import format_day

Value = str | int | float | dt.date | Sequence[str]


def _read(name: str) -> dict[str, str | list[str]]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


# The parts of a problem, as `problems.toml` lists them.
SIDES = ("found", "expected", "remedy")
_MESSAGES, _PROBLEMS = _read("messages.toml"), _read("problems.toml")
PROBLEMS = frozenset(code for code, texts in _PROBLEMS.items() if not isinstance(texts, str))
# One form, or two: for a `count` of one, and for every other.
_OF_PROBLEMS: Mapping[str, tuple[str, ...]] = {
    (code if isinstance(texts, str) else f"{code}.{side}"): (text,)
    for code, texts in _PROBLEMS.items()
    for side, text in zip(SIDES, [texts] if isinstance(texts, str) else texts, strict=False)
}
TEMPLATES: Mapping[str, tuple[str, ...]] = {
    code: (forms,) if isinstance(forms, str) else tuple(forms) for code, forms in _MESSAGES.items()
} | dict(_OF_PROBLEMS)
# Codes whose strings are somebody's text: they stay as they are in every language.
VERBATIM = frozenset(_OF_PROBLEMS)


class Template(string.Formatter):
    """Fills the places of a template. `{name!r}` is what somebody typed, as it is; `{name!l}` a
    name within a sentence, its first letter small; `{name!u}` one that begins it; `{name!d}` a day
    in words."""

    def convert_field(self, value: Value, conversion: str | None) -> Any:
        if conversion == "r":
            return repr(value)
        if conversion == "d" and isinstance(value, dt.date):
            return self.write_day(value)
        text = self.write(value)
        if conversion in ("l", "u"):
            first = text[:1].lower() if conversion == "l" else text[:1].upper()
            return f"{first}{text[1:]}"
        return text

    def write(self, value: Value) -> Any:
        """The value as an English sentence has it; a number as it is."""
        if isinstance(value, dt.date):
            return value.isoformat()
        return value if isinstance(value, (str, int, float)) else ", ".join(value)

    def write_day(self, day: dt.date) -> str:
        """The day in words."""
        return format_day(day)


@dataclass(frozen=True, slots=True)
class Message:
    """A code of `TEMPLATES` and the values of its places: numbers, days, names or lists of them."""

    code: str
    values: Mapping[str, Value]

    @property
    def text(self) -> str:
        """The sentence in English."""
        forms = TEMPLATES[self.code]
        form = forms[0] if self.values.get("count") == 1 else forms[-1]
        return Template().vformat(form, (), self.values)


class Text(str):
    """One or more messages as an English text. A part that is a string is a text that is declared
    as a whole: the meaning of a code, or a field of the reference data."""

    parts: tuple[Message | str, ...]

    def __new__(cls, *parts: Message | str) -> Text:
        """The sentences with a space between them."""
        text = super().__new__(
            cls, " ".join(part.text if isinstance(part, Message) else part for part in parts)
        )
        text.parts = parts
        return text

    def __getnewargs__(self) -> tuple[Message | str, ...]:  # type: ignore[override]
        return self.parts


EMPTY = Text()


def message(code: str, /, **values: Value) -> Text:
    """The text of one message. KeyError for an unknown code or a place without a value."""
    return Text(Message(code, values))


def join(*texts: str) -> Text:
    """The texts one after another, without empty ones."""
    return Text(
        *(
            part
            for text in texts
            if text
            for part in (text.parts if isinstance(text, Text) else (text,))
        )
    )
