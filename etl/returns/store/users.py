"""Who has signed in, as the log tells it: a person is bound to one name at the first sign-in, and keeps it.

In: what a provider says of a person. Out: the name under which the log knows them, always the same for the same account, so
that nobody becomes a second person by another name. Keeps no password and grants no role: the provider does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from etl.model.problems import Problem
from etl.returns.scope import Scope, ScopeRefused, require
from etl.returns.store.audit import write_entry
from etl.returns.store.engine import Store
from etl.returns.store.tables import AUDIT

_ACTION = "sign_in"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who has signed in, with the roles of the last time."""

    name: str
    provider: str
    force_id: str | None
    roles: tuple[str, ...]
    last_at: str


@dataclass(frozen=True, slots=True)
class _SignIn:
    name: str
    force_id: str | None
    at: str
    provider: str
    subject: str
    session: str
    roles: tuple[str, ...]


def sign_in_user(store: Store, *, provider: str, subject: str, name: str, session: str, roles: frozenset[str], force_id: str | None) -> Scope:  # fmt: skip
    """The scope of a person who has signed in, with an entry in the log once a session; `ScopeRefused` if the name is somebody else's."""
    with store.reading() as connection:
        known = list(_read(connection))
    own = [one for one in known if (one.provider, one.subject) == (provider, subject)]
    scope = Scope(own[0].name if own else name, roles, force_id)
    if any(one.session == session for one in own):
        return scope
    at = store.say_now()
    with store.writing() as connection:
        taken = [one for one in _read(connection) if one.name == scope.user and (one.provider, one.subject) != (provider, subject)]  # fmt: skip
        if taken:
            raise ScopeRefused(Problem("your name", scope.user, "a name that no other account has had here", "Ask whoever keeps the site: the log would not tell the two of you apart."))  # fmt: skip
        write_entry(connection, at, scope.user, _ACTION, force_id=force_id, return_id=None, provider=provider, subject=subject, session=session, roles=sorted(roles))  # fmt: skip
    return scope


def list_users(store: Store, scope: Scope) -> tuple[User, ...]:
    """Everybody who has signed in, for whoever keeps the site; by force and name."""
    require(scope, "maintain", "the users")
    with store.reading() as connection:
        last = {(one.provider, one.subject): one for one in _read(connection)}
    found = [User(one.name, one.provider, one.force_id, one.roles, one.at) for one in last.values()]
    return tuple(sorted(found, key=lambda one: (one.force_id or "", one.name)))


def _read(connection: sa.Connection) -> Iterator[_SignIn]:
    asked = sa.select(AUDIT).where(AUDIT.c.action == _ACTION).order_by(AUDIT.c.number)
    for row in connection.execute(asked):
        details = json.loads(row.details)
        yield _SignIn(row.who, row.force_id, row.at, details["provider"], details["subject"], details["session"], tuple(details["roles"]))  # fmt: skip
