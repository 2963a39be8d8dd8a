"""Sentences of the record in the language in use: why a number is missing, what a benchmark shows,
what changed.

In: a `Text` of `etl`, or a declared text. Out: the same in the language in use; what the catalogue
does not have stays English, and `is_translated` says so. Does not compute and does not escape."""

from __future__ import annotations

import datetime as dt
import re

from dashboard.text.language import DEFAULT, _, format_day, language, ngettext
from etl.model.messages import TEMPLATES, VERBATIM, Message, Template, Text, Value

_SENTENCES = re.compile(r"(?<=\.) ")


def translate_message(text: str) -> str:
    """The text in the language in use; as it came, where any part of it has no translation."""
    if language() == DEFAULT or not text:
        return str(text)
    translated = _translate(text)
    return str(text) if translated is None else translated


def is_translated(text: str) -> bool:
    """Whether `translate_message` gives all of it in the language in use."""
    return language() == DEFAULT or not text or _translate(text) is not None


def _translate(text: str) -> str | None:
    parts = text.parts if isinstance(text, Text) else (text,)
    translated = [
        write_message(part) if isinstance(part, Message) else _translate_declared(part)
        for part in parts
    ]
    return None if None in translated else " ".join(filter(None, translated))


def write_message(message: Message, kind: type[LocalTemplate] | None = None) -> str:
    """The message in the language in use, by a `kind` of template."""
    forms = TEMPLATES[message.code]
    count = message.values.get("count", 0)
    form = (
        ngettext(forms[0], forms[1], count)
        if len(forms) > 1 and isinstance(count, int)
        else _(forms[0])
    )
    template = (kind or LocalTemplate)(is_verbatim=message.code in VERBATIM)
    return template.vformat(form, (), message.values)


def _translate_declared(text: str) -> str | None:
    """A declared text as a whole; a note of the reference data may be several of them."""
    if (whole := _(text)) != text:
        return whole
    sentences = _SENTENCES.split(text)
    translated = [_(sentence) for sentence in sentences]
    if any(map(str.__eq__, sentences, translated)):
        return None
    return " ".join(translated)


class LocalTemplate(Template):
    """The places of a template in the language in use: days in words, names translated, somebody's
    own texts (`is_verbatim`) as they are."""

    def __init__(self, *, is_verbatim: bool = False) -> None:
        self.is_verbatim = is_verbatim

    def write(self, value: Value) -> str | int | float:
        if isinstance(value, dt.date):
            return self.write_day(value)
        if isinstance(value, Text):
            return translate_message(value)
        if self.is_verbatim or isinstance(value, (int, float)):
            return super().write(value)  # type: ignore[no-any-return]
        texts = [value] if isinstance(value, str) else value
        return ", ".join(map(translate_message, texts))

    def write_day(self, day: dt.date) -> str:
        return format_day(day)
