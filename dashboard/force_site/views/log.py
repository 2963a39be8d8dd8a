"""The log that the person may read: of their force, or of all for whoever keeps the site; and
whether it holds together.

In: the desk. Out: a table, newest first."""

from __future__ import annotations

import streamlit as st

from dashboard.components.tables import Column, make_table, write_table
from dashboard.force_site.labels import describe_action, format_time
from dashboard.force_site.session import UserSession
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from etl.returns.publication_folder import read_anchors
from etl.returns.store.audit import find_tampering, read_log

_SHOWN = 500


def show(session: UserSession) -> None:
    """Every entry with who, what and when."""
    entries = read_log(session.store, session.scope)
    if session.may("maintain"):
        faults = find_tampering(session.store, read_anchors(session.site.data))
        template = (
            _("The log holds together, and the store is what it says.")
            if not faults
            else " ".join(faults)
        )
        show_html(f'<div class="lfr-note" role="status"><p>{text(template)}</p></div>')
    pages = max(1, -(-len(entries) // _SHOWN))
    page = int(st.number_input(_("Part, from the newest"), 1, pages, 1)) if pages > 1 else 1
    shown = entries[::-1][(page - 1) * _SHOWN : page * _SHOWN]
    columns = [
        Column(_("When"), "wide"),
        Column(_("Who"), "wide"),
        Column(_("What"), "wide"),
        Column(_("Return"), "number"),
        Column(_("Entry")),
    ]
    rows = [
        [
            format_time(entry.at),
            entry.who,
            describe_action(entry.action),
            str(entry.return_id or "–"),
            entry.hash[:12],
        ]
        for entry in shown
    ]
    if session.scope.sees_all_forces:
        columns.insert(1, Column(_("Force")))
        for row, entry in zip(rows, shown, strict=True):
            row.insert(1, session.name_force(entry.force_id) or "–")
    caption = ngettext(
        "{count} entry, newest first", "{count} entries, newest first", len(entries)
    ).format(count=len(entries))
    show_html(write_table(make_table(caption, columns, rows, stacked=True, whole=True)))
