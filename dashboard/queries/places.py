"""What the pages ask of a district or a place: how often, when last, what came of it, and what a
search for one finds.

In: `Record` and a text or a code. Out: Estimates and names, in frozen dataclasses. Does not
compute and does not draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.selection.selection import NOTHING, Selection
from dashboard.text.language import link_other_languages
from dashboard.text.names import name_area
from etl.measures.lower_bounds import at_least
from etl.measures.publishing import ForcePublishing
from etl.model.calendar import list_codes, span_of
from etl.model.demographics import PlacesUsed
from etl.model.estimates import Estimate
from etl.model.reference import District, Force, Place
from etl.queries.place_search import PlaceHit
from etl.queries.record import Record

DEPLOYMENTS = "deployments_count"
# What came of the deployments at a place, in the order of the events.
OUTCOMES = (
    "faces_seen_count",
    "alerts_count",
    "false_alerts_count",
    "false_share_of_alerts",
    "arrests_count",
)
QUARTERS = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its deployments: their Estimate, and the least number that they can be."""

    place: Place
    name: str
    estimate: Estimate

    @property
    def count(self) -> float:
        """The number of deployments, or the least that it can be."""
        value = self.estimate.value
        return value if value is not None else at_least(self.estimate) or 0


@dataclass(frozen=True, slots=True)
class Locality:
    """A district, or a place in it if there is one: its deployments, and its places by number."""

    name: str
    district: District | None
    place: Place | None
    deployments: Estimate | None
    spots: tuple[Spot, ...]

    @property
    def selection(self) -> Selection:
        """What limits every question to it."""
        if self.place is not None:
            return NOTHING.with_changes(place_id=self.place.place_id)
        return NOTHING.with_changes(district=self.district.district_code if self.district else "")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One hit: its forces with what they publish, and the localities that it is or lies in, each
    with the share of the postcode's addresses there, where the hit is a postcode."""

    hit: PlaceHit
    forces: tuple[tuple[ForcePublishing, Estimate | None], ...]
    localities: tuple[tuple[Locality, float | None], ...]


def get_district(record: Record, code: str) -> Locality:
    """A district with its places; KeyError if there is none."""
    district = record.by_id(District)[code]
    where: dict[str, list[str | int]] = {"district_code": [code]}
    deployments = record.estimate(DEPLOYMENTS, where=where).estimates
    known = next((each for each in deployments if each.rows_count), None)
    spots = get_spots(record, where) if known else ()
    return Locality(name_area(district), district, None, known, spots)


def get_place(record: Record, place_id: str) -> Locality:
    """A place; KeyError if there is none."""
    place = record.by_id(Place)[place_id]
    spots = get_spots(record, {"place_id": [place_id]})
    district = record.by_id(District).get(place.district_code or "")
    deployments = spots[0].estimate if spots else None
    return Locality(name_area(place), district, place, deployments, ())


def get_spots(record: Record, where: dict[str, list[str | int]] | None = None) -> tuple[Spot, ...]:
    """The places with deployments, most first."""
    places = record.by_id(Place)
    estimates = record.estimate(DEPLOYMENTS, by=("place_id",), where=where or {}).estimates
    spots = [
        Spot(places[code], name_area(places[code]), estimate)
        for estimate in estimates
        if (code := str(estimate.of("place_id"))) in places
    ]
    return tuple(sorted(spots, key=lambda spot: (-spot.count, spot.name)))


def get_residents(record: Record, group: str) -> dict[str, PlacesUsed]:
    """By place, a group's share of the residents of its ward, or of its district where the ward is
    not known; of a place of several forces, that of the force with most deployments there."""
    found: dict[str, PlacesUsed] = {}
    for used in sorted(record.stated.list_all_by_place(), key=_order_of):
        if used.place_id and (used.group_code, used.weight_code) == (group, "deployments"):
            found[used.place_id] = used
    return found


def _order_of(used: PlacesUsed) -> tuple[bool, int]:
    return used.area_kind_code == "ward", used.placed_weight


def get_outcomes(record: Record, selection: Selection) -> list[Estimate]:
    """What came of the deployments of a selection, an Estimate a measure."""
    return [
        estimate
        for measure_id in OUTCOMES
        for estimate in record.estimate(
            measure_id, where=selection.where, period=selection.period
        ).estimates
    ]


def get_quarters(record: Record, selection: Selection) -> list[tuple[str, float]]:
    """The last twelve quarters for which there are figures of the forces there, each with its
    number of deployments."""
    forces = record.estimate(DEPLOYMENTS, by=("force_id",), where=selection.where).estimates
    ends = [each.period_end for each in forces if each.period_end]
    for each in forces:
        if months := record.covered_months.get(str(each.of("force_id"))):
            ends.append(span_of("month", max(months))[1])
    if not ends:
        return []
    end = max(ends)
    estimates = record.estimate(DEPLOYMENTS, by=("quarter",), where=selection.where).estimates
    counts = {
        str(each.of("quarter")): each.value if each.value is not None else at_least(each) or 0
        for each in estimates
    }
    codes = list(list_codes("quarter", dt.date(end.year - 4, 1, 1), end))[-QUARTERS:]
    return [(code, counts.get(code, 0)) for code in codes]


def get_search_hits(record: Record, text: str) -> list[SearchHit]:
    """The hits of a search, with what the record has of them in all years."""
    force_names = [
        (force.force_id, language)
        for force in record.table(Force)
        for name in dict.fromkeys((force.short_name, force.force_name))
        for language in link_other_languages(name)
    ]
    by_force = {
        str(estimate.of("force_id")): estimate
        for estimate in record.estimate(DEPLOYMENTS, by=("force_id",)).estimates
    }
    found = []
    for hit in record.search_places(text, force_names):
        forces = record.publishing.describe(hit.force_ids).forces if hit.force_ids else ()
        shares: Sequence[float | None] = hit.shares or [None] * len(hit.district_codes)
        localities = [
            (get_district(record, code), share)
            for code, share in zip(hit.district_codes, shares, strict=True)
        ]
        if hit.place_id:
            localities = [(get_place(record, hit.place_id), None)]
        known = tuple((force, by_force.get(force.force_id)) for force in forces)
        found.append(SearchHit(hit, known, tuple(localities)))
    return found
