"""The head of a force's profile: whether it uses it, what it publishes, how late, and what the
record has.

In: the frame of one force. Out: four cards of sentences, and the headline figures."""

from __future__ import annotations

from dashboard.components.cards import write_cards
from dashboard.components.templates import show_template
from dashboard.queries.series import HEADLINE_COUNTS, get_total
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import link
from dashboard.rendering.pieces import show_html
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
    last_day = get_last_days(context.record).get(publishing.force_id)
    forms = [form.publishing for form in publishing.forms]
    show_template(
        "views/forces/head.html",
        uses=describe_uses(publishing),
        sources=dict.fromkeys(link(use.source_url, use.source_title) for use in publishing.uses),
        publishes=describe_publishing(publishing),
        late=[form for form in forms if form.form_code != "none" and form.delay_text],
        coverage=describe_coverage(every.rows_count, last_day, covered, is_user(publishing)),
    )


def show_totals(context: PageContext) -> None:
    """Deployments, faces seen, alerts, arrests of the chosen years, with what is missing."""
    totals = [
        get_total(context.record, measure_id, context.selection) for measure_id in HEADLINE_COUNTS
    ]
    show_html(write_cards(context, totals))
