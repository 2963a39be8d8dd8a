"""What each benchmark is worth, what cannot be said about groups, why, what would have to be
published; and the duty.

In: the frame, or a `GroupFigure`. Out: cards and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.style import show_section
from dashboard.descriptions.equality_duty import (
    DUTY,
    LIMITS,
    RULING,
    describe_duty,
    describe_ruling,
)
from dashboard.descriptions.groups import describe_benchmark, name_benchmark
from dashboard.queries.groups import GroupFigure
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import link, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from etl.model.groups import CLASSIFICATIONS


@cached
def show_limits(context: PageContext) -> None:  # noqa: ARG001 - the words are in its language
    """The questions that the publications leave open."""
    show_section(
        _("What cannot be said, and what would have to be published"), anchor="cannot-be-said"
    )
    why, needed = _("Why it has no answer:"), _("What would have to be published:")
    cards = [
        (_(question), "", ((why, _(reason)), (needed, _(what))))
        for question, reason, what in LIMITS
    ]
    show_html(_write_cards(cards))


def write_worth(figure: GroupFigure) -> str:
    """Each benchmark with the group's share of it, and what it can and cannot show; best first."""
    listed = CLASSIFICATIONS[figure.classification_code]
    known = {
        code: _(classification.groups.label(code))
        for classification in CLASSIFICATIONS.values()
        for code in classification.groups
    }
    group = (
        _(listed.groups.label(figure.group))
        if figure.group in listed.groups
        else known[figure.group]
    )
    can, cannot = _("What it can show:"), _("What it cannot show:")
    sentence = _("The best comes first. The shares are those of the group: {group}.").format(
        group=group
    )
    cards = [
        (
            _("{rank}. {name}").format(
                rank=comparison.benchmark.rank, name=name_benchmark(comparison)
            ),
            describe_benchmark(comparison),
            (
                (can, _(comparison.benchmark.can_show)),
                (cannot, _(comparison.benchmark.cannot_show)),
            ),
        )
        for comparison in figure.comparisons
    ]
    return f"<p>{text(sentence)}</p>{_write_cards(cards)}"


def _write_cards(cards: Sequence[tuple[str, str, tuple[tuple[str, str], ...]]]) -> str:
    """A card each: heading, a line, and terms with their words."""
    items = []
    for heading, line, terms in cards:
        head = f"<p>{text(line)}</p>" if line else ""
        body = "".join(
            f"<p><strong>{text(term)}</strong> {text(words)}</p>" for term, words in terms
        )
        items.append(f"<li><h3>{text(heading)}</h3>{head}{body}</li>")
    return f'<ul class="lfr-cards lfr-known">{"".join(items)}</ul>'


@cached
def show_duty(context: PageContext) -> None:  # noqa: ARG001 - the words are in its language
    """The Public Sector Equality Duty in neutral words."""
    show_section(_("The duty that concerns it"), anchor="duty")
    show_html(
        f"<p>{text(describe_duty())} {link(DUTY[1], DUTY[0])}</p><p>{text(describe_ruling())} "
        f"{link(RULING[1], RULING[0])}</p>"
    )
