"""What is being published or withdrawn at the moment, so that a process that was killed can be
finished by another.

In: a transaction. Out: `Open` entries. A return has one open entry at most:
the database sees to it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from etl.returns.store.engine import Store
from etl.returns.store.tables import JOURNAL, RETURNS


@dataclass(frozen=True, slots=True)
class Open:
    """A publishing or withdrawing that has begun and not ended."""

    journal_id: int
    return_id: int
    force_id: str
    kind: str
    publication_id: str
    who: str
    reason: str


def begin(
    connection: sa.Connection,
    return_id: int,
    kind: str,
    publication_id: str,
    who: str,
    reason: str,
    at: str,
) -> None:
    """Notes that it begins."""
    row = {
        "return_id": return_id,
        "kind": kind,
        "publication_id": publication_id,
        "who": who,
        "reason": reason,
        "started_at": at,
    }
    connection.execute(sa.insert(JOURNAL), [row])


def end(connection: sa.Connection, entry: Open, outcome: str) -> None:
    """Notes that it has ended: `done` or `undone`."""
    connection.execute(
        sa.update(JOURNAL).where(JOURNAL.c.journal_id == entry.journal_id).values(outcome=outcome)
    )


def list_open(store: Store) -> tuple[Open, ...]:
    """What has begun and not ended, oldest first."""
    names = ("journal_id", "return_id", "kind", "publication_id", "who", "reason")
    order_by = (
        sa.select(*(JOURNAL.c[name] for name in names), RETURNS.c.force_id)
        .join(RETURNS, RETURNS.c.return_id == JOURNAL.c.return_id)
        .where(JOURNAL.c.outcome.is_(None))
        .order_by(JOURNAL.c.journal_id)
    )
    with store.reading() as connection:
        return tuple(Open(**row) for row in connection.execute(order_by).mappings())
