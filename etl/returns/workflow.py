"""From draft to published and back: which step follows which, and who may take it.

In: a `Scope`, the return as the user last saw it, and a step. Out:
the return after it, with an entry in the log.

    draft -> submitted -> approved -> published -> withdrawn
               |  ^          |
               v  |          v
          changes_asked <----+          submitted -> draft (taken back by its force's officer)

Nobody approves what they wrote, and the database refuses it too. Publishing is
`etl.returns.publishing`."""

from __future__ import annotations

import datetime as dt

from etl.model.json_values import Json
from etl.model.messages import message
from etl.model.problems import Problem, explain
from etl.returns.scope import InvalidStateError, Scope, ScopeError
from etl.returns.store.audit import write_entry
from etl.returns.store.engine import Store
from etl.returns.store.returns import (
    Return,
    approve_version,
    change_return,
    list_authors,
    open_version,
    was_sent,
    write_comment,
)


def submit(store: Store, scope: Scope, saved_return: Return) -> Return:
    """Sends the newest file to a second person; refused while it has errors."""
    version = open_version(store, scope, saved_return.return_id, saved_return.version)
    if saved_return.state == "changes_asked" and was_sent(store, version):
        raise InvalidStateError(
            Problem(
                message("return_number", number=saved_return.return_id),
                *explain("unchanged_file"),
            )
        )
    if version.errors_count:
        raise InvalidStateError(
            Problem(
                message("return_number", number=saved_return.return_id),
                *explain("file_with_errors", count=version.errors_count),
            )
        )
    return _step(
        store,
        scope,
        saved_return,
        "edit",
        ("draft", "changes_asked"),
        "submitted",
        "submit",
        version=version.number,
    )


def take_back(store: Store, scope: Scope, saved_return: Return) -> Return:
    """Makes a sent return a draft again."""
    return _step(store, scope, saved_return, "edit", ("submitted",), "draft", "take_back")


def request_changes(store: Store, scope: Scope, saved_return: Return, why: str) -> Return:
    """Sends a return back with what has to change, as a comment;
    an approval of it is no longer of use."""
    return _step(
        store,
        scope,
        saved_return,
        "decide",
        ("submitted", "approved"),
        "changes_asked",
        "ask_changes",
        comment=why,
    )


def approve(
    store: Store, scope: Scope, saved_return: Return, embargo_date: dt.date | None = None
) -> Return:
    """Signs the newest file as a second person; it is not published before `embargo_date`."""
    at = store.format_now()
    with store.writing() as connection:
        current = change_return(
            connection, scope, saved_return, "decide", ("submitted",), embargo_date=embargo_date
        )
        if scope.user in list_authors(connection, current):
            raise ScopeError(
                Problem(
                    message("return_number", number=saved_return.return_id),
                    *explain("own_file"),
                )
            )
        approve_version(connection, at, scope, current)
        current = change_return(
            connection, scope, current, "decide", ("submitted",), state="approved"
        )
        write_entry(
            connection,
            at,
            scope.user,
            "approve",
            force_id=current.force_id,
            return_id=current.return_id,
            state="approved",
            version=current.version,
            embargo_date=None if embargo_date is None else str(embargo_date),
        )
        return current


def set_embargo(
    store: Store, scope: Scope, saved_return: Return, embargo_date: dt.date | None
) -> Return:
    """Changes the day before which an approved return is not published."""
    at = store.format_now()
    with store.writing() as connection:
        current = change_return(
            connection, scope, saved_return, "decide", ("approved",), embargo_date=embargo_date
        )
        write_entry(
            connection,
            at,
            scope.user,
            "set_embargo",
            force_id=current.force_id,
            return_id=current.return_id,
            embargo_date=None if embargo_date is None else str(embargo_date),
        )
        return current


def _step(
    store: Store,
    scope: Scope,
    saved_return: Return,
    action: str,
    states: tuple[str, ...],
    state: str,
    name: str,
    *,
    comment: str | None = None,
    **details: Json,
) -> Return:
    at = store.format_now()
    with store.writing() as connection:
        if comment is not None:
            write_comment(connection, at, scope, saved_return.return_id, comment)
        current = change_return(connection, scope, saved_return, action, states, state=state)
        write_entry(
            connection,
            at,
            scope.user,
            name,
            force_id=current.force_id,
            return_id=current.return_id,
            state=state,
            **details,
        )
        return current
