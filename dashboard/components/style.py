"""The style sheet, and how texts become safe parts of HTML."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.rendering.pieces import show_element, show_html
from dashboard.text.language import DEFAULT, _, language
from dashboard.text.messages import is_told, tell

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&])")
SHEET = Path(__file__).with_name("site.css")


def show_style() -> None:
    """Once a page, where no server has put it into the start page."""
    # A style alone is no part of the page to the framework, and would not be played again.
    show_element(st.html, f"<style>{read_sheet()}{write_menu_word()}</style>")


def write_menu_word() -> str:
    """The button that opens the menu on a phone gets its word from here, in the language of the page."""
    menu = _("Menu").replace('"', "")
    return f'[data-testid="stExpandSidebarButton"]::after {{ content: "{menu}"; font-weight: 600; }}'


def show_section(words: str, anchor: str) -> None:
    """A heading of level 2, and a link that leads to it."""
    here = text(_("Link to this part"))
    show_html(
        f'<div class="lfr-section"><h2 id="{text(anchor)}">{text(words)}</h2><a href="#{text(anchor)}" aria-label="{here}">#</a></div>'
    )


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


@cache
def read_sheet() -> str:
    """The style sheet of the pages."""
    return SHEET.read_text(encoding="utf-8")
