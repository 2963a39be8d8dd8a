"""Every measure, declared once: what it asks, of what, in what scale, with which interval and which
limits.

In: `catalogue.toml`. Out: `MEASURES`. Names, units, CSV headers and tooltips are rendered from it.
Does not compute. A measure that names an unknown field or caveat fails when this module is
imported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from etl.model.caveats import CAVEATS
from etl.model.declarations import read_declarations
from etl.model.demographics import PlacesUsed
from etl.model.facts import Fact
from etl.model.fields import fields_of
from etl.model.group_records import GroupCount
from etl.model.stated_figures import ReportedGroup, StatedFigure

# What an answer may be given by: the word that a person uses, and the field of `Fact`.
GROUPING_FIELDS = {
    "force": "force_id",
    "host": "force_id",  # the force that ran the cameras, also where another lent them
    "lender": "lender_force_id",
    "region": "region_code",
    "district": "district_code",
    "place": "place_id",
    "year": "year",
    "quarter": "quarter",
    "month": "month",
    "use_case": "use_case",
    "threshold": "threshold",
    "vendor": "vendor_code",
    "reliability": "reliability",
    "publication": "publication_id",
}
GROUPINGS = tuple(dict.fromkeys(GROUPING_FIELDS.values()))
# What a disparity is against.
BENCHMARK = "benchmark_id"
# The same words for counts by group of people. The year is that of the count's period,
# where it is one.
GROUP_FIELDS = {
    "force": "force_id",
    "year": "year",
    "classification": "classification_code",
    "group": "group_code",
    "stage": "stage_code",
    "benchmark": BENCHMARK,
    "residents": "resident_group_code",
    "claim": "claim_id",
    "area": "area_kind_code",
    "weight": "weight_code",
}
_NO_FIELD_OF_A_COUNT = {"year", BENCHMARK}
# Areas with a number of residents; one of them, and only one, goes with a measure per resident.
AREAS = ("force_id", "region_code", "district_code")
RESIDENTS = "residents"
# Method: fewer than 20 events are marked as of low reliability.
FEW_EVENTS = 20
# Method: fewer than 3 events about a group give no share and no rate.
MIN_EVENTS = 3


Kind = Literal["count", "proportion", "rate", "plain", "census", "ratio", "difference"]
_DECLARED = read_declarations(
    __file__, "intervals", "unpublished", "measures", "group_measures", "stated_measures"
)
INTERVALS = _DECLARED.texts("intervals")
# What people ask for and nobody publishes for a deployment.
UNPUBLISHED = _DECLARED.texts("unpublished")


@dataclass(frozen=True, slots=True)
class Measure:
    """A declared ratio or count.

    `numerator` and `denominator` name fields of `record`, `Fact` for deployments, or the
    denominator is `RESIDENTS` of the area; a measure without a denominator is a count. `kind`
    chooses the interval, see `INTERVALS`. `per` divides the denominator's unit (60 turns minutes
    into hours); `scale` multiplies the value (1,000 for "per 1,000 faces").
    `smallest_numerator` and `smallest_denominator` are the fewest events and trials for which a
    value is shown. `groupings` are what it may be given by; a declared break in one of its fields
    is never pooled over (see `etl.queries.record`). `stage_code` is the stage of the funnel that a
    count by group is about."""

    measure_id: str
    title: str
    question: str
    unit: str
    kind: Kind
    numerator: str
    denominator: str | None = None
    per: float = 1
    scale: float = 1
    smallest_numerator: int = 0
    smallest_denominator: float = 1
    caveats: tuple[str, ...] = ()
    groupings: tuple[str, ...] = GROUPINGS
    record: type = Fact
    stage_code: str | None = None

    @property
    def fields(self) -> frozenset[str]:
        """The fields of the record that the measure adds up."""
        return frozenset({self.numerator, self.added_denominator or self.numerator})

    @property
    def added_denominator(self) -> str | None:
        """The denominator that is added up row by row; residents are not."""
        return None if self.denominator == RESIDENTS else self.denominator

    @property
    def is_count(self) -> bool:
        """Whether a row without the numerator leaves the whole unknown."""
        return self.added_denominator is None

    @property
    def interval(self) -> str:
        """How its interval is computed, in words."""
        return INTERVALS[self.kind]


MEASURES = _DECLARED.entries("measures", Measure, record=Fact)
# About groups of people: answered from counts that somebody published by group, never from rows.
GROUP_MEASURES = _DECLARED.entries("group_measures", Measure, record=GroupCount)
# About what somebody stated beside deployments: other technologies, arrests by group, what followed
# an arrest, and who lives where the cameras stood. Never answered from the columns of `facts`.
_RECORDS: dict[str, type] = {
    "reported_share_of_arrests": ReportedGroup,
    "residents_share_where_used": PlacesUsed,
    "deployments_in_areas_above_average": PlacesUsed,
}
STATED_MEASURES = {
    measure_id: replace(measure, record=_RECORDS.get(measure_id, StatedFigure))
    for measure_id, measure in _DECLARED.entries("stated_measures", Measure).items()
}
CATALOGUE = MEASURES | GROUP_MEASURES | STATED_MEASURES


def _refuse_unknown() -> None:
    for measure in (MEASURES | GROUP_MEASURES).values():
        known = {field.name for field in fields_of(measure.record)}
        if measure.record is GroupCount:
            known |= _NO_FIELD_OF_A_COUNT
        named = {*measure.fields, *measure.groupings}
        if unknown := sorted(named - known):
            raise TypeError(
                f"the measure {measure.measure_id} names unknown fields: {', '.join(unknown)}"
            )
        if unknown := sorted(set(measure.caveats) - CAVEATS.keys()):
            raise TypeError(
                f"the measure {measure.measure_id} names unknown caveats: {', '.join(unknown)}"
            )


_refuse_unknown()
