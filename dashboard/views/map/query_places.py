"""Deployments by place, and the forces, districts and deployments of what a reader searches for.

In: `Answers` and a `Selection`. Out: places and hits with their Estimates, in frozen dataclasses.
Does not compute, draw or word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.selection.selection import Selection
from dashboard.text.language import say_in_other_languages
from dashboard.views.map.query_map import LONDON
from etl.measures.catalogue import MEASURES
from etl.measures.lower_bounds import at_least
from etl.measures.publishing import ForcePublishing
from etl.model.estimates import Estimate
from etl.queries.place_search import PlaceHit
from etl.queries.record import Answers

DEPLOYMENTS = "deployments_count"
NOT_PLOTTED = "force_area"
MOST_HITS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the record. Without a position if the printed text does not decide a district.

    `shown` is the value or the least that it can be, as in an `Area`.
    """

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
    """A district of a hit: the share of its postcodes there, where one is known, and its deployments, if any."""

    code: str
    name: str
    share: float | None
    deployments: Estimate | None


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: its forces with what they publish and their deployments, and its districts."""

    hit: PlaceHit
    forces: tuple[tuple[ForcePublishing, Estimate | None], ...]
    districts: tuple[District, ...]
    deployments: Estimate | None


def place_measure(chosen: Selection) -> str:
    """The chosen measure if it is a count, else deployments: a rate of one place would be of very few rows."""
    return chosen.measure_id if MEASURES[chosen.measure_id].denominator is None else DEPLOYMENTS


def ask_places(answers: Answers, chosen: Selection) -> list[Place]:
    """Every place with rows in the selection, most first, those without a number last."""
    where = chosen.where
    if chosen.district:
        where["district_code"] = [chosen.district]
    places = {one["place_id"]: one for one in answers.rows("places")}
    districts = {one["district_code"]: one for one in answers.rows("districts")}
    found = []
    for estimate in answers.estimate(place_measure(chosen), by=("place_id",), where=where, period=chosen.period).estimates:  # fmt: skip
        place = places.get(str(estimate.of("place_id")))
        if place is None:
            continue
        district = districts.get(place["district_code"]) or {}
        least = at_least(estimate)
        placed = place["longitude"] is not None and place["precision_code"] != NOT_PLOTTED
        found.append(
            Place(
                place["place_name"],
                district.get("district_name", ""),
                district.get("region_code") == LONDON,
                place["precision_code"],
                (place["longitude"], place["latitude"]) if placed else None,
                place["uncertainty_m"],
                estimate,
                estimate.value if estimate.value is not None else least or None,
                least is not None,
            )
        )
    return sorted(found, key=lambda one: (one.shown is None, -(one.shown or 0), one.name))


def ask_found(answers: Answers, text: str) -> list[Found]:
    """The best hits of a search, with what the record has of their forces, districts and places in all years."""
    force_names = [
        (str(one["force_id"]), said)
        for one in answers.rows("forces")
        for name in dict.fromkeys((str(one["short_name"]), str(one["force_name"])))
        for said in say_in_other_languages(name)
    ]
    hits = answers.search_places(text, force_names)[:MOST_HITS]
    names = {one["district_code"]: str(one["district_name"]) for one in answers.rows("districts")}
    by_force = _count(answers, "force_id")
    by_district = _count(answers, "district_code")
    by_place = _count(answers, "place_id")
    found = []
    for hit in hits:
        told = answers.publishing(hit.force_ids).forces if hit.force_ids else ()
        shares: Sequence[float | None] = hit.shares or [None] * len(hit.district_codes)
        districts = [
            District(code, names.get(code, code), share, by_district.get(code))
            for code, share in zip(hit.district_codes, shares, strict=True)
        ]
        found.append(
            Found(
                hit,
                tuple((one, by_force.get(one.force_id)) for one in told),
                tuple(districts),
                by_place.get(hit.place_id) if hit.place_id else None,
            )
        )
    return found


def _count(answers: Answers, by: str) -> dict[str, Estimate]:
    return {str(one.of(by)): one for one in answers.estimate(DEPLOYMENTS, by=(by,)).estimates}
