"""Measures with an interval, force by force or year by year, and the forces that cannot have them.

In: `Answers` and a `Selection`. Out: labelled Estimates, never across a break; names of forces by what they lack.
Does not compute and does not draw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.queries.series import ask_by_force
from dashboard.selection.selection import Period, Selection
from dashboard.text.names import name_forces, name_published
from etl.model.estimates import Estimate
from etl.queries.record import Answers

SHARE_OF_ALERTS = "false_share_of_alerts"
PER_FACE_SEEN = "false_alerts_per_face_seen"
# The count that each rate is divided by.
DENOMINATORS = {SHARE_OF_ALERTS: "alerts_count", PER_FACE_SEEN: "faces_seen_count"}
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """A labelled Estimate of a measure with an interval: a force or a year, and the publication it is limited to.

    `dated`: the name says of which days it is."""

    name: str
    publication: str
    estimate: Estimate
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """Forces that cannot have a rate: they lack the false alerts, what they are divided by, or a row with both."""

    no_false: bool
    no_whole: bool
    names: tuple[str, ...]


def ask_intervals(answers: Answers, measure_id: str, chosen: Selection) -> list[Interval]:
    """A measure by force, or by year of the chosen force, never across a break; most trials first, years in order.

    A force with rows that cannot be dated to a year is asked publication by publication, because no period tells its
    rows apart. Forces and years without the measure are left out: `ask_missing` names them.
    """
    names = name_forces(answers)
    titles = {one["publication_id"]: str(one["title"]) for one in answers.rows("publications")}
    found = []
    for force_id in ask_by_force(answers, measure_id, chosen):
        where: dict[str, list[str | int]] = {"force_id": [force_id]}
        yearly = answers.estimate(
            "deployments_count", by=("year",), where=where, period=chosen.period
        ).estimates
        undated = any(estimate.of("year") is None for estimate in yearly)
        by = "publication_id" if undated else "year" if chosen.force_id else "force_id"
        for window in _windows(answers, measure_id, force_id, chosen.period):
            for estimate in answers.estimate(measure_id, by=(by,), where=where, period=window).estimates:
                if estimate.value is not None:
                    code = estimate.of(by)
                    name = str(code) if by == "year" else names[force_id]
                    found.append(Interval(name, titles[str(code)] if undated else "", estimate, by == "year"))
    if chosen.force_id:
        return sorted(found, key=lambda one: one.estimate.period_start or dt.date.min)
    most = {one.name: max(_trials(other) for other in found if other.name == one.name) for one in found}
    return sorted(found, key=lambda one: (-most[one.name], one.estimate.period_start or dt.date.min))


def ask_missing(answers: Answers, measure_id: str, chosen: Selection) -> list[Missing]:
    """Forces with rows in the selection that cannot have the rate, by what they lack."""
    below = ask_by_force(answers, DENOMINATORS[measure_id], chosen)
    false = ask_by_force(answers, "false_alerts_count", chosen)
    both = ask_by_force(answers, measure_id, chosen)
    found: dict[tuple[bool, bool], list[str]] = {}
    for force_id, name in name_published(answers).items():
        if force_id in both and both[force_id].value is None and both[force_id].status != "not_comparable":
            lacks = (false[force_id].numerator is None, below[force_id].numerator is None)
            found.setdefault(lacks, []).append(name)
    return [Missing(*lacks, tuple(names)) for lacks, names in found.items()]


def _windows(answers: Answers, measure_id: str, force_id: str, period: Period) -> Iterator[Period]:
    """The period, cut at the force's breaks that forbid a comparison."""
    first, last = period
    cuts = [
        one["first_date"]
        for one in answers.breaks(measure_id)
        if one["force_id"] == force_id
        and one["effect_code"] == "not_comparable"
        and (first is None or one["first_date"] > first)
        and (last is None or one["first_date"] <= last)
    ]
    yield from zip([first, *cuts], [*(cut - _DAY for cut in cuts), last], strict=True)


def _trials(one: Interval) -> float:
    return one.estimate.denominator or 0
