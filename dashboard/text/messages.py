"""Sentences of the record in the language in use: why a number is missing, what a benchmark shows,
what changed.

In: an English text that `etl` hands over with a number. Out: the same in the language in use,
sentence by sentence, from the catalogue; what the catalogue does not know stays English, and
`is_translated` says so. Does not compute and does not escape."""

from __future__ import annotations

import datetime as dt
import re
import string
from functools import cache, lru_cache

from dashboard.text.language import DEFAULT, _, format_day, language
from dashboard.text.message_templates import SENTENCES

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")
_END = re.compile(r"[.!?]”?(?= )")


def translate_message(text: str) -> str:
    """The text in the language in use; as it came, where any part of it has no translation."""
    if language() == DEFAULT or not text:
        return text
    result = _translate(text, language())
    return text if result is None else result


def is_translated(text: str) -> bool:
    """Whether `tell` says all of it in the language in use."""
    return language() == DEFAULT or not text or _translate(text, language()) is not None


@lru_cache(maxsize=4096)
def _translate(text: str, code: str) -> str | None:
    whole = _(text)
    if whole != text:
        return whole
    for end in reversed([match.end() for match in _END.finditer(text)]):
        first = _describe_sentence(text[:end])
        if first != text[:end] and (rest := _translate(text[end + 1 :], code)) is not None:
            return f"{first} {rest}"
    for pattern, template in _patterns():
        match = pattern.match(text)
        if match is None or _(template) == template:
            continue
        values = {name: format_value(value) for name, value in match.groupdict().items()}
        first, after = _(template).format(**values), text[match.end() + 1 :]
        rest = _translate(after, code) if after else ""
        if rest is not None:
            return f"{first} {rest}".strip()
    return None


def _describe_sentence(text: str) -> str:
    """A sentence of the catalogue; a label that stands as a sentence,
    with the full stop that it is given."""
    whole = _(text)
    bare = text.removesuffix(".")
    return f"{_(bare)}." if whole == text and _(bare) != bare else whole


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each sentence as a pattern: its places stand for whatever is there,
    and after it comes a space or nothing."""
    result = []
    for template in SENTENCES:
        parts = [
            re.escape(words) + (f"(?P<{name}>.+?)" if name else "")
            for words, name, _format, _conversion in string.Formatter().parse(template)
        ]
        result.append((re.compile(rf"{''.join(parts)}(?= |$)", re.DOTALL), template))
    return tuple(sorted(result, key=lambda pair: -len(pair[1])))


def format_value(text: str) -> str:
    """What stands in a place: a day in words, a name of the catalogue, several of them,
    or as it is."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return format_day(dt.date.fromisoformat(text))
    if match := _DAY.fullmatch(text):
        return format_day(dt.date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1])))
    if ", " in text and _(text) == text:
        return ", ".join(map(format_value, text.split(", ")))
    return _(text)
