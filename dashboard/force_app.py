"""The force site's script: one run draws one page for one person, or asks them to sign in.

Run by `python -m dashboard.force_site.server` alone: without the server's sign-in it shows nothing.
The person, their roles and the end of their sign-in are judged anew at every run."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashboard.components.style import show_style
from dashboard.force_site.auth.identity import NoRoleError, NotSignedInError
from dashboard.force_site.pages import FORCE_HOME, FORCE_PAGES, ForcePage, describe_title
from dashboard.force_site.session import UserSession, open_session
from dashboard.force_site.views.frame import show_head, show_menu, show_problems
from dashboard.force_site.views.sign_in import show_no_role, show_sign_in
from dashboard.selection.selection import LANG
from dashboard.text.language import _, use_language
from etl.model.problems import RecordError


def show_page(page: ForcePage) -> None:
    """One page: the person first, then header, menu and the view of the same name."""
    use_language(st.query_params.get(LANG, ""))
    st.set_page_config(page_title=describe_title(page), layout="wide", menu_items={"About": None})
    show_style()
    try:
        session = open_session(st.user.to_dict())
    except NotSignedInError as refused:
        show_sign_in(page, refused.reason)
        return
    except NoRoleError as without:
        show_no_role(page, without.name)
        return
    except RecordError as error:
        show_head(page)
        show_problems(error)
        return
    show_menu(session, page, SITE_PAGES)
    show_head(page, session)
    if not may_open(session, page):
        st.info(_("None of your roles opens this page."))
        return
    try:
        import_module(f"dashboard.force_site.views.{page.module}").show(session)
    except RecordError as error:
        show_problems(error)


def may_open(session: UserSession, page: ForcePage) -> bool:
    """Whether the person's roles open a page."""
    return session.may(page.action) and not (page.own_force and session.scope.force_id is None)


def _make(page: ForcePage) -> st.Page:
    """The page as Streamlit knows it: an address and a title."""

    def show() -> None:
        show_page(page)

    return st.Page(show, title=page.title, url_path=page.slug, default=page is FORCE_HOME)


SITE_PAGES = {page.slug: _make(page) for page in FORCE_PAGES}
st.navigation(list(SITE_PAGES.values()), position="hidden").run()
