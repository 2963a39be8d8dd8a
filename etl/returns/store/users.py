"""Who has signed in, as the log tells it: a person is bound to one name at the first sign-in, and
keeps it.

In: what a provider says of a person. Out: the name under which the log knows them, always the same
for the same account, so that nobody becomes a second person by another name. Keeps no password and
grants no role: the provider does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from etl.model.messages import message
from etl.model.problems import Problem, explain
from etl.returns.scope import Scope, ScopeError, require
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


def sign_in_user(
    store: Store,
    *,
    provider: str,
    subject: str,
    name: str,
    session: str,
    roles: frozenset[str],
    force_id: str | None,
) -> Scope:
    """The scope of a person who has signed in, with an entry in the log once a session;
    `ScopeError` if the name is somebody else's."""
    with store.reading() as connection:
        known = list(_read(connection))
    own = [
        sign_in for sign_in in known if (sign_in.provider, sign_in.subject) == (provider, subject)
    ]
    scope = Scope(own[0].name if own else name, roles, force_id)
    if any(sign_in.session == session for sign_in in own):
        return scope
    at = store.format_now()
    with store.writing() as connection:
        taken = [
            sign_in
            for sign_in in _read(connection)
            if sign_in.name == scope.user
            and (sign_in.provider, sign_in.subject) != (provider, subject)
        ]
        if taken:
            raise ScopeError(
                Problem(
                    message("your_name"),
                    *explain("name_taken", name=scope.user),
                )
            )
        write_entry(
            connection,
            at,
            scope.user,
            _ACTION,
            force_id=force_id,
            return_id=None,
            provider=provider,
            subject=subject,
            session=session,
            roles=sorted(roles),
        )
    return scope


def list_users(store: Store, scope: Scope) -> tuple[User, ...]:
    """Everybody who has signed in, by force and name."""
    require(scope, "maintain", "the users")
    with store.reading() as connection:
        last = {(sign_in.provider, sign_in.subject): sign_in for sign_in in _read(connection)}
    users = [
        User(each_last.name, each_last.provider, each_last.force_id, each_last.roles, each_last.at)
        for each_last in last.values()
    ]
    return tuple(sorted(users, key=lambda user: (user.force_id or "", user.name)))


def _read(connection: sa.Connection) -> Iterator[_SignIn]:
    order_by = sa.select(AUDIT).where(AUDIT.c.action == _ACTION).order_by(AUDIT.c.number)
    for row in connection.execute(order_by):
        details = json.loads(row.details)
        yield _SignIn(
            row.who,
            row.force_id,
            row.at,
            details["provider"],
            details["subject"],
            details["session"],
            tuple(details["roles"]),
        )
