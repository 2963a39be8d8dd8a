"""The steps of a return that are open to a person, as buttons; and taking one.

In: the desk, a return as it is drawn. Out: buttons that carry that return; `take_step` does what
was pressed, before anything is drawn, and tells how it went. A step that may not be taken is
refused by `etl.returns`, in full words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from dashboard.force_site.labels import describe_state
from dashboard.force_site.session import UserSession
from dashboard.force_site.views.frame import address, show_problems
from dashboard.force_site.views.overlap import show_overlaps
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, format_day
from dashboard.text.language import mark as N_
from etl.model.problems import RecordError
from etl.returns.publishing import publish, withdraw
from etl.returns.store.declarations import declare_precedence
from etl.returns.store.returns import Return, add_comment
from etl.returns.workflow import approve, request_changes, set_embargo, submit, take_back

_PRESSED = "step"
_TYPED = ("why", "reason", "comment")
_WAITS = {
    "publish": N_(
        "Publishing: the whole record is built and checked with it. This takes up to a minute."
    ),
    "withdraw": N_(
        "Withdrawing: the whole record is built and checked without it. This takes up to a minute."
    ),
}


def show_steps(session: UserSession, saved_return: Return, errors_count: int) -> None:
    """What the person may do with the return in its state; `errors_count` is of its newest file."""
    edits, decides = (
        session.may("edit", saved_return.force_id),
        session.may("decide", saved_return.force_id),
    )
    st.header(_("What you can do"), anchor="steps")
    if edits and saved_return.state in ("draft", "changes_asked"):
        show_html(
            f'<p><a href="{text(address("check"))}">{text(_("Check a file and save it here"))}</a>'
            "</p>"
        )
        if saved_return.version and errors_count:
            sentence = _("It can be sent to a second person once a file without errors is saved.")
            show_html(f"<p>{text(sentence)}</p>")
        elif saved_return.version:
            _button(_("Send it to a second person"), "submit", saved_return)
    if edits and saved_return.state == "submitted":
        _button(_("Take it back"), "take_back", saved_return)
    if decides and saved_return.state in ("submitted", "approved"):
        show_overlaps(session, saved_return, _press_declared)
    if decides and saved_return.state == "submitted":
        _offer_approval(session, saved_return)
    if decides and saved_return.state == "approved":
        _offer_publishing(session, saved_return)
    if decides and saved_return.state in ("submitted", "approved"):
        st.text_area(_("What has to change"), max_chars=2000, key="why")
        _button(_("Ask for changes"), "ask_changes", saved_return, "why")
    if decides and saved_return.state == "published":
        st.text_area(_("Why it is withdrawn, for readers"), max_chars=500, key="reason")
        _button(_("Withdraw it"), "withdraw", saved_return, "reason")
    if session.may("comment", saved_return.force_id) or (
        session.scope.sees_all_forces and session.may("comment")
    ):
        st.text_area(_("A comment; nothing about people"), max_chars=2000, key="comment")
        _button(_("Write the comment"), "comment", saved_return, "comment")
    elif not (edits or decides):
        show_html(f"<p>{text(_('You may read it.'))}</p>")


def take_step(session: UserSession) -> None:
    """Takes the step of the pressed button and shows the outcome."""
    pressed = st.session_state.pop(_PRESSED, None)
    if pressed is None:
        return
    name, result, given = pressed
    try:
        with st.spinner(_(_WAITS.get(name, "")) or _("One moment …")):
            current = _STEPS[name](session, result, *given)
    except RecordError as error:
        show_problems(error)
        return
    for key in _TYPED:  # what was written is not written twice
        if key in st.session_state:
            st.session_state[key] = ""
    sentence = (
        _("Done. {state}.").format(state=describe_state(current))
        if isinstance(current, Return)
        else _("Written.")
    )
    show_html(f'<div class="lfr-note" role="status"><p>{text(sentence)}</p></div>')


def _offer_approval(session: UserSession, saved_return: Return) -> None:
    _button(_("Approve it"), "approve", saved_return, _get_embargo(session, saved_return))


def _offer_publishing(session: UserSession, saved_return: Return) -> None:
    if saved_return.embargo_date is None or saved_return.embargo_date <= session.today:
        _button(_("Publish it"), "publish", saved_return)
    else:
        waits = _(
            "Nobody can publish it before its embargo is over: from {day} on it can be published "
            "here."
        )
        show_html(
            '<div class="lfr-note"><p>'
            f"{text(waits.format(day=format_day(saved_return.embargo_date)))}</p></div>"
        )
    _button(
        _("Change the embargo"), "set_embargo", saved_return, _get_embargo(session, saved_return)
    )


def _get_embargo(session: UserSession, saved_return: Return) -> str:
    key = f"embargo-{saved_return.return_id}-{saved_return.revision}"
    st.date_input(
        _("Not to be published before (may stay empty)"),
        value=saved_return.embargo_date,
        min_value=min(session.today, saved_return.embargo_date or session.today),
        format="DD/MM/YYYY",
        key=key,
    )
    return key


def _button(words: str, name: str, saved_return: Return, key: str = "") -> None:
    kind: Literal["primary", "secondary"] = (
        "primary" if name in ("submit", "approve", "publish") else "secondary"
    )
    st.button(words, key=f"step-{name}", type=kind, on_click=_press, args=(name, saved_return, key))


def _press(name: str, saved_return: Return, key: str) -> None:
    # What was typed just before the button was pressed is not in what was drawn, but is here.
    given = (st.session_state.get(key),) if key else ()
    st.session_state[_PRESSED] = (name, saved_return, given)


def _press_declared(saved_return: Return, publication_id: str, counts: str, why: str) -> None:
    given = (publication_id, st.session_state.get(counts) or "", st.session_state.get(why) or "")
    st.session_state[_PRESSED] = ("declare", saved_return, given)


_STEPS: dict[str, Callable[..., object]] = {
    "submit": lambda session, result: submit(session.store, session.scope, result),
    "take_back": lambda session, result: take_back(session.store, session.scope, result),
    "ask_changes": lambda session, result, why: request_changes(
        session.store, session.scope, result, why
    ),
    "approve": lambda session, result, embargo: approve(
        session.store, session.scope, result, embargo
    ),
    "declare": lambda session, first, other, counts, why: declare_precedence(
        session.store, session.scope, first, other, counts, why
    ),
    "set_embargo": lambda session, result, embargo: set_embargo(
        session.store, session.scope, result, embargo
    ),
    "publish": lambda session, result: publish(session.store, session.site, session.scope, result),
    "withdraw": lambda session, result, reason: withdraw(
        session.store, session.site, session.scope, result, reason
    ),
    "comment": lambda session, saved_return, sentence: add_comment(
        session.store, session.scope, saved_return.return_id, sentence
    ),
}
