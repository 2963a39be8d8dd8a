"""Questions about groups of people: benchmarks, disparities and laboratory results of one release.

In: a question. Out: an answer, or a typed
refusal with its reason.
Does not compute: it reads the rows that `etl.measures` works on."""

from __future__ import annotations

from collections.abc import Sequence

from etl.measures.catalogue import Measure
from etl.measures.groups.benchmarks import BENCHMARK_IDS, list_benchmarks
from etl.measures.groups.crosswalks import Counterpart, find_counterpart
from etl.measures.groups.estimates import to_disparity_estimates, to_group_estimates
from etl.measures.groups.evaluations import EVALUATION_CLAIMS, list_results
from etl.measures.groups.shares import compare_group, find_count
from etl.model.codes import STAGE
from etl.model.demographics import (
    Benchmark,
    BenchmarksAnswer,
    DisparityAnswer,
    GroupDisparity,
    LaboratoryAnswer,
)
from etl.model.estimates import Estimate
from etl.model.group_records import GroupCount, GroupCrosswalk
from etl.model.groups import CLASSIFICATIONS
from etl.model.messages import Text, message
from etl.model.queries import ALL_TIME, Period, Where
from etl.model.records import Claim, TestResult
from etl.model.refusals import QueryError, Refusal
from etl.queries.release_file import ReleaseFile
from etl.queries.validation import refuse_period
from etl.warehouse.benchmarks import count_residents, weigh_districts


class Groups:
    """Groups of people: benchmarks, disparities, test results of one release."""

    def __init__(self, file: ReleaseFile) -> None:
        self._file = file

    @property
    def _crosswalks(self) -> list[GroupCrosswalk]:
        return self._file.table(GroupCrosswalk)

    @property
    def _counts(self) -> list[GroupCount]:
        return self._file.table(GroupCount)

    def benchmarks(
        self,
        group: str,
        *,
        force: str,
        classification: str = "self_defined_5",
        period: Period = ALL_TIME,
    ) -> BenchmarksAnswer:
        """What a group's share of events may be set beside, best first, each with what it can and
        cannot show.

        Shares are proportions from 0 to 1. Refused with a code and a reason: unknown force, list or
        group, impossible period. A benchmark that is not available is in the list and says why."""
        try:
            self._check(force, period)
            return BenchmarksAnswer(
                self._list(find_counterpart(group, classification, self._crosswalks), force, period)
            )
        except QueryError as refused:
            return BenchmarksAnswer(refusal=refused.refusal)

    def disparity(
        self,
        stage: str,
        group: str,
        *,
        force: str,
        benchmark: str = "force_residents",
        reference_group: str | None = None,
        classification: str | None = None,
        period: Period = ALL_TIME,
    ) -> DisparityAnswer:
        """A group's share of the events of a stage against a benchmark or another group, with exact
        limits.

        Answers from the one published count that lies wholly inside the period; the benchmark
        covers the count's own period. Refused with a code of `REFUSAL` and a reason: anything
        unknown, no or several counts, a benchmark that gives no share, a denominator of zero; a
        count that is hidden, of which neither count, share, limits nor ratio are given; several
        groups for less than a year."""
        try:
            self._check(force, period, stage, benchmark)
            counts, listed = self._choose(force, stage, group, classification, period)
            what = _describe_events(stage, self._file.names[force])
            selection = find_counterpart(group, listed, self._crosswalks)
            counted = find_count(counts, selection, what)
            window = (counted.rows[0].period_start, counted.rows[0].period_end)
            unknown = [
                row.group_count
                for row in counts
                if row.group_code in selection.source.unknown
                and (row.period_start, row.period_end) == window
            ]
            against = None
            if reference_group is not None:
                other = find_counterpart(reference_group, listed, self._crosswalks)
                if other.target_code == selection.target_code:
                    raise QueryError("group_not_comparable", message("compared_with_itself"))
                share = self._pick(benchmark, other, force, window)
                against = (reference_group, find_count(counts, other, what), share)
            return DisparityAnswer(
                compare_group(
                    selection,
                    counted,
                    self._pick(benchmark, selection, force, window),
                    _sum_known(unknown),
                    against,
                )
            )
        except QueryError as refused:
            return DisparityAnswer(refusal=refused.refusal)

    def estimates(
        self, measure: Measure, by: Sequence[str], where: Where, period: Period
    ) -> tuple[Estimate, ...]:
        """The Estimates of a measure about groups: shares, or disparities against benchmarks.
        Raises QueryError."""
        if measure.kind == "proportion":
            return to_group_estimates(measure, self._counts, by, where, period)
        return to_disparity_estimates(measure, self._counts, self._compare, by, where, period)

    def _compare(self, count: GroupCount, benchmark: str) -> GroupDisparity:
        """One published count against a benchmark of its own period. Raises QueryError."""
        group = find_counterpart(count.group_code, count.classification_code, self._crosswalks)
        window = (count.period_start, count.period_end)
        alike = (count.force_id, count.stage_code, count.classification_code, *window)
        own = [
            row
            for row in self._counts
            if (
                row.force_id,
                row.stage_code,
                row.classification_code,
                row.period_start,
                row.period_end,
            )
            == alike
        ]
        unknown = [row.group_count for row in own if row.group_code in group.source.unknown]
        counted = find_count(
            own, group, _describe_events(count.stage_code, self._file.names[count.force_id])
        )
        return compare_group(
            group,
            counted,
            self._pick(benchmark, group, count.force_id, window),
            _sum_known(unknown),
        )

    def test_results(self, technology: str | None = None) -> LaboratoryAnswer:
        """Laboratory and field tests by technology; never an Estimate, never added to figures of
        deployments. An unknown technology is refused."""
        claims = self._file.table(Claim, {"claim_id": list(EVALUATION_CLAIMS)})
        try:
            results = list_results(self._file.table(TestResult), claims, technology)
            return LaboratoryAnswer(results)
        except QueryError as refused:
            return LaboratoryAnswer(refusal=refused.refusal)

    def _check(
        self, force: str, period: Period, stage: str | None = None, benchmark: str | None = None
    ) -> None:
        if force not in self._file.forces:
            raise QueryError(
                "unknown_force",
                message("no_force", name=force),
                message("there_are", names=sorted(self._file.forces)),
            )
        if stage is not None and stage not in STAGE:
            raise QueryError(
                "unknown_stage",
                message("no_stage", name=stage),
                message("there_are", names=list(STAGE)),
            )
        if benchmark is not None and benchmark not in BENCHMARK_IDS:
            raise QueryError(
                "unknown_benchmark",
                message("no_benchmark", name=benchmark),
                message("there_are", names=BENCHMARK_IDS),
            )
        refuse_period(period)

    def _choose(
        self, force: str, stage: str, group: str, classification: str | None, period: Period
    ) -> tuple[list[GroupCount], str]:
        """The published counts that lie wholly inside the period, and their list of groups."""
        if classification is not None:
            find_counterpart(group, classification, self._crosswalks)
        elif not any(group in listed.groups for listed in CLASSIFICATIONS.values()):
            raise QueryError("unknown_group", message("no_group", group=group))
        inside = [
            count
            for count in self._counts
            if count.force_id == force
            and count.stage_code == stage
            and classification in (None, count.classification_code)
            and (period[0] is None or count.period_start >= period[0])
            and (period[1] is None or count.period_end <= period[1])
        ]
        if not inside:
            name, events = self._file.names[force], STAGE.label(stage).lower()
            raise QueryError(
                "no_group_count", message("no_count_by_group", events=events, force=name)
            )
        lists = sorted({count.classification_code for count in inside})
        if len(lists) > 1:
            raise QueryError("several_group_counts", message("several_lists", names=lists))
        return inside, lists[0]

    def _pick(self, benchmark: str, group: Counterpart, force: str, period: Period) -> Benchmark:
        listed = self._list(group, force, period)
        return listed[BENCHMARK_IDS.index(benchmark)]

    def _list(self, group: Counterpart, force: str, period: Period) -> tuple[Benchmark, ...]:
        dimension = group.target.population_dimension or ""
        area = self._file.forces[force].ons_code or ""
        return list_benchmarks(
            count_residents(self._file.engine, area, dimension, group.population_text),
            weigh_districts(self._file.engine, force, period, dimension, group.population_text),
            self._true_alerts(group, force, period),
            (group.source.basis, group.target.basis),
            self._file.names[force],
        )

    def _true_alerts(
        self, group: Counterpart, force: str, period: Period
    ) -> tuple[int, int | None] | Refusal | None:
        """(about the group, all), where true alerts are published by the same list for exactly this
        period; a refusal where disclosure control keeps it back."""
        rows = [
            count
            for count in self._counts
            if (count.force_id, count.stage_code) == (force, "true_alerts")
            and count.classification_code == group.source.classification_code
            and (count.period_start, count.period_end) == period
        ]
        try:
            counted = find_count(rows, group, "true alerts")
        except QueryError as refused:
            withheld = refused.refusal.code in {"suppressed", "attributes_by_place_or_date"}
            return refused.refusal if withheld else None
        return counted.events, counted.total


def _describe_events(stage: str, force: str) -> Text:
    return message("events_of", events=STAGE.label(stage).lower(), force=force)


def _sum_known(counts: list[int | None]) -> int | None:
    """Unknown plus something is unknown; hidden too."""
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None
