"""Deployments by place, and the forces, districts and deployments of what a reader searches for.

In: `Record` and a `Selection`. Out: places and hits with their Estimates, in frozen dataclasses.
Does not compute, draw or word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.selection.selection import Selection
from dashboard.text.language import link_other_languages
from dashboard.views.map.query_map import LONDON
from etl.measures.catalogue import MEASURES
from etl.measures.lower_bounds import at_least
from etl.measures.publishing import ForcePublishing
from etl.model import reference
from etl.model.estimates import Estimate
from etl.queries.place_search import PlaceHit
from etl.queries.record import Record

DEPLOYMENTS = "deployments_count"
NOT_PLOTTED = "force_area"
MAX_HITS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the record. Without a position if the printed text does not decide a district.

    `shown` is the value or the least that it can be, as in an `Area`."""

    name: str
    district: str
    in_london: bool
    precision: str
    position: tuple[float, float] | None
    uncertainty_m: int | None
    estimate: Estimate
    shown: float | None
    least: bool


@dataclass(frozen=True, slots=True)
class District:
    """A district of a hit: the share of its postcodes there, where one is known,
    and its deployments, if any."""

    code: str
    name: str
    share: float | None
    deployments: Estimate | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One hit: its forces with what they publish and their deployments, and its districts."""

    hit: PlaceHit
    forces: tuple[tuple[ForcePublishing, Estimate | None], ...]
    districts: tuple[District, ...]
    deployments: Estimate | None


def place_measure(selection: Selection) -> str:
    """The chosen measure if it is a count, else deployments:
    a rate of one place would be of very few rows."""
    return (
        selection.measure_id if MEASURES[selection.measure_id].denominator is None else DEPLOYMENTS
    )


def get_places(record: Record, selection: Selection) -> list[Place]:
    """Every place with rows in the selection, most first, those without a number last."""
    where = selection.where
    if selection.district:
        where["district_code"] = [selection.district]
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
                place.place_name,
                district.district_name if district else "",
                district is not None and district.region_code == LONDON,
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


def get_search_hits(record: Record, text: str) -> list[SearchHit]:
    """The best hits of a search, with what the record has of their forces,
    districts and places in all years."""
    force_names = [
        (force.force_id, language)
        for force in record.table(reference.Force)
        for name in dict.fromkeys((force.short_name, force.force_name))
        for language in link_other_languages(name)
    ]
    hits = record.search_places(text, force_names)[:MAX_HITS]
    known = record.by_id(reference.District)
    by_force = _count(record, "force_id")
    by_district = _count(record, "district_code")
    by_place = _count(record, "place_id")
    found = []
    for hit in hits:
        forces = record.publishing.describe(hit.force_ids).forces if hit.force_ids else ()
        shares: Sequence[float | None] = hit.shares or [None] * len(hit.district_codes)
        districts = [
            District(code, known[code].district_name, share, by_district.get(code))
            for code, share in zip(hit.district_codes, shares, strict=True)
        ]
        found.append(
            SearchHit(
                hit,
                tuple((force, by_force.get(force.force_id)) for force in forces),
                tuple(districts),
                by_place.get(hit.place_id) if hit.place_id else None,
            )
        )
    return found


def _count(record: Record, by: str) -> dict[str, Estimate]:
    return {
        str(estimate.of(by)): estimate
        for estimate in record.estimate(DEPLOYMENTS, by=(by,)).estimates
    }
