"""The questions that readers come with, each with its answer and the page that says more.

In: the frame. Out: a list; nothing for a record without deployments."""

from __future__ import annotations

from typing import Any

from dashboard.descriptions.groups import describe_how_little
from dashboard.pages import BY_SLUG
from dashboard.queries.groups import get_counts, get_figure
from dashboard.queries.publishing import get_silent, get_users
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.selection.selection import NOTHING
from dashboard.text.language import _
from dashboard.text.names import name_published
from dashboard.views.overview.query import FirstAnswers, get_first
from dashboard.views.overview.text import (
    describe_errors,
    describe_faces,
    describe_growth,
    describe_outcome,
    describe_silent,
    describe_thresholds,
    describe_verdicts,
)


@cached
def show_first_answers(context: PageContext) -> None:
    """Eight questions at the most; those without an answer in the record are left out."""
    first = get_first(context.record, context.choices)
    if first is None:
        return
    rows = "".join(
        f'<dt><a href="{text(address)}">{text(question)}</a></dt><dd>{text(sentence)}</dd>'
        for question, sentence, address in _list_answers(context, first)
        if sentence and address
    )
    heading = text(_("More questions, with their answers"))
    show_html(
        f'<details class="lfr-more-questions" id="questions"><summary>{heading}</summary>'
        f'<dl class="lfr-questions">{rows}</dl></details>'
    )


def _list_answers(context: PageContext, first: FirstAnswers) -> list[tuple[str, str, str]]:
    name = name_published(context.record)[first.force_id]
    silent, users = get_silent(context.record), get_users(context.record)
    counts = get_counts(context.record)
    little = describe_how_little(get_figure(context.record, NOTHING), len(counts), context.names)
    own: dict[str, Any] = {"forces": (first.force_id,)}
    year: dict[str, Any] = {**own, "first_year": first.year, "last_year": first.year}
    return [
        (_("Is it growing?"), describe_growth(first), _to(context, "trends", step="year", **own)),
        (
            _("How many faces are scanned?"),
            describe_faces(first, name),
            _to(context, "trends", measure_id="faces_seen_count", step="year", **own),
        ),
        (_("How often is it wrong?"), describe_errors(first, name), _to(context, "forces", **year)),
        (_("About whom?"), little, _to(context, "who-is-affected")),
        (
            _("At what threshold?"),
            describe_thresholds(first, name),
            _to(context, "method", "thresholds"),
        ),
        (_("What came of it?"), describe_outcome(first, name), _to(context, "forces", **year)),
        (
            _("Who does not publish?"),
            describe_silent([_(publishing.force_name) for publishing in silent], len(users)),
            _to(context, "data-quality", "silent"),
        ),
        (_("Is the figure I heard right?"), describe_verdicts(first), _to(context, "claims")),
    ]


def _to(context: PageContext, slug: str, anchor: str = "", **changes: Any) -> str:
    """Where the answer stands with what it is made of:
    which thresholds do not compare, which forces are silent."""
    return context.address_of(slug, anchor, **changes) if slug in BY_SLUG else ""
