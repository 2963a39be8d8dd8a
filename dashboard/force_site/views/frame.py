"""What stands around every page of the force site: header, menu, sign-out, and problems told in full.

In: the page, the desk of who is signed in. Out: the page. Does not read the store.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from starlette.datastructures import QueryParams

from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.force_site.labels import say_roles
from dashboard.force_site.messages import write_found, write_problem
from dashboard.force_site.pages import BY_SLUG, FORCE_HOME, FORCE_PAGES, FORCE_SITE, ForcePage, path_of
from dashboard.force_site.session import Desk, end_sign_in
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
    asked = QueryParams({name: str(value) for name, value in query.items()})
    return f"{path}?{asked}" if query else path


def show_head(page: ForcePage, desk: Desk | None = None, *, title: str = "", question: str = "") -> None:
    """Name of the site, whose it is, the other language, title and question."""
    home = text(address(FORCE_HOME.slug))
    whose = desk.name_force(desk.scope.force_id) or _("All forces") if desk else _("For police forces; sign-in needed")  # fmt: skip
    show_html(
        f'<div class="lfr-header"><a class="lfr-site" href="{home}">{text(_(FORCE_SITE))}</a>'
        f'<span class="lfr-status">{text(whose)}</span>{_write_languages(page)}</div>'
    )
    st.title(title or _(page.title), anchor=False)
    show_html(f'<p class="lfr-question">{text(question or _(page.question))}</p>')


def show_menu(desk: Desk, shown: ForcePage, pages: Mapping[str, st.Page]) -> None:
    """The pages that the roles open, who is signed in, and the way out."""
    with st.sidebar:
        show_html(f'<h2 class="lfr-menu-group">{text(_("Pages"))}</h2>')
        for page in FORCE_PAGES:
            if not page.listed or not desk.may(page.action) or (page.own_force and not desk.scope.force_id):
                continue
            if page is shown:
                show_html(f'<a class="lfr-here" aria-current="page" href="{text(address(page.slug))}">{text(_(page.title))}</a>')  # fmt: skip
            else:
                asked = {} if language() == DEFAULT else {LANG: language()}
                st.page_link(pages[page.slug], label=_(page.title), query_params=asked, width="stretch")
        show_html(
            f'<h2 class="lfr-menu-group">{text(_("Signed in"))}</h2><p class="lfr-small">{text(desk.scope.user)}<br>'
            f"{text(desk.name_force(desk.scope.force_id) or _('All forces'))}<br>{text(say_roles(desk.scope.roles))}</p>"
        )
        st.button(_("Sign out"), key=_SIGN_OUT, on_click=sign_out, args=(desk,))  # fmt: skip


def sign_out(desk: Desk) -> None:
    """Ends the sign-in here, so that its cookie opens nothing any more, then at the provider."""
    try:
        end_sign_in(desk)
    finally:  # a store that cannot be written keeps nobody signed in on this machine
        st.logout()


def show_problems(error: RecordError) -> None:
    """Every problem of a refusal, with what to do."""
    columns = (Column(_("Where")), Column(_("Found")), Column(_("Expected")), Column(_("What to do"), "wide"))
    rows = [(Markup(write_found(one.where)), Markup(write_found(one.found)), Markup(write_problem(one.expected)), Markup(write_problem(one.remedy))) for one in error.problems]  # fmt: skip
    title = _("Not done: {headline}").format(headline=_(error.headline))
    show_html(f'<div class="lfr-note" role="alert"><p>{text(title)}</p></div>')
    show_html(write_table(make_table(_("What stands in the way"), columns, rows, stacked=True)))


def _write_languages(page: ForcePage) -> str:
    links = []
    for code, name in LANGUAGES.items():
        if code != language():
            query = {one: st.query_params[one] for one in st.query_params if one != LANG}
            there = text(_write_address(page.slug, query if code == DEFAULT else {**query, LANG: code}))
            links.append(f'<a class="lfr-language" href="{there}" hreflang="{code}" lang="{code}">{text(name)}</a>')  # fmt: skip
    return "".join(links)
