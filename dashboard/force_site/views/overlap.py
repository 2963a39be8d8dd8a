"""Days that a return and another publication both cover: an approver says which of the two counts,
and why.

In: the desk and a return as it is drawn. Out: what covers its days, what was declared, and a form
that carries the decision to `press`. Decides nothing: `etl.returns` finds the days, keeps the
decision and refuses to publish without one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.force_site.session import UserSession
from dashboard.rendering.html import text, write_translated
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import format_count, format_period
from etl.returns.overlaps import Overlap, find_overlaps
from etl.returns.publication_folder import name_publication
from etl.returns.store.declarations import COUNTS, MAX_REASON_LENGTH, RETURN
from etl.returns.store.returns import Return, open_version

# Takes the return, the publication and the keys under which the decision and its reason were typed.
Press = Callable[[Return, str, str, str], None]


def show_overlaps(session: UserSession, saved_return: Return, press: Press) -> None:
    """A form for each publication that covers days of the return; nothing if there is none."""
    version = open_version(session.store, session.scope, saved_return.return_id)
    own_id = name_publication(saved_return.force_id, saved_return.return_id)
    for overlap in find_overlaps(
        session.store, session.site.data, version, saved_return.force_id, own_id
    ):
        show_html(
            f'<div class="lfr-note"><p>{text(_describe_overlap(overlap))}</p>'
            f"{_write_declared(overlap)}</div>"
        )
        name = f"{saved_return.return_id}-{saved_return.revision}-{overlap.publication_id}"
        counts, why = f"counts-{name}", f"why-{name}"
        st.radio(
            _("Which counts on these days"),
            COUNTS,
            format_func=describe_counts,
            key=counts,
            index=None,
        )
        st.text_area(_("Why, for readers"), max_chars=MAX_REASON_LENGTH, key=why)
        st.button(
            _("Declare which counts"),
            key=f"declare-{name}",
            on_click=press,
            args=(saved_return, overlap.publication_id, counts, why),
        )


def describe_counts(which: str) -> str:
    """`This return counts`."""
    return _("This return counts") if which == RETURN else _("The other publication counts")


def _describe_overlap(overlap: Overlap) -> str:
    template = ngettext(
        "{title} has {count} deployment from {days} too, where this return has {own}. Only one of "
        "the two counts; both stay public.",
        "{title} has {count} deployments from {days} too, where this return has {own}. Only one of "
        "the two counts; both stay public.",
        overlap.rows_count,
    )
    return template.format(
        title=overlap.title,
        count=format_count(overlap.rows_count),
        days=format_period(overlap.first_date, overlap.last_date),
        own=format_count(overlap.own_count),
    )


def _write_declared(overlap: Overlap) -> str:
    if overlap.declared is None:
        return (
            f"<p>{text(_('Nobody has declared which counts: until then it is not published.'))}</p>"
        )
    return (
        f"<p>{text(_('Declared: {which}.').format(which=describe_counts(overlap.declared.counts)))}"
        f" {write_translated(overlap.declared.reason)}</p>"
    )
