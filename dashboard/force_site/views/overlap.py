"""Days that a return and another publication both cover: an approver says which of the two counts, and why.

In: the desk and a return as it is drawn. Out: what covers its days, what was declared, and a form that carries the decision to
`press`. Decides nothing: `etl.returns` finds the days, keeps the decision and refuses to publish without one.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.force_site.session import Desk
from dashboard.rendering.html import text, told
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import say_count, say_period
from etl.returns.overlaps import Overlap, find_overlaps
from etl.returns.publication_folder import name_publication
from etl.returns.store.declarations import COUNTS, LONGEST_REASON, RETURN
from etl.returns.store.returns import Return, open_version

# Takes the return, the publication and the keys under which the decision and its reason were typed.
Press = Callable[[Return, str, str, str], None]


def show_overlaps(desk: Desk, found: Return, press: Press) -> None:
    """A form for each publication that covers days of the return; nothing if there is none."""
    version = open_version(desk.store, desk.scope, found.return_id)
    own_id = name_publication(found.force_id, found.return_id)
    for one in find_overlaps(desk.store, desk.site.data, version, found.force_id, own_id):
        show_html(f'<div class="lfr-note"><p>{text(_say_overlap(one))}</p>{_write_declared(one)}</div>')
        name = f"{found.return_id}-{found.revision}-{one.publication_id}"
        counts, why = f"counts-{name}", f"why-{name}"
        st.radio(_("Which counts on these days"), COUNTS, format_func=say_counts, key=counts, index=None)
        st.text_area(_("Why, for readers"), max_chars=LONGEST_REASON, key=why)
        st.button(
            _("Declare which counts"),
            key=f"declare-{name}",
            on_click=press,
            args=(found, one.publication_id, counts, why),
        )


def say_counts(which: str) -> str:
    """`This return counts`."""
    return _("This return counts") if which == RETURN else _("The other publication counts")


def _say_overlap(one: Overlap) -> str:
    said = ngettext(
        "{title} has {count} deployment from {days} too, where this return has {own}. Only one of the two counts; both stay public.",
        "{title} has {count} deployments from {days} too, where this return has {own}. Only one of the two counts; both stay public.",
        one.rows_count,
    )
    return said.format(
        title=one.title,
        count=say_count(one.rows_count),
        days=say_period(one.first_date, one.last_date),
        own=say_count(one.own_count),
    )


def _write_declared(one: Overlap) -> str:
    if one.declared is None:
        return f"<p>{text(_('Nobody has declared which counts: until then it is not published.'))}</p>"
    return f"<p>{text(_('Declared: {which}.').format(which=say_counts(one.declared.counts)))} {told(one.declared.reason)}</p>"
