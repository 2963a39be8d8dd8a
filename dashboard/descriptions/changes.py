"""Which way a measure went, with its uncertainty; or why nobody can say.

In: `Change`s of `dashboard.queries.changes`. Out: one sentence for each.
Does not compute and does not draw."""

from __future__ import annotations

from dashboard.queries.changes import Change
from dashboard.text.language import _
from dashboard.text.messages import translate_message
from dashboard.text.numbers import format_date, format_estimate, format_number
from etl.measures.groups.disparity import Disparity


def describe_change(change: Change) -> str:
    """`Metropolitan Police: 254 in 2025, 183 in 2024.` and, of a rate, how many times,
    with its interval."""
    if (
        change.first is None
        or change.last is None
        or change.first.estimate is None
        or change.last.estimate is None
    ):
        template = _("{name}: we do not yet have two full years to compare.")
        return template.format(name=change.name)
    words = {
        "name": change.name,
        "last": format_estimate(change.last.estimate),
        "last_year": change.last.code,
        "first": format_estimate(change.first.estimate),
        "first_year": change.first.code,
    }
    if change.broken is not None:
        template = _(
            "{name}: {last} in {last_year}, {first} in {first_year}. Do not compare them: the "
            "method changed on {day}."
        )
        return template.format(**words, day=format_date(change.broken.first_date))
    if change.comparison is None:
        return _("{name}: {last} in {last_year}, {first} in {first_year}.").format(**words)
    if change.comparison.refusal is not None or change.comparison.disparity is None:
        template = _(
            "{name}: {last} in {last_year}, {first} in {first_year}; no direction is given. {why}"
        )
        why = (
            translate_message(change.comparison.refusal.reason) if change.comparison.refusal else ""
        )
        return template.format(**words, why=why).strip()
    return _describe_ratio(change.comparison.disparity, words)


def _describe_ratio(disparity: Disparity, words: dict[str, str]) -> str:
    if disparity.ratio is None or disparity.ratio_high is None:
        return _(
            "{name}: {last} in {last_year}, {first} in {first_year}; too little was seen for a "
            "ratio."
        ).format(**words)
    limits = {
        "ratio": format_number(disparity.ratio),
        "low": format_number(disparity.ratio_low),
        "high": format_number(disparity.ratio_high),
    }
    if disparity.ratio_low > 1:
        template = _(
            "{name}: up from {first} in {first_year} to {last} in {last_year}: {ratio} times as "
            "much (95% interval {low} to {high})."
        )
    elif disparity.ratio_high < 1:
        template = _(
            "{name}: down from {first} in {first_year} to {last} in {last_year}: {ratio} times "
            "as much (95% interval {low} to {high})."
        )
    else:
        template = _(
            "{name}: no clear change, from {first} in {first_year} to {last} in {last_year}: "
            "{ratio} times as much (95% interval {low} to {high})."
        )
    return template.format(**words, **limits)
