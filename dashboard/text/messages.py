"""Sentences of the record in the language in use: why a number is missing, what a benchmark shows, what changed.

In: an English text that `etl` hands over with a number. Out: the same in the language in use, sentence by sentence, from the
catalogue; what the catalogue does not know stays English, and `is_told` says so. Does not compute and does not escape.
"""

from __future__ import annotations

import datetime as dt
import re
import string
from functools import cache, lru_cache

from dashboard.text.language import DEFAULT, _, language, say_day
from dashboard.text.message_templates import SENTENCES

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
_DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})")
_END = re.compile(r"[.!?]”?(?= )")


def tell(said: str) -> str:
    """The text in the language in use; as it came, where any part of it has no translation."""
    if language() == DEFAULT or not said:
        return said
    found = _tell(said, language())
    return said if found is None else found


def is_told(said: str) -> bool:
    """Whether `tell` says all of it in the language in use."""
    return language() == DEFAULT or not said or _tell(said, language()) is not None


@lru_cache(maxsize=4096)
def _tell(said: str, code: str) -> str | None:
    whole = _(said)
    if whole != said:
        return whole
    for end in reversed([one.end() for one in _END.finditer(said)]):
        first = _say_sentence(said[:end])
        if first != said[:end] and (rest := _tell(said[end + 1 :], code)) is not None:
            return f"{first} {rest}"
    for pattern, template in _patterns():
        found = pattern.match(said)
        if found is None or _(template) == template:
            continue
        values = {name: say_value(value) for name, value in found.groupdict().items()}
        first, after = _(template).format(**values), said[found.end() + 1 :]
        rest = _tell(after, code) if after else ""
        if rest is not None:
            return f"{first} {rest}".strip()
    return None


def _say_sentence(said: str) -> str:
    """A sentence of the catalogue; a label that stands as a sentence, with the full stop that it is given."""
    whole = _(said)
    bare = said.removesuffix(".")
    return f"{_(bare)}." if whole == said and _(bare) != bare else whole


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each sentence as a pattern: its places stand for whatever is there, and after it comes a space or nothing."""
    found = []
    for template in SENTENCES:
        parts = [
            re.escape(words) + (f"(?P<{name}>.+?)" if name else "")
            for words, name, _format, _conversion in string.Formatter().parse(template)
        ]
        found.append((re.compile(rf"{''.join(parts)}(?= |$)", re.DOTALL), template))
    return tuple(sorted(found, key=lambda pair: -len(pair[1])))


def say_value(said: str) -> str:
    """What stands in a place: a day in words, a name of the catalogue, several of them, or as it is."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        return say_day(dt.date.fromisoformat(said))
    if found := _DAY.fullmatch(said):
        return say_day(dt.date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1])))
    if ", " in said and _(said) == said:
        return ", ".join(map(say_value, said.split(", ")))
    return _(said)
