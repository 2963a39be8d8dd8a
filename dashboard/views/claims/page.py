"""Claims: what was said, beside what the published rows add up to; each with an address of its own.

In: the frame. Out: the page."""

from __future__ import annotations

from dashboard.components.card import Placeholder
from dashboard.components.figure_card import show_placeholder
from dashboard.components.filters import show_filters, show_pages
from dashboard.components.source_note import describe_update, write_source_note
from dashboard.components.style import show_section
from dashboard.descriptions.claims import LIMITS, describe_counts
from dashboard.exports.record_urls import record_address
from dashboard.exports.urls import downloads_are_served
from dashboard.queries.claims import get_claims, get_known_claims
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.views.claims.lists import write_claims, write_known, write_verdicts
from dashboard.views.claims.one_claim import show_claim

CLAIMS = "claims"
_SELECTION_FIELDS = ("forces", "first_year", "last_year", "verdict", "words", "page")
_A_PAGE = 20


def show(context: PageContext) -> None:
    """One claim if the address names it, else the list."""
    if context.selection.claim:
        show_claim(context, context.selection.claim)
        return
    _show_known(context.without(*_SELECTION_FIELDS))
    show_section(_("All claims"), anchor="all")
    show_filters(context, "words", "verdict", "force", "from", "to")
    claims = get_claims(context.record, context.selection)
    pages = -(-len(claims) // _A_PAGE)
    page = show_pages(context, pages)
    _show_list(context, page)
    _show_verdicts(context.without(*_SELECTION_FIELDS))


@cached
def _show_known(context: PageContext) -> None:
    """What the page does, then the statements that people ask about."""
    known = get_known_claims(context.record)
    if not known:
        sentence = _("The record holds no claim. That does not show that nothing was stated.")
        show_placeholder("known", _("Claims"), Placeholder("empty", sentence))
        return
    lead = _(
        "Each figure that someone stated, and the sum of the published figures for the same "
        "force and time."
    )
    show_html(f'<div class="lfr-note"><p>{text(lead)}</p><p>{text(_(LIMITS[1]))}</p></div>')
    show_section(_("Figures that people ask about"), anchor="known")
    show_html(write_known(context, known))


@cached
def _show_list(context: PageContext, page: int) -> None:
    claims = get_claims(context.record, context.selection)
    if not claims:
        template = _(
            "No claim of the record fits this selection. Fewer words or all years find more."
        )
        show_placeholder("list", _("No claim"), Placeholder("empty", template))
        return
    first = (page - 1) * _A_PAGE
    show_html(write_claims(context, claims[first : first + _A_PAGE], describe_counts(claims)))
    links = []
    if downloads_are_served():
        address = record_address(CLAIMS, context.page.slug, context.selection)
        # A file is chosen by force and verdict; words and years are the page's own.
        narrower = (
            context.selection.words or context.selection.first_year or context.selection.last_year
        )
        template = (
            _("All claims of this force and verdict as CSV")
            if narrower
            else _("These claims as CSV")
        )
        links.append(f'<a href="{text(address)}" download>{text(template)}</a>')
    links.append(f'<a href="{text(context.address())}">{text(_("Link to this view"))}</a>')
    source = f"{write_source_note(context, (CLAIMS,))} {text(describe_update(context, (CLAIMS,)))}"
    show_html(f'<p class="lfr-from">{source} {" ".join(links)}</p>')


@cached
def _show_verdicts(context: PageContext) -> None:
    """What each verdict means, with how many claims have it, and what none of them says."""
    show_section(_("What the verdicts mean"), anchor="verdicts")
    show_html(write_verdicts(context, get_claims(context.record, context.selection)))
    items = "".join(f"<li>{text(_(line))}</li>" for line in LIMITS)
    show_html(f'<ul class="lfr-plain">{items}</ul>')


VIEW = View(show)
