"""What is handed over about groups of people: benchmarks, disparities and laboratory results, each
a type of its own.

In: nothing. Out: `Benchmark`, `GroupDisparity`, `LaboratoryResult` and the answers that carry them.
Does not compute and does not word. A laboratory result is not an `Estimate` and shares no field of
counts with one, so that no reader can add up the two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from etl.model.codes import code_list
from etl.model.messages import EMPTY, Text
from etl.model.refusals import Refusal

VERDICT = code_list("verdict")
BENCHMARK_KIND = code_list("benchmark_kind")
RESULT_KIND = code_list("result_kind")


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What a group's share of events may be set beside, in order of worth (`rank` 1 is best).

    `share` is a proportion from 0 to 1, None unless `kind_code` is a share; `low` and `high` are
    given for a counted share. For residents weighted by faces seen, `smallest_share` and
    `largest_share` are those of the districts used, and of `rows_count` deployments `used_count`
    have both district and faces seen. `reason` says why it is unavailable. `is_context`: it
    describes the area, not the people scanned."""

    benchmark_id: str
    rank: int
    title: str
    kind_code: str
    is_context: bool
    can_show: str
    cannot_show: str
    reason: Text = EMPTY
    basis_code: str | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    group_people_count: int | None = None
    all_people_count: int | None = None
    smallest_share: float | None = None
    largest_share: float | None = None
    districts_count: int | None = None
    faces_seen_count: int | None = None
    rows_count: int = 0
    used_count: int = 0
    without_district_count: int = 0
    without_faces_count: int = 0
    without_residents_count: int = 0
    caveats: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Residents:
    """People of a group and of all groups in one area; None where they are not counted there.
    `sources` are separated by `; `."""

    group_people_count: int | None
    all_people_count: int | None
    sources: str


@dataclass(frozen=True, slots=True)
class DistrictResidents:
    """A group's share of residents by district, weighted by faces seen: see
    `etl.warehouse.benchmarks.weigh_districts`. `sources` are separated by spaces."""

    rows_count: int
    used_count: int
    without_district_count: int
    without_faces_count: int
    without_residents_count: int
    faces_seen_count: int | None
    share: float | None
    smallest_share: float | None
    largest_share: float | None
    districts_count: int
    sources: str | None


@dataclass(frozen=True, slots=True)
class GroupDisparity:
    """A group's share of the events of one stage against a benchmark.

    `group_count` of `total_count` events are about the group; with a `reference_group_code` the
    total is the two groups' events and the benchmark's share is of the two. Shares are proportions
    from 0 to 1, exact 95% limits. `share_ratio` is share over benchmark share, `share_difference`
    share minus benchmark share, `rate_ratio` the events per person of the group over those of the
    reference (everybody else, if none is named): no rate of either is given. `rate_ratio` and
    `rate_ratio_high` are None where the reference has no events. `p_value` is two-sided,
    `p_value_above` the chance of so many events or more. `not_above_from_share`: from this true
    baseline on, the share is no longer significantly above it. `smallest_detectable_*`: what these
    events would have found with a chance of 80%; None if nothing. A verdict of `too_few` leaves all
    but the counts and the detectable empty."""

    force_id: str
    stage_code: str
    period_start: dt.date
    period_end: dt.date
    classification_code: str
    group_codes: tuple[str, ...]
    group_label: str
    basis_code: str
    reference_group_code: str | None
    group_count: int
    total_count: int
    unknown_count: int | None
    benchmark: Benchmark
    benchmark_share: float
    verdict_code: str
    reason: Text
    low_reliability: bool
    share: float | None
    share_low: float | None
    share_high: float | None
    share_ratio: float | None
    share_ratio_low: float | None
    share_ratio_high: float | None
    share_difference: float | None
    share_difference_low: float | None
    share_difference_high: float | None
    rate_ratio: float | None
    rate_ratio_low: float | None
    rate_ratio_high: float | None
    p_value: float | None
    p_value_above: float | None
    not_above_from_share: float | None
    smallest_detectable_share: float | None
    smallest_detectable_share_ratio: float | None
    caveats: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaboratoryResult:
    """One figure of an evaluation. `rate`, `rate_low`, `rate_high` are errors or detections per
    search, from 0 to 1.

    `errors_in_test` of `searches_in_test` searches where known or inferred; `below_one_in` is 1 /
    `rate_high` where no error was seen, and `rate` is None there. Limits are two-sided exact 95%
    limits also at zero errors, unlike those of deployments."""

    result_id: str
    evaluation: str
    technology_code: str
    measure_text: str
    group_dimension: str
    group_text: str
    threshold_text: str | None
    watchlist_images: int | None
    kind_code: str
    stated_text: str
    rate: float | None
    rate_low: float | None
    rate_high: float | None
    errors_in_test: int | None
    searches_in_test: int | None
    below_one_in: float | None
    low_reliability: bool
    can_show: str
    cannot_show: str
    reliability: str
    source_title: str
    source_url: str | None
    note: str | None
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BenchmarksAnswer:
    """Benchmarks side by side, best first, or the reason why the question cannot be answered."""

    benchmarks: tuple[Benchmark, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class DisparityAnswer:
    """A disparity, or the reason why the question cannot be answered."""

    disparity: GroupDisparity | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class LaboratoryAnswer:
    """Results by technology, which are never put in one list, or the reason why the question cannot
    be answered."""

    results: tuple[tuple[str, tuple[LaboratoryResult, ...]], ...] = ()
    refusal: Refusal | None = None

    def of(self, technology: str) -> tuple[LaboratoryResult, ...]:
        """The results of one technology; none if it has not been tested."""
        return dict(self.results).get(technology, ())


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A counted deployment with the residents of its area; `people_count` is 0 where the area, or
    its residents, are not known. `people` are by group."""

    deployment_id: str
    year: int | None
    deployments: int | None
    faces_seen: int | None
    area_code: str | None
    people_count: int
    people: Mapping[str, int]
    workday_people_count: int | None = None
    place_id: str | None = None


@dataclass(frozen=True, slots=True)
class PlacesUsed:
    """A group's share of the residents of the areas where cameras stood, with the part of the
    weight that could be placed and the bounds if the rest were all, or none, of the group.

    Shares are from 0 to 1; `average_share` is that of all areas of the force, or of the force in
    whose area the place lies; `above_count` of the `placed_count` rows are in areas above it. Both
    are None for a force without an area. `workday_people_per_resident` is the mean number of people
    on a working day for each resident: far from 1, residents say little about passers-by. `year` is
    None over all years, `place_id` None over all places."""

    force_id: str
    year: int | None
    place_id: str | None
    area_kind_code: str
    weight_code: str
    group_code: str
    share: float | None
    lowest_share: float | None
    highest_share: float | None
    placed_weight: int
    all_weight: int
    placed_count: int
    rows_count: int
    areas_count: int
    average_share: float | None
    above_count: int | None
    workday_people_per_resident: float | None
