"""Places of deployments and results of a search, in words.

In: places and hits of `dashboard.views.map.query_places`. Out: plain sentences and rows of lists.
Does not draw and does not compute."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.text.language import _
from dashboard.text.numbers import (
    format_count,
    format_period,
    format_total,
)
from dashboard.views.map.query_places import NOT_PLOTTED, Place
from etl.measures.catalogue import MEASURES
from etl.model.codes import PLACE_PRECISION

_KILOMETRE = 1000


def format_position(place: Place) -> str:
    """`street, within 300 m`; `force area only: in the list, not on the map`."""
    precision = _(PLACE_PRECISION.label(place.precision))
    if place.precision == NOT_PLOTTED or place.position is None:
        return _("{precision}: in the list, not on the map").format(precision=precision)
    if place.uncertainty_m is None:
        return precision
    return _("{precision}, within {distance}").format(
        precision=precision, distance=format_distance(place.uncertainty_m)
    )


def format_distance(metres: float) -> str:
    """`300 m`, `4.5 km`."""
    if metres < _KILOMETRE:
        return _("{metres} m").format(metres=format_count(metres))
    return _("{kilometres} km").format(kilometres=f"{metres / _KILOMETRE:.1f}".removesuffix(".0"))


def table_places(places: Sequence[Place]) -> list[tuple[str, ...]]:
    """The table: the same with the rows that it is made of and their period."""
    return [
        (
            place.name,
            place.district or "–",
            format_total(place.estimate),
            _("{used} of {rows}").format(
                used=format_count(place.estimate.used_count),
                rows=format_count(place.estimate.rows_count),
            ),
            format_period(place.estimate.period_start, place.estimate.period_end),
            format_position(place),
        )
        for place in places
    ]


def describe_places_notes(places: Sequence[Place], measure_id: str, requested_id: str) -> list[str]:
    """How to read the dots."""
    notes = [
        _(
            "The area of a dot follows the number. A hollow dot stands for a whole borough or "
            "district, in the middle of it."
        )
    ]
    if known := [place.uncertainty_m for place in places if place.uncertainty_m is not None]:
        notes.append(
            _(
                "A dot is where the printed words point to, not where the cameras stood: it may be "
                "off by {least} to {most}, as the list says."
            ).format(least=format_distance(min(known)), most=format_distance(max(known)))
        )
    if measure_id != requested_id:
        notes.append(
            _(
                "Places have counts only: {measure} is not given for a place, so deployments are "
                "shown."
            ).format(measure=_(MEASURES[requested_id].title))
        )
    return notes
