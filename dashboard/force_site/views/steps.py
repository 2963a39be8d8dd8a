"""The steps of a return that are open to a person, as buttons; and taking one.

In: the desk, a return as it is drawn. Out: buttons that carry that return; `take_step` does what was pressed, before anything is
drawn, and tells how it went. A step that may not be taken is refused by `etl.returns`, in full words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from dashboard.force_site.labels import say_state
from dashboard.force_site.session import Desk
from dashboard.force_site.views.frame import address, show_problems
from dashboard.force_site.views.overlap import show_overlaps
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _, say_day
from dashboard.text.language import mark as N_
from etl.model.problems import RecordError
from etl.returns.publishing import publish, withdraw
from etl.returns.store.declarations import declare_precedence
from etl.returns.store.returns import Return, add_comment
from etl.returns.workflow import approve, ask_changes, set_embargo, submit, take_back

_PRESSED = "step"
_TYPED = ("why", "reason", "comment")
_WAITS = {
    "publish": N_("Publishing: the whole record is built and checked with it. This takes up to a minute."),
    "withdraw": N_("Withdrawing: the whole record is built and checked without it. This takes up to a minute."),
}  # fmt: skip


def show_steps(desk: Desk, found: Return, errors_count: int) -> None:
    """What the person may do with the return in its state; `errors_count` is of its newest file."""
    edits, decides = desk.may("edit", found.force_id), desk.may("decide", found.force_id)
    st.header(_("What you can do"), anchor="steps")
    if edits and found.state in ("draft", "changes_asked"):
        show_html(f'<p><a href="{text(address("check"))}">{text(_("Check a file and save it here"))}</a></p>')
        if found.version and errors_count:
            show_html(f"<p>{text(_('It can be sent to a second person once a file without errors is saved.'))}</p>")  # fmt: skip
        elif found.version:
            _button(_("Send it to a second person"), "submit", found)
    if edits and found.state == "submitted":
        _button(_("Take it back"), "take_back", found)
    if decides and found.state in ("submitted", "approved"):
        show_overlaps(desk, found, _press_declared)
    if decides and found.state == "submitted":
        _offer_approval(desk, found)
    if decides and found.state == "approved":
        _offer_publishing(desk, found)
    if decides and found.state in ("submitted", "approved"):
        st.text_area(_("What has to change"), max_chars=2000, key="why")
        _button(_("Ask for changes"), "ask_changes", found, "why")
    if decides and found.state == "published":
        st.text_area(_("Why it is withdrawn, for readers"), max_chars=500, key="reason")
        _button(_("Withdraw it"), "withdraw", found, "reason")
    if desk.may("comment", found.force_id) or (desk.scope.sees_all_forces and desk.may("comment")):
        st.text_area(_("A comment; nothing about people"), max_chars=2000, key="comment")
        _button(_("Write the comment"), "comment", found, "comment")
    elif not (edits or decides):
        show_html(f"<p>{text(_('You may read it.'))}</p>")


def take_step(desk: Desk) -> None:
    """Does what was pressed, and tells how it went."""
    pressed = st.session_state.pop(_PRESSED, None)
    if pressed is None:
        return
    name, found, given = pressed
    try:
        with st.spinner(_(_WAITS.get(name, "")) or _("One moment …")):
            current = _STEPS[name](desk, found, *given)
    except RecordError as error:
        show_problems(error)
        return
    for key in _TYPED:  # what was written is not written twice
        if key in st.session_state:
            st.session_state[key] = ""
    said = _("Done. {state}.").format(state=say_state(current)) if isinstance(current, Return) else _("Written.")  # fmt: skip
    show_html(f'<div class="lfr-note" role="status"><p>{text(said)}</p></div>')


def _offer_approval(desk: Desk, found: Return) -> None:
    _button(_("Approve it"), "approve", found, _ask_embargo(desk, found))


def _offer_publishing(desk: Desk, found: Return) -> None:
    if found.embargo_date is None or found.embargo_date <= desk.today:
        _button(_("Publish it"), "publish", found)
    else:
        waits = _("Nobody can publish it before its embargo is over: from {day} on it can be published here.")
        show_html(f'<div class="lfr-note"><p>{text(waits.format(day=say_day(found.embargo_date)))}</p></div>')
    _button(_("Change the embargo"), "set_embargo", found, _ask_embargo(desk, found))


def _ask_embargo(desk: Desk, found: Return) -> str:
    key = f"embargo-{found.return_id}-{found.revision}"
    st.date_input(
        _("Not to be published before (may stay empty)"),
        value=found.embargo_date,
        min_value=min(desk.today, found.embargo_date or desk.today),
        format="DD/MM/YYYY",
        key=key,
    )
    return key


def _button(words: str, name: str, found: Return, key: str = "") -> None:
    kind: Literal["primary", "secondary"] = (
        "primary" if name in ("submit", "approve", "publish") else "secondary"
    )
    st.button(words, key=f"step-{name}", type=kind, on_click=_press, args=(name, found, key))


def _press(name: str, found: Return, key: str) -> None:
    # What was typed just before the button was pressed is not in what was drawn, but is here.
    given = (st.session_state.get(key),) if key else ()
    st.session_state[_PRESSED] = (name, found, given)


def _press_declared(found: Return, publication_id: str, counts: str, why: str) -> None:
    given = (publication_id, st.session_state.get(counts) or "", st.session_state.get(why) or "")
    st.session_state[_PRESSED] = ("declare", found, given)


_STEPS: dict[str, Callable[..., object]] = {
    "submit": lambda desk, found: submit(desk.store, desk.scope, found),
    "take_back": lambda desk, found: take_back(desk.store, desk.scope, found),
    "ask_changes": lambda desk, found, why: ask_changes(desk.store, desk.scope, found, why),
    "approve": lambda desk, found, embargo: approve(desk.store, desk.scope, found, embargo),
    "declare": lambda desk, found, other, counts, why: declare_precedence(
        desk.store, desk.scope, found, other, counts, why
    ),
    "set_embargo": lambda desk, found, embargo: set_embargo(desk.store, desk.scope, found, embargo),
    "publish": lambda desk, found: publish(desk.store, desk.site, desk.scope, found),
    "withdraw": lambda desk, found, reason: withdraw(desk.store, desk.site, desk.scope, found, reason),
    "comment": lambda desk, found, said: add_comment(desk.store, desk.scope, found.return_id, said),
}
