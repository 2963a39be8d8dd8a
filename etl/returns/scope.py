"""Who asks, in what roles, for which force: nothing is read or written without it.

In: what the sign-in knows of a user. Out: `Scope`, which the store turns into the rows that may be
seen, and `Refusal`s. Does not sign anybody in, and knows no user: there is no default account."""

from __future__ import annotations

from dataclasses import dataclass

from etl.model.problems import Problem, RecordError, explain

ROLES = ("reader", "officer", "approver", "national_reviewer", "admin")
# What each role may do, and whether for every force or for its own only.
_MAY = {
    "reader": {"read"},
    "officer": {"read", "edit", "comment"},
    "approver": {"read", "comment", "decide", "audit"},
    "national_reviewer": {"read", "comment"},
    "admin": {"read", "audit", "maintain"},
}
NATIONAL = frozenset({"national_reviewer", "admin"})
# A national reviewer sees a return once its force has sent it, not while it is written.
NOT_YET_SENT = ("draft", "changes_asked")


class ScopeError(RecordError):
    """What this user may not do. It never says whether the thing exists."""

    exit_code = 15
    headline = "this is not for you to do"


class InvalidStateError(RecordError):
    """A step that the return's state does not allow."""

    exit_code = 16
    headline = "the return is not in a state for this"


class StaleSaveError(RecordError):
    """A save of what somebody else has changed since it was opened."""

    exit_code = 17
    headline = "somebody else has changed the return since you opened it"


class StoreError(RecordError):
    """The store could not be read or written; what was there before is still there."""

    exit_code = 18
    headline = "the store of returns cannot be used"


@dataclass(frozen=True, slots=True)
class Scope:
    """A user, the roles, and the force; `force_id` is None only for national roles."""

    user: str
    roles: frozenset[str]
    force_id: str | None

    def __post_init__(self) -> None:
        problems = []
        if not self.user or self.user != self.user.strip().lower():
            problems.append(
                Problem("the user", repr(self.user), "a name in lower case", "Sign in again.")
            )
        if unknown := self.roles - set(ROLES):
            problems.append(
                Problem(
                    "the roles",
                    ", ".join(sorted(unknown)),
                    f"some of {', '.join(ROLES)}",
                    "Mend the roles of the sign-in.",
                )
            )
        if self.force_id is None and not self.roles & NATIONAL:
            problems.append(
                Problem("the force", "none", "the force of the user", "Mend the sign-in.")
            )
        if problems:
            raise ScopeError(problems)

    def may(self, action: str, force_id: str | None = None) -> bool:
        """Whether one of the roles allows an action, for a force."""
        for role in self.roles:
            if action in _MAY[role] and (
                force_id is None or role in NATIONAL or force_id == self.force_id
            ):
                return True
        return False

    @property
    def sees_all_forces(self) -> bool:
        """Whether every force's returns may be seen."""
        return bool(self.roles & NATIONAL)

    @property
    def sees_unsent_of_all(self) -> bool:
        """Whether drafts of every force may be seen:
        nobody's role, but for keeping the store itself."""
        return "admin" in self.roles


def require(scope: Scope, action: str, what: str) -> None:
    """`ScopeError` unless a role of the user allows the action."""
    if not scope.may(action):
        raise ScopeError(
            Problem(
                what,
                *explain(
                    "own_role_lacks", names=", ".join(sorted(scope.roles)) or "none", action=action
                ),
            )
        )
