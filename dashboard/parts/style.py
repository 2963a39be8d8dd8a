"""The style sheet, and the doors through which text and HTML go to the page.

In: HTML whose texts are already escaped. Out: the page.
"""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.language import DEFAULT, _, language
from dashboard.told import is_told, tell

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")


def show_style() -> None:
    """Once a page. The button that opens the menu on a phone gets its word from here, in the language of the page."""
    menu = _("Menu").replace('"', "")
    st.html(
        f'<style>{_sheet()}[data-testid="stExpandSidebarButton"]::after {{ content: "{menu}"; font-weight: 600; }}</style>'
    )


def show_html(body: str) -> None:
    """HTML to the page; every text in it has gone through `text`. Nothing to show is no element."""
    if body:
        st.html(body)


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
    """Text for a heading, in which nothing is markup."""
    return _MARKDOWN.sub(r"\\\1", said)


@cache
def _sheet() -> str:
    return Path(__file__).with_name("site.css").read_text(encoding="utf-8")
