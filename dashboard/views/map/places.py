"""Deployments by place as a list, most first, each place a link.

In: the frame. Out: a table and its file, or why there is none."""

from __future__ import annotations

from dashboard.components.card import Placeholder
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_placeholder
from dashboard.components.tables import Column, Markup, make_table, write_table
from dashboard.exports.urls import in_every_kind
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import printed, text
from dashboard.rendering.pieces import show_html
from dashboard.text.language import _
from dashboard.text.numbers import format_period
from dashboard.views.map.query_places import Place, get_places, place_measure
from dashboard.views.map.text_map import describe_publishing
from dashboard.views.map.text_places import describe_places_notes, table_places
from etl.measures.catalogue import MEASURES


@cached
def show_places(context: PageContext) -> None:
    """Every place with rows in the selection."""
    places = get_places(context.record, context.selection)
    if not places:
        sentence = _(
            "The record has no deployment at a place in this selection. That is not a zero: it may "
            "not have been published."
        )
        if context.selection.force_id:
            (force,) = context.record.publishing.describe((context.selection.force_id,)).forces
            sentence = f"{sentence} {_(force.force_name)}: {describe_publishing(force)}"
        show_placeholder("places-list", _("Nothing to show"), Placeholder("empty", sentence))
        return
    selection = context.selection
    measure_id = place_measure(selection)
    starts = [place.estimate.period_start for place in places if place.estimate.period_start]
    ends = [place.estimate.period_end for place in places if place.estimate.period_end]
    caption = (
        f"{_(MEASURES[measure_id].title)}, {_('by place')}, "
        f"{format_period(min(starts, default=None), max(ends, default=None))}"
    )
    columns = (
        Column(_("Place"), "wide"),
        Column(_("District")),
        Column(_("Value"), "number"),
        Column(_("Rows with the number")),
        Column(_("Period"), "wide"),
        Column(_("How exactly it is known")),
    )
    by_name = selection.own("order", str) == "name"
    listed = sorted(places, key=lambda place: place.name) if by_name else places
    rows = [
        (Markup(_link_place(context, place)), *row[1:])
        for place, row in zip(listed, table_places(listed), strict=True)
    ]
    files = in_every_kind(
        address_estimates(selection.with_changes(measure_id=measure_id), ("place",))
    )
    links = ", ".join(
        f'<a href="{text(address)}" download>{text(kind)}</a>' for kind, address in files.items()
    )
    notes = "".join(
        f"<li>{text(note)}</li>"
        for note in describe_places_notes(places, measure_id, selection.measure_id)
    )
    show_html(
        f"{write_table(make_table(caption, columns, rows))}"
        f'<p>{text(_("This list as a file:"))} {links}</p><ul class="lfr-small">{notes}</ul>'
    )


def _link_place(context: PageContext, place: Place) -> str:
    """The name of a place, a link to its page where the site has one."""
    name = text(place.name)
    if "places" not in BY_SLUG:
        return str(printed(place.name))
    address = context.address_of("places", search=place.place_id)
    return f'<a href="{text(address)}">{name}</a>'
