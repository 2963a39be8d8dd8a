"""Deployments by place.

In: `Record` and a `Selection`. Out: places with their Estimates, in frozen dataclasses.
Does not compute, draw or word."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.selection.selection import Selection
from dashboard.text.names import name_area
from etl.measures.catalogue import MEASURES
from etl.measures.lower_bounds import at_least
from etl.model import reference
from etl.model.estimates import Estimate
from etl.queries.record import Record

DEPLOYMENTS = "deployments_count"
NOT_PLOTTED = "force_area"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the record. Without a position if the printed text does not decide a district.

    `shown` is the value or the least that it can be, as in an `Area`."""

    place_id: str
    name: str
    district: str
    precision: str
    position: tuple[float, float] | None
    uncertainty_m: int | None
    estimate: Estimate
    shown: float | None
    least: bool


def place_measure(selection: Selection) -> str:
    """The chosen measure if it is a count, else deployments:
    a rate of one place would be of very few rows."""
    return (
        selection.measure_id if MEASURES[selection.measure_id].denominator is None else DEPLOYMENTS
    )


def get_places(record: Record, selection: Selection) -> list[Place]:
    """Every place with rows in the selection, most first, those without a number last."""
    where = selection.where
    places = record.by_id(reference.Place)
    districts = record.by_id(reference.District)
    found = []
    for estimate in record.estimate(
        place_measure(selection), by=("place_id",), where=where, period=selection.period
    ).estimates:
        place = places.get(str(estimate.of("place_id")))
        if place is None:
            continue
        district = districts.get(place.district_code or "")
        least = at_least(estimate)
        placed = place.precision_code != NOT_PLOTTED
        found.append(
            Place(
                place.place_id,
                name_area(place),
                name_area(district) if district else "",
                place.precision_code,
                (place.longitude, place.latitude)
                if placed and place.longitude is not None and place.latitude is not None
                else None,
                place.uncertainty_m,
                estimate,
                estimate.value if estimate.value is not None else least or None,
                least is not None,
            )
        )
    return sorted(found, key=lambda known: (known.shown is None, -(known.shown or 0), known.name))
