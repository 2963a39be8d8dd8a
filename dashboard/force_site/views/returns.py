"""The returns that a person may see, with their state and whose turn it is.

In: the desk. Out: a table, each return leading to its page; the way to begin one."""

from __future__ import annotations

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.force_site.labels import STATES, describe_next, describe_state, format_time
from dashboard.force_site.session import UserSession
from dashboard.force_site.views.frame import address
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from etl.returns.store.returns import Return, list_returns


def show(session: UserSession) -> None:
    """The list, newest first."""
    returns = list_returns(session.store, session.scope)
    if session.may("edit"):
        show_html(
            f'<p><a href="{text(address("check"))}">{text(_("Check a file and begin a return"))}'
            "</a></p>"
        )
    if not returns:
        show_prose(_("There is no return that you may see yet."))
        return
    selection = st.selectbox(
        _("State"),
        ["", *STATES],
        format_func=lambda state: _(STATES[state]) if state else _("All states"),
        key="state",
    )
    rows = [
        _write(session, saved_return)
        for saved_return in returns
        if selection in ("", saved_return.state)
    ]
    columns = [
        Column(_("Return"), "wide"),
        Column(_("State"), "wide"),
        Column(_("What happens next"), "wide"),
        Column(_("Files"), "number"),
        Column(_("Begun")),
    ]
    if session.scope.sees_all_forces:
        columns.insert(1, Column(_("Force")))
    caption = ngettext("{count} return", "{count} returns", len(rows)).format(count=len(rows))
    show_html(write_table(make_table(caption, columns, rows, stacked=True, whole=True)))


def _write(session: UserSession, saved_return: Return) -> list[str]:
    there = text(address("one-return", id=saved_return.return_id))
    title = Markup(
        f'<a href="{there}">{text(saved_return.title)}</a>'
        '<span class="lfr-quiet">'
        f"{text(_('Number {number}').format(number=saved_return.return_id))}</span>"
    )
    begun = Markup(
        f"{text(format_time(saved_return.created_at))}"
        f'<span class="lfr-quiet">{text(saved_return.created_by)}</span>'
    )
    row: list[str] = [
        title,
        describe_state(saved_return),
        describe_next(saved_return),
        str(saved_return.version),
        begun,
    ]
    if session.scope.sees_all_forces:
        row.insert(1, session.name_force(saved_return.force_id))
    return row
