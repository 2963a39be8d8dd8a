"""What is said of how much is published about groups of people: by how many forces, and of which events and days.

In: publishers and counts of `dashboard.queries.groups`. Out: plain sentences. Does not compute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.descriptions.groups import COUNTED
from dashboard.queries.groups import count_forms
from dashboard.text.language import _
from dashboard.text.numbers import say_count, say_period
from etl.measures.publishing import ForcePublishing
from etl.model.codes import STAGE


def say_publishers(publishers: Sequence[ForcePublishing], counts: Sequence[Mapping[str, Any]]) -> str:
    """How many forces publish any figure by group, in a form of their own or by a return."""
    found = count_forms(publishers, counts)
    said = _(
        "Forces that publish results: {forces}. With any figure by group: {some}. Without: {none}. Not known, because the page "
        "was not read in full: {unknown}."
    ).format(
        forces=say_count(found.total()),
        some=say_count(found["yes"] + found["partly"]),
        none=say_count(found["no"]),
        unknown=say_count(found["unknown"]),
    )
    if any(one["stage_code"] not in COUNTED for one in counts):  # a return may give them
        return said
    return f"{said} {_('No publication that was read gives faces seen, or the watchlist, by group.')}"


def say_what_there_is(counts: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """Of which forces, events and days a count is published."""
    if not counts:
        return _("That is not a zero.")
    said = [
        f"{names[one['force_id']]}, {_(COUNTED.get(one['stage_code'], STAGE.label(one['stage_code'])))}, "
        f"{say_period(one['period_start'], one['period_end'])}"
        for one in counts
    ]
    return _("That is not a zero. What is published: {counts}.").format(counts="; ".join(dict.fromkeys(said)))
