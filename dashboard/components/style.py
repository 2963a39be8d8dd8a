"""The style sheet, and how texts become safe parts of HTML."""

from __future__ import annotations

from functools import cache

import streamlit as st
from markupsafe import Markup

from dashboard.rendering.pieces import show_element, show_html
from dashboard.text.language import _
from dashboard.web.assets import STYLE, read_asset


def show_style() -> None:
    """Once a page, where no server has put it into the start page."""
    # A style alone is no part of the page to the framework, and would not be played again.
    show_element(st.html, f"<style>{read_sheet()}{write_menu_word()}</style>")


def write_menu_word() -> str:
    """The button that opens the menu on a phone gets its word from here,
    in the language of the page."""
    menu = _("Menu").replace('"', "")
    return (
        f'[data-testid="stExpandSidebarButton"]::after {{ content: "{menu}"; font-weight: 600; }}'
    )


def show_section(words: str, anchor: str) -> None:
    """A heading of level 2, and a link that leads to it."""
    show_html(write_section(words, anchor))


def write_section(words: str, anchor: str) -> Markup:
    """The same as HTML."""
    template = Markup(
        '<div class="lfr-section"><h2 id="{0}">{1}</h2><a href="#{0}" aria-label="{2}">#</a></div>'
    )
    return template.format(anchor, words, _("Link to this part"))


@cache
def read_sheet() -> str:
    """The style sheet of the pages."""
    return read_asset(STYLE).decode()
