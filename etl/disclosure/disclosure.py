"""Disclosure control: which counts of people are shown, so that no margin or other release gives
one away.

In: the cross-tables of a release and all that earlier releases showed. Out: `ProtectedTable`s;
problems of a release; an Estimate without its numbers. Rule, method and limits:
`docs/decisions/0008-disclosure-control.md`. Does not count, and does not guard against a reader who
knows more than what is shown, such as their own row."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from etl.disclosure.cross_tables import REASON, CrossTable, ProtectedTable, refuse_table
from etl.disclosure.linked_releases import Label, ReleaseHistory, label_of
from etl.model.estimates import Estimate
from etl.model.problems import Problem


def protect(
    tables: Sequence[CrossTable], previous: Sequence[ProtectedTable] = ()
) -> tuple[ProtectedTable, ...]:
    """The tables of one new release, protected together and against all in `previous`, oldest
    release first.

    Of all patterns that keep the rule in the release by itself, one with the smallest total hidden
    (each cell counted once more, so that zeros are not free); then the same again for what the
    earlier releases add to it. The order of the tables does not matter. Raises RefusedCross and
    BadTable."""
    for table in tables:
        refuse_table(table)
    hidden: dict[str, frozenset[Label]] = {}
    for subject in sorted({table.subject for table in tables}):
        for known in _readers(subject, previous):
            at_least = hidden.get(subject, frozenset())
            hidden[subject] = ReleaseHistory(subject, tables, known, at_least).choose()
    return tuple(
        ProtectedTable(
            table,
            frozenset(key for key in table.counts if label_of(table, key) in hidden[table.subject]),
        )
        for table in tables
    )


def check_protected(
    tables: Sequence[ProtectedTable], previous: Sequence[ProtectedTable] = ()
) -> tuple[Problem, ...]:
    """What readers of this release, alone or with the earlier ones, can rule out for want of hiding
    more.

    Nothing for what `protect` returns. For the check of a release before it is published: it judges
    the tables as they are, whoever chose what to hide."""
    problems: dict[str, Problem] = {}
    for subject in sorted({table.table.subject for table in tables}):
        mine = [table for table in tables if table.table.subject == subject]
        hidden = {label_of(table.table, key) for table in mine for key in table.hidden}
        for known in _readers(subject, previous):
            history = ReleaseHistory(subject, [table.table for table in mine], known)
            ruled_out: dict[int, list[int]] = {}
            for index, value in history.search.find_ruled_out(history.pattern(hidden)):
                ruled_out.setdefault(index, []).append(value)
            for index, values in sorted(ruled_out.items()):
                where = f"{subject}, {history.names[index]}"
                problems[where] = Problem(
                    where,
                    f"that it can be worked out not to be {_listed(sorted(values))}",
                    f"that {_listed(history.search.wanted[index])} all stay possible",
                    "Hide what `protect` hides; do not publish this release.",
                )
    return tuple(problems.values())


def _readers(subject: str, previous: Sequence[ProtectedTable]) -> list[Sequence[ProtectedTable]]:
    """What they know beside the new release: nothing, and all earlier ones.

    Both are asked. What earlier releases rule out already is not held against this one, but they
    rule it out only for a reader who takes it for granted that counts do not fall; the other one
    has to be kept in doubt too."""
    return [(), previous] if any(table.table.subject == subject for table in previous) else [()]


def hide_estimate(estimate: Estimate) -> Estimate:
    """The estimate of a hidden count: numerator, denominator, value and limits go together, because
    any two of them give the third."""
    return dataclasses.replace(
        estimate,
        numerator=None,
        denominator=None,
        value=None,
        low=None,
        high=None,
        status="suppressed",
        reason=REASON,
    )


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))
