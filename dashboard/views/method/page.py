"""Method: how each figure is computed and how sure it is, rendered from what is declared and from
the record.

In: the frame. Out: the page. Holds no definition and no figure of its own."""

from __future__ import annotations

from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.rendering.view import View
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from dashboard.views.method.examples import (
    show_denominators,
    show_intervals,
    show_provenance,
    show_thresholds,
)
from dashboard.views.method.lists import (
    show_benchmarks,
    show_breaks,
    show_claims_method,
    show_disclosure,
    show_symbols,
)
from dashboard.views.method.measures import show_measures
from etl.model.caveats import CAVEATS

GLOSSARY = "glossary"
# The sections in order, with their anchors.
_SECTIONS = (
    ("from-print-to-page", N_("From print to page"), show_provenance),
    ("two-denominators", N_("Two denominators, two rates"), show_denominators),
    ("intervals", N_("How sure a figure is"), show_intervals),
    ("thresholds", N_("Thresholds do not compare between vendors"), show_thresholds),
    ("breaks", N_("Breaks in the series"), show_breaks),
    ("symbols", N_("Symbols"), show_symbols),
    ("disclosure", N_("Protection of people in small counts"), show_disclosure),
    ("benchmarks", N_("Benchmarks for groups of people"), show_benchmarks),
    ("claims", N_("How claims are compared"), show_claims_method),
    ("measures", N_("Every measure"), show_measures),
)


def show(context: PageContext) -> None:
    """The whole page."""
    _show_contents(context)
    for _anchor, _title, show_section in _SECTIONS:
        show_section(context)


@cached
def _show_contents(context: PageContext) -> None:
    items = "".join(
        f'<li><a href="#{anchor}">{text(_(title))}</a></li>' for anchor, title, _show in _SECTIONS
    )
    words = ""
    if GLOSSARY in BY_SLUG:
        address = text(context.address_of(GLOSSARY))
        words = f'<li><a href="{address}">{text(_("What the words mean"))}</a></li>'
    sentence = f"{_(CAVEATS['not_official'])} {_(CAVEATS['only_published'])}"
    show_html(
        f'<div class="lfr-note"><p>{text(sentence)}</p></div>'
        f'<nav aria-label="{text(_("Sections of this page"))}">'
        f'<ul class="lfr-contents">{items}{words}</ul></nav>'
    )


VIEW = View(show)
