"""The profile of one force: what is asked of the record about it.

In: `Answers`, a `Selection` with one force. Out: series by month, claims with their verdicts, cases, places.
Does not compute and does not draw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dashboard.queries.series import HEADLINE_COUNTS, Series, ask_trend
from dashboard.selection.selection import Choices, Selection
from dashboard.text.language import _
from etl.measures.catalogue import MEASURES
from etl.model.estimates import Estimate
from etl.queries.record import Answers


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place of the force, and how often it is in the rows; no name where no place could be told."""

    name: str
    district: str
    estimate: Estimate


def ask_timeline(answers: Answers, chosen: Selection, choices: Choices) -> tuple[Series, ...]:
    """Deployments, faces seen, alerts and arrests of the force by month; each series has the name of what it counts."""
    found = []
    for measure_id in HEADLINE_COUNTS:
        asked = replace(chosen, measure_id=measure_id, step="month", split="force")
        found += [
            replace(one, name=_(MEASURES[measure_id].title))
            for one in ask_trend(answers, asked, choices).series
        ]
    return tuple(found)


def ask_places(answers: Answers, chosen: Selection) -> list[PlaceLine]:
    """The places of the force, most deployments first; rows whose place is not known are one line at the end."""
    places = {one["place_id"]: one for one in answers.rows("places")}
    districts = {one["district_code"]: one["district_name"] for one in answers.rows("districts")}
    found = []
    for one in answers.estimate(
        "deployments_count", by=("place_id",), where=chosen.where, period=chosen.period
    ).estimates:
        place = places.get(one.of("place_id"))
        found.append(
            PlaceLine(
                str(place["place_name"]) if place else "",
                districts.get(place["district_code"], "") if place else "",
                one,
            )
        )
    return sorted(found, key=lambda line: (not line.name, -line.estimate.rows_count, line.name))  # fmt: skip


def ask_cases(answers: Answers, force_id: str) -> list[dict[str, Any]]:
    """Documented cases in which a person was wrongly flagged by the force, by technology."""
    found = answers.rows("misidentifications", {"force_id": [force_id]})
    return sorted(found, key=lambda one: (one["technology_code"], one["incident_date_text"]))
