"""Gives the locations of returns a place until somebody has reviewed them: the force's area, and
nothing narrower.

In: deployments, the reviewed places and names. Out: the same tables with an entry for each location
of a return that is not in them, which says that nobody has reviewed it. Locations of other
publications stay as strict as ever (`etl.pipeline.places`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from etl.model.records import Deployment
from etl.model.reference import Place, PlaceName
from etl.model.return_records import RETURN_ID

EVIDENCE = "As the force's return gives it; no place has been decided yet."


def add_return_places(
    reference: Mapping[str, list[Any]],
    deployments: Iterable[Deployment],
    days: Mapping[str, dt.date | None],
) -> dict[str, list[Any]]:
    """The reference tables with places for what returns name;
    `days` has the last day of each edition's period."""
    places, names = list(reference["places"]), list(reference["place_names"])
    known = {(name.force_id, name.location_text) for name in names}
    ids = {place.place_id for place in places}
    titles = {force.force_id: force.short_name for force in reference["forces"]}
    for row in deployments:
        key = (row.force_id, row.location_text)
        if key in known or not RETURN_ID.fullmatch(row.publication_id):
            continue
        known.add(key)
        place_id = f"{row.force_id}_return_area"
        if place_id not in ids:
            ids.add(place_id)
            places.append(
                _area(place_id, titles.get(row.force_id, row.force_id), days.get(row.edition_id))
            )
        names.append(
            PlaceName(
                force_id=row.force_id,
                location_text=row.location_text,
                place_id=place_id,
                note=EVIDENCE,
            )
        )
    return {**reference, "places": places, "place_names": names}


def _area(place_id: str, force_name: str, day: dt.date | None) -> Place:
    return Place(
        place_id=place_id,
        place_name=f"{force_name} area, not yet placed",
        district_code=None,
        longitude=None,
        latitude=None,
        precision_code="force_area",
        coordinate_source=None,
        uncertainty_m=None,
        evidence=EVIDENCE,
        reviewed=day or dt.date(1, 1, 1),
    )
