"""The words of the force site for codes of the store: states, roles, steps; and times of the log.

In: a code. Out: words in the language of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dashboard.text.declared import read_texts
from dashboard.text.language import _, format_day
from dashboard.text.language import mark as N_
from etl.returns.store.returns import Return

_TEXTS = read_texts(__file__)
STATES = _TEXTS.by_code("states")
_NEXT = _TEXTS.by_code("next")
ROLES = _TEXTS.by_code("roles")
_ACTIONS = _TEXTS.by_code("actions")
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
    """A step of the log in words, or its code."""
    return _(_ACTIONS.get(action, action))


def format_time(at: str) -> str:
    """A time of the store: day and minute, as the log has it (UTC)."""
    time = dt.datetime.fromisoformat(at).astimezone(dt.UTC)
    return _("{day}, {clock} UTC").format(
        day=format_day(time.date(), "d MMM y"), clock=f"{time:%H:%M}"
    )
