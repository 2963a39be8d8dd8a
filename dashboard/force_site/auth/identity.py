"""Who is asking: the claims of a sign-in, judged anew at every run of a page and every request for
a file.

In: the claims that the sign-in keeps in a signed cookie, the settings, the time. Out: a `Person`
with roles for one force, or a `NotSignedInError`, `NoRoleError`. A provider of a force can give
roles for that force and no other, and no national one. Does not read the cookie
(`dashboard.force_site.auth.cookies`, Streamlit) and does not know the store: who has signed out is
asked in `dashboard.force_site.session`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.force_site.auth.settings import Provider, SignIn

NATIONAL_ROLES = ("national_reviewer", "admin")
FORCE_ROLES = ("reader", "officer", "approver")
# Clocks of two machines may differ by this.
_LEEWAY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in. `session` is one sign-in of theirs, which ends by itself at `ends`
    (seconds since 1970); `name` is shown, `subject` never changes."""

    provider: Provider
    subject: str
    name: str
    roles: frozenset[str]
    force_id: str | None
    session: str
    ends: float


class NotSignedInError(Exception):
    """Nobody, or a sign-in that has ended or is not meant for this site."""


class NoRoleError(Exception):
    """Signed in, and no role here; `name` is whom the sign-in is of."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def identify(claims: Mapping[str, Any], sign_in: SignIn, now: float) -> Person:
    """The person of these claims; `NotSignedInError` or `NoRoleError`.
    Checks audience, age and provider, whatever was checked before."""
    provider = sign_in.providers.get(str(claims.get("provider", "")))
    if claims.get("is_logged_in") is not True or provider is None:
        raise NotSignedInError
    audience = claims.get("aud")
    if provider.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise NotSignedInError
    began, subject, session = claims.get("iat"), claims.get("sub"), claims.get("nonce")
    if (
        not isinstance(began, int | float)
        or isinstance(began, bool)
        or not _is_text(subject)
        or not _is_text(session)
    ):
        raise NotSignedInError
    ends = began + sign_in.session_hours * 3600
    if not began - _LEEWAY_SECONDS <= now < ends:
        raise NotSignedInError
    name = next(
        (
            str(claims[key]).strip().lower()
            for key in ("preferred_username", "email")
            if _is_text(claims.get(key))
        ),
        "",
    )
    if not name:
        raise NotSignedInError
    roles, forces = read_roles(claims.get(provider.roles_claim), provider)
    if not roles or len(forces) > 1:
        raise NoRoleError(name)
    return Person(
        provider,
        str(subject),
        name,
        roles,
        next(iter(forces), None),
        session_of(str(session)),
        ends,
    )


def session_of(nonce: str) -> str:
    """A name for one sign-in, from which nothing of it can be made again."""
    return hashlib.sha256(nonce.encode()).hexdigest()[:32]


def read_roles(given: Any, provider: Provider) -> tuple[frozenset[str], frozenset[str]]:
    """The roles that a claim gives, and the forces that they are for. A role is `officer`, or
    `officer:essex` at a national provider; what is not one of ours, or not this provider's to give,
    gives nothing."""
    roles, forces = set(), set()
    for item in given if isinstance(given, list) else [given]:
        role, _colon, force_id = item.partition(":") if isinstance(item, str) else ("", "", "")
        if role in NATIONAL_ROLES and not force_id and provider.force_id is None:
            roles.add(role)
        elif role in FORCE_ROLES:
            whose = force_id or provider.force_id
            if whose and provider.force_id in (None, whose):
                roles.add(role)
                forces.add(whose)
    return frozenset(roles), frozenset(forces)


def _is_text(subject: Any) -> bool:
    return isinstance(subject, str) and bool(subject.strip())
