"""Every measure, declared once: what it asks, of what, in what scale, with which interval and which
limits.

In: nothing. Out: `MEASURES`. Names, units, CSV headers and tooltips are rendered from it.
Does not compute. A measure that names an unknown field or caveat fails when this module is
imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from etl.model.caveats import CAVEATS
from etl.model.facts import Fact
from etl.model.fields import fields_of
from etl.model.group_records import GroupCount

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
}
_NO_FIELD_OF_A_COUNT = {"year", BENCHMARK}
# Areas with a number of residents; one of them, and only one, goes with a measure per resident.
AREAS = ("force_id", "region_code", "district_code")
RESIDENTS = "residents"
# What people ask for and nobody publishes for a deployment.
UNPUBLISHED = {
    "camera_type": (
        "No publication says for a deployment which kind of camera was used, only, at one "
        "publisher, how many."
    )
}
# Method: fewer than 20 events are marked as of low reliability.
FEW_EVENTS = 20
# Method: fewer than 3 events about a group give no share and no rate.
MIN_EVENTS = 3


Kind = Literal["count", "proportion", "rate", "plain", "ratio", "difference"]
INTERVALS: dict[Kind, str] = {
    "count": "None: a count of what was published is not a sample.",
    "proportion": (
        "Exact 95% interval for a proportion (Clopper-Pearson), for chance alone; where nothing "
        "was seen, a one-sided bound."
    ),
    "rate": (
        "Exact 95% interval for a count over an exposure (Garwood), for chance alone; where "
        "nothing was seen, a one-sided bound."
    ),
    "plain": "None: faces seen are an estimate of the publisher, whose error is not published.",
    "ratio": (
        "Exact 95% interval, conditional on the sum of both counts, or of the share over a known "
        "benchmark."
    ),
    "difference": (
        "95% interval of the difference from the exact limits of both sides, or of the share less "
        "a known benchmark."
    ),
}


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


_FACES = ("faces_not_people", "faces_basis_changed")
_DEPLOYMENTS = ("deployments_as_published", "only_published")
_ARRESTS = ("arrests_not_success", "arrests_attributed")
_RESIDENTS = ("residents_not_passers_by", "residents_of_2021")
_BY_AREA = (*AREAS, "year", "quarter", "month")
_GROUPS = ("force_id", "year", "classification_code", "group_code")
_AGAINST = (*_GROUPS, "stage_code", BENCHMARK)
_SHARES = ("watchlist_over_flags", "group_basis_not_stated", "unknown_in_total")

MEASURES: dict[str, Measure] = {
    measure.measure_id: measure
    for measure in (
        Measure(
            "deployments_count",
            "Deployments",
            "How often was live facial recognition used?",
            "deployments",
            "count",
            "deployments",
            caveats=_DEPLOYMENTS,
        ),
        Measure(
            "hours_deployed",
            "Hours deployed",
            "How long did the cameras run?",
            "hours",
            "count",
            "minutes",
            per=60,
            caveats=("duration_published",),
        ),
        Measure(
            "faces_seen_count",
            "Faces seen",
            "How many faces were scanned?",
            "faces seen",
            "count",
            "faces_seen",
            caveats=_FACES,
        ),
        Measure(
            "alerts_count", "Alerts", "How many alerts were there?", "alerts", "count", "alerts"
        ),
        Measure(
            "true_alerts_count",
            "True alerts",
            "How many alerts were of the person on the watchlist?",
            "true alerts",
            "count",
            "true_alerts",
        ),
        Measure(
            "true_alerts_unconfirmed_count",
            "True alerts, unconfirmed",
            "How many true alerts were judged without speaking to the person?",
            "unconfirmed true alerts",
            "count",
            "true_alerts_unconfirmed",
        ),
        Measure(
            "false_alerts_count",
            "False alerts",
            "How many alerts were not of the person on the watchlist?",
            "false alerts",
            "count",
            "false_alerts",
            caveats=("two_denominators", "derived_false_alerts"),
        ),
        Measure(
            "arrests_count",
            "Arrests",
            "How many arrests followed?",
            "arrests",
            "count",
            "arrests",
            caveats=_ARRESTS,
        ),
        Measure(
            "false_alerts_per_face_seen",
            "False alerts per face seen",
            "Of all faces seen, how many led to a false alert?",
            "false alerts per face seen",
            "proportion",
            "false_alerts",
            "faces_seen",
            caveats=("two_denominators", *_FACES, "derived_false_alerts"),
        ),
        Measure(
            "false_share_of_alerts",
            "False share of alerts",
            "Of all alerts, how many were false?",
            "share of alerts",
            "proportion",
            "false_alerts",
            "alerts",
            caveats=("two_denominators", "derived_false_alerts"),
        ),
        Measure(
            "true_share_of_alerts",
            "True share of alerts",
            "Of all alerts, how many were true?",
            "share of alerts",
            "proportion",
            "true_alerts",
            "alerts",
            caveats=("derived_false_alerts",),
        ),
        Measure(
            "unconfirmed_share_of_true_alerts",
            "Unconfirmed share of true alerts",
            "Of all true alerts, how many were never confirmed by speaking to the person?",
            "share of true alerts",
            "proportion",
            "true_alerts_unconfirmed",
            "true_alerts",
        ),
        Measure(
            "alerts_per_1000_faces",
            "Alerts per 1,000 faces seen",
            "How often does a face lead to an alert?",
            "alerts per 1,000 faces seen",
            "proportion",
            "alerts",
            "faces_seen",
            scale=1000,
            caveats=_FACES,
        ),
        Measure(
            "arrests_per_alert",
            "Arrests per alert",
            "How many arrests for each alert?",
            "arrests per alert",
            "rate",
            "arrests",
            "alerts",
            caveats=_ARRESTS,
        ),
        Measure(
            "arrests_per_true_alert",
            "Arrests per true alert",
            "How many arrests for each true alert?",
            "arrests per true alert",
            "rate",
            "arrests",
            "true_alerts",
            caveats=_ARRESTS,
        ),
        Measure(
            "arrests_per_deployment",
            "Arrests per deployment",
            "How many arrests for each deployment?",
            "arrests per deployment",
            "rate",
            "arrests",
            "deployments",
            caveats=_ARRESTS,
        ),
        Measure(
            "arrests_per_hour",
            "Arrests per hour",
            "How many arrests for each hour of deployment?",
            "arrests per hour",
            "rate",
            "arrests",
            "minutes",
            per=60,
            caveats=(*_ARRESTS, "duration_published"),
        ),
        Measure(
            "engaged_share_of_false_alerts",
            "Engaged share of false alerts",
            "Of all false alerts, after how many did an officer speak to the person?",
            "share of false alerts",
            "proportion",
            "engagements_after_false_alerts",
            "false_alerts",
        ),
        Measure(
            "faces_per_hour",
            "Faces seen per hour",
            "How many faces are scanned in an hour?",
            "faces seen per hour",
            "plain",
            "faces_seen",
            "minutes",
            per=60,
            caveats=(*_FACES, "duration_published"),
        ),
        Measure(
            "faces_per_deployment",
            "Faces seen per deployment",
            "How many faces does a deployment scan?",
            "faces seen per deployment",
            "plain",
            "faces_seen",
            "deployments",
            caveats=_FACES,
        ),
        Measure(
            "faces_per_1000_residents",
            "Faces seen per 1,000 residents",
            "How many faces are scanned, beside the number of people who live there?",
            "faces seen per 1,000 residents",
            "plain",
            "faces_seen",
            RESIDENTS,
            scale=1000,
            caveats=(*_FACES, *_RESIDENTS),
            groupings=_BY_AREA,
        ),
        Measure(
            "deployments_per_100000_residents",
            "Deployments per 100,000 residents",
            "How often is it used, beside the number of people who live there?",
            "deployments per 100,000 residents",
            "rate",
            "deployments",
            RESIDENTS,
            scale=100_000,
            caveats=(*_DEPLOYMENTS, *_RESIDENTS),
            groupings=_BY_AREA,
        ),
        Measure(
            "faces_per_arrest",
            "Faces seen per arrest",
            "How many faces were scanned for each arrest?",
            "faces seen per arrest",
            "plain",
            "faces_seen",
            "arrests",
            smallest_denominator=3,
            caveats=(*_FACES, *_ARRESTS),
        ),
    )
}


# About groups of people: answered from counts that somebody published by group, never from rows.
GROUP_MEASURES: dict[str, Measure] = {
    measure.measure_id: measure
    for measure in (
        *(
            Measure(
                f"group_share_of_{stage}",
                f"Share of {words} about a group",
                f"Of all {words}, how many were about people of one group?",
                f"share of {words}",
                "proportion",
                "group_count",
                "total_count",
                smallest_numerator=MIN_EVENTS,
                caveats=_SHARES,
                groupings=_GROUPS,
                record=GroupCount,
                stage_code=stage,
            )
            for stage, words in (
                ("alerts", "alerts"),
                ("true_alerts", "true alerts"),
                ("false_alerts", "false alerts"),
                ("arrests", "arrests"),
            )
        ),
        Measure(
            "disparity_ratio",
            "Ratio of a group’s share to a benchmark",
            "How many times its share of a benchmark is a group’s share of the events?",
            "times the benchmark",
            "ratio",
            "group_count",
            "total_count",
            smallest_numerator=MIN_EVENTS,
            caveats=(*_SHARES, "baseline_taken_as_known"),
            groupings=_AGAINST,
            record=GroupCount,
        ),
        Measure(
            "disparity_difference",
            "Difference of a group’s share from a benchmark",
            "How far above or below its share of a benchmark is a group’s share of the events?",
            "share of events",
            "difference",
            "group_count",
            "total_count",
            smallest_numerator=MIN_EVENTS,
            caveats=(*_SHARES, "baseline_taken_as_known"),
            groupings=_AGAINST,
            record=GroupCount,
        ),
    )
}
CATALOGUE = MEASURES | GROUP_MEASURES


def _refuse_unknown() -> None:
    for measure in CATALOGUE.values():
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
