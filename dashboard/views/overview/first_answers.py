"""The questions that readers come with, each with its answer and the page that says more.

In: the frame. Out: a list; nothing for a record without deployments.
"""

from __future__ import annotations

from typing import Any

from dashboard.components.style import show_section
from dashboard.descriptions.groups import say_how_little
from dashboard.pages import BY_SLUG
from dashboard.queries.groups import ask_counts, ask_figure
from dashboard.queries.publishing import ask_silent, ask_users
from dashboard.rendering.context import Frame
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.selection.selection import NOTHING
from dashboard.text.language import _
from dashboard.text.names import name_published
from dashboard.views.overview.query import FirstAnswers, ask_first
from dashboard.views.overview.text import (
    say_errors,
    say_faces,
    say_growth,
    say_outcome,
    say_silent,
    say_thresholds,
    say_verdicts,
)


def show_first_answers(frame: Frame) -> None:
    """Eight questions at the most; those without an answer in the record are left out."""
    first = ask_first(frame.answers, frame.choices)
    if first is None:
        return
    show_section(_("Questions people come with"), anchor="questions")
    rows = "".join(
        f'<dt><a href="{text(address)}">{text(question)}</a></dt><dd>{text(said)}</dd>'
        for question, said, address in _list_answers(frame, first)
        if said and address
    )
    show_html(f'<dl class="lfr-questions">{rows}</dl>')


def _list_answers(frame: Frame, first: FirstAnswers) -> list[tuple[str, str, str]]:
    name = name_published(frame.answers)[first.force_id]
    silent, users = ask_silent(frame.answers), ask_users(frame.answers)
    counts = ask_counts(frame.answers)
    little = say_how_little(ask_figure(frame.answers, NOTHING), len(counts), frame.names)
    own: dict[str, Any] = {"forces": (first.force_id,)}
    year: dict[str, Any] = {**own, "first_year": first.year, "last_year": first.year}
    return [
        (_("Is it growing?"), say_growth(first), _to(frame, "trends", step="year", **own)),
        (_("How many faces are scanned?"), say_faces(first, name), _to(frame, "trends", measure_id="faces_seen_count", step="year", **own)),
        (_("How often is it wrong?"), say_errors(first, name), _to(frame, "forces", **year)),
        (_("About whom?"), little, _to(frame, "who-is-affected")),
        (_("At what threshold?"), say_thresholds(first, name), _to(frame, "method", "thresholds")),
        (_("What came of it?"), say_outcome(first, name), _to(frame, "forces", **year)),
        (_("Who does not publish?"), say_silent([_(one.force_name) for one in silent], len(users)), _to(frame, "data-quality", "silent")),
        (_("Does the figure I heard hold?"), say_verdicts(first), _to(frame, "claims")),
    ]  # fmt: skip


def _to(frame: Frame, slug: str, anchor: str = "", **changes: Any) -> str:
    """Where the answer stands with what it is made of: which thresholds do not compare, which forces are silent."""
    return frame.address_of(slug, anchor, **changes) if slug in BY_SLUG else ""
