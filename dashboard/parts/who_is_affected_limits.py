"""What each benchmark is worth, what cannot be said about groups, why, what would have to be published; and the duty.

In: the frame, or a `GroupFigure`. Out: cards and paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.language import _
from dashboard.language import mark as N_
from dashboard.parts.frame import Frame, cached
from dashboard.parts.style import link, show_html, text
from dashboard.questions_who_is_affected import GroupFigure
from dashboard.sentences_who_is_affected import name_benchmark, say_benchmark
from etl.model.groups import CLASSIFICATIONS

# The question, why it has no answer, and what would have to be published.
_LIMITS = (
    (
        N_("Is one group’s face more often wrongly flagged than another’s?"),
        N_("Nobody publishes how many faces of each group were seen."),
        N_("Faces seen by group for a sample of deployments, with the basis of the groups and how they were counted; or the results of seeded tests by group at the threshold in use."),
    ),
    (
        N_("Are false alerts spread as the watchlist is?"),
        N_("No publication that was read says what a watchlist is made of, or gives true alerts by group."),
        N_("True alerts and watchlists by group, for the same year and by the same list of groups as the false alerts."),
    ),
    (
        N_("About whom were the alerts that led to arrests, or to nothing?"),
        N_("No row of the record breaks alerts, engagements or arrests down by group."),
        N_("Alerts, engagements and outcomes by group for a whole year, with those of unknown group in a row of their own."),
    ),
    (
        N_("Whom did the system fail to recognise?"),
        N_("In service nobody knows who walked past without an alert. Only a test with known people shows it."),
        N_("The share recognised by group in a test of the version and the settings in use, with its counts."),
    ),
    (
        N_("Is the software fair at the threshold in use?"),
        N_("Few or no errors in a test bound a rate; they cannot show that groups are treated alike."),
        N_("The number of searches and of errors by group and threshold, so that intervals can be given."),
    ),
    (
        N_("Who decided to which group a person was counted?"),
        N_("The one published count does not say it."),
        N_("The basis beside every count: self-defined, officer-perceived or read by software."),
    ),
    (
        N_("Where, and on which day, was a group affected more?"),
        N_("A place or a day with few alerts could single out a person. This site never gives it."),
        N_("Nothing: this should not be published. A year and a force are the finest that protect people."),
    ),
)  # fmt: skip
_DUTY = "https://www.legislation.gov.uk/ukpga/2010/15/section/149"
_RULING = "https://www.bailii.org/ew/cases/EWCA/Civ/2020/1058.html"


@cached
def show_limits(frame: Frame) -> None:  # noqa: ARG001 - the words are in its language
    """The questions that the publications leave open."""
    st.header(_("What cannot be said, and what would have to be published"), anchor="cannot-be-said")
    why, needed = _("Why it has no answer:"), _("What would have to be published:")
    cards = [(_(question), "", ((why, _(reason)), (needed, _(what)))) for question, reason, what in _LIMITS]
    show_html(_write_cards(cards))


def write_worth(figure: GroupFigure) -> str:
    """Each benchmark with the group's share of it, and what it can and cannot show; best first."""
    listed = CLASSIFICATIONS[figure.classification_code]
    known = {code: _(one.groups.label(code)) for one in CLASSIFICATIONS.values() for code in one.groups}
    group = _(listed.groups.label(figure.group)) if figure.group in listed.groups else known[figure.group]
    can, cannot = _("What it can show:"), _("What it cannot show:")
    said = _("The best comes first. The shares are those of the group: {group}.").format(group=group)
    cards = [
        (
            _("{rank}. {name}").format(rank=one.benchmark.rank, name=name_benchmark(one)),
            say_benchmark(one),
            ((can, _(one.benchmark.can_show)), (cannot, _(one.benchmark.cannot_show))),
        )
        for one in figure.beside
    ]
    return f"<p>{text(said)}</p>{_write_cards(cards)}"


def _write_cards(cards: Sequence[tuple[str, str, tuple[tuple[str, str], ...]]]) -> str:
    """A card each: heading, a line, and terms with their words."""
    items = []
    for heading, line, terms in cards:
        head = f"<p>{text(line)}</p>" if line else ""
        body = "".join(f"<p><strong>{text(term)}</strong> {text(words)}</p>" for term, words in terms)
        items.append(f"<li><h3>{text(heading)}</h3>{head}{body}</li>")
    return f'<ul class="lfr-cards lfr-known">{"".join(items)}</ul>'


@cached
def show_duty(frame: Frame) -> None:  # noqa: ARG001 - the words are in its language
    """The Public Sector Equality Duty in neutral words."""
    st.header(_("The duty that concerns it"), anchor="duty")
    duty = _(
        "Public authorities in Great Britain must have due regard to the need to end unlawful discrimination, to advance "
        "equality of opportunity and to foster good relations: the Public Sector Equality Duty."
    )
    ruling = _(
        "In 2020 the Court of Appeal held that South Wales Police had not done all that it reasonably could to fulfil the "
        "duty: it had not sought to satisfy itself that the software did not have an unacceptable bias on grounds of race "
        "or sex. The court did not find that the software had one. This site does not say whether any body meets the duty."
    )
    show_html(
        f"<p>{text(duty)} {link(_DUTY, 'Equality Act 2010, section 149')}</p>"
        f"<p>{text(ruling)} {link(_RULING, 'R (Bridges) v South Wales Police [2020] EWCA Civ 1058')}</p>"
    )
