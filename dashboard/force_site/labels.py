"""The words of the force site for codes of the store: states, roles, steps; and times of the log.

In: a code. Out: words in the language of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dashboard.text.language import _, format_day
from dashboard.text.language import mark as N_
from etl.returns.store.returns import Return

STATES = {
    "draft": N_("Draft"),
    "submitted": N_("Sent, waits for a second person"),
    "changes_asked": N_("Changes asked for"),
    "approved": N_("Approved, not published yet"),
    "published": N_("Published"),
    "withdrawn": N_("Withdrawn"),
}
_NEXT = {
    "draft": N_("An officer of the force completes it and sends it."),
    "submitted": N_("An approver who has not written in it approves it or asks for changes."),
    "changes_asked": N_("An officer of the force saves a changed file and sends it again."),
    "approved": N_("An approver publishes it."),
    "published": N_("Nothing: its figures are part of the public record."),
    "withdrawn": N_(
        "Nothing: its figures are no longer part of the public record, and its history is kept."
    ),
}
ROLES = {
    "reader": N_("reader"),
    "officer": N_("officer"),
    "approver": N_("approver"),
    "national_reviewer": N_("national reviewer"),
    "admin": N_("keeper of the site"),
}
_ACTIONS = {
    "sign_in": N_("signed in"),
    "sign_out": N_("signed out"),
    "seal": N_("began to hold the hashes of all rows"),
    "create": N_("began a return"),
    "save": N_("saved a file"),
    "comment": N_("wrote a comment"),
    "submit": N_("sent it"),
    "take_back": N_("took it back"),
    "ask_changes": N_("asked for changes"),
    "approve": N_("approved it"),
    "declare_precedence": N_("declared which of two publications counts"),
    "set_embargo": N_("changed the embargo"),
    "save_layout": N_("saved a map of columns"),
    "begin_publish": N_("began to publish it"),
    "publish": N_("published it"),
    "undo_publish": N_("could not publish it"),
    "begin_withdraw": N_("began to withdraw it"),
    "withdraw": N_("withdrew it"),
    "undo_withdraw": N_("could not withdraw it"),
}
MARKS = N_(
    "At least: some rows lack the number. [x]: no value is published. [u]: fewer than 20 events."
)
SEVERITIES = {"error": N_("Error"), "warning": N_("Warning"), "note": N_("Note")}


def describe_state(saved_return: Return) -> str:
    """The state of a return, with its embargo."""
    text = _(STATES[saved_return.state])
    if saved_return.state == "approved" and saved_return.embargo_date:
        day = format_day(saved_return.embargo_date)
        return _("{state}; not before {day}").format(state=text, day=day)
    return text


def describe_next(saved_return: Return) -> str:
    """Whose turn it is."""
    return _(_NEXT[saved_return.state])


def describe_roles(roles: Iterable[str]) -> str:
    """Roles in words, in a fixed order."""
    given = set(roles)
    return ", ".join(_(words) for role, words in ROLES.items() if role in given)


def describe_action(action: str) -> str:
    """A step of the log; one that has no words is told by its code."""
    return _(_ACTIONS.get(action, action))


def format_time(at: str) -> str:
    """A time of the store: day and minute, as the log has it (UTC)."""
    time = dt.datetime.fromisoformat(at).astimezone(dt.UTC)
    return _("{day}, {clock} UTC").format(
        day=format_day(time.date(), "d MMM y"), clock=f"{time:%H:%M}"
    )
