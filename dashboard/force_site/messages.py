"""Problems of returns in the language of the page: what a check of a file tells, and why a step is
refused.

In: a text of a problem, as `etl.model.problems.explain` makes it. Out: HTML in the language in use;
what has no translation is marked as English. Does not decide what is a problem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from dashboard.rendering.html import text, write_translated
from dashboard.text.language import DEFAULT, language
from dashboard.text.messages import LocalTemplate, is_translated, write_message
from etl.model.messages import Message, Text, Value


def write_problem(words: str) -> str:
    """What was expected, or what to do. A text without a code is English."""
    if language() == DEFAULT:
        return text(words)
    parts = words.parts if isinstance(words, Text) else (words,)
    return " ".join(
        write_message(part, _HtmlTemplate) if isinstance(part, Message) else write_translated(part)
        for part in parts
    )


def write_hits(words: str) -> str:
    """What was found. A text without a code is that of a cell."""
    return write_problem(words) if isinstance(words, Text) else text(words)


class _HtmlTemplate(LocalTemplate):
    """A template as HTML: a text in a place of it that has no translation is marked as English."""

    def parse(self, format_string: str) -> Iterable[Any]:
        for literal, *place in super().parse(format_string):
            yield (text(literal), *place)

    def write(self, value: Value) -> str | int | float:
        if isinstance(value, Text) and not is_translated(value):
            return write_translated(value)
        return super().write(value)

    def format_field(self, value: Any, format_spec: str) -> str:
        return value if isinstance(value, Markup) else text(format(value, format_spec))
