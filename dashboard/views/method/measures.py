"""Every measure of the catalogue: what it asks, of what it is made, how sure it is and what limits
it.

In: the frame. Out: the section. Nothing of a measure is written here: all of it is the catalogue's.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.components.about import name_field
from dashboard.components.prose import fold
from dashboard.components.style import show_section
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.views.method.text import (
    KINDS,
    describe_all_groupings,
    describe_groupings,
    describe_scale_words,
    describe_smallest,
    format_counted,
    has_residents,
)
from etl.measures.catalogue import CATALOGUE, GROUPINGS, MEASURES, Measure
from etl.model.caveats import CAVEATS

TRENDS = "trends"


@cached
def show_measures(context: PageContext) -> None:
    """A card a measure, by kind; the list of all of them first."""
    show_section(_("Every measure"), anchor="measures")
    lead = _(
        "A measure is declared once. Names, units, columns of files and the words on every page "
        "come from that declaration."
    )
    show_html(
        f'<p>{text(lead)}</p><ul class="lfr-contents">'
        f"{''.join(map(_write_link, CATALOGUE.values()))}</ul>"
    )
    template = _("Unless its card says otherwise, a measure may be given by: {names}.")
    show_html(f'<p class="lfr-small">{text(template.format(names=describe_all_groupings()))}</p>')
    for heading in dict.fromkeys(KINDS.values()):
        own = [measure for measure in CATALOGUE.values() if KINDS[measure.kind] == heading]
        show_html(f'<h3 class="lfr-kind">{text(_(heading))}</h3>')
        show_html(
            '<ul class="lfr-cards lfr-pair">'
            f"{''.join(_write_card(context, measure) for measure in own)}</ul>"
        )


def _write_link(measure: Measure) -> str:
    return f'<li><a href="#{measure.measure_id}">{text(_(measure.title))}</a></li>'


def _write_card(context: PageContext, measure: Measure) -> str:
    line = _("{term}:")
    body = "".join(
        f"<p><strong>{text(line.format(term=term))}</strong> {text(words)}</p>"
        for term, words in _list_terms(measure)
    )
    caveats = "".join(f"<li>{text(_(CAVEATS[caveat]))}</li>" for caveat in measure.caveats)
    known = f'<ul class="lfr-small">{caveats}</ul>' if caveats else ""
    foot = f"<code>{text(measure.measure_id)}</code>"
    if TRENDS in BY_SLUG and measure.measure_id in MEASURES:
        address = text(context.address_of(TRENDS, measure_id=measure.measure_id))
        foot = f'{foot} <a href="{address}">{text(_("Over time"))}</a>'
    return (
        f'<li id="{measure.measure_id}"><h4>{text(_(measure.title))}</h4>'
        f"<p>{text(_(measure.question))}</p>"
        f"{fold(_('How it is computed, and what limits it'), f'{body}{known}', at_session=False)}"
        f'<p class="lfr-from">{foot}</p></li>'
    )


def _list_terms(measure: Measure) -> Iterator[tuple[str, str]]:
    yield _("Counted"), format_counted(measure, name_field(measure, measure.numerator))
    if measure.denominator:
        words = name_field(measure, measure.denominator)
        yield (
            _("Divided by"),
            _("Usual residents of the area, at the census.") if has_residents(measure) else words,
        )
    if scale := describe_scale_words(measure):
        yield _("Scale"), scale
    yield _("Unit"), _(measure.unit)
    yield _("Interval"), _(measure.interval)
    yield _("Shown"), describe_smallest(measure)
    if measure.groupings != GROUPINGS:
        yield _("Given by"), describe_groupings(measure)
