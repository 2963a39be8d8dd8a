"""Whether a year, quarter or month is over in the publications that the record holds, or only
begun.

In: what forces publish and which days the editions cover. Out: a sentence for each force whose last
covered day lies inside. Does not say that more rows will come: a force may have stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from etl.model.calendar import CALENDAR, span_of
from etl.model.coverage import Publishing
from etl.model.messages import Text, join, message
from etl.model.reference import Edition


def last_covered_days(
    forms: Iterable[Publishing], editions: Iterable[Edition]
) -> dict[str, dt.date]:
    """By force, the last day of which its deployments are published one by one in the record."""
    ends: dict[str, dt.date] = {}
    for edition in editions:
        if end := edition.period_end:
            ends[edition.publication_id] = max(end, ends.get(edition.publication_id, end))
    days: dict[str, dt.date] = {}
    for form in forms:
        if form.per_deployment_code != "yes":
            continue
        for publication_id in (form.publication_ids or "").split():
            if end := ends.get(publication_id):
                days[form.force_id] = max(end, days.get(form.force_id, end))
    return days


def describe_begun(
    group: Mapping[str, str | int | None],
    last_days: Mapping[str, dt.date],
    names: Mapping[str, str],
) -> Text:
    """What of the group's calendar period is not covered yet, force by force; empty if all is or
    nothing began.

    `last_days` are those of the forces in question."""
    spans = [
        span_of(name, code) for name, code in group.items() if name in CALENDAR and code is not None
    ]
    if not spans:
        return Text()
    start, end = max(first for first, _ in spans), min(last for _, last in spans)
    begun = {force_id: day for force_id, day in last_days.items() if start <= day < end}
    return join(
        *(
            message("published_to", force=names.get(force_id, force_id), day=day)
            for force_id, day in sorted(begun.items())
        )
    )
