"""The public site's script: one run draws one page for one reader.

Run by `python -m dashboard.server`; `streamlit run dashboard/public_app.py` shows the same pages
without the server's routes and headers."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

# A script run by `streamlit run` has only its own folder on the path,
# not the one it was started from.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashboard.components.filters import list_ignored, read_selection
from dashboard.components.style import show_style
from dashboard.exports.urls import downloads_are_served
from dashboard.pages import HOME, PAGES, SITE, Page
from dashboard.rendering.context import PageContext, name_view
from dashboard.rendering.pieces import batched
from dashboard.rendering.release import open_info, open_record
from dashboard.selection.selection import LANG
from dashboard.text.language import _, use_language
from dashboard.views.registry import keep_choices, show_whole_page


def show_page(page: Page) -> None:
    """One page: header, navigation, the view of the same name, footer."""
    language = use_language(st.query_params.get(LANG, ""))
    record = open_record()
    release = open_info(record)
    choices = keep_choices(record, language, release.version)
    selection = read_selection(page.slug, choices, language)
    st.set_page_config(
        page_title=f"{_(name_view(page, record, selection).title)} – {_(SITE)}",
        layout="wide",
        initial_sidebar_state="auto",
        menu_items={"About": None},
    )
    if not downloads_are_served():
        show_style()  # with our own server the start page has it already
    context = PageContext(
        page, record, choices, selection, language, st.context.theme.type == "dark", release
    )
    with batched():
        show_whole_page(context, list_ignored())


def _make(page: Page) -> st.Page:
    """The page as Streamlit knows it: an address and a title."""

    def show() -> None:
        show_page(page)

    return st.Page(show, title=page.title, url_path=page.slug, default=page is HOME)


st.navigation([_make(page) for page in PAGES], position="hidden").run()
