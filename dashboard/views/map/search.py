"""The search of the map: a postcode, town, district or place, and the forces and districts that it lies in.

In: the frame. Out: the search field and what was found. A full postcode is cut to its outward code before the page sees it:
it is in no address and in nothing that is kept. What is found is not cached, because it is what a reader typed.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.filters import _changed, _widget
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import Frame
from dashboard.rendering.html import text
from dashboard.rendering.pieces import show_element, show_html
from dashboard.selection.parameters import BY_NAME
from dashboard.selection.selection import LONGEST_SEARCH
from dashboard.text.language import _
from dashboard.views.map.areas import address_of_force
from dashboard.views.map.query_places import District, Found, ask_found
from dashboard.views.map.text_places import (
    KINDS,
    say_deployments,
    say_district,
    say_force,
    say_nothing_found,
    say_shares,
)
from etl.model.postcodes import cut_postcodes
from etl.queries.place_search import PlaceHit

_NAME = "place"


def show_search(frame: Frame) -> Frame:
    """The search field; the frame with what was searched for, cut to an outward code."""
    slug, key = frame.page.slug, _widget(frame.page.slug, _NAME)
    cut = cut_postcodes(frame.chosen.search)
    if cut != frame.chosen.search:
        # An address that somebody wrote by hand.
        st.query_params[BY_NAME[_NAME].name] = cut
        st.rerun()
    show_element(
        st.text_input,
        _("Search for a place, a police force or a postcode"),
        key=key,
        max_chars=LONGEST_SEARCH,
        on_change=_cut,
        args=(slug, key),
        width=420,
        placeholder=_("For example Croydon, Cardiff or SW9"),
        autocomplete="off",
        help=None,
    )
    return replace(frame, chosen=replace(frame.chosen, search=cut))


def show_results(frame: Frame) -> None:
    """What was found, or that nothing was; nothing if nothing was searched for."""
    asked = frame.chosen.search
    if not asked:
        said = _("Of a postcode only the first part is used and kept, such as SW9.")
        show_html(f'<p class="lfr-small">{text(said)}</p>')
        return
    found = ask_found(frame.answers, asked)
    if not found:
        show_html(f'<div class="lfr-note" role="status"><p>{text(say_nothing_found(asked))}</p></div>')
        return
    said_of: set[str] = set()
    items = "".join(f"<li>{_write_found(frame, one, said_of)}</li>" for one in found)
    heading = text(_("Found for “{text}”").format(text=asked))
    show_html(
        f'<div role="status"><h2 style="font-size: 1.2rem; padding: 0 0 0.4rem 0">{heading}</h2>'
        f'<ul class="lfr-cards lfr-known">{items}</ul></div>'
    )


def _write_found(frame: Frame, found: Found, said_of: set[str]) -> str:
    """One hit; what is known of a force or a district is said once, with the first hit that lies in it."""
    hit = found.hit
    lines = []
    for force, estimate in found.forces:
        link = f'<a href="{text(address_of_force(frame, force.force_id))}">{text(_(force.force_name))}</a>'
        known = "" if force.force_id in said_of else f": {text(say_force(force, estimate))}"
        said_of.add(force.force_id)
        lines.append(f"{link}{known}")
    if shares := say_shares(found):
        lines.append(text(shares))
    if hit.kind == "place":
        lines.append(text(_("{place}: {deployments}").format(place=hit.label, deployments=say_deployments(found.deployments))))  # fmt: skip
        lines += _link_deployments(frame, hit.label)
    for one in found.districts:
        lines.append(text(one.name) if one.code in said_of else _write_district(frame, one))
        said_of.add(one.code)
    rows = "".join(f"<li>{one}</li>" for one in lines)
    kind = text(_(KINDS[hit.kind]))
    return f'<h3>{_write_name(hit)}</h3><p class="lfr-small">{kind}</p><ul>{rows}</ul>'


def _write_name(hit: PlaceHit) -> str:
    """`Cardiff (Caerdydd)` for who asked in Welsh."""
    name = _(hit.label) if hit.kind == "force" else hit.label
    if not hit.found_as or hit.found_as in name:
        return text(name)
    return f'{text(name)} <span lang="cy">({text(hit.found_as)})</span>'


def _write_district(frame: Frame, one: District) -> str:
    """What is in the record of a district, with its places on the map and its rows."""
    said = text(say_district(one))
    if one.deployments is None:
        return said
    links = []
    if one.code in frame.choices["district"]:
        links.append(_write_link(frame.address("places", district=one.code), _("places on the map")))
    links += _link_deployments(frame, one.name)
    return f"{said} ({', '.join(links)})" if links else said


def _link_deployments(frame: Frame, name: str) -> list[str]:
    if "deployments" not in BY_SLUG:
        return []
    return [_write_link(frame.address_of("deployments", search=name, forces=(), first_year=None, last_year=None), _("its deployments"))]  # fmt: skip


def _write_link(address: str, said: str) -> str:
    return f'<a href="{text(address)}">{text(said)}</a>'


def _cut(slug: str, key: str) -> None:
    """Before anything else sees it."""
    st.session_state[key] = cut_postcodes(st.session_state[key] or "")
    _changed(slug)
