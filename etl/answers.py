"""The one door out: "this measure, by these groups, under these filters" -> Estimates; and the rows behind them.

In: a question. Out: an `Answer`, which is Estimates or a refusal with its reason; rows of the record.
Does not draw, word or format: page, CSV, API and report all get the same Estimates here.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from etl.claim_comparisons import compare_claims
from etl.demographics import GroupQuestions
from etl.measures.catalogue import MEASURES, UNPUBLISHED, Measure
from etl.measures.comparisons import BREAKS_WITH, Comparison, compare_estimates
from etl.measures.coverage import FieldCount, KnownForms, measure_coverage, say_no_rows
from etl.measures.evaluate import Sums, evaluate_measure
from etl.measures.publishing import ForcePublishing, describe_publishing
from etl.model.claim_measures import ClaimComparison
from etl.model.completeness import Coverage
from etl.model.coverage import LfrUse, Publishing, PublishingField
from etl.model.estimates import Estimate
from etl.model.problems import BrokenSnapshot, Problem
from etl.warehouse.coverage import count_fields
from etl.warehouse.read import current_file, read_deployments, read_table, sum_facts
from etl.warehouse.schema import schema_version

RELEASES = Path(__file__).resolve().parents[1] / "data" / "releases"
Where = Mapping[str, Sequence[str | int]]
Period = tuple[dt.date | None, dt.date | None]
ALL_TIME: Period = (None, None)


@dataclass(frozen=True, slots=True)
class Answer:
    """Estimates, or the reason why the question cannot be answered."""

    estimates: tuple[Estimate, ...] = ()
    refusal: str | None = None

    def only(self) -> Estimate:
        """The one estimate of a question without groups."""
        (estimate,) = self.estimates
        return estimate


@dataclass(frozen=True, slots=True)
class CoverageAnswer:
    """How complete the rows are, by force and year, or the reason why the question cannot be answered."""

    rows: tuple[Coverage, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class PublishingAnswer:
    """What forces publish, or the reason why the question cannot be answered."""

    forces: tuple[ForcePublishing, ...] = ()
    refusal: str | None = None


class Answers(GroupQuestions):
    """Questions to one release, those about groups of people included. Open with `open_answers`."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        (self.release,) = read_table(self._engine, "releases")
        _refuse_other_version(path, str(self.release["schema_version"]))
        self._breaks = read_table(self._engine, "breaks")

    def close(self) -> None:
        """Lets go of the release's file."""
        self._engine.dispose()

    @property
    def release_id(self) -> str:
        return str(self.release["release_id"])

    def estimate(
        self,
        measure_id: str,
        *,
        by: Sequence[str] = (),
        where: Where | None = None,
        period: Period = ALL_TIME,
    ) -> Answer:
        """One Estimate for each group of counted deployments that lie wholly inside the period.

        Unknown measures, groupings, filters and forces, and a period that ends before it starts, are refused with a
        reason. A selection without rows is an Estimate without a value that says so.
        """
        measure = MEASURES.get(measure_id)
        if measure is None:
            return Answer(refusal=f"There is no measure {measure_id!r}. There are: {', '.join(MEASURES)}.")
        if refusal := self._refuse(measure, by, where or {}, period):
            return Answer(refusal=refusal)
        breaks = self.breaks(measure_id)
        rows = sum_facts(
            self._engine, measure.numerator, measure.denominator, by, where or {}, period, breaks
        )
        return Answer(evaluate_measure(measure, [_to_sums(row, by, breaks) for row in rows]))

    def compare(
        self, measure_id: str, first: tuple[Where, Period], second: tuple[Where, Period]
    ) -> Comparison | Answer:
        """Two selections of one measure side by side, second over first; an `Answer` with a refusal if they do not compare.

        Refused, with the reason: across a break that makes the figures not comparable, for counts and for measures
        without an interval, and where either side has no value.
        """
        sides = []
        for where, period in (first, second):
            answer = self.estimate(measure_id, where=where, period=period)
            if answer.refusal:
                return answer
            sides.append(answer.only())
        return compare_estimates(
            MEASURES[measure_id], sides[0], sides[1], self._separating(measure_id, first, second)
        )

    def breaks(self, measure_id: str) -> list[dict[str, Any]]:
        """The declared breaks that concern a measure's numerator or denominator, oldest first."""
        fields = MEASURES[measure_id].fields
        concerned = [one for one in self._breaks if fields & BREAKS_WITH.get(one["field"], {one["field"]})]
        return sorted(concerned, key=lambda one: (one["first_date"], one["break_id"]))

    def deployments(
        self, where: Where | None = None, period: Period = ALL_TIME, *, counted_only: bool = True
    ) -> list[dict[str, Any]]:
        """Canonical rows with names and geography, newest first."""
        return read_deployments(self._engine, where or {}, period, counted_only=counted_only)

    def rows(self, table: str, where: Where | None = None) -> list[dict[str, Any]]:
        """The rows of one table of the release, in order of its key."""
        return read_table(self._engine, table, where)

    def forces(self) -> dict[str, str]:
        """Names of the forces that have counted rows, by id, in order of name."""
        present = {
            row["force_id"]
            for row in sum_facts(self._engine, "deployments", None, ("force_id",), {}, ALL_TIME)
        }
        names = {force_id: self._forces[force_id]["short_name"] for force_id in present}
        return dict(sorted(names.items(), key=lambda pair: pair[1]))

    def coverage(self, force_ids: Sequence[str] = (), years: Sequence[int] = ()) -> CoverageAnswer:
        """One Coverage a force and year, in order of force; of all forces and years if none is named.

        An unknown force is refused. A force without rows, in the record or in a year that is asked about, is a row
        that says so.
        """
        if refusal := self._refuse_forces(force_ids):
            return CoverageAnswer(refusal=refusal)
        names = self._names()
        publications = read_table(self._engine, "publications")
        known = KnownForms(
            tuple(Publishing(**row) for row in read_table(self._engine, "publishing")),
            tuple(PublishingField(**row) for row in read_table(self._engine, "publishing_fields")),
            frozenset(row["publication_id"] for row in publications if row["reliability"] == "primary"),
        )
        counts = [FieldCount(**row) for row in count_fields(self._engine)]
        latest = {row["force_id"]: LfrUse(**row) for row in read_table(self._engine, "lfr_use")}
        measured: dict[str, list[Coverage]] = {}
        for row in measure_coverage(counts, known, names):
            if not years or row.year in years:
                measured.setdefault(row.force_id, []).append(row)
        found: list[Coverage] = []
        for force_id in dict.fromkeys(force_ids) or sorted(names):
            own = measured.get(force_id, [])
            silent: list[int | None] = [year for year in years if year not in {row.year for row in own}]
            missing = silent if own or years else [None]
            found += [*own, *(say_no_rows(force_id, year, names, latest.get(force_id)) for year in missing)]
        return CoverageAnswer(tuple(found))

    def publishing(self, force_ids: Sequence[str] = ()) -> PublishingAnswer:
        """What each force publishes, field by field, in which form and how late; all forces if none is named."""
        if refusal := self._refuse_forces(force_ids):
            return PublishingAnswer(refusal=refusal)
        names = self._names()
        return PublishingAnswer(
            describe_publishing(
                tuple(dict.fromkeys(force_ids)) or sorted(names),
                names,
                [LfrUse(**row) for row in read_table(self._engine, "lfr_use")],
                [Publishing(**row) for row in read_table(self._engine, "publishing")],
                [PublishingField(**row) for row in read_table(self._engine, "publishing_fields")],
            )
        )

    def compare_claims(self) -> tuple[ClaimComparison, ...]:
        """Every claim beside the rows that it is about, in order of claim; see `etl.measures.claims`."""
        return tuple(self._claim_comparisons.values())

    def compare_claim(self, claim_id: str) -> ClaimComparison | None:
        """One claim beside the rows that it is about; None if there is no such claim."""
        return self._claim_comparisons.get(claim_id)

    @cached_property
    def _claim_comparisons(self) -> dict[str, ClaimComparison]:
        return compare_claims(partial(read_table, self._engine), partial(sum_facts, self._engine))

    def period(self, where: Where | None = None) -> Period:
        """First and last day of the counted rows."""
        rows = sum_facts(self._engine, "deployments", None, (), where or {}, ALL_TIME)
        return (rows[0]["period_start"], rows[0]["period_end"]) if rows else ALL_TIME

    def _separating(self, measure_id: str, *sides: tuple[Where, Period]) -> list[dict[str, Any]]:
        """Breaks that forbid a comparison and have used rows of either side before and after them."""
        measure = MEASURES[measure_id]
        forbidding = [one for one in self.breaks(measure_id) if one["effect_code"] == "not_comparable"]
        found = []
        for one in forbidding:
            reaches = []
            for where, period in sides:
                own = {**where, "force_id": [one["force_id"]]}
                if where.get("force_id") and one["force_id"] not in where["force_id"]:
                    continue
                rows = sum_facts(self._engine, measure.numerator, measure.denominator, (), own, period)
                reaches += [(row["period_start"], row["period_end"]) for row in rows if row["used_count"]]
            if reaches and min(start for start, _ in reaches) < one["first_date"] <= max(
                end for _, end in reaches
            ):
                found.append(one)
        return found

    def _refuse(self, measure: Measure, by: Sequence[str], where: Where, period: Period) -> str | None:
        allowed = ", ".join(measure.groupings)
        for name in (*by, *where):
            if name in UNPUBLISHED:
                return UNPUBLISHED[name]
            if name not in measure.groupings:
                return f"{measure.title} is not given by {name!r}. It is given by: {allowed}."
        if refusal := self._refuse_forces(where.get("force_id", ())):
            return refusal
        start, end = period
        if start is not None and end is not None and end < start:
            return f"The period ends on {end}, before it starts on {start}."
        return None

    def _refuse_forces(self, force_ids: Sequence[str | int]) -> str | None:
        for force_id in force_ids:
            if force_id not in self._forces:
                return f"There is no force {force_id!r}. There are: {', '.join(sorted(self._forces))}."
        return None

    def _names(self) -> dict[str, str]:
        return {force_id: force["short_name"] for force_id, force in self._forces.items()}


def open_answers(path: Path | None = None) -> Answers:
    """Questions to the release in `path`, or to the one that serves now."""
    return Answers(path.resolve() if path else serving_file())


def _refuse_other_version(path: Path, found: str) -> None:
    """A warehouse of other tables would fail in the middle of an answer; this says so before the first one."""
    if found != schema_version():
        expected = f"tables of version {schema_version()}"
        raise BrokenSnapshot(
            Problem(str(path), f"tables of version {found}", expected, "Run `python -m etl build`.")
        )


def serving_file() -> Path:
    """The release file that serves now; the environment variable LFR_RELEASES names another folder of releases."""
    return current_file(Path(os.environ.get("LFR_RELEASES") or RELEASES))


def _to_sums(row: Mapping[str, Any], by: Sequence[str], breaks: Sequence[Mapping[str, Any]]) -> Sums:
    return Sums(
        group=tuple((name, row[name]) for name in by),
        period_start=row["period_start"],
        period_end=row["period_end"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        rows_count=row["rows_count"],
        used_count=row["used_count"],
        sources=tuple(sorted((row["sources"] or "").split())),
        breaks=tuple(one["break_id"] for number, one in enumerate(breaks) if row[f"spans_{number}"]),
    )
