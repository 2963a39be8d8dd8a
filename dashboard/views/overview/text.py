"""The questions that readers come with, each with the shortest honest answer.

In: `FirstAnswers`, forces that publish nothing. Out: sentences. Does not draw and does not compute.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.descriptions.changes import describe_change
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import (
    format_amount,
    format_count,
    format_estimate,
    format_fraction,
    format_list,
    without_symbols,
)
from dashboard.views.overview.query import FirstAnswers


def describe_growth(first: FirstAnswers) -> str:
    """`Deployments, Metropolitan Police: 231 in 2025, 180 in 2024.`"""
    return _("Deployments, {change}").format(change=describe_change(first.change))


def describe_faces(first: FirstAnswers, name: str) -> str:
    """How many faces in the last whole year; empty without one."""
    if first.year is None:
        return ""
    template = _("{name}, {year}: {faces}. These are detections, not people.")
    return template.format(
        name=name, year=first.year, faces=format_amount(first.of_year["faces_seen_count"])
    )


def describe_errors(first: FirstAnswers, name: str) -> str:
    """False alerts both ways, with intervals; empty without a whole year."""
    if first.year is None:
        return ""
    share, per_face = first.of_year[SHARE_OF_ALERTS], first.of_year[PER_FACE_SEEN]
    template = _(
        "{name}, {year}: of alerts, {share} were false ({fraction} alerts); of faces seen, "
        "{per_face}. Limits are 95% intervals."
    )
    answer = template.format(
        name=name,
        year=first.year,
        share=format_estimate(share),
        fraction=format_fraction(share),
        per_face=format_estimate(per_face),
    )
    few = _("There were fewer than 20 false alerts, so the limits are wide.")
    return f"{without_symbols(answer)} {few}" if "[u]" in answer else without_symbols(answer)


def describe_outcome(first: FirstAnswers, name: str) -> str:
    """Arrests and true alerts; empty without a whole year."""
    if first.year is None:
        return ""
    template = _(
        "{name}, {year}: {arrests} that the force attributes to its deployments, and "
        "{true_alerts}. An arrest is not a conviction."
    )
    return template.format(
        name=name,
        year=first.year,
        arrests=format_amount(first.of_year["arrests_count"]),
        true_alerts=format_amount(first.of_year["true_alerts_count"]),
    )


def describe_thresholds(first: FirstAnswers, name: str) -> str:
    """Thresholds of the force, and that other software has another scale."""
    template = _(
        "{name}: {thresholds}. A threshold is a score of one software: scores of another are on "
        "another scale and do not compare."
    )
    return template.format(
        name=name, thresholds=format_list(first.thresholds) or _("not published")
    )


def describe_silent(names: Sequence[str], users: int) -> str:
    """Who uses it and publishes no result."""
    template = ngettext(
        "Of {users} that have used it, {count} publishes no result that we found: {names}.",
        "Of {users} that have used it, {count} publish no result that we found: {names}.",
        len(names),
    )
    return template.format(
        users=format_count(users), count=format_count(len(names)), names=format_list(names)
    )


def describe_verdicts(first: FirstAnswers) -> str:
    """How many stated figures the rows bear out."""
    template = _(
        "{count} claims checked: {agree} agree with the published figures, {differ} do not, the "
        "rest cannot be checked."
    )
    return template.format(
        count=format_count(sum(first.verdicts.values())),
        agree=format_count(first.verdicts.get("agrees", 0)),
        differ=format_count(first.verdicts.get("does_not_add_up", 0)),
    )
