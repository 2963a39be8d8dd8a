"""The search of the map: a postcode, town, district or place, and the forces and districts that it
lies in.

In: the frame. Out: the search field and what was found. A full postcode is cut to its outward code
before the page sees it: it is in no address and in nothing that is kept. What is found is not
cached, because it is what a reader typed."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.filters import _changed, _widget
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext
from dashboard.rendering.html import text
from dashboard.rendering.pieces import (
    Control,
    Filters,
    is_document,
    show_element,
    show_filters_piece,
    show_html,
)
from dashboard.selection.parameters import BY_NAME
from dashboard.selection.selection import MAX_SEARCH_LENGTH, Selection
from dashboard.text.language import _
from dashboard.views.map.areas import address_of_force
from dashboard.views.map.query_places import District, SearchHit, get_search_hits
from dashboard.views.map.text_places import (
    KINDS,
    describe_deployments,
    describe_district,
    describe_force,
    describe_no_hits,
    describe_shares,
)
from etl.model.postcodes import cut_postcodes
from etl.queries.place_search import PlaceHit

_NAME = "place"


def show_search(context: PageContext) -> PageContext:
    """The search field; the frame with what was searched for, cut to an outward code."""
    slug, key = context.page.slug, _widget(context.page.slug, _NAME)
    cut = cut_postcodes(context.selection.search)
    label, width = _("Search for a place, a police force or a postcode"), 420
    hint = _("For example Croydon, Cardiff or SW9")
    if is_document():
        values = (cut,) if cut else ()
        control = Control(_NAME, label, "text", values, (), hint, MAX_SEARCH_LENGTH, width)
        show_filters_piece(Filters((control,)))
        return replace(context, selection=replace(context.selection, search=cut))
    if cut != context.selection.search:
        # An address that somebody wrote by hand.
        st.query_params[BY_NAME[_NAME].name] = cut
        st.rerun()
    show_element(
        st.text_input,
        label,
        key=key,
        max_chars=MAX_SEARCH_LENGTH,
        on_change=_cut,
        args=(slug, key),
        width=width,
        placeholder=hint,
        autocomplete="off",
        help=None,
    )
    return replace(context, selection=replace(context.selection, search=cut))


def clean_search(selection: Selection) -> Selection:
    """The selection with the outward code of a postcode alone."""
    return replace(selection, search=cut_postcodes(selection.search))


def show_results(context: PageContext) -> None:
    """What was found, or that nothing was; nothing if nothing was searched for."""
    search = context.selection.search
    if not search:
        sentence = _("Of a postcode only the first part is used and kept, such as SW9.")
        show_html(f'<p class="lfr-small">{text(sentence)}</p>')
        return
    search_hits = get_search_hits(context.record, search)
    if not search_hits:
        show_html(
            f'<div class="lfr-note" role="status"><p>{text(describe_no_hits(search))}</p></div>'
        )
        return
    texts_of: set[str] = set()
    items = "".join(
        f"<li>{_write_hits(context, search_hit, texts_of)}</li>" for search_hit in search_hits
    )
    heading = text(_("Found for “{text}”").format(text=search))
    show_html(
        f'<div role="status"><h2 style="font-size: 1.2rem; padding: 0 0 0.4rem 0">{heading}</h2>'
        f'<ul class="lfr-cards lfr-known">{items}</ul></div>'
    )


def _write_hits(context: PageContext, found: SearchHit, texts_of: set[str]) -> str:
    """One hit; what is known of a force or a district is said once,
    with the first hit that lies in it."""
    hit = found.hit
    lines = []
    for force, estimate in found.forces:
        link = (
            f'<a href="{text(address_of_force(context, force.force_id))}">'
            f"{text(_(force.force_name))}</a>"
        )
        known = "" if force.force_id in texts_of else f": {text(describe_force(force, estimate))}"
        texts_of.add(force.force_id)
        lines.append(f"{link}{known}")
    if shares := describe_shares(found):
        lines.append(text(shares))
    if hit.kind == "place":
        lines.append(
            text(
                _("{place}: {deployments}").format(
                    place=hit.label, deployments=describe_deployments(found.deployments)
                )
            )
        )
        lines += _link_deployments(context, hit.label)
    for district in found.districts:
        lines.append(
            text(district.name) if district.code in texts_of else _write_district(context, district)
        )
        texts_of.add(district.code)
    rows = "".join(f"<li>{line}</li>" for line in lines)
    kind = text(_(KINDS[hit.kind]))
    return f'<h3>{_write_name(hit)}</h3><p class="lfr-small">{kind}</p><ul>{rows}</ul>'


def _write_name(hit: PlaceHit) -> str:
    """`Cardiff (Caerdydd)` for who asked in Welsh."""
    name = _(hit.label) if hit.kind == "force" else hit.label
    if not hit.found_as or hit.found_as in name:
        return text(name)
    return f'{text(name)} <span lang="cy">({text(hit.found_as)})</span>'


def _write_district(context: PageContext, district: District) -> str:
    """What is in the record of a district, with its places on the map and its rows."""
    sentence = text(describe_district(district))
    if district.deployments is None:
        return sentence
    links = []
    if district.code in context.choices["district"]:
        links.append(
            _write_link(context.address("places", district=district.code), _("places on the map"))
        )
    links += _link_deployments(context, district.name)
    return f"{sentence} ({', '.join(links)})" if links else sentence


def _link_deployments(context: PageContext, name: str) -> list[str]:
    if "deployments" not in BY_SLUG:
        return []
    return [
        _write_link(
            context.address_of(
                "deployments", search=name, forces=(), first_year=None, last_year=None
            ),
            _("its deployments"),
        )
    ]


def _write_link(address: str, sentence: str) -> str:
    return f'<a href="{text(address)}">{text(sentence)}</a>'


def _cut(slug: str, key: str) -> None:
    """Before anything else sees it."""
    st.session_state[key] = cut_postcodes(st.session_state[key] or "")
    _changed(slug)
