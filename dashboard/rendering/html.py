"""How texts become safe parts of HTML.

In: printed or worded text. Out: HTML, in the language of the page. Does not show it."""

from __future__ import annotations

import html
import re

from dashboard.text.language import DEFAULT, language
from dashboard.text.messages import is_translated, translate_message

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")


def text(message: object) -> str:
    """Printed or worded text, safe inside HTML and inside an attribute."""
    return html.escape(str(message), quote=True)


def printed(sentence: object) -> str:
    """Text as a publication prints it, always in English: a page in another language says so."""
    return text(sentence) if language() == DEFAULT else f'<span lang="en">{text(sentence)}</span>'


def write_translated(sentence: str) -> str:
    """A sentence of the record in the language of the page;
    one that has no translation is marked as English."""
    return text(translate_message(sentence)) if is_translated(sentence) else printed(sentence)


def link(address: str | None, sentence: str) -> str:
    """A link to a publication where the address is one of the web;
    otherwise its printed name alone."""
    if address and address.startswith(("https://", "http://")):
        return f'<a href="{text(address)}" rel="noopener noreferrer">{printed(sentence)}</a>'
    return printed(sentence)


def escape_markdown(sentence: str) -> str:
    """Text for a label of the framework's, in which nothing is markup."""
    return _MARKDOWN.sub(r"\\\1", sentence)
