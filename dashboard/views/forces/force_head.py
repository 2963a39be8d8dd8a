"""The head of a force's profile: whether it uses it, what it publishes, how late, and what the
record has.

In: the frame of one force. Out: four cards of sentences, and the headline figures."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.cards import write_cards
from dashboard.queries.series import HEADLINE_COUNTS, get_total
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.views.forces.query_forces import get_last_days
from dashboard.views.forces.text_force import (
    describe_coverage,
    describe_publishing,
    describe_uses,
    is_user,
)
from etl.measures.publishing import ForcePublishing


def show_head(context: PageContext, publishing: ForcePublishing) -> None:
    """Use, publishing, delay, record."""
    every = context.record.estimate(
        "deployments_count", where={"force_id": [publishing.force_id]}
    ).only()
    covered = context.record.forces.covered_until().get(publishing.force_id)
    sources = [link(use.source_url, use.source_title) for use in publishing.uses]
    blocks = (
        (_("Does it use it?"), [*map(text, describe_uses(publishing)), *_describe_from(sources)]),
        (_("What it publishes"), [text(line) for line in describe_publishing(publishing)]),
        (_("How late"), _list_delays(publishing)),
        (
            _("In the record"),
            [
                text(line)
                for line in describe_coverage(
                    every.rows_count,
                    get_last_days(context.record).get(publishing.force_id),
                    covered,
                    is_user(publishing),
                )
            ],
        ),
    )
    items = "".join(
        f"<li><h3>{text(title)}</h3>{''.join(f'<p>{line}</p>' for line in lines)}</li>"
        for title, lines in blocks
    )
    show_html(f'<ul class="lfr-cards">{items}</ul>')


def show_totals(context: PageContext) -> None:
    """Deployments, faces seen, alerts, arrests of the chosen years, with what is missing."""
    totals = [
        get_total(context.record, measure_id, context.selection) for measure_id in HEADLINE_COUNTS
    ]
    show_html(write_cards(context, totals, {}))


def _list_delays(publishing: ForcePublishing) -> list[str]:
    delays = [
        f"{printed(form.publishing.title)}: {printed(form.publishing.delay_text)}"
        for form in publishing.forms
        if form.publishing.form_code != "none" and form.publishing.delay_text
    ]
    return delays or [text(_("Nothing is published of which the delay could be told."))]


def _describe_from(sources: Sequence[str]) -> list[str]:
    if not sources:
        return []
    return [f"<small>{text(_('Source:'))} {'; '.join(dict.fromkeys(sources))}</small>"]
