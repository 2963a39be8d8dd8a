"""What the map asks of the record: a value or a reason for every area, and what each force
publishes.

In: `Record` and a `Selection`. Out: areas with their Estimates, in frozen dataclasses. Places:
`dashboard.views.map.query_places`. Does not compute and does not draw; words only what may be
chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.selection.selection import Selection
from dashboard.text.language import _
from dashboard.text.names import name_forces
from dashboard.text.refusals import describe_refusal
from etl.measures.catalogue import MEASURES, RESIDENTS
from etl.measures.lower_bounds import at_least
from etl.measures.publishing import ForcePublishing
from etl.model.codes import PUBLISHED_FIELD
from etl.model.completeness import Coverage
from etl.model.estimates import Estimate
from etl.model.geography import ForceTile, Outline
from etl.model.reference import District, Force, Region
from etl.queries.record import Answer, Record

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

    `shown` is the value, or the least that it can be where `state` is `part`.
    `publishing` is known of forces only."""

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
        return sorted(
            (area for area in self.areas if area.shown is not None),
            key=lambda area: -(area.shown or 0),
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a force in the tile map; `comparisons` for a body without an area."""

    force_id: str
    label: str
    column: int
    row: int
    is_off_map: bool


@dataclass(frozen=True, slots=True)
class Published:
    """What one force publishes: the verdict, the codes of the fields that it prints,
    how complete its latest rows are."""

    verdict: ForcePublishing
    always: tuple[str, ...]
    partly: tuple[str, ...]
    latest: Coverage | None


def get_areas(record: Record, selection: Selection) -> AreaMap:
    """The chosen measure in the chosen period, for every area of the view,
    those without rows among them."""
    view = selection.own("view", str)
    by = GROUPINGS[view][0]
    names = _name_areas(record, view)
    estimate = record.estimate(selection.measure_id, by=(by,), period=selection.period)
    if estimate.refusal:
        return AreaMap(refusal=describe_refusal(estimate.refusal))
    of = {str(each_estimate.of(by)): each_estimate for each_estimate in estimate.estimates}
    forces = (
        {force.force_id: force for force in record.publishing.describe().forces}
        if by == "force_id"
        else {}
    )
    areas = [_make_area(code, name, of.get(code), forces.get(code)) for code, name in names.items()]
    if MEASURES[selection.measure_id].denominator == RESIDENTS and by == "force_id":
        landless = {force.force_id for force in record.table(Force) if force.ons_code is None}
        areas = [
            replace(area, state="no_area", shown=None)
            if area.code in landless and area.estimate
            else area
            for area in areas
        ]
    limits = {by: list(names)} if view == "boroughs" else {}
    total = record.estimate(selection.measure_id, where=limits, period=selection.period)
    return AreaMap(
        tuple(sorted(areas, key=lambda area: area.name)),
        of.get("None") if by == "region_code" else None,
        _only(total),
    )


def get_cells(record: Record) -> list[Cell]:
    """The cells of the tile map, row by row, those beside it last."""
    cells = [
        Cell(
            force_tile.force_id,
            force_tile.tile_label,
            force_tile.tile_column,
            force_tile.tile_row,
            force_tile.strip_code != "map",
        )
        for force_tile in record.table(ForceTile)
    ]
    return sorted(cells, key=lambda cell: (cell.is_off_map, cell.row, cell.column))


def get_published(record: Record) -> list[Published]:
    """What each force publishes, by name."""
    latest: dict[str, Coverage] = {}
    for row in record.publishing.coverage().rows:
        if (
            row.rows_count
            and row.year
            and row.year >= (latest[row.force_id].year or 0 if row.force_id in latest else 0)
        ):
            latest[row.force_id] = row
    published = []
    for force in sorted(
        record.publishing.describe().forces, key=lambda each_force: _(each_force.force_name)
    ):
        codes = {code: {form.of(code) for form in force.forms} for code in PUBLISHED_FIELD}
        always = tuple(code for code, code_text in codes.items() if "yes" in code_text)
        partly = tuple(
            code
            for code, code_text in codes.items()
            if "partly" in code_text and code not in always
        )
        published.append(Published(force, always, partly, latest.get(force.force_id)))
    return published


def get_outlines(record: Record, kind: str) -> dict[str, Outline]:
    """The outlines of a kind, by the code under which the answers know the area."""
    rows = record.table(Outline, {"area_kind": [kind]})
    return {(row.force_id or "") if kind == "force_area" else row.area_code: row for row in rows}


def sort_areas(areas: Sequence[Area], order: str) -> list[Area]:
    """By name, or by value with those without one last."""
    if order == "name":
        return sorted(areas, key=lambda area: area.name)
    return sorted(areas, key=lambda area: (area.shown is None, -(area.shown or 0), area.name))


def _name_areas(record: Record, view: str) -> Mapping[str, str]:
    if view == "regions":
        return {region.region_code: _(region.region_name) for region in record.table(Region)}
    if view == "boroughs":
        return {
            district.district_code: district.district_name
            for district in record.table(District, {"region_code": [LONDON]})
        }
    return name_forces(record)


def _make_area(
    code: str, name: str, estimate: Estimate | None, publishing: ForcePublishing | None
) -> Area:
    if estimate is None:
        state: State = "no_rows"
        if publishing and publishing.status in _SILENT:
            state = "silent"
        elif publishing and publishing.status == "no_known_use":
            state = "no_use"
        return Area(code, name, None, state, None, publishing)
    if estimate.value is not None:
        return Area(code, name, estimate, "value", estimate.value, publishing)
    least = at_least(estimate)
    if least:
        return Area(code, name, estimate, "part", least, publishing)
    withheld = (
        estimate.status == "incomplete" and bool(estimate.numerator)
    ) or estimate.status in ("not_comparable", "too_few", "suppressed", "undefined")
    return Area(code, name, estimate, "withheld" if withheld else "missing", None, publishing)


def _only(answer: Answer) -> Estimate | None:
    """The one Estimate, or none for a measure that is not given for all together."""
    return answer.estimates[0] if answer.estimates else None
