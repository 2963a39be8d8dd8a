"""Claims against one another: another figure for the same rows, or more for a part than is stated
for the whole.

In: what each claim states, and of what. Out: for each claim the others that do not fit beside it.
Does not look at the record, and does not say which of them is to be believed. Claims whose days
were inferred are left out: the inference may be what does not fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from etl.measures.claims.figures import Allowed
from etl.model.claim_measures import ClaimConflict


@dataclass(frozen=True, slots=True)
class Statement:
    """What one claim states: which figures it allows, of which field or rate, over which rows."""

    claim_id: str
    numerator: str
    denominator: str | None
    where: Mapping[str, tuple[str, ...]]
    period: tuple[dt.date | None, dt.date | None]
    stated: Decimal
    stated_as: str | None
    allowed: Allowed


def find_conflicts(statements: Iterable[Statement]) -> dict[str, tuple[ClaimConflict, ...]]:
    """The claims that contradict each claim, in order of claim."""
    claim_conflicts: dict[str, list[ClaimConflict]] = {}
    ordered = sorted(statements, key=lambda statement: statement.claim_id)
    for statement in ordered:
        for other in ordered:
            if (
                statement.claim_id != other.claim_id
                and (relation := _relate(statement, other)) is not None
            ):
                conflict = ClaimConflict(
                    claim_id=other.claim_id,
                    relation=relation,
                    stated_value=other.stated,
                    stated_as=other.stated_as,
                )
                claim_conflicts.setdefault(statement.claim_id, []).append(conflict)
    return {claim_id: tuple(conflicts) for claim_id, conflicts in claim_conflicts.items()}


def _relate(statement: Statement, other: Statement) -> str | None:
    """How the other claim contradicts this one; None where both can be true."""
    if (statement.numerator, statement.denominator) != (other.numerator, other.denominator):
        return None
    above, below = (
        other.allowed.is_above(statement.allowed),
        statement.allowed.is_above(other.allowed),
    )
    if statement.where == other.where and statement.period == other.period:
        return "same_rows" if above or below else None
    if statement.denominator is not None:
        return None  # a rate of a part may be larger or smaller than that of the whole
    if above and _is_part(other, statement):
        return "more_for_a_part"
    if below and _is_part(statement, other):
        return "less_for_the_whole"
    return None


def _is_part(part: Statement, whole: Statement) -> bool:
    """Whether every row of the one is a row of the other."""
    for name, values in whole.where.items():
        if not set(part.where.get(name, ())) or not set(part.where[name]) <= set(values):
            return False
    (first, last), (begin, until) = part.period, whole.period
    after = begin is None or (first is not None and first >= begin)
    before = until is None or (last is not None and last <= until)
    return after and before
