"""Deployments at their places: dots on outlines, London by boroughs apart from the rest, each with
a list beside it.

In: the frame. Out: one or two figure cards, or why there is none.
A place that cannot be located is listed, not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.base import Figure
from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Placeholder
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_placeholder
from dashboard.components.tables import Column, Markup, make_table
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext, cached
from dashboard.rendering.html import printed, text
from dashboard.text.language import _
from dashboard.text.numbers import format_period, format_total
from dashboard.views.map.chart import ENGLAND_AND_WALES, Box, Dot, box_around, draw_places
from dashboard.views.map.query_map import get_outlines
from dashboard.views.map.query_places import Place, get_places, place_measure
from dashboard.views.map.text_map import describe_publishing
from dashboard.views.map.text_places import (
    describe_location,
    describe_places_alt,
    describe_places_left_out,
    describe_places_notes,
    describe_places_title,
    format_place,
    label_place,
    table_places,
)
from etl.measures.catalogue import MEASURES

_MAX_IN_BOX = 0.9


@cached
def show_places(context: PageContext) -> None:
    """London and the rest, as far as the selection has places there."""
    places = get_places(context.record, context.selection)
    parts = (
        ("places-rest", _("Outside London"), [place for place in places if not place.in_london]),
        ("places-london", _("In London"), [place for place in places if place.in_london]),
    )
    if not places:
        sentence = _(
            "The record has no deployment at a place in this selection. That is not a zero: it may "
            "not have been published."
        )
        if context.selection.force_id:
            (force,) = context.record.publishing.describe((context.selection.force_id,)).forces
            sentence = f"{sentence} {_(force.force_name)}: {describe_publishing(force)}"
        show_placeholder("places-rest", _("Nothing to show"), Placeholder("empty", sentence))
    for card_id, where, own in parts:
        if own:
            _show_part(context, card_id, where, own)


def _show_part(context: PageContext, card_id: str, where: str, places: Sequence[Place]) -> None:
    selection = context.selection
    measure_id = place_measure(selection)
    measure = MEASURES[measure_id]
    starts = [place.estimate.period_start for place in places if place.estimate.period_start]
    ends = [place.estimate.period_end for place in places if place.estimate.period_end]
    caption = (
        f"{_(measure.title)}, {_('by place')}, "
        f"{format_period(min(starts, default=None), max(ends, default=None))}"
    )
    by_name = selection.own("order", str) == "name"
    listed = sorted(places, key=lambda place: place.name) if by_name else places
    columns = (
        Column(_("Place"), "wide"),
        Column(_("District")),
        Column(_("Value"), "number"),
        Column(_("How exactly it is known")),
    )
    whole = (
        *columns[:3],
        Column(_("Rows with the number")),
        Column(_("Period"), "wide"),
        columns[3],
    )
    drawn = [place for place in places if place.position is not None]
    if any(place.shown for place in places):
        title = describe_places_title(places, where)
    else:
        title = _("{where}: no published number of a place").format(where=where)
    nowhere = _(
        "The publications do not say where, beyond the force: the list beside this says what is "
        "known."
    )
    show_card(
        context,
        FigureCard(
            card_id=card_id,
            title=title,
            subtitle=caption,
            chart=_draw(context, drawn, london=card_id == "places-london")
            if drawn
            else Placeholder("too_few", nowhere),
            alt=describe_places_alt(places, where),
            table=make_table(
                caption,
                whole,
                [
                    (Markup(_link_place(context, place)), *row[1:])
                    for place, row in zip(listed, table_places(listed), strict=True)
                ],
            ),
            download=address_estimates(replace(selection, measure_id=measure_id), ("place",)),
            about=describe_measure(measure_id, selection.forces),
            caveats=measure.caveats,
            sources=tuple(
                sorted({source for place in places for source in place.estimate.sources})
            ),
            notes=tuple(describe_places_notes(places, measure_id, selection.measure_id)),
            partial=describe_places_left_out(places),
            side_table=make_table(
                caption, (columns[0], columns[2]), [_list(context, place) for place in listed]
            ),
        ),
    )


def _draw(context: PageContext, places: Sequence[Place], *, london: bool) -> Figure:
    kind = "london_borough" if london else "force_area"
    outlines = get_outlines(context.record, kind)
    dots = [
        Dot(
            place.position,
            place.shown,
            place.precision == "district",
            label_place(place),
            format_place(place),
        )
        for place in places
        if place.position is not None
    ]
    box: Box = (
        box_around(outline.geometry_json for outline in outlines.values())
        if london
        else ENGLAND_AND_WALES
    )
    own = [
        outline
        for code, outline in outlines.items()
        if code in (context.selection.district, context.selection.force_id)
    ]
    if own:
        box = box_around(outline.geometry_json for outline in own)
    return draw_places(
        dots,
        [outline.geometry_json for outline in outlines.values()],
        box,
        context.theme,
        dark=context.dark,
    )


def _list(context: PageContext, place: Place) -> tuple[str, str]:
    """A row of the list beside the map: the place with its district and how exactly it is known,
    and the value."""
    where = f'<span class="lfr-quiet">{text(describe_location(place))}</span>'
    return Markup(f"{_link_place(context, place)}{where}"), format_total(place.estimate)


def _link_place(context: PageContext, place: Place) -> str:
    """The name of a place, a link to its deployments where there is such a page."""
    if "deployments" not in BY_SLUG:
        return printed(place.name)
    return (
        f'<a href="{text(context.address_of("deployments", search=place.name))}">'
        f"{printed(place.name)}</a>"
    )
