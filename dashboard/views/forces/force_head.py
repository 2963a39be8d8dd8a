"""The head of a force's profile: whether it uses it, what it publishes, how late, and what the record has.

In: the frame of one force. Out: four cards of sentences, and the headline figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.cards import write_cards
from dashboard.queries.series import HEADLINE_COUNTS, ask_total
from dashboard.rendering.context import Frame
from dashboard.rendering.html import link, printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.views.forces.query_forces import ask_last_days
from dashboard.views.forces.text_force import is_user, say_coverage, say_publishing, say_uses
from etl.measures.publishing import ForcePublishing


def show_head(frame: Frame, one: ForcePublishing) -> None:
    """Use, publishing, delay, record."""
    every = frame.answers.estimate("deployments_count", where={"force_id": [one.force_id]}).only()
    covered = frame.answers.covered_until().get(one.force_id)
    sources = [link(use.source_url, use.source_title) for use in one.uses]
    blocks = (
        (_("Does it use it?"), [*map(text, say_uses(one)), *_say_from(sources)]),
        (_("What it publishes"), [text(line) for line in say_publishing(one)]),
        (_("How late"), _list_delays(one)),
        (_("In the record"), [text(line) for line in say_coverage(every.rows_count, ask_last_days(frame.answers).get(one.force_id), covered, is_user(one))]),
    )  # fmt: skip
    items = "".join(
        f"<li><h3>{text(title)}</h3>{''.join(f'<p>{line}</p>' for line in lines)}</li>"
        for title, lines in blocks
    )
    show_html(f'<ul class="lfr-cards">{items}</ul>')


def show_totals(frame: Frame) -> None:
    """Deployments, faces seen, alerts, arrests of the chosen years, with what is missing."""
    totals = [ask_total(frame.answers, measure_id, frame.chosen) for measure_id in HEADLINE_COUNTS]
    show_html(write_cards(frame, totals, {}))


def _list_delays(one: ForcePublishing) -> list[str]:
    delays = [
        f"{printed(form.publishing.title)}: {printed(form.publishing.delay_text)}"
        for form in one.forms
        if form.publishing.form_code != "none" and form.publishing.delay_text
    ]
    return delays or [text(_("Nothing is published of which the delay could be told."))]


def _say_from(sources: Sequence[str]) -> list[str]:
    if not sources:
        return []
    return [f"<small>{text(_('Source:'))} {'; '.join(dict.fromkeys(sources))}</small>"]
