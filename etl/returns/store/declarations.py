"""What an approver declares of days that another publication covers too: which of the two counts, and why.

In: a `Scope`, the return as the user last saw it, the decision. Out: entries of the log, where it stands for good; the last one
about each publication holds. Does not know which days are covered twice: `etl.returns.overlaps` does.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from etl.model.problems import Problem
from etl.returns.scope import Scope, ScopeRefused, WrongState
from etl.returns.store.audit import write_entry
from etl.returns.store.engine import Store
from etl.returns.store.returns import Return, change_return, list_authors, refuse_text
from etl.returns.store.tables import AUDIT

ACTION = "declare_precedence"
RETURN, OTHER = "return", "publication"
COUNTS = (RETURN, OTHER)
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Declared:
    """Which of the two counts, and why, as an approver declared it."""

    publication_id: str
    counts: str
    reason: str
    declared_on: dt.date


def declare_precedence(
    store: Store, scope: Scope, found: Return, publication_id: str, counts: str, reason: str
) -> Return:
    """Writes into the log which counts on the days that both cover, and why: a second person's decision, like the approval."""
    if counts not in COUNTS:
        raise WrongState(Problem("what counts", repr(counts), f"one of {', '.join(COUNTS)}", "Choose one."))
    refuse_text("the reason", reason, LONGEST_REASON)
    at = store.say_now()
    with store.writing() as connection:
        current = change_return(connection, scope, found, "decide", ("submitted", "approved"))
        if scope.user in list_authors(connection, current):
            raise ScopeRefused(Problem(f"return {found.return_id}", "its author", "a second person", "Ask another approver of your force."))  # fmt: skip
        write_entry(connection, at, scope.user, ACTION, force_id=current.force_id, return_id=current.return_id, publication_id=publication_id, counts=counts, reason=reason)  # fmt: skip
        return current


def read_declared(store: Store, return_id: int) -> dict[str, Declared]:
    """The last declaration about each publication."""
    asked = sa.select(AUDIT.c.at, AUDIT.c.details).where(
        AUDIT.c.return_id == return_id, AUDIT.c.action == ACTION
    )
    found = {}
    with store.reading() as connection:
        for row in connection.execute(asked.order_by(AUDIT.c.number)):
            said: Mapping[str, str] = json.loads(row.details)
            found[said["publication_id"]] = Declared(said["publication_id"], said["counts"], said["reason"], dt.date.fromisoformat(row.at[:10]))  # fmt: skip
    return found
