"""Questions about what is stated beside deployments: arrests by sex and age, other technologies,
what followed an arrest, and who lives where the cameras stood.

In: a measure of `STATED_MEASURES`. Out: Estimates, one for each stated figure, never added up.
Does not query deployments beyond their areas, days and faces seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import cast

from etl.measures.catalogue import Measure
from etl.measures.evaluate import evaluate_measure
from etl.measures.groups.places_used import Selected, weigh_places
from etl.model.codes import code_list
from etl.model.demographics import PlacedRow, PlacesUsed
from etl.model.estimates import Estimate
from etl.model.facts import Fact, FactDimensions
from etl.model.groups import CLASSIFICATIONS
from etl.model.messages import Text, join, message
from etl.model.queries import ALL_TIME, Period, Sums, Where
from etl.model.reference import District, Place, Population
from etl.model.refusals import QueryError
from etl.model.stated_figures import DeploymentWard, ReportedGroup, StatedFigure, Ward
from etl.queries.release_file import ReleaseFile

STATED_AS = code_list("stated_as")
WEIGHT = code_list("place_weight")
AREA_KIND = code_list("area_kind_used")
# What tells the answers of one question apart.
_NEEDED = frozenset({"force_id", "area_kind_code", "weight_code"})
_FIELD_OF = {"resident_group_code": "group_code"}
GROUPS = tuple(CLASSIFICATIONS["self_defined_5"].population_texts)
_DISTRICT_DIMENSION = CLASSIFICATIONS["self_defined_5"].population_dimension
_FACES = "faces_seen"
_TEXTS = {text: code for code, text in CLASSIFICATIONS["self_defined_5"].population_texts.items()}


class StatedFigures:
    """What is stated beside deployments, of one release."""

    def __init__(self, file: ReleaseFile) -> None:
        self._file = file

    def estimates(
        self, measure: Measure, by: Sequence[str], where: Where, period: Period
    ) -> tuple[Estimate, ...]:
        """One Estimate for each stated figure, or for each group of placed deployments. Raises
        QueryError where the question does not tell several figures apart."""
        if measure.measure_id == "reported_share_of_arrests":
            return self._reported(measure, by, where, period)
        if measure.kind == "census":
            return tuple(self._placed(measure, by, where, period))
        return self._stated(measure, by, where, period)

    def list_places_used(
        self,
        force_id: str,
        area_kind: str,
        period: Period = ALL_TIME,
        years: Iterable[int | None] | None = None,
    ) -> list[PlacesUsed]:
        """By year, weight and ethnic group: shares from 0 to 1 of the residents of the areas. None
        where no deployment could be placed."""
        rows = self.list_placed(force_id, area_kind, period)
        averages = self._averages(force_id, area_kind)
        if not any(row.people_count for row in rows):
            return []
        known = sorted({row.year for row in rows if row.year}) if years is None else years
        parts = [
            (
                Selected(force_id, year, area_kind, averages),
                [row for row in rows if year in (None, row.year)],
            )
            for year in known
        ]
        return _weigh(parts)

    def list_by_place(
        self, force_id: str, area_kind: str, period: Period = ALL_TIME
    ) -> list[PlacesUsed]:
        """The same by place over all years of the period; of places without an area, none. The
        average is that of the police force in whose area the place lies."""
        places: dict[str, list[PlacedRow]] = {}
        for row in self.list_placed(force_id, area_kind, period):
            if row.place_id:
                places.setdefault(row.place_id, []).append(row)
        return _weigh(
            (
                Selected(
                    force_id, None, area_kind, self._averages_at(place_id, area_kind), place_id
                ),
                rows,
            )
            for place_id, rows in sorted(places.items())
            if any(row.people_count for row in rows)
        )

    def list_all_places_used(self) -> list[PlacesUsed]:
        """Every force with counted deployments by year, then by place, by wards where they are
        known and by districts."""
        by_year = (
            used
            for force_id, area_kind in product(self._forces, AREA_KIND)
            for used in self.list_places_used(force_id, area_kind)
        )
        return [*by_year, *self.list_all_by_place()]

    def list_all_by_place(self) -> list[PlacesUsed]:
        """Every place of every force with counted deployments, over all years."""
        return [
            used
            for force_id, area_kind in product(self._forces, AREA_KIND)
            for used in self.list_by_place(force_id, area_kind)
        ]

    def list_placed(self, force_id: str, area_kind: str, period: Period) -> list[PlacedRow]:
        """The counted deployments of a force that lie wholly in the period, with their areas."""
        start, end = period
        return [
            self._place(fact, area_kind)
            for fact in self._facts
            if fact.counted
            and fact.force_id == force_id
            and (start is None or (fact.first_date is not None and fact.first_date >= start))
            and (end is None or (fact.last_date is not None and fact.last_date <= end))
        ]

    def _place(self, fact: FactDimensions, area_kind: str) -> PlacedRow:
        code = fact.district_code
        if area_kind == "ward":
            placed = self._file.by_id(DeploymentWard).get(fact.deployment_id)
            code = placed.ward_code if placed else None
        people, workday = self._people(code, area_kind)
        return PlacedRow(
            deployment_id=fact.deployment_id,
            year=fact.year,
            deployments=fact.deployments,
            faces_seen=getattr(fact, _FACES),
            area_code=code,
            people_count=sum(people.values()),
            people=people,
            workday_people_count=workday,
            place_id=fact.place_id,
        )

    def _people(self, code: str | None, area_kind: str) -> tuple[dict[str, int], int | None]:
        if area_kind == "ward":
            ward = self._file.by_id(Ward).get(code or "")
            if ward is None:
                return {}, None
            return {
                group: getattr(ward, f"{group}_count") for group in GROUPS
            }, ward.workday_people_count
        return self._districts.get(code or "", {}), None

    @property
    def _forces(self) -> list[str]:
        return sorted({fact.force_id for fact in self._facts if fact.counted})

    @cached_property
    def _facts(self) -> list[FactDimensions]:
        return cast("list[FactDimensions]", self._file.table(Fact))

    @cached_property
    def _districts(self) -> dict[str, dict[str, int]]:
        """Residents by ethnic group of each district."""
        people: dict[str, dict[str, int]] = {}
        for row in self._file.table(Population, {"dimension": [_DISTRICT_DIMENSION or ""]}):
            if row.group_text in _TEXTS:
                people.setdefault(row.area_code, {})[_TEXTS[row.group_text]] = row.people_count
        return people

    def _averages_at(self, place_id: str, area_kind: str) -> dict[str, float]:
        place = self._file.by_id(Place).get(place_id)
        district = self._file.by_id(District).get(place.district_code or "") if place else None
        return self._averages(district.force_id, area_kind) if district else {}

    def _averages(self, force_id: str | None, area_kind: str) -> dict[str, float]:
        """Each group's share of the residents of all wards, or districts, of the force's area;
        empty for a force without an area."""
        if area_kind == "ward":
            areas = [self._people(ward.ward_code, "ward")[0] for ward in self._file.table(Ward)]
        else:
            known = self._districts
            areas = [
                known[district.district_code]
                for district in self._file.table(District)
                if district.force_id == force_id and district.district_code in known
            ]
        people = sum(sum(area.values()) for area in areas)
        if not people:
            return {}
        return {group: sum(area.get(group, 0) for area in areas) / people for group in GROUPS}

    def _placed(
        self, measure: Measure, by: Sequence[str], where: Where, period: Period
    ) -> Iterator[Estimate]:
        for name in sorted(_NEEDED & set(measure.groupings)):
            if name not in by and len(where.get(name, ())) != 1:
                raise QueryError("unknown_grouping", message("name_area_and_weight"))
        names = {*by, *where}
        if {"year", "place_id"} <= names:
            raise QueryError("unknown_grouping", message("name_year_or_place"))
        forces = where.get("force_id") or self._forces
        for force_id, kind in product(forces, where.get("area_kind_code") or AREA_KIND):
            if "place_id" in names:
                listed = self.list_by_place(str(force_id), str(kind), period)
            else:
                years = None if "year" in names else [None]
                listed = self.list_places_used(str(force_id), str(kind), period, years)
            for used in listed:
                codes = {name: _code_of_used(used, name) for name in measure.groupings}
                if all(codes[name] in values for name, values in where.items()) and (
                    measure.numerator != "above_count" or used.weight_code == "deployments"
                ):
                    yield _to_estimate(measure, used, tuple((name, codes[name]) for name in by))

    def _reported(
        self, measure: Measure, by: Sequence[str], where: Where, period: Period
    ) -> tuple[Estimate, ...]:
        selection = [
            row
            for row in self._file.table(ReportedGroup)
            if all(getattr(row, name) in values for name, values in where.items())
            and _inside(row, period)
        ]
        groups = [tuple((name, getattr(row, name)) for name in by) for row in selection]
        _refuse_several(measure, groups)
        return evaluate_measure(
            measure,
            [
                Sums(
                    group=group,
                    period_start=row.period_start,
                    period_end=row.period_end,
                    numerator=row.group_count,
                    denominator=row.total_count,
                    rows_count=row.events_count,
                    used_count=row.events_count,
                    sources=(row.reported_group_id,),
                )
                for row, group in zip(selection, groups, strict=True)
            ],
        )

    def _stated(
        self, measure: Measure, by: Sequence[str], where: Where, period: Period
    ) -> tuple[Estimate, ...]:
        series, _, quantity = (measure.stage_code or "").partition(".")
        selection = [
            figure
            for figure in self._file.table(StatedFigure)
            if (figure.series_code, figure.quantity_code) == (series, quantity)
            and all(_code_of(figure, name) in values for name, values in where.items())
            and _inside(figure, period)
            and getattr(figure, measure.numerator) is not None
            and (measure.denominator is None or getattr(figure, measure.denominator) is not None)
        ]
        groups = [tuple((name, _code_of(figure, name)) for name in by) for figure in selection]
        _refuse_several(measure, groups)
        sums = [
            Sums(
                group=group,
                period_start=figure.period_start,
                period_end=figure.period_end,
                numerator=figure.stated_count,
                denominator=figure.of_count if measure.denominator else None,
                rows_count=1,
                used_count=1,
                sources=(figure.claim_id,),
            )
            for figure, group in zip(selection, groups, strict=True)
        ]
        return tuple(
            replace(estimate, reason=join(estimate.reason, _describe_bound(figure)))
            for estimate, figure in zip(evaluate_measure(measure, sums), selection, strict=True)
        )


def _weigh(parts: Iterable[tuple[Selected, list[PlacedRow]]]) -> list[PlacesUsed]:
    """Each part by weight and ethnic group."""
    return [
        weigh_places(rows, group, weight, selected)
        for selected, rows in parts
        for weight in WEIGHT
        for group in GROUPS
    ]


def _describe_bound(figure: StatedFigure) -> Text:
    """How a figure is stated that is not exact."""
    if figure.stated_as == "exact":
        return Text()
    return message("stated_as", stated_as=STATED_AS.label(figure.stated_as))


def describe_bounds(used: PlacesUsed) -> Text:
    """How much could be placed, and the shares if the rest were none or all of the group."""
    if used.share is None:
        return message("no_weight_placed", weight=WEIGHT.label(used.weight_code))
    values: dict[str, str | int | float] = {
        "placed": used.placed_weight / used.all_weight,
        "weight": WEIGHT.label(used.weight_code),
        "areas": used.areas_count,
        "low": used.lowest_share or 0.0,
        "high": used.highest_share or 0.0,
    }
    if used.workday_people_per_resident is None:
        return message("places_used_residents", **values)
    return message("places_used", **values, workday=used.workday_people_per_resident)


def _describe_average(used: PlacesUsed) -> Text:
    if used.average_share is None:
        return message("no_average")
    return message(
        "above_average", share=used.average_share, placed=used.placed_count, rows=used.rows_count
    )


def _code_of_used(used: PlacesUsed, name: str) -> str | int | None:
    value: str | int | None = getattr(used, _FIELD_OF.get(name, name))
    return value


def _to_estimate(
    measure: Measure, used: PlacesUsed, group: tuple[tuple[str, str | int | None], ...]
) -> Estimate:
    """Residents are counted and not drawn: no interval."""
    counts: tuple[int | None, int | None] = (None, None)
    value, reason = used.share, describe_bounds(used)
    if measure.numerator == "above_count":
        counts = used.above_count, used.placed_count
        value = (used.above_count or 0) / used.placed_count if used.placed_count else None
        reason = _describe_average(used)
        if used.above_count is None:
            value = None
    return Estimate(
        measure_id=measure.measure_id,
        group=group,
        period_start=None,
        period_end=None,
        numerator=counts[0],
        denominator=counts[1],
        value=value,
        low=None,
        high=None,
        status="not_available" if value is None else "ok",
        reason=reason,
        rows_count=used.rows_count,
        used_count=used.placed_count,
        breaks=(),
        caveats=tuple(
            caveat
            for caveat in measure.caveats
            if caveat != "wards_approximate" or used.area_kind_code == "ward"
        ),
        sources=(),
    )


def _inside(row: StatedFigure | ReportedGroup, period: Period) -> bool:
    start, end = period
    return (start is None or (row.period_start is not None and row.period_start >= start)) and (
        end is None or (row.period_end is not None and row.period_end <= end)
    )


def _code_of(figure: StatedFigure, name: str) -> str | int | None:
    """A field of the figure, or the calendar year in which it lies; None where it is longer."""
    if name == "year":
        start, end = figure.period_start, figure.period_end
        return start.year if start and end and start.year == end.year else None
    value: str | None = getattr(figure, name)
    return value


def _refuse_several(measure: Measure, groups: Iterable[tuple[object, ...]]) -> None:
    listed = list(groups)
    if len(set(listed)) < len(listed):
        raise QueryError("several_group_counts", message("several_counts", names=measure.groupings))
