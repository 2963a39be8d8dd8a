"""Deployments at their places: dots on outlines, London by boroughs apart from the rest, each with a list beside it.

In: the frame. Out: one or two figure cards, or why there is none. A place that cannot be located is listed, not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.components.about import describe_measure
from dashboard.components.card import FigureCard, Instead
from dashboard.components.downloads import address_estimates
from dashboard.components.figure_card import show_card, show_instead
from dashboard.components.tables import Column, Markup, make_table
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import Frame, cached
from dashboard.rendering.html import printed, text
from dashboard.text.language import _
from dashboard.text.numbers import say_period, say_total
from dashboard.views.map.chart import ENGLAND_AND_WALES, Box, Dot, box_around, draw_places
from dashboard.views.map.query_map import ask_outlines
from dashboard.views.map.query_places import Place, ask_places, place_measure
from dashboard.views.map.text_map import say_publishing
from dashboard.views.map.text_places import (
    label_place,
    say_place,
    say_places_alt,
    say_places_left_out,
    say_places_notes,
    say_places_title,
    say_whereabouts,
    table_places,
)
from etl.measures.catalogue import MEASURES

_MOST_IN_BOX = 0.9


@cached
def show_places(frame: Frame) -> None:
    """London and the rest, as far as the selection has places there."""
    places = ask_places(frame.answers, frame.chosen)
    parts = (
        ("places-rest", _("Outside London"), [one for one in places if not one.in_london]),
        ("places-london", _("In London"), [one for one in places if one.in_london]),
    )
    if not places:
        said = _("The record has no deployment at a place in this selection. That is not a zero: it may not have been published.")  # fmt: skip
        if frame.chosen.force_id:
            (told,) = frame.answers.publishing((frame.chosen.force_id,)).forces
            said = f"{said} {_(told.force_name)}: {say_publishing(told)}"
        show_instead("places-rest", _("Nothing to show"), Instead("empty", said))
    for card_id, where, own in parts:
        if own:
            _show_part(frame, card_id, where, own)


def _show_part(frame: Frame, card_id: str, where: str, places: Sequence[Place]) -> None:
    chosen = frame.chosen
    measure_id = place_measure(chosen)
    measure = MEASURES[measure_id]
    starts = [one.estimate.period_start for one in places if one.estimate.period_start]
    ends = [one.estimate.period_end for one in places if one.estimate.period_end]
    caption = f"{_(measure.title)}, {_('by place')}, {say_period(min(starts, default=None), max(ends, default=None))}"  # fmt: skip
    listed = sorted(places, key=lambda one: one.name) if chosen.order == "name" else places
    columns = (Column(_("Place"), "wide"), Column(_("District")), Column(_("Value"), "number"), Column(_("How exactly it is known")))  # fmt: skip
    whole = (*columns[:3], Column(_("Rows with the number")), Column(_("Period"), "wide"), columns[3])
    drawn = [one for one in places if one.position is not None]
    if any(one.shown for one in places):
        title = say_places_title(places, where)
    else:
        title = _("{where}: no published number of a place").format(where=where)
    nowhere = _("The publications do not say where, beyond the force: the list beside this says what is known.")  # fmt: skip
    show_card(
        frame,
        FigureCard(
            card_id=card_id,
            title=title,
            subtitle=caption,
            chart=_draw(frame, drawn, london=card_id == "places-london") if drawn else Instead("too_few", nowhere),
            alt=say_places_alt(places, where),
            table=make_table(caption, whole, [(Markup(_link_place(frame, one)), *row[1:]) for one, row in zip(listed, table_places(listed), strict=True)]),
            download=address_estimates(replace(chosen, measure_id=measure_id), ("place",)),
            about=describe_measure(measure_id, chosen.forces),
            caveats=measure.caveats,
            sources=tuple(sorted({source for one in places for source in one.estimate.sources})),
            notes=tuple(say_places_notes(places, measure_id, chosen.measure_id)),
            partial=say_places_left_out(places),
            beside=make_table(caption, (columns[0], columns[2]), [_list(frame, one) for one in listed]),
        ),
    )  # fmt: skip


def _draw(frame: Frame, places: Sequence[Place], *, london: bool) -> Any:
    kind = "london_borough" if london else "force_area"
    outlines = ask_outlines(frame.answers, kind)
    dots = [
        Dot(one.position, one.shown, one.precision == "district", label_place(one), say_place(one))
        for one in places
        if one.position is not None
    ]
    box: Box = box_around(one["geometry_json"] for one in outlines.values()) if london else ENGLAND_AND_WALES  # fmt: skip
    own = [one for code, one in outlines.items() if code in (frame.chosen.district, frame.chosen.force_id)]
    if own:
        box = box_around(one["geometry_json"] for one in own)
    return draw_places(dots, [one["geometry_json"] for one in outlines.values()], box, frame.ink, dark=frame.dark)  # fmt: skip


def _list(frame: Frame, place: Place) -> tuple[str, str]:
    """A row of the list beside the map: the place with its district and how exactly it is known, and the value."""
    where = f'<span class="lfr-quiet">{text(say_whereabouts(place))}</span>'
    return Markup(f"{_link_place(frame, place)}{where}"), say_total(place.estimate)


def _link_place(frame: Frame, place: Place) -> str:
    """The name of a place, a link to its deployments where there is such a page."""
    if "deployments" not in BY_SLUG:
        return printed(place.name)
    return f'<a href="{text(frame.address_of("deployments", search=place.name))}">{printed(place.name)}</a>'
