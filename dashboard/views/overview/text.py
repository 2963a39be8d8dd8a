"""The questions that readers come with, each with the shortest honest answer.

In: `FirstAnswers`, forces that publish nothing. Out: sentences. Does not draw and does not compute.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.descriptions.changes import say_change
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import say_amount, say_count, say_estimate, say_fraction, say_list
from dashboard.views.overview.query import FirstAnswers


def say_growth(first: FirstAnswers) -> str:
    """`Deployments, Metropolitan Police: 231 in 2025, 180 in 2024.`"""
    return _("Deployments, {change}").format(change=say_change(first.change))


def say_faces(first: FirstAnswers, name: str) -> str:
    """How many faces in the last whole year; empty without one."""
    if first.year is None:
        return ""
    said = _("{name}, {year}: {faces}. These are detections, not people.")
    return said.format(name=name, year=first.year, faces=say_amount(first.of_year["faces_seen_count"]))


def say_errors(first: FirstAnswers, name: str) -> str:
    """False alerts both ways, with intervals; empty without a whole year."""
    if first.year is None:
        return ""
    share, per_face = first.of_year[SHARE_OF_ALERTS], first.of_year[PER_FACE_SEEN]
    said = _(
        "{name}, {year}: of alerts, {share} were false ({fraction} alerts); of faces seen, {per_face}. Limits are 95% intervals."
    )
    answer = said.format(
        name=name,
        year=first.year,
        share=say_estimate(share),
        fraction=say_fraction(share),
        per_face=say_estimate(per_face),
    )
    few = _("[u] stands for fewer than 20 false alerts, so the limits are wide.")
    return f"{answer} {few}" if "[u]" in answer else answer


def say_outcome(first: FirstAnswers, name: str) -> str:
    """Arrests beside true alerts; empty without a whole year."""
    if first.year is None:
        return ""
    said = _(
        "{name}, {year}: {arrests} that the force attributes to its deployments, and {true_alerts}. An arrest is not a conviction."
    )
    return said.format(
        name=name,
        year=first.year,
        arrests=say_amount(first.of_year["arrests_count"]),
        true_alerts=say_amount(first.of_year["true_alerts_count"]),
    )


def say_thresholds(first: FirstAnswers, name: str) -> str:
    """Thresholds of the force, and that other software has another scale."""
    said = _(
        "{name}: {thresholds}. A threshold is a score of one software: scores of another are on another scale and do not compare."
    )
    return said.format(name=name, thresholds=say_list(first.thresholds) or _("not published"))


def say_silent(names: Sequence[str], users: int) -> str:
    """Who uses it and publishes no result."""
    said = ngettext(
        "Of {users} that have used it, {count} publishes no result that we found: {names}.",
        "Of {users} that have used it, {count} publish no result that we found: {names}.",
        len(names),
    )
    return said.format(users=say_count(users), count=say_count(len(names)), names=say_list(names))


def say_verdicts(first: FirstAnswers) -> str:
    """How many stated figures the rows bear out."""
    said = _(
        "{count} stated figures are compared with the published rows: {agree} agree, {differ} do not add up, the others cannot be checked from what is published."
    )
    return said.format(
        count=say_count(sum(first.verdicts.values())),
        agree=say_count(first.verdicts.get("agrees", 0)),
        differ=say_count(first.verdicts.get("does_not_add_up", 0)),
    )
