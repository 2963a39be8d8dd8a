"""Claims of one release: what was stated, compared with what the rows add up to.

In: the id of a claim, or none. Out: `ClaimComparison`s, and the rows behind one. Does not word or
judge: `etl.measures.claims.compare` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial

from etl.measures.claims.compare import (
    Question,
    RowFigures,
    compare_claim,
    to_question,
    to_stated,
    to_statement,
    to_window,
)
from etl.measures.claims.conflicts import find_conflicts
from etl.measures.claims.figures import to_allowed
from etl.measures.claims.notes import describe_conflicts
from etl.measures.claims.rows import ClaimRows
from etl.measures.claims.windows import DaySum, WindowSearch, search_windows
from etl.model.claim_measures import ClaimComparison, ClaimConflict, ClaimMeasure, ClaimRow
from etl.model.messages import join
from etl.model.queries import ALL_TIME, Sums
from etl.model.records import Claim
from etl.model.reference import Precedence, Publication
from etl.queries.release_file import ReleaseFile
from etl.warehouse.read import sum_rows


class Claims:
    """What was stated, compared with the rows of one release."""

    def __init__(self, file: ReleaseFile) -> None:
        self._file = file

    def compare_all(self) -> tuple[ClaimComparison, ...]:
        """The comparison of every claim, in order of claim."""
        return tuple(self._claim_comparisons.values())

    def compare(self, claim_id: str) -> ClaimComparison | None:
        """One claim beside the rows that it is about; None if there is no such claim."""
        return self._claim_comparisons.get(claim_id)

    def list_rows(self, claim_id: str) -> tuple[ClaimRow, ...]:
        """The counted rows that a claim is about, the earliest first;
        none where nothing is added up or there is no such claim."""
        compared = self._claim_comparisons.get(claim_id)
        if compared is None or compared.window_found_by is None:
            return ()
        return tuple(self._claim_reader.list_rows(self._file.by_id(Claim)[claim_id], compared))

    @cached_property
    def _claim_reader(self) -> ClaimReader:
        titles = {key: row.title for key, row in self._file.by_id(Publication).items()}
        return ClaimReader(
            self._file.by_id(ClaimMeasure),
            ClaimRows(partial(sum_rows, self._file.engine)),
            tuple(self._file.table(Precedence)),
            titles | self._file.names,
        )

    @cached_property
    def _claim_comparisons(self) -> dict[str, ClaimComparison]:
        return compare_claims(self._claim_reader, self._file.table(Claim))


def compare_claims(reader: ClaimReader, claims: Sequence[Claim]) -> dict[str, ClaimComparison]:
    """Every claim of a release beside the rows that it is about, by claim id in order."""
    statements = [to_statement(claim, reader.declared[claim.claim_id]) for claim in claims]
    conflicts = find_conflicts([statement for statement in statements if statement is not None])
    return {
        claim.claim_id: with_conflicts(reader.compare(claim), conflicts.get(claim.claim_id, ()))
        for claim in claims
    }


def with_conflicts(
    compared: ClaimComparison, conflicts: tuple[ClaimConflict, ...]
) -> ClaimComparison:
    """The comparison with the claims that state otherwise, which its note then names."""
    note = join(compared.note, *describe_conflicts(conflicts))
    return replace(compared, conflicts=conflicts, note=note)


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """What a comparison of a claim needs: its reading, the rows, overlapping publications,
    names."""

    declared: Mapping[str, ClaimMeasure]
    rows: ClaimRows
    precedence: tuple[Precedence, ...]
    names: Mapping[str, str]

    def compare(self, claim: Claim) -> ClaimComparison:
        """One claim beside the rows."""
        declared = self.declared[claim.claim_id]
        question = to_question(claim, declared)
        if question is None:
            return compare_claim(claim, declared, None)
        search = self._search(claim, declared, question)
        if search is not None:
            question = replace(question, period=to_window(claim, declared, search))
        parts = (
            self.rows.add_up(question.measure, question.where, question.period, by=("force_id",))
            if len(question.where.get("force_id", ())) != 1
            else ()
        )
        figures = RowFigures(
            self._sum_question(question), tuple(parts), search=search, names=self.names
        )
        for entry in self.precedence:
            if (other := self._with_stored_rows(question, entry, figures.sums)) is not None:
                figures = replace(figures, alternative=other, precedence=entry)
        return compare_claim(claim, declared, figures)

    def list_rows(self, claim: Claim, compared: ClaimComparison) -> list[ClaimRow]:
        """The counted rows that touch the claim's window,
        each with its number and whether it was added up."""
        question = to_question(claim, self.declared[claim.claim_id])
        if question is None:
            return []
        if question.period != ALL_TIME:
            question = replace(question, period=(compared.window_start, compared.window_end))
        return self.rows.list_rows(question.measure, question.where, question.period)

    def _search(
        self, claim: Claim, declared: ClaimMeasure, question: Question
    ) -> WindowSearch | None:
        stated = to_stated(claim, declared)
        if declared.search_months is None or stated is None:
            return None
        return search_windows(
            [
                DaySum(first, last, row.numerator or 0, int(not row.used))
                for first, last, row in self.rows.by_days(question.measure, question.where)
            ],
            stated,
            months=declared.search_months,
            allowed=to_allowed(Fraction(stated), declared.stated_as, declared.rounded_to),
            first_start=declared.first_date,
            last_end=declared.last_date,
        )

    def _with_stored_rows(
        self, question: Question, entry: Precedence, counted: Sums
    ) -> Sums | None:
        """The sum with the kept rows of an overlap in place of the counted ones;
        None where no such row is in question."""
        where = question.where
        if (
            entry.force_id not in where.get("force_id", (entry.force_id,))
            or {"publication_id", "deployment_id"} & where.keys()
        ):
            return None
        start, end = question.period
        period = (
            max(start or entry.first_date, entry.first_date),
            min(end or entry.last_date, entry.last_date),
        )
        if period[1] < period[0]:
            return None
        own = {**where, "force_id": (entry.force_id,)}
        each_question = replace(
            question, where={**own, "publication_id": (entry.counts_publication_id,)}, period=period
        )
        other = replace(
            question, where={**own, "publication_id": (entry.kept_publication_id,)}, period=period
        )
        out, into = self._sum_question(each_question), self._sum_question(other, counted=False)
        if not into.rows_count:
            return None
        used = counted.used_count - out.used_count + into.used_count
        top = (counted.numerator or 0) - (out.numerator or 0) + (into.numerator or 0)
        bottom = (counted.denominator or 0) - (out.denominator or 0) + (into.denominator or 0)
        return replace(
            counted,
            numerator=top if used else None,
            denominator=bottom if used else None,
            rows_count=counted.rows_count
            - (out.rows_count - out.outside_count)
            + (into.rows_count - into.outside_count),
            used_count=used,
            sources=tuple(sorted({*counted.sources, *into.sources})),
        )

    def _sum_question(self, question: Question, *, counted: bool = True) -> Sums:
        nothing = Sums((), None, None, None, None, 0, 0, ())
        up = self.rows.add_up(question.measure, question.where, question.period, counted=counted)
        return next(iter(up), nothing)
