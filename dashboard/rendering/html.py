"""How texts become safe parts of HTML.

In: printed or worded text. Out: HTML, in the language of the page. Does not show it.
"""

from __future__ import annotations

import html
import re

from dashboard.text.language import DEFAULT, language
from dashboard.text.messages import is_told, tell

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")


def text(said: object) -> str:
    """Printed or worded text, safe inside HTML and inside an attribute."""
    return html.escape(str(said), quote=True)


def printed(said: object) -> str:
    """Text as a publication prints it, always in English: a page in another language says so."""
    return text(said) if language() == DEFAULT else f'<span lang="en">{text(said)}</span>'


def told(said: str) -> str:
    """A sentence of the record in the language of the page; one that has no translation is marked as English."""
    return text(tell(said)) if is_told(said) else printed(said)


def link(address: str | None, said: str) -> str:
    """A link to a publication where the address is one of the web; otherwise its printed name alone."""
    if address and address.startswith(("https://", "http://")):
        return f'<a href="{text(address)}" rel="noopener noreferrer">{printed(said)}</a>'
    return printed(said)


def escape_markdown(said: str) -> str:
    """Text for a label of the framework's, in which nothing is markup."""
    return _MARKDOWN.sub(r"\\\1", said)
