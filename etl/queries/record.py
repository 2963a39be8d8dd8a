"""One release, opened: "this measure, by these groups, under these filters" -> Estimates; and the
rows behind them.

In: a question. Out: an `Answer`, which is Estimates or a refusal with its reason; rows of the
record. Does not draw, word or format: page, CSV, API and report all get the same Estimates here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from etl.measures.catalogue import (
    CATALOGUE,
    GROUP_MEASURES,
    RESIDENTS,
    STATED_MEASURES,
    Measure,
)
from etl.measures.comparisons import BREAKS_WITH, Comparison, compare_estimates
from etl.measures.evaluate import evaluate_measure
from etl.measures.funnels import make_funnel
from etl.measures.provisional import describe_begun, last_covered_days
from etl.model.calendar import CALENDAR
from etl.model.coverage import Publishing
from etl.model.estimates import ABSENCE, Estimate
from etl.model.funnels import FunnelAnswer
from etl.model.messages import EMPTY, Text, join, message
from etl.model.problems import BrokenSnapshotError, Problem
from etl.model.queries import ALL_TIME, Period, Sums, Where
from etl.model.reference import Break, Edition, Population, Release
from etl.model.refusals import QueryError, Refusal
from etl.queries.absences import Absences
from etl.queries.claims import Claims
from etl.queries.forces import Forces
from etl.queries.groups import Groups
from etl.queries.misidentifications import Misidentifications
from etl.queries.place_search import PlaceHit, PlaceSearch, open_place_search
from etl.queries.publishing import CoverageAnswer as CoverageAnswer
from etl.queries.publishing import PublishingAnswer as PublishingAnswer
from etl.queries.publishing import PublishingRecords
from etl.queries.release_file import ReleaseFile
from etl.queries.rows import Rows
from etl.queries.stated_figures import StatedFigures
from etl.queries.trends import TrendAnswer, collect_forces, list_covered_months
from etl.queries.validation import area_of, find_measure, to_question
from etl.settings import RELEASES_DIR, read_folder
from etl.warehouse.fetch import T
from etl.warehouse.read import current_file
from etl.warehouse.schema import schema_version

RELEASES = RELEASES_DIR


@dataclass(frozen=True, slots=True)
class Answer:
    """Estimates or a refusal; `nothing` says why there are neither."""

    estimates: tuple[Estimate, ...] = ()
    refusal: Refusal | None = None
    nothing: Text = EMPTY

    def only(self) -> Estimate:
        """The one estimate of a question without groups."""
        (estimate,) = self.estimates
        return estimate


class Record:
    """Queries to one release: estimates of measures here, everything else by its subject. Open with
    `open_record`.

    `file` holds the tables, `rows` single rows and their printed cells, `claims`, `groups`,
    `forces`, `publishing` and `misidentifications` what their names say."""

    def __init__(self, path: Path) -> None:
        self.file = ReleaseFile(path)
        (self.release,) = self.file.table(Release)
        _refuse_other_version(path, self.release.schema_version)
        self.rows = Rows(self.file)
        self.claims = Claims(self.file)
        self.groups = Groups(self.file)
        self.stated = StatedFigures(self.file)
        self.publishing = PublishingRecords(self.file)
        self.forces = Forces(self.file, self.publishing)
        self.misidentifications = Misidentifications(self.file)

    def close(self) -> None:
        """Lets go of the release's file."""
        self.file.close()

    def table(self, kind: type[T], where: Where | None = None) -> list[T]:
        """The records of one class in order of the key of their table; not to be changed."""
        return self.file.table(kind, where)

    def by_id(self, kind: type[T]) -> dict[str, T]:
        """The records of one class by the one field that is their key."""
        return self.file.by_id(kind)

    @property
    def release_id(self) -> str:
        return self.release.release_id

    def estimate(
        self,
        measure_id: str,
        *,
        by: Sequence[str] = (),
        where: Where | None = None,
        period: Period = ALL_TIME,
    ) -> Answer:
        """One Estimate for each group of counted deployments that lie wholly inside the period.

        Rows that reach out of the period are counted and not used. Unknown measures, groupings,
        filters and values, and a period that ends before it starts, are refused. A selection
        without rows is an Estimate without a value; by groups it is no Estimate, and `nothing` says
        so."""
        try:
            measure = find_measure(measure_id)
            groups, filters = self._to_question(measure, by, where or {}, period)
            if measure_id in STATED_MEASURES:
                stated = self.stated.estimates(measure, groups, filters, period)
                return Answer(stated, nothing=EMPTY if stated else message("no_group_count"))
            if measure_id in GROUP_MEASURES:
                estimates = self.groups.estimates(measure, groups, filters, period)
                return Answer(estimates, nothing=EMPTY if estimates else message("no_group_count"))
        except QueryError as refused:
            return Answer(refusal=refused.refusal)
        breaks = self._concerned(measure, (*groups, *filters))
        fields = (measure.numerator, measure.added_denominator)
        spread = measure.kind in ("proportion", "rate") and measure.added_denominator is not None
        rows = self.file.sum_facts(*fields, groups, filters, period, breaks, spread=spread)
        if measure.denominator == RESIDENTS:
            rows = self._add_residents(rows, groups, filters)
        sums = [self._explain(row, filters) for row in rows]
        estimates = evaluate_measure(measure, sums)
        return self._evaluate(
            tuple(self._name_absence(measure, estimate, filters) for estimate in estimates), filters
        )

    def compare(
        self, measure_id: str, first: tuple[Where, Period], second: tuple[Where, Period]
    ) -> Comparison | Answer:
        """Two selections of one measure, second over first.

        Refused across a break that makes the figures not comparable, for counts and measures
        without an interval, and where either side has no value."""
        if measure_id in GROUP_MEASURES | STATED_MEASURES:
            return Answer(refusal=Refusal("no_interval", message("shares_need_benchmark")))
        sides = []
        for where, period in (first, second):
            answer = self.estimate(measure_id, where=where, period=period)
            if answer.refusal:
                return answer
            sides.append(answer.only())
        return compare_estimates(
            CATALOGUE[measure_id], sides[0], sides[1], self._separating(measure_id, first, second)
        )

    def funnel(
        self,
        measure_id: str,
        *,
        by: str = "force_id",
        where: Where | None = None,
        period: Period = ALL_TIME,
    ) -> FunnelAnswer:
        """The groups against the range of chance; refused as `estimate` and `make_funnel` are."""
        estimate = self.estimate(measure_id, by=(by,), where=where, period=period)
        if estimate.refusal:
            return FunnelAnswer(refusal=estimate.refusal)
        try:
            return FunnelAnswer(make_funnel(CATALOGUE[measure_id], estimate.estimates))
        except QueryError as refused:
            return FunnelAnswer(refusal=refused.refusal)

    def trend(
        self,
        measure_id: str,
        by: str,
        step: str,
        *,
        where: Where | None = None,
        period: Period = ALL_TIME,
    ) -> TrendAnswer:
        """The measure by one grouping over months, quarters or years; refused as `estimate` is."""
        totals = self.estimate(measure_id, by=(by,), where=where, period=period)
        if totals.refusal:
            return TrendAnswer(refusal=totals.refusal)
        points = self.estimate(measure_id, by=(by, step), where=where, period=period)
        counted = (
            totals
            if by == "force_id"
            else self.estimate("deployments_count", by=(by, "force_id"), where=where, period=period)
        )
        return TrendAnswer(
            totals.estimates,
            points.estimates,
            collect_forces(counted.estimates, by),
            tuple(
                break_
                for break_ in self.breaks(measure_id)
                if break_.effect_code == "not_comparable"
            ),
            self.covered_months,
        )

    @cached_property
    def covered_months(self) -> Mapping[str, frozenset[str]]:
        """By force, the months for which a publication lists every deployment."""
        deployments = self.estimate(
            "deployments_count", by=("force_id", "month", "publication_id")
        ).estimates
        return list_covered_months(
            self.file.table(Publishing), self.file.table(Edition), deployments
        )

    def breaks(self, measure_id: str) -> list[Break]:
        """The declared breaks that concern a measure's numerator or denominator, oldest first."""
        return self._concerned(CATALOGUE[measure_id])

    def _concerned(self, measure: Measure, by: Iterable[str] = ()) -> list[Break]:
        """Breaks in what the measure adds up, or in a field that it is by or limited to."""
        fields = measure.fields | set(by)
        concerned = [
            break_
            for break_ in self.file.table(Break)
            if fields & BREAKS_WITH.get(break_.field, {break_.field})
        ]
        return sorted(concerned, key=lambda row: (row.first_date, row.break_id))

    def force_names(self) -> dict[str, str]:
        """Names of the forces that have counted rows, by id, in order of name."""
        return dict(self._present)

    @cached_property
    def _present(self) -> dict[str, str]:
        present = {
            str(row.of("force_id"))
            for row in self.file.sum_facts("deployments", None, ("force_id",), {}, ALL_TIME)
        }
        names = {force_id: self.file.names[force_id] for force_id in present}
        return dict(sorted(names.items(), key=lambda pair: pair[1]))

    @cached_property
    def last_retrieved(self) -> dt.date | None:
        """The last day on which a publication of the record was retrieved."""
        return max(
            (edition.retrieved_on for edition in self.file.table(Edition) if edition.retrieved_on),
            default=None,
        )

    def search_places(
        self, text: str, force_names: Iterable[tuple[str, str]] = ()
    ) -> tuple[PlaceHit, ...]:
        """Forces and districts of a postcode, town, district, force or place, best first."""
        return self._place_search.search_places(text, force_names=force_names)

    @cached_property
    def _place_search(self) -> PlaceSearch:
        return open_place_search(self.file)

    def period(self, where: Where | None = None) -> Period:
        """First and last day of the counted rows."""
        rows = self.file.sum_facts("deployments", None, (), where or {}, ALL_TIME)
        return (rows[0].period_start, rows[0].period_end) if rows else ALL_TIME

    def _separating(self, measure_id: str, *sides: tuple[Where, Period]) -> list[Break]:
        """Breaks that forbid a comparison and have used rows of either side on both of theirs."""
        measure = CATALOGUE[measure_id]
        forbidding = [
            break_ for break_ in self.breaks(measure_id) if break_.effect_code == "not_comparable"
        ]
        separating = []
        for break_row in forbidding:
            starts: list[dt.date] = []
            ends: list[dt.date] = []
            for where, period in sides:
                own = {**where, "force_id": [break_row.force_id]}
                if where.get("force_id") and break_row.force_id not in where["force_id"]:
                    continue
                rows = self.file.sum_facts(
                    measure.numerator, measure.added_denominator, (), own, period
                )
                used = [row for row in rows if row.used_count]
                starts += [row.period_start for row in used if row.period_start]
                ends += [row.period_end for row in used if row.period_end]
            if starts and ends and min(starts) < break_row.first_date <= max(ends):
                separating.append(break_row)
        return separating

    def _to_question(
        self, measure: Measure, by: Sequence[str], where: Where, period: Period
    ) -> tuple[tuple[str, ...], dict[str, list[str | int]]]:
        return to_question(measure, by, where, period, self.file, self._used_values)

    def _used_values(self, name: str) -> set[str]:
        rows = self.file.sum_facts("deployments", None, (name,), {}, ALL_TIME)
        return {str(row.of(name)) for row in rows if row.of(name) is not None}

    def _add_residents(self, rows: list[Sums], by: Sequence[str], where: Where) -> list[Sums]:
        """The residents of each row's area, or of the filtered areas, as the denominator."""
        area = area_of(by, where) or ""
        known: dict[str | int | None, int | None] = {
            row.area_code: row.people_count
            for row in self.file.table(Population)
            if row.dimension == "all"
        }
        known |= {
            force_id: known.get(force.ons_code) for force_id, force in self.file.forces.items()
        }
        divided = []
        for row in rows:
            people = [known.get(code) for code in ([row.of(area)] if area in by else where[area])]
            total = None if None in people else sum(person or 0 for person in people)
            divided.append(replace(row, denominator=total))
        return divided

    def _name_absence(self, measure: Measure, estimate: Estimate, where: Where) -> Estimate:
        """With the reason for which its rows lack a number, where any do."""
        if estimate.status not in ("not_available", "incomplete"):
            return estimate
        force = dict(estimate.group).get("force_id")
        forces = [str(force)] if force else [str(code) for code in where.get("force_id", ())]
        code = self._absences.find(measure.fields, estimate.sources, forces)
        if not code:
            return estimate
        reason = join(estimate.reason, ABSENCE.entry(code).meaning)
        return replace(estimate, absence_code=code, reason=reason)

    @cached_property
    def _absences(self) -> Absences:
        return Absences(self.file)

    def _evaluate(self, estimates: tuple[Estimate, ...], where: Where) -> Answer:
        """What there is instead is said of a selection without rows, be it one Estimate or none."""
        if not estimates:
            return Answer(nothing=self._describe_nothing(where))
        if estimates[0].status == "no_rows":
            return Answer(
                tuple(
                    replace(estimate, reason=self._describe_nothing(where))
                    for estimate in estimates
                )
            )
        return Answer(estimates)

    def _describe_nothing(self, where: Where) -> Text:
        start, end = self.period({"force_id": where["force_id"]} if "force_id" in where else None)
        rows = (
            message("rows_are_from", start=start, end=end)
            if start and end
            else message("has_no_rows")
        )
        return join(message("no_deployment_selected"), rows)

    def _explain(self, sums: Sums, where: Where) -> Sums:
        """With what must be known of the rows: breaks that no rate may span, what is not published
        yet."""
        breaks = [self.file.by_id(Break)[break_id] for break_id in sums.breaks]
        dividing = [break_ for break_ in breaks if break_.effect_code == "not_comparable"]
        return replace(
            sums,
            divided=join(*map(self._describe_divided, dividing)),
            provisional=self._describe_begun(dict(sums.group), where),
        )

    def _describe_begun(self, group: Mapping[str, str | int | None], where: Where) -> Text:
        forces = (
            [group["force_id"]]
            if "force_id" in group
            else where.get("force_id") or list(self._last_days)
        )
        days = {force_id: day for force_id, day in self._last_days.items() if force_id in forces}
        calendar = {name: code for name, code in group.items() if name in CALENDAR}
        calendar |= {name: where[name][0] for name in CALENDAR if len(where.get(name, ())) == 1}
        return describe_begun(calendar, days, self.file.names)

    @cached_property
    def _last_days(self) -> dict[str, dt.date]:
        return last_covered_days(self.file.table(Publishing), self.file.table(Edition))

    def _describe_divided(self, break_: Break) -> Text:
        force, day = self.file.names[break_.force_id], break_.first_date
        return join(message("both_sides_of_break", force=force, day=day), break_.meaning)


def open_record(path: Path | None = None) -> Record:
    """Questions to the release in `path`, or to the one that serves now."""
    return Record(path.resolve() if path else serving_file())


def _refuse_other_version(path: Path, text: str) -> None:
    """Refuses a warehouse with other tables before the first query fails."""
    if text != schema_version():
        expected = f"tables of version {schema_version()}"
        raise BrokenSnapshotError(
            Problem(str(path), f"tables of version {text}", expected, "Run `python -m etl build`.")
        )


def serving_file() -> Path:
    """The release file that serves now; the setting LFR_RELEASES names another folder of
    releases."""
    return current_file(read_folder("LFR_RELEASES", RELEASES))
