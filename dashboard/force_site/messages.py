"""Problems of returns in the language of the page: what a check of a file tells, and why a step is refused.

In: the English words in which `etl` tells a problem. Out: HTML in the language in use; words that no phrase knows are marked as
English. What stands in the places of a phrase (headings, values of the template, what was found in a cell) is as it stands in the
file and is not translated, but for days and for a phrase in a phrase. Does not decide what is a problem.
"""

from __future__ import annotations

import re
import string
from functools import cache, lru_cache

from dashboard.force_site.message_templates import PHRASES
from dashboard.rendering.html import printed, text
from dashboard.text.language import DEFAULT, _, language
from dashboard.text.messages import is_told, say_value, tell

# Places that hold words of ours again. What is in any other place is somebody's text.
_WITH_WORDS = "message"
_OURS = ("form", _WITH_WORDS)
_DAYS = ("day", "start", "end")
_BETWEEN = "; "


def write_problem(said: str) -> str:
    """What was expected, or what to do, as HTML."""
    if language() == DEFAULT or not said:
        return text(said)
    found = tell_problem(said)
    if found is not None:
        return text(found)
    english, rest = _split(said)
    return f"{printed(english)}{text(rest)}"


def say_problem(said: str) -> str:
    """The same as plain text, for a file; what has no translation as it is."""
    found = tell_problem(said)
    return "".join(_split(said)) if found is None else found


def _split(said: str) -> tuple[str, str]:
    """The sentence of a finding, which has no translation, and what to do about it, which has."""
    for pattern, template in _patterns():
        if f"{{{_WITH_WORDS}}}" in template and (match := pattern.fullmatch(said)):
            return match[_WITH_WORDS], _(template).replace(f"{{{_WITH_WORDS}}}", "")
    return said, ""


def write_found(said: str) -> str:
    """What was found: our words in the language of the page, the text of a cell as it stands there."""
    found = tell_problem(said)
    return text(said if found is None else found)


def tell_problem(said: str) -> str | None:
    """The words in the language in use; None where a part of them has no translation."""
    return said if language() == DEFAULT or not said else _tell(said, language())


@lru_cache(maxsize=2048)
def _tell(said: str, code: str) -> str | None:
    if said in PHRASES:
        return _(said)
    parts = [_tell(one, code) for one in said.split(_BETWEEN)] if _BETWEEN in said else [None]
    if None not in parts:
        return _BETWEEN.join(map(str, parts))
    for pattern, template in _patterns():
        if match := pattern.fullmatch(said):
            values = {name: _fill(name, value, code) for name, value in match.groupdict().items()}
            if None not in values.values():
                return _(template).format(**values)
    return tell(said) if is_told(said) else None


def _fill(name: str, value: str, code: str) -> str | None:
    if name in _OURS:
        return _tell(value, code)
    if name not in _DAYS:
        return value
    day = say_value(value)
    # Words that are no day are not between two of them.
    return None if day == value and " " in value else day


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Phrases with places, those with most words of their own first."""
    found = []
    for template in PHRASES:
        parts = list(string.Formatter().parse(template))
        if any(name for _words, name, _format, _conversion in parts):
            pattern = "".join(
                re.escape(words) + (f"(?P<{name}>.+?)" if name else "") for words, name, _f, _c in parts
            )
            found.append((sum(len(one[0]) for one in parts), re.compile(pattern, re.DOTALL), template))
    return tuple((pattern, template) for _length, pattern, template in sorted(found, key=lambda one: -one[0]))
