"""What is said of how much is published about groups of people: by how many forces, and of which
events and days.

In: publishers and counts of `dashboard.queries.groups`. Out: plain sentences. Does not compute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.descriptions.groups import COUNTED
from dashboard.queries.groups import count_forms
from dashboard.text.language import _
from dashboard.text.numbers import format_count, format_period
from etl.measures.publishing import ForcePublishing
from etl.model.codes import STAGE
from etl.model.group_records import GroupCount


def describe_publishers(publishers: Sequence[ForcePublishing], counts: Sequence[GroupCount]) -> str:
    """How many forces publish any figure by group, in a form of their own or by a return."""
    forms = count_forms(publishers, counts)
    text = _(
        "Forces that publish results: {forces}. With any figure by group: {some}. Without: {none}. "
        "Not known, because the page was not read in full: {unknown}."
    ).format(
        forces=format_count(forms.total()),
        some=format_count(forms["yes"] + forms["partly"]),
        none=format_count(forms["no"]),
        unknown=format_count(forms["unknown"]),
    )
    if any(count.stage_code not in COUNTED for count in counts):  # a return may give them
        return text
    return (
        f"{text} {_('No publication that was read gives faces seen, or the watchlist, by group.')}"
    )


def describe_what_there_is(counts: Sequence[GroupCount], names: Mapping[str, str]) -> str:
    """The forces, events and days with a published count."""
    if not counts:
        return _("That is not a zero.")
    sentences = [
        (
            f"{names[count.force_id]}, "
            f"{_(COUNTED.get(count.stage_code, STAGE.label(count.stage_code)))}, "
            f"{format_period(count.period_start, count.period_end)}"
        )
        for count in counts
    ]
    return _("That is not a zero. What is published: {counts}.").format(
        counts="; ".join(dict.fromkeys(sentences))
    )
