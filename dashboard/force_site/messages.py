"""Problems of returns in the language of the page: what a check of a file tells, and why a step is
refused.

In: the English words in which `etl` tells a problem. Out: HTML in the language in use; words that
no phrase knows are marked as English. What stands in the places of a phrase (headings, values of
the template, what was found in a cell) is as it stands in the file and is not translated, but for
days and for a phrase in a phrase. Does not decide what is a problem."""

from __future__ import annotations

import datetime as dt
import re
import string
from contextlib import suppress
from functools import cache, lru_cache

from dashboard.force_site.message_templates import PHRASES
from dashboard.rendering.html import printed, text
from dashboard.text.language import DEFAULT, _, format_day, language
from dashboard.text.messages import is_translated, translate_message

# Places that hold words of ours again. What is in any other place is somebody's text.
_WITH_WORDS = "message"
_OURS = ("form", _WITH_WORDS)
_DAYS = ("day", "start", "end")
_BETWEEN = "; "


def write_problem(sentence: str) -> str:
    """What was expected, or what to do, as HTML."""
    if language() == DEFAULT or not sentence:
        return text(sentence)
    problem = translate_problem(sentence)
    if problem is not None:
        return text(problem)
    english, rest = _split(sentence)
    return f"{printed(english)}{text(rest)}"


def build_problem_response(sentence: str) -> str:
    """The same as plain text, for a file; what has no translation as it is."""
    problem = translate_problem(sentence)
    return "".join(_split(sentence)) if problem is None else problem


def _split(sentence: str) -> tuple[str, str]:
    """The sentence of a finding, which has no translation, and what to do about it, which has."""
    for pattern, template in _patterns():
        if f"{{{_WITH_WORDS}}}" in template and (match := pattern.fullmatch(sentence)):
            return match[_WITH_WORDS], _(template).replace(f"{{{_WITH_WORDS}}}", "")
    return sentence, ""


def write_hits(sentence: str) -> str:
    """What was found: our words in the language of the page,
    the text of a cell as it stands there."""
    problem = translate_problem(sentence)
    return text(sentence if problem is None else problem)


def translate_problem(sentence: str) -> str | None:
    """The words in the language in use; None where a part of them has no translation."""
    return sentence if language() == DEFAULT or not sentence else _translate(sentence, language())


@lru_cache(maxsize=2048)
def _translate(sentence: str, code: str) -> str | None:
    if sentence in PHRASES:
        return _(sentence)
    parts = (
        [_translate(part, code) for part in sentence.split(_BETWEEN)]
        if _BETWEEN in sentence
        else [None]
    )
    if None not in parts:
        return _BETWEEN.join(map(str, parts))
    for pattern, template in _patterns():
        if match := pattern.fullmatch(sentence):
            values = {name: _fill(name, value, code) for name, value in match.groupdict().items()}
            if None not in values.values():
                return _(template).format(**values)
    return translate_message(sentence) if is_translated(sentence) else None


def _fill(name: str, value: str, code: str) -> str | None:
    if name in _OURS:
        return _translate(value, code)
    if name not in _DAYS:
        return value
    for pattern in ("%Y-%m-%d", "%d %B %Y"):
        with suppress(ValueError):
            return format_day(dt.datetime.strptime(value, pattern).date())
    # Words that are no day are not between two of them.
    return None if " " in value else value


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Phrases with places, those with most words of their own first."""
    result = []
    for template in PHRASES:
        parts = list(string.Formatter().parse(template))
        if any(name for _words, name, _format, _conversion in parts):
            pattern = "".join(
                re.escape(words) + (f"(?P<{name}>.+?)" if name else "")
                for words, name, _f, _c in parts
            )
            result.append(
                (sum(len(part[0]) for part in parts), re.compile(pattern, re.DOTALL), template)
            )
    return tuple(
        (pattern, template)
        for _length, pattern, template in sorted(result, key=lambda item: -item[0])
    )
