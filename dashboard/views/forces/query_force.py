"""The profile of one force: what is asked of the record about it.

In: `Record`, a `Selection` with one force. Out: series by month, claims with their verdicts, cases,
places. Does not compute and does not draw."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter

from dashboard.queries.series import HEADLINE_COUNTS, Series, get_trend
from dashboard.selection.selection import Choices, Selection
from dashboard.text.language import _
from etl.measures.catalogue import MEASURES
from etl.model.estimates import Estimate
from etl.model.records import Misidentification
from etl.model.reference import District, Place
from etl.queries.record import Record


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of the force and its number of rows; no name where the place is not known."""

    name: str
    district: str
    estimate: Estimate


def get_timeline(
    record: Record, selection: Selection, choices: Choices, step: str = "quarter"
) -> tuple[Series, ...]:
    """Deployments, faces seen, alerts and arrests of the force by quarter, or another step;
    each series has the name of what it counts."""
    entries = []
    for measure_id in HEADLINE_COUNTS:
        requested_selection = replace(selection, measure_id=measure_id, step=step, split="force")
        entries += [
            replace(series, name=_(MEASURES[measure_id].title))
            for series in get_trend(record, requested_selection, choices).series
        ]
    return tuple(entries)


def get_places(record: Record, selection: Selection) -> list[PlaceLine]:
    """The places of the force, most deployments first;
    rows whose place is not known are one line at the end."""
    places = record.by_id(Place)
    districts = record.by_id(District)
    place_lines = []
    for estimate in record.estimate(
        "deployments_count", by=("place_id",), where=selection.where, period=selection.period
    ).estimates:
        place = places.get(str(estimate.of("place_id")))
        place_lines.append(
            PlaceLine(
                place.place_name if place else "",
                districts[place.district_code].district_name
                if place and place.district_code
                else "",
                estimate,
            )
        )
    return sorted(
        place_lines, key=lambda line: (not line.name, -line.estimate.rows_count, line.name)
    )


def get_cases(record: Record, force_id: str) -> list[Misidentification]:
    """Documented cases in which a person was wrongly flagged by the force, by technology."""
    return sorted(
        record.table(Misidentification, {"force_id": [force_id]}),
        key=attrgetter("technology_code", "incident_date_text"),
    )
