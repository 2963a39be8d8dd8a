"""Sign-ins that were ended before their time, for every process that works on the store.

In: the name of a sign-in, from which nothing of it can be made again. Out: whether it was ended.
Does not know who it was of."""

from __future__ import annotations

import sqlalchemy as sa

from etl.returns.store.audit import SIGN_OUT, write_entry
from etl.returns.store.engine import Store
from etl.returns.store.tables import ENDED

# Clocks of two machines differ: kept for longer than either may take the sign-in for one that goes
# on.
_SPARE_SECONDS = 300


def end_session(store: Store, session: str, until: float, who: str = "-") -> None:
    """Ends a sign-in that would have lasted until a time (seconds since 1970), and deletes those
    that have expired."""
    with store.writing() as connection:
        connection.execute(
            sa.delete(ENDED).where(ENDED.c.until < store.now().timestamp() - _SPARE_SECONDS)
        )
        if not connection.execute(_query(session)).first():
            connection.execute(sa.insert(ENDED), [{"session": session, "until": until}])
            write_entry(
                connection,
                store.format_now(),
                who,
                SIGN_OUT,
                force_id=None,
                return_id=None,
                session=session,
                until=until,
            )


def is_ended(store: Store, session: str) -> bool:
    """Whether it was ended."""
    with store.reading() as connection:
        return connection.execute(_query(session)).first() is not None


def _query(session: str) -> sa.Select[tuple[str]]:
    return sa.select(ENDED.c.session).where(ENDED.c.session == session)
