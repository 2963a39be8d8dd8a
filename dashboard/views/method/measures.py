"""Every measure of the catalogue: what it asks, of what it is made, how sure it is and what limits it.

In: the frame. Out: the section. Nothing of a measure is written here: all of it is the catalogue's.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.components.about import name_field
from dashboard.components.prose import fold
from dashboard.components.style import show_section
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.views.method.text import (
    KINDS,
    has_residents,
    say_all_groupings,
    say_counted,
    say_groupings,
    say_scale_words,
    say_smallest,
)
from etl.measures.catalogue import CATALOGUE, GROUPINGS, MEASURES, Measure
from etl.model.caveats import CAVEATS

TRENDS = "trends"


@cached
def show_measures(frame: Frame) -> None:
    """A card a measure, by kind; the list of all of them first."""
    show_section(_("Every measure"), anchor="measures")
    lead = _("A measure is declared once. Names, units, columns of files and the words on every page come from that declaration.")  # fmt: skip
    show_html(f'<p>{text(lead)}</p><ul class="lfr-contents">{"".join(map(_write_link, CATALOGUE.values()))}</ul>')  # fmt: skip
    said = _("Unless its card says otherwise, a measure may be given by: {names}.")
    show_html(f'<p class="lfr-small">{text(said.format(names=say_all_groupings()))}</p>')
    for heading in dict.fromkeys(KINDS.values()):
        own = [one for one in CATALOGUE.values() if KINDS[one.kind] == heading]
        show_html(f'<h3 class="lfr-kind">{text(_(heading))}</h3>')
        show_html(f'<ul class="lfr-cards lfr-pair">{"".join(_write_card(frame, one) for one in own)}</ul>')


def _write_link(one: Measure) -> str:
    return f'<li><a href="#{one.measure_id}">{text(_(one.title))}</a></li>'


def _write_card(frame: Frame, one: Measure) -> str:
    line = _("{term}:")
    body = "".join(
        f"<p><strong>{text(line.format(term=term))}</strong> {text(words)}</p>"
        for term, words in _list_terms(one)
    )
    caveats = "".join(f"<li>{text(_(CAVEATS[caveat]))}</li>" for caveat in one.caveats)
    known = f'<ul class="lfr-small">{caveats}</ul>' if caveats else ""
    foot = f"<code>{text(one.measure_id)}</code>"
    if TRENDS in BY_SLUG and one.measure_id in MEASURES:
        address = text(frame.address_of(TRENDS, measure_id=one.measure_id))
        foot = f'{foot} <a href="{address}">{text(_("Over time"))}</a>'
    return (
        f'<li id="{one.measure_id}"><h4>{text(_(one.title))}</h4><p>{text(_(one.question))}</p>'
        f'{fold(_("How it is computed, and what limits it"), f"{body}{known}", at_desk=False)}<p class="lfr-from">{foot}</p></li>'
    )


def _list_terms(one: Measure) -> Iterator[tuple[str, str]]:
    yield _("Counted"), say_counted(one, name_field(one, one.numerator))
    if one.denominator:
        words = name_field(one, one.denominator)
        yield (
            _("Divided by"),
            _("Usual residents of the area, at the census.") if has_residents(one) else words,
        )
    if scale := say_scale_words(one):
        yield _("Scale"), scale
    yield _("Unit"), _(one.unit)
    yield _("Interval"), _(one.interval)
    yield _("Shown"), say_smallest(one)
    if one.groupings != GROUPINGS:
        yield _("Given by"), say_groupings(one)
