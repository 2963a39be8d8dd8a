"""What the map asks of the record: a value or a reason for every area, and what each force publishes.

In: `Answers` and a `Selection`. Out: areas with their Estimates, in frozen dataclasses. Places: `dashboard.views.map.query_places`.
Does not compute and does not draw; words only what may be chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from dashboard.selection.selection import Choices, Selection
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from dashboard.text.messages import tell
from dashboard.text.names import name_forces
from etl.measures.catalogue import MEASURES, RESIDENTS
from etl.measures.lower_bounds import at_least
from etl.measures.publishing import ForcePublishing
from etl.model.codes import PUBLISHED_FIELD
from etl.model.completeness import Coverage
from etl.model.estimates import Estimate
from etl.queries.record import Answer, Answers

VIEWS = {
    "tiles": N_("Forces as cells"),
    "forces": N_("Force areas"),
    "regions": N_("Regions"),
    "boroughs": N_("London boroughs"),
    "publishing": N_("What each publishes"),
}
ORDERS = {"name": N_("Name"), "value": N_("Value, most first")}
MAP_MEASURES = (
    "deployments_count",
    "faces_seen_count",
    "alerts_count",
    "arrests_count",
    "deployments_per_100000_residents",
    "faces_per_1000_residents",
)
# Of each view: the grouping of the answers, the word for it in a download, the kind of outline.
GROUPINGS = {
    "tiles": ("force_id", "force", ""),
    "forces": ("force_id", "force", "force_area"),
    "regions": ("region_code", "region", "region"),
    "boroughs": ("district_code", "district", "london_borough"),
}
LONDON = "E12000007"
# Why an area has no value, or that it has one, or only a lower bound.
State = Literal["value", "part", "missing", "withheld", "no_area", "no_rows", "silent", "no_use"]
_SILENT = ("nothing", "results_not_seen")


@dataclass(frozen=True, slots=True)
class Area:
    """A force, region or borough: its Estimate if the record has rows of it, and what can be drawn.

    `shown` is the value, or the least that it can be where `state` is `part`. `publishing` is known of forces only.
    """

    code: str
    name: str
    estimate: Estimate | None
    state: State
    shown: float | None
    publishing: ForcePublishing | None = None


@dataclass(frozen=True, slots=True)
class AreaMap:
    """Every area of a view by name; what lies in none of them; the whole; or a `refusal`."""

    areas: tuple[Area, ...] = ()
    elsewhere: Estimate | None = None
    total: Estimate | None = None
    refusal: str = ""

    @property
    def known(self) -> list[Area]:
        """Areas that have a value or a lower bound, most first."""
        return sorted((one for one in self.areas if one.shown is not None), key=lambda one: -(one.shown or 0))


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a force in the tile map; `beside` for a body without an area."""

    force_id: str
    label: str
    column: int
    row: int
    beside: bool


@dataclass(frozen=True, slots=True)
class Published:
    """What one force publishes: the verdict, the codes of the fields that it prints, how complete its latest rows are."""

    verdict: ForcePublishing
    always: tuple[str, ...]
    partly: tuple[str, ...]
    latest: Coverage | None


def ask_map_choices(answers: Answers) -> Choices:
    """What may be chosen on the map, by name of the parameter."""
    names = {one["district_code"]: str(one["district_name"]) for one in answers.rows("districts")}
    used = answers.estimate("deployments_count", by=("district_code",)).estimates
    codes = {str(one.of("district_code")) for one in used if one.of("district_code")}
    return {
        "view": {code: _(words) for code, words in VIEWS.items()},
        "order": {code: _(words) for code, words in ORDERS.items()},
        "district": dict(sorted(((code, names[code]) for code in codes), key=lambda pair: pair[1])),
    }


def ask_areas(answers: Answers, chosen: Selection) -> AreaMap:
    """The chosen measure in the chosen period, for every area of the view, those without rows among them."""
    by = GROUPINGS[chosen.view][0]
    names = _name_areas(answers, chosen.view)
    found = answers.estimate(chosen.measure_id, by=(by,), period=chosen.period)
    if found.refusal:
        return AreaMap(refusal=tell(found.refusal.reason))
    of = {str(one.of(by)): one for one in found.estimates}
    told = {one.force_id: one for one in answers.publishing().forces} if by == "force_id" else {}
    areas = [_make_area(code, name, of.get(code), told.get(code)) for code, name in names.items()]
    if MEASURES[chosen.measure_id].denominator == RESIDENTS and by == "force_id":
        landless = {one["force_id"] for one in answers.rows("forces") if one["ons_code"] is None}
        areas = [
            replace(one, state="no_area", shown=None) if one.code in landless and one.estimate else one
            for one in areas
        ]
    limits = {by: list(names)} if chosen.view == "boroughs" else {}
    total = answers.estimate(chosen.measure_id, where=limits, period=chosen.period)
    return AreaMap(
        tuple(sorted(areas, key=lambda one: one.name)),
        of.get("None") if by == "region_code" else None,
        _only(total),
    )


def ask_cells(answers: Answers) -> list[Cell]:
    """The cells of the tile map, row by row, those beside it last."""
    cells = [
        Cell(one["force_id"], one["tile_label"], one["tile_column"], one["tile_row"], one["strip_code"] != "map")
        for one in answers.rows("force_tiles")
    ]  # fmt: skip
    return sorted(cells, key=lambda one: (one.beside, one.row, one.column))


def ask_published(answers: Answers) -> list[Published]:
    """What each force publishes, by name."""
    latest: dict[str, Coverage] = {}
    for row in answers.coverage().rows:
        if row.rows_count and row.year and row.year >= (latest[row.force_id].year or 0 if row.force_id in latest else 0):  # fmt: skip
            latest[row.force_id] = row
    found = []
    for one in sorted(answers.publishing().forces, key=lambda one: _(one.force_name)):
        codes = {code: {form.of(code) for form in one.forms} for code in PUBLISHED_FIELD}
        always = tuple(code for code, said in codes.items() if "yes" in said)
        partly = tuple(code for code, said in codes.items() if "partly" in said and code not in always)
        found.append(Published(one, always, partly, latest.get(one.force_id)))
    return found


def ask_outlines(answers: Answers, kind: str) -> dict[str, dict[str, Any]]:
    """The outlines of a kind, by the code under which the answers know the area."""
    rows = answers.rows("outlines", {"area_kind": [kind]})
    return {str(one["force_id"] if kind == "force_area" else one["area_code"]): one for one in rows}


def sort_areas(areas: Sequence[Area], order: str) -> list[Area]:
    """By name, or by value with those without one last."""
    if order == "name":
        return sorted(areas, key=lambda one: one.name)
    return sorted(areas, key=lambda one: (one.shown is None, -(one.shown or 0), one.name))


def _name_areas(answers: Answers, view: str) -> Mapping[str, str]:
    if view == "regions":
        return {one["region_code"]: _(one["region_name"]) for one in answers.rows("regions")}
    if view == "boroughs":
        return {
            one["district_code"]: one["district_name"]
            for one in answers.rows("districts", {"region_code": [LONDON]})
        }
    return name_forces(answers)


def _make_area(code: str, name: str, estimate: Estimate | None, told: ForcePublishing | None) -> Area:
    if estimate is None:
        state: State = "no_rows"
        if told and told.status in _SILENT:
            state = "silent"
        elif told and told.status == "no_known_use":
            state = "no_use"
        return Area(code, name, None, state, None, told)
    if estimate.value is not None:
        return Area(code, name, estimate, "value", estimate.value, told)
    least = at_least(estimate)
    if least:
        return Area(code, name, estimate, "part", least, told)
    withheld = (estimate.status == "incomplete" and bool(estimate.numerator)) or estimate.status in (
        "not_comparable",
        "too_few",
        "suppressed",
        "undefined",
    )
    return Area(code, name, estimate, "withheld" if withheld else "missing", None, told)


def _only(answer: Answer) -> Estimate | None:
    """The one Estimate, or none for a measure that is not given for all together."""
    return answer.estimates[0] if answer.estimates else None
