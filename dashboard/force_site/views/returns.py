"""The returns that a person may see, with their state and whose turn it is.

In: the desk. Out: a table, each return leading to its page; the way to begin one.
"""

from __future__ import annotations

import streamlit as st

from dashboard.components.prose import show_prose
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.force_site.labels import STATES, say_next, say_state, say_time
from dashboard.force_site.session import Desk
from dashboard.force_site.views.frame import address
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from etl.returns.store.returns import Return, list_returns


def show(desk: Desk) -> None:
    """The list, newest first."""
    found = list_returns(desk.store, desk.scope)
    if desk.may("edit"):
        show_html(f'<p><a href="{text(address("check"))}">{text(_("Check a file and begin a return"))}</a></p>')  # fmt: skip
    if not found:
        show_prose(_("There is no return that you may see yet."))
        return
    chosen = st.selectbox(
        _("State"),
        ["", *STATES],
        format_func=lambda state: _(STATES[state]) if state else _("All states"),
        key="state",
    )
    rows = [_write(desk, one) for one in found if chosen in ("", one.state)]
    columns = [Column(_("Return"), "wide"), Column(_("State"), "wide"), Column(_("What happens next"), "wide"), Column(_("Files"), "number"), Column(_("Begun"))]  # fmt: skip
    if desk.scope.sees_all_forces:
        columns.insert(1, Column(_("Force")))
    caption = ngettext("{count} return", "{count} returns", len(rows)).format(count=len(rows))
    show_html(write_table(make_table(caption, columns, rows, stacked=True, whole=True)))


def _write(desk: Desk, one: Return) -> list[str]:
    there = text(address("one-return", id=one.return_id))
    title = Markup(f'<a href="{there}">{text(one.title)}</a><span class="lfr-quiet">{text(_("Number {number}").format(number=one.return_id))}</span>')  # fmt: skip
    begun = Markup(f'{text(say_time(one.created_at))}<span class="lfr-quiet">{text(one.created_by)}</span>')
    row: list[str] = [title, say_state(one), say_next(one), str(one.version), begun]
    if desk.scope.sees_all_forces:
        row.insert(1, desk.name_force(one.force_id))
    return row
