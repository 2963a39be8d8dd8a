"""The headline figures: one card a figure, each with its period, what is missing and its sources.

In: Estimates of the selection. Out: HTML. A number never stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.parts.source_note import write_source_note
from dashboard.parts.style import text
from dashboard.wording import (
    say_count,
    say_fraction,
    say_gap,
    say_none_of,
    say_one_in_faces,
    say_per_million_faces,
    say_period,
    say_rows,
    say_share_of_alerts,
    say_total,
)
from etl.model.caveats import CAVEATS
from etl.model.estimates import Estimate

_TITLES = {
    "deployments_count": "Deployments",
    "faces_seen_count": "Faces seen",
    "alerts_count": "Alerts",
    "arrests_count": "Arrests",
    "false_share_of_alerts": "False share of alerts",
    "false_alerts_per_face_seen": "False alerts per face seen",
}
_RATES = ("false_share_of_alerts", "false_alerts_per_face_seen")
# What a card cannot be read without; the figures below say the rest.
_SAID = {
    "faces_seen_count": "faces_not_people",
    "arrests_count": "arrests_attributed",
    "false_share_of_alerts": "two_denominators",
}


def write_cards(
    estimates: Sequence[Estimate],
    numbers: Mapping[str, int],
    leading: Mapping[str, str],
    breaks: Mapping[str, str],
) -> str:
    """Counts in one list, rates in another; `leading` says which force most of it is, `breaks` what a break means."""
    counts = [one for one in estimates if one.denominator is None and one.measure_id not in _RATES]
    rates = [one for one in estimates if one not in counts]
    lists = []
    for name, shown in (("lfr-cards", counts), ("lfr-cards lfr-pair", rates)):
        cards = "".join(_card(one, numbers, leading.get(one.measure_id, ""), breaks) for one in shown)
        lists.append(f'<ul class="{name}">{cards}</ul>')
    return "".join(lists)


def say_leading(total: Estimate, by_force: Mapping[str, Estimate], names: Mapping[str, str]) -> str:
    """`2,451 of the 2,511 are South Wales’s.` where one force has more than half; else nothing."""
    known = {force_id: one.numerator for force_id, one in by_force.items() if one.numerator}
    if len(known) < 2 or not total.numerator:
        return ""
    force_id = max(known, key=lambda one: known[one])
    if known[force_id] * 2 <= total.numerator:
        return ""
    return f"Mostly one force: {say_count(known[force_id])} of the {say_count(total.numerator)} are from {names[force_id]}."


def _card(estimate: Estimate, numbers: Mapping[str, int], leading: str, breaks: Mapping[str, str]) -> str:
    figure, *lines = _words(estimate)
    caveat = _SAID.get(estimate.measure_id)
    said = [f"[b] {breaks[one]}" for one in estimate.breaks if one in breaks]
    if estimate.breaks and not said:
        said = ["[b] Conditions changed within the period; how is said below the figures."]
    lines += [leading, *said]
    lines += [CAVEATS[caveat]] if caveat else []
    body = "".join(f"<p>{text(line)}</p>" for line in lines if line)
    period = say_period(estimate.period_start, estimate.period_end)
    return (
        f"<li><h3>{text(_TITLES[estimate.measure_id])}</h3>{figure}{body}"
        f'<p class="lfr-from">{text(period)}. {write_source_note(estimate.sources, numbers)}</p></li>'
    )


def _words(estimate: Estimate) -> list[str]:
    """The figure as HTML, then the lines below it."""
    left_out = ""
    if estimate.value is not None and estimate.left_out_count:
        verbs = ("lacks", "is") if estimate.left_out_count == 1 else ("lack", "are")
        left_out = (
            f"{say_count(estimate.left_out_count)} of {say_rows(estimate.rows_count)} {verbs[0]} one of the two numbers and "
            f"{verbs[1]} in neither."
        )
    elif estimate.status == "not_available":
        left_out = say_none_of(estimate, "both numbers")
    if estimate.measure_id == "false_share_of_alerts":
        return [_figure(say_share_of_alerts(estimate)), say_fraction(estimate, "alerts"), left_out]
    if estimate.measure_id == "false_alerts_per_face_seen":
        rate = "" if estimate.value is None else f"That is {say_per_million_faces(estimate)}."
        return [_figure(say_one_in_faces(estimate)), say_fraction(estimate, "faces seen"), rate, left_out]
    return [_figure(say_total(estimate)), say_gap(estimate)]


def _figure(said: str) -> str:
    """The value large, its interval below it; a sentence without a value is not large."""
    before = "<small>at least</small>" if said.startswith("at least ") else ""
    value, bracket, rest = said.removeprefix("at least ").partition(" (")
    if said.startswith("none seen"):
        value, bracket, rest = "none seen", "", said.removeprefix("none seen; ")
        rest = f"<small>{text(rest)}</small>"
    elif bracket:
        interval, _, marks = rest.partition(")")
        rest = f"<small>95% interval {text(interval)}{text(marks)}</small>"
    return f'<p class="lfr-figure">{before}{text(value)}{rest}</p>'
