"""What stands around every page of the force site: header, menu, sign-out, and problems told in
full.

In: the page, the desk of who is signed in. Out: the page. Does not read the store."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from starlette.datastructures import QueryParams

from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.force_site.labels import describe_roles
from dashboard.force_site.messages import write_hits, write_problem
from dashboard.force_site.pages import (
    BY_SLUG,
    FORCE_HOME,
    FORCE_PAGES,
    FORCE_SITE,
    ForcePage,
    path_of,
)
from dashboard.force_site.session import UserSession, end_sign_in
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.selection.selection import LANG
from dashboard.text.language import DEFAULT, LANGUAGES, _, language
from etl.model.problems import RecordError

_SIGN_OUT = "sign_out"


def address(slug: str, **query: object) -> str:
    """The address of a page in the language of this one."""
    return _write_address(slug, {**query, **({} if language() == DEFAULT else {LANG: language()})})


def _write_address(slug: str, query: Mapping[str, object]) -> str:
    path = path_of(BY_SLUG[slug])
    query_params = QueryParams({name: str(value) for name, value in query.items()})
    return f"{path}?{query_params}" if query else path


def show_head(
    page: ForcePage, session: UserSession | None = None, *, title: str = "", question: str = ""
) -> None:
    """Name of the site, whose it is, the other language, title and question."""
    home = text(address(FORCE_HOME.slug))
    whose = (
        session.name_force(session.scope.force_id) or _("All forces")
        if session
        else _("For police forces; sign-in needed")
    )
    show_html(
        f'<div class="lfr-header"><a class="lfr-site" href="{home}">{text(_(FORCE_SITE))}</a>'
        f'<span class="lfr-status">{text(whose)}</span>{_write_languages(page)}</div>'
    )
    st.title(title or _(page.title), anchor=False)
    show_html(f'<p class="lfr-question">{text(question or _(page.question))}</p>')


def show_menu(session: UserSession, shown: ForcePage, pages: Mapping[str, st.Page]) -> None:
    """The pages that the roles open, who is signed in, and the way out."""
    with st.sidebar:
        show_html(f'<h2 class="lfr-menu-group">{text(_("Pages"))}</h2>')
        for page in FORCE_PAGES:
            if (
                not page.listed
                or not session.may(page.action)
                or (page.own_force and not session.scope.force_id)
            ):
                continue
            if page is shown:
                show_html(
                    '<a class="lfr-here" aria-current="page" '
                    f'href="{text(address(page.slug))}">{text(_(page.title))}</a>'
                )
            else:
                query = {} if language() == DEFAULT else {LANG: language()}
                st.page_link(
                    pages[page.slug], label=_(page.title), query_params=query, width="stretch"
                )
        show_html(
            f'<h2 class="lfr-menu-group">{text(_("Signed in"))}</h2>'
            f'<p class="lfr-small">{text(session.scope.user)}'
            f"<br>{text(session.name_force(session.scope.force_id) or _('All forces'))}"
            f"<br>{text(describe_roles(session.scope.roles))}</p>"
        )
        st.button(_("Sign out"), key=_SIGN_OUT, on_click=sign_out, args=(session,))


def sign_out(session: UserSession) -> None:
    """Ends the sign-in here, so that its cookie opens nothing any more, then at the provider."""
    try:
        end_sign_in(session)
    finally:  # a store that cannot be written keeps nobody signed in on this machine
        st.logout()


def show_problems(error: RecordError) -> None:
    """Every problem of a refusal, with what to do."""
    columns = (
        Column(_("Where")),
        Column(_("Found")),
        Column(_("Expected")),
        Column(_("What to do"), "wide"),
    )
    rows = [
        (
            Markup(write_hits(problem.where)),
            Markup(write_hits(problem.found)),
            Markup(write_problem(problem.expected)),
            Markup(write_problem(problem.remedy)),
        )
        for problem in error.problems
    ]
    title = _("Not done: {headline}").format(headline=_(error.headline))
    show_html(f'<div class="lfr-note" role="alert"><p>{text(title)}</p></div>')
    show_html(write_table(make_table(_("What stands in the way"), columns, rows, stacked=True)))


def _write_languages(page: ForcePage) -> str:
    links = []
    for code, name in LANGUAGES.items():
        if code != language():
            query = {
                query_param: st.query_params[query_param]
                for query_param in st.query_params
                if query_param != LANG
            }
            there = text(
                _write_address(page.slug, query if code == DEFAULT else {**query, LANG: code})
            )
            links.append(
                f'<a class="lfr-language" href="{there}" hreflang="{code}" '
                f'lang="{code}">{text(name)}</a>'
            )
    return "".join(links)
