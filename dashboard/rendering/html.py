"""How texts become safe parts of HTML.

In: printed or worded text. Out: HTML, in the language of the page. Does not show it."""

from __future__ import annotations

import html
import re

from markupsafe import Markup, escape

from dashboard.text.language import DEFAULT, language
from dashboard.text.messages import is_translated, translate_message
from etl.model.messages import Message, Text

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")


def text(message: object) -> str:
    """Printed or worded text, safe inside HTML and inside an attribute."""
    return html.escape(str(message), quote=True)


def printed(sentence: object) -> Markup:
    """Text as a publication prints it, always in English: a page in another language says so."""
    if language() == DEFAULT:
        return escape(sentence)
    return Markup('<span lang="en">{}</span>').format(sentence)


def write_translated(sentence: str) -> Markup:
    """A text of the record in the language of the page; a part of it that has no translation is
    marked as English."""
    parts = sentence.parts if isinstance(sentence, Text) else (sentence,)
    return Markup(" ").join(map(_write_part, parts))


def _write_part(part: Message | str) -> Markup:
    if isinstance(part, Message):
        return escape(translate_message(Text(part)))
    return escape(translate_message(part)) if is_translated(part) else printed(part)


def link(address: str | None, sentence: str) -> Markup:
    """A link to a publication where the address is one of the web;
    otherwise its printed name alone."""
    if address and address.startswith(("https://", "http://")):
        opening = Markup('<a href="{}" rel="noopener noreferrer">{}</a>')
        return opening.format(address, printed(sentence))
    return printed(sentence)


def page_link(address: str, words: str) -> Markup:
    """A link inside the site."""
    return Markup('<a href="{}">{}</a>').format(address, words)


def with_details(main: str, *details: str) -> Markup:
    """What a cell says, and below it in quiet letters its details; all that is no markup is
    escaped."""
    lines = (Markup('<span class="lfr-quiet">{}</span>').format(line) for line in details if line)
    return escape(main) + Markup("").join(lines)


def escape_markdown(sentence: str) -> str:
    """Text for a label of the framework's, in which nothing is markup."""
    return _MARKDOWN.sub(r"\\\1", sentence)
