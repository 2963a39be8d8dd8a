"""What an approver declares of days that another publication covers too: which of the two counts,
and why.

In: a `Scope`, the return as the user last saw it, the decision. Out: entries of the log, where it
stands for good; the last one about each publication holds. Does not know which days are covered
twice: `etl.returns.overlaps` does."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from etl.model.messages import message
from etl.model.problems import Problem, explain
from etl.returns.scope import InvalidStateError, Scope, ScopeError
from etl.returns.store.audit import write_entry
from etl.returns.store.engine import Store
from etl.returns.store.returns import Return, change_return, list_authors, refuse_text
from etl.returns.store.tables import AUDIT

ACTION = "declare_precedence"
RETURN, OTHER = "return", "publication"
COUNTS = (RETURN, OTHER)
MAX_REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class CountDeclaration:
    """Which of the two counts, and why, as an approver declared it."""

    publication_id: str
    counts: str
    reason: str
    declared_on: dt.date


def declare_precedence(
    store: Store, scope: Scope, saved_return: Return, publication_id: str, counts: str, reason: str
) -> Return:
    """Writes into the log which counts on the days that both cover, and why:
    a second person's decision, like the approval."""
    if counts not in COUNTS:
        raise InvalidStateError(
            Problem(
                message("what_counts"), *explain("no_such_choice", name=counts, names=list(COUNTS))
            )
        )
    refuse_text("the reason", reason, MAX_REASON_LENGTH)
    at = store.format_now()
    with store.writing() as connection:
        current = change_return(
            connection, scope, saved_return, "decide", ("submitted", "approved")
        )
        if scope.user in list_authors(connection, current):
            raise ScopeError(
                Problem(
                    message("return_number", number=saved_return.return_id),
                    *explain("own_declaration"),
                )
            )
        write_entry(
            connection,
            at,
            scope.user,
            ACTION,
            force_id=current.force_id,
            return_id=current.return_id,
            publication_id=publication_id,
            counts=counts,
            reason=reason,
        )
        return current


def read_declared(store: Store, return_id: int) -> dict[str, CountDeclaration]:
    """The last declaration about each publication."""
    where = sa.select(AUDIT.c.at, AUDIT.c.details).where(
        AUDIT.c.return_id == return_id, AUDIT.c.action == ACTION
    )
    count_declarations = {}
    with store.reading() as connection:
        for row in connection.execute(where.order_by(AUDIT.c.number)):
            payload: Mapping[str, str] = json.loads(row.details)
            count_declarations[payload["publication_id"]] = CountDeclaration(
                payload["publication_id"],
                payload["counts"],
                payload["reason"],
                dt.date.fromisoformat(row.at[:10]),
            )
    return count_declarations
