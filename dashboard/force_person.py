"""Who is asking: the claims of a sign-in, judged anew at every run of a page and every request for a file.

In: the claims that the sign-in keeps in a signed cookie, the settings, the time. Out: a `Person` with roles for one force, or
a `NotSignedIn`, `NoRole`. A provider of a force can give roles for that force and no other, and no national one.
Does not read the cookie (`dashboard.force_requests`, Streamlit) and does not know the store.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.force_settings import Provider, SignIn

NATIONAL_ROLES = ("national_reviewer", "admin")
FORCE_ROLES = ("reader", "officer", "approver")
# Clocks of two machines may differ by this.
_LEEWAY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in. `session` is one sign-in of theirs; `name` is shown, `subject` never changes."""

    provider: Provider
    subject: str
    name: str
    roles: frozenset[str]
    force_id: str | None
    session: str


class NotSignedIn(Exception):
    """Nobody, or a sign-in that has ended or is not meant for this site."""


class NoRole(Exception):
    """Signed in, and no role here; `name` is whom the sign-in is of."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


class Ended:
    """Sign-ins that were ended by signing out: their cookie, should anybody have kept it, opens nothing in this process."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def end(self, session: str, now: float, hours: int) -> None:
        """Ends a sign-in; forgets those that have ended by themselves since."""
        with self._lock:
            self._until = {one: until for one, until in self._until.items() if until > now}
            self._until[session] = now + hours * 3600 + 2 * _LEEWAY_SECONDS

    def has(self, session: str) -> bool:
        """Whether it was ended."""
        return session in self._until


ENDED = Ended()


def read_person(claims: Mapping[str, Any], sign_in: SignIn, now: float) -> Person:
    """The person of these claims; `NotSignedIn` or `NoRole`. Checks audience, age and provider, whatever was checked before."""
    provider = sign_in.providers.get(str(claims.get("provider", "")))
    if claims.get("is_logged_in") is not True or provider is None:
        raise NotSignedIn
    audience = claims.get("aud")
    if provider.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise NotSignedIn
    began, subject, session = claims.get("iat"), claims.get("sub"), claims.get("nonce")
    if not isinstance(began, int | float) or isinstance(began, bool) or not _is_text(subject) or not _is_text(session):  # fmt: skip
        raise NotSignedIn
    if not began - _LEEWAY_SECONDS <= now < began + sign_in.session_hours * 3600 or ENDED.has(
        session_of(str(session))
    ):
        raise NotSignedIn
    name = next((str(claims[key]).strip().lower() for key in ("preferred_username", "email") if _is_text(claims.get(key))), "")  # fmt: skip
    if not name:
        raise NotSignedIn
    roles, forces = read_roles(claims.get(provider.roles_claim), provider)
    if not roles or len(forces) > 1:
        raise NoRole(name)
    return Person(provider, str(subject), name, roles, next(iter(forces), None), session_of(str(session)))


def session_of(nonce: str) -> str:
    """A name for one sign-in, from which nothing of it can be made again."""
    return hashlib.sha256(nonce.encode()).hexdigest()[:32]


def read_roles(given: Any, provider: Provider) -> tuple[frozenset[str], frozenset[str]]:
    """The roles that a claim gives, and the forces that they are for. A role is `officer`, or `officer:essex` at a national
    provider; what is not one of ours, or not this provider's to give, gives nothing."""
    roles, forces = set(), set()
    for one in given if isinstance(given, list) else [given]:
        role, _colon, force_id = one.partition(":") if isinstance(one, str) else ("", "", "")
        if role in NATIONAL_ROLES and not force_id and provider.force_id is None:
            roles.add(role)
        elif role in FORCE_ROLES:
            whose = force_id or provider.force_id
            if whose and provider.force_id in (None, whose):
                roles.add(role)
                forces.add(whose)
    return frozenset(roles), frozenset(forces)


def _is_text(said: Any) -> bool:
    return isinstance(said, str) and bool(said.strip())
