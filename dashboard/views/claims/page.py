"""Claims: what was said, beside what the published rows add up to; each with an address of its own.

In: the frame. Out: the page.
"""

from __future__ import annotations

from dashboard.components.card import Instead
from dashboard.components.figure_card import show_instead
from dashboard.components.filters import show_filters, show_pages
from dashboard.components.source_note import say_update, write_source_note
from dashboard.components.style import show_section
from dashboard.descriptions.claims import LIMITS, say_counts
from dashboard.exports.record_urls import record_address
from dashboard.exports.urls import downloads_are_served
from dashboard.queries.claims import ask_claims, ask_known
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.views.claims.lists import write_claims, write_known, write_verdicts
from dashboard.views.claims.one_claim import show_claim

CLAIMS = "claims"
_CHOSEN = ("forces", "first_year", "last_year", "verdict", "words", "page")
_A_PAGE = 20


def show(frame: Frame) -> None:
    """One claim if the address names it, else the list."""
    if frame.chosen.claim:
        show_claim(frame, frame.chosen.claim)
        return
    _show_known(frame.without(*_CHOSEN))
    show_section(_("All claims"), anchor="all")
    show_filters(frame, "words", "verdict", "force", "from", "to")
    found = ask_claims(frame.answers, frame.chosen)
    pages = -(-len(found) // _A_PAGE)
    page = show_pages(frame, pages)
    _show_list(frame, page)
    _show_verdicts(frame.without(*_CHOSEN))


@cached
def _show_known(frame: Frame) -> None:
    """What the page does, then the statements that people ask about."""
    known = ask_known(frame.answers)
    if not known:
        said = _("The record holds no claim. That does not show that nothing was stated.")
        show_instead("known", _("Claims"), Instead("empty", said))
        return
    lead = _("Each figure that somebody stated stands beside the sum of the published rows for the same force and time.")  # fmt: skip
    show_html(f'<div class="lfr-note"><p>{text(lead)}</p><p>{text(_(LIMITS[1]))}</p></div>')
    show_section(_("Figures that people ask about"), anchor="known")
    show_html(write_known(frame, known))


@cached
def _show_list(frame: Frame, page: int) -> None:
    found = ask_claims(frame.answers, frame.chosen)
    if not found:
        said = _("No claim of the record fits this selection. Fewer words or all years find more.")
        show_instead("list", _("No claim"), Instead("empty", said))
        return
    first = (page - 1) * _A_PAGE
    show_html(write_claims(frame, found[first : first + _A_PAGE], say_counts(found)))
    links = []
    if downloads_are_served():
        address = record_address(CLAIMS, frame.page.slug, frame.chosen)
        # A file is chosen by force and verdict; words and years are the page's own.
        narrower = frame.chosen.words or frame.chosen.first_year or frame.chosen.last_year
        said = _("All claims of this force and verdict as CSV") if narrower else _("These claims as CSV")
        links.append(f'<a href="{text(address)}" download>{text(said)}</a>')
    links.append(f'<a href="{text(frame.address())}">{text(_("Link to this view"))}</a>')
    source = f"{write_source_note(frame, (CLAIMS,))} {text(say_update(frame, (CLAIMS,)))}"
    show_html(f'<p class="lfr-from">{source} {" ".join(links)}</p>')


@cached
def _show_verdicts(frame: Frame) -> None:
    """What each verdict means, with how many claims have it, and what none of them says."""
    show_section(_("What the verdicts mean"), anchor="verdicts")
    show_html(write_verdicts(frame, ask_claims(frame.answers, frame.chosen)))
    items = "".join(f"<li>{text(_(line))}</li>" for line in LIMITS)
    show_html(f'<ul class="lfr-plain">{items}</ul>')


VIEW = View(show)
