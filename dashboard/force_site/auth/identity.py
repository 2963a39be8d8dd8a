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

from dashboard.force_site.auth.settings import Provider, SignIn

NATIONAL_ROLES = ("national_reviewer", "admin")
FORCE_ROLES = ("reader", "officer", "approver")
# Clocks of two machines may differ by this.
_LEEWAY_SECONDS = 180
_NAME_CLAIMS = ("preferred_username", "email")
_READ_CLAIMS = ("origin", "provider", "is_logged_in", "sub", "iat", "nonce", *_NAME_CLAIMS)


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
    """Nobody, or a sign-in that has ended or is not meant for this site. `reason` is a code:
    nobody, ended, clock, audience, incomplete, no_name."""

    def __init__(self, reason: str = "nobody") -> None:
        self.reason = reason
        super().__init__(reason)


class NoRoleError(Exception):
    """Signed in, and no role here; `name` is whom the sign-in is of."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def identify(claims: Mapping[str, object], sign_in: SignIn, now: float) -> Person:
    """The person of these claims; `NotSignedInError` or `NoRoleError`.
    Checks audience, age and provider, whatever was checked before."""
    provider = sign_in.providers.get(str(claims.get("provider", "")))
    if claims.get("is_logged_in") is not True or provider is None:
        raise NotSignedInError
    if provider.client_id not in _to_list(claims.get("aud")):
        raise NotSignedInError("audience")
    began, subject, session = claims.get("iat"), claims.get("sub"), claims.get("nonce")
    if (
        not isinstance(began, int | float)
        or isinstance(began, bool)
        or not _is_text(subject)
        or not _is_text(session)
    ):
        raise NotSignedInError("incomplete")
    ends = began + sign_in.session_hours * 3600
    if now < began - _LEEWAY_SECONDS:
        raise NotSignedInError("clock")
    if now >= ends:
        raise NotSignedInError("ended")
    names = (str(claims[key]) for key in _NAME_CLAIMS if _is_text(claims.get(key)))
    name = next(names, "").strip().lower()
    if not name:
        raise NotSignedInError("no_name")
    roles, forces = read_roles(find_claim(claims, provider.roles_claim), provider)
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


def select_claims(claims: Mapping[str, object], provider: Provider) -> dict[str, object]:
    """Of all claims of a token, those that `identify` reads: the audience only if it is this site,
    the roles only if this provider can give them. What else a token holds is not kept."""
    given = _to_list(find_claim(claims, provider.roles_claim))
    roles = [role for role in given if read_roles([role], provider)[0]]
    audiences = [each for each in _to_list(claims.get("aud")) if each == provider.client_id]
    selected = {key: claims[key] for key in _READ_CLAIMS if key in claims}
    return {**selected, "aud": audiences, provider.roles_claim: roles}


def find_claim(claims: Mapping[str, object], path: str) -> object:
    """The claim of this name, or the one that a path with dots leads to (`realm_access.roles`)."""
    if path in claims:
        return claims[path]
    found: object = claims
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def read_roles(given: object, provider: Provider) -> tuple[frozenset[str], frozenset[str]]:
    """The roles that a claim gives, and the forces that they are for. A role is `officer`, or
    `officer:essex` at a national provider; what is not one of ours, or not this provider's to give,
    gives nothing."""
    roles, forces = set(), set()
    for text in _to_list(given):
        role, _colon, force_id = text.partition(":") if isinstance(text, str) else ("", "", "")
        if role in NATIONAL_ROLES and not force_id and provider.force_id is None:
            roles.add(role)
        elif role in FORCE_ROLES:
            whose = force_id or provider.force_id
            if whose and provider.force_id in (None, whose):
                roles.add(role)
                forces.add(whose)
    return frozenset(roles), frozenset(forces)


def _to_list(claim: object) -> list[object]:
    return claim if isinstance(claim, list) else [claim]


def _is_text(claim: object) -> bool:
    return isinstance(claim, str) and bool(claim.strip())
