"""The headline figures: one card a figure, each with its period, what is missing and its sources.

In: Estimates of the selection. Out: HTML. A number never stands alone."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.source_note import write_source_note
from dashboard.components.stated_totals import write_stated_total
from dashboard.pages import BY_SLUG
from dashboard.queries.rates import PER_FACE_SEEN
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text, write_translated
from dashboard.text.language import _, ngettext
from dashboard.text.numbers import (
    describe_gap,
    describe_none_of,
    format_count,
    format_date,
    format_estimate,
    format_fraction,
    format_per_million_faces,
    format_period,
    format_rows,
)
from etl.measures.catalogue import MEASURES
from etl.model.caveats import CAVEATS
from etl.model.estimates import Estimate
from etl.model.reference import Break

_ROWS = "deployments"
# The order in which the rows behind a count are most readily compared with it.
_SORTED = {
    "deployments_count": "newest",
    "faces_seen_count": "faces_seen",
    "alerts_count": "alerts",
    "false_alerts_count": "false_alerts",
    "arrests_count": "newest",
}
# What a card cannot be read without; the figures below say the rest.
_TEXTS = {
    "faces_seen_count": "faces_not_people",
    "arrests_count": "arrests_attributed",
    "false_share_of_alerts": "two_denominators",
}


def write_cards(context: PageContext, estimates: Sequence[Estimate]) -> str:
    """Counts in one list, rates in another."""
    lists = []
    for name, rates in (("lfr-cards", False), ("lfr-cards lfr-pair", True)):
        shown = [
            estimate
            for estimate in estimates
            if (MEASURES[estimate.measure_id].denominator is not None) is rates
        ]
        cards = "".join(_card(context, estimate) for estimate in shown)
        lists.append(f'<ul class="{name}">{cards}</ul>' if cards else "")
    return "".join(lists)


def _card(context: PageContext, estimate: Estimate) -> str:
    lines = [text(line) for line in _format_lines(estimate) if line]
    if estimate.status == "not_comparable":
        lines.append(write_translated(estimate.reason))
    if estimate.breaks:
        lines.append(text(_describe_breaks(context, estimate)))
    if caveat := _TEXTS.get(estimate.measure_id):
        lines.append(text(_(CAVEATS[caveat])))
    body = "".join(f"<p>{line}</p>" for line in lines) + write_stated_total(context, estimate)
    period = format_period(estimate.period_start, estimate.period_end)
    return (
        f"<li><h3>{text(_(MEASURES[estimate.measure_id].title))}</h3>"
        f'{_write_value(_format_large(estimate))}{body}<p class="lfr-from">{text(period)}. '
        f"{write_source_note(context, estimate.sources)}{_write_rows(context, estimate)}</p></li>"
    )


def _format_large(estimate: Estimate) -> str:
    """The value; a reason for which there is none begins with a capital, without its symbol."""
    words = format_estimate(estimate)
    reason = words.removeprefix("[x] ")
    return words if reason == words else f"{reason[:1].upper()}{reason[1:]}"


def _write_rows(context: PageContext, estimate: Estimate) -> str:
    """The way to the rows that a count is the sum of, those with most of it first."""
    if _ROWS not in BY_SLUG or estimate.measure_id not in _SORTED:
        return ""
    address = context.address_of(_ROWS, sorted=_SORTED[estimate.measure_id])
    return f' <a href="{text(address)}">{text(_("The deployments behind it"))}</a>.'


def _format_lines(estimate: Estimate) -> list[str]:
    """The lines below the number."""
    if MEASURES[estimate.measure_id].denominator is None:
        return [_describe_several(estimate), describe_gap(estimate)]
    lines = [format_fraction(estimate)]
    if estimate.measure_id == PER_FACE_SEEN and estimate.value is not None:
        lines.append(_("That is {rate}.").format(rate=format_per_million_faces(estimate)))
    if estimate.status == "not_available":
        lines.append(describe_none_of(estimate))
    elif estimate.left_out_count:
        template = ngettext(
            "{count} of {rows} lacks one of the two numbers and is in neither.",
            "{count} of {rows} lack one of the two numbers and are in neither.",
            estimate.left_out_count,
        )
        lines.append(
            template.format(
                count=format_count(estimate.left_out_count), rows=format_rows(estimate.rows_count)
            )
        )
    return lines


def _describe_several(estimate: Estimate) -> str:
    """Why there are more deployments than rows; empty where there are not."""
    many = (
        estimate.measure_id == "deployments_count"
        and (estimate.numerator or 0) > estimate.used_count
    )
    return _("One entry may cover several deployments.") if many else ""


def _describe_breaks(context: PageContext, estimate: Estimate) -> str:
    """The days on which conditions changed; the notes of the figures have what changed."""
    breaks = context.record.table(Break, {"break_id": list(estimate.breaks)})
    template = _("The method changed in this period ({days}); see notes.")
    days = [
        f"{context.names[break_.force_id]}, {format_date(break_.first_date)}" for break_ in breaks
    ]
    return template.format(days="; ".join(days))


def _write_value(sentence: str) -> str:
    """The value large, its interval below it: `0.48% (0.23% to 0.88%) [u]` is split at its bracket,
    `none seen; …` at its semicolon."""
    value, mark, rest = sentence.partition("; ") if "; " in sentence else sentence.partition(" (")
    if not mark:
        return f'<p class="lfr-figure">{text(sentence)}</p>'
    interval = (
        rest
        if mark == "; "
        else _("95% interval {interval}").format(interval=rest.replace(")", "", 1))
    )
    return f'<p class="lfr-figure">{text(value)}<small>{text(interval)}</small></p>'
