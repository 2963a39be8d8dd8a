"""Sentences of the first page.

In: `FirstAnswers`. Out: sentences. Does not draw and does not compute."""

from __future__ import annotations

from dashboard.descriptions.changes import describe_change
from dashboard.text.language import _
from dashboard.text.numbers import format_count
from dashboard.views.overview.query import FirstAnswers


def describe_growth(first: FirstAnswers) -> str:
    """`Deployments, Metropolitan Police: 231 in 2025, 180 in 2024.`"""
    return _("Deployments, {change}").format(change=describe_change(first.change))


def describe_verdicts(first: FirstAnswers) -> str:
    """How many stated figures the rows bear out."""
    template = _(
        "{count} claims: {agree} agree with the published figures or come close, {differ} differ, "
        "the rest cannot be checked."
    )
    return template.format(
        count=format_count(sum(first.verdicts.values())),
        agree=format_count(first.verdicts.get("agrees", 0) + first.verdicts.get("close", 0)),
        differ=format_count(first.verdicts.get("does_not_add_up", 0)),
    )
