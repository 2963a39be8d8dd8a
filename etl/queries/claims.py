"""Questions about the claims of one release: what was stated, beside what the rows add up to.

In: the id of a claim, or none. Out: comparisons, and the rows behind one. Does not judge:
`etl.measures.claims.compare` does."""

from __future__ import annotations

from functools import cached_property, partial

from etl.model.claim_measures import ClaimComparison, ClaimRow
from etl.model.records import Claim
from etl.queries.claim_comparisons import ClaimReader, compare_claims, open_reader
from etl.queries.release_file import OpenRelease
from etl.warehouse.read import read_table, sum_facts


class ClaimQueries(OpenRelease):
    """The questions about claims that `etl.queries.record.Record` takes."""

    def compare_claims(self) -> tuple[ClaimComparison, ...]:
        """Every claim beside the rows that it is about, in order of claim;
        see `etl.measures.claims.compare`."""
        return tuple(self._claim_comparisons.values())

    def compare_claim(self, claim_id: str) -> ClaimComparison | None:
        """One claim beside the rows that it is about; None if there is no such claim."""
        return self._claim_comparisons.get(claim_id)

    def claim_rows(self, claim_id: str) -> tuple[ClaimRow, ...]:
        """The counted rows that a claim is about, the earliest first;
        none where nothing is added up or there is no such claim."""
        compared = self._claim_comparisons.get(claim_id)
        if compared is None or compared.window_found_by is None:
            return ()
        return tuple(self._claim_reader.list_rows(self._claims[claim_id], compared))

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {row["claim_id"]: Claim(**row) for row in read_table(self._engine, "claims")}

    @cached_property
    def _claim_reader(self) -> ClaimReader:
        return open_reader(partial(read_table, self._engine), partial(sum_facts, self._engine))

    @cached_property
    def _claim_comparisons(self) -> dict[str, ClaimComparison]:
        return compare_claims(self._claim_reader, list(self._claims.values()))
