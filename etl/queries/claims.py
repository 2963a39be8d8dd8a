"""Questions about the claims of one release: what was stated, beside what the rows add up to.

In: the id of a claim, or none. Out: comparisons, and the rows behind one. Does not judge:
`etl.measures.claims.compare` does."""

from __future__ import annotations

from functools import cached_property, partial

from etl.model.claim_measures import ClaimComparison, ClaimRow
from etl.model.records import Claim
from etl.queries.claim_comparisons import ClaimReader, compare_claims, open_reader
from etl.queries.release_file import ReleaseFile
from etl.warehouse.read import sum_facts


class Claims:
    """What was stated, compared with the rows of one release."""

    def __init__(self, file: ReleaseFile) -> None:
        self._file = file

    def compare_all(self) -> tuple[ClaimComparison, ...]:
        """Every claim beside the rows that it is about, in order of claim;
        see `etl.measures.claims.compare`."""
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
        return tuple(self._claim_reader.list_rows(self._claims[claim_id], compared))

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {row["claim_id"]: Claim(**row) for row in self._file.table("claims")}

    @cached_property
    def _claim_reader(self) -> ClaimReader:
        return open_reader(self._file.table, partial(sum_facts, self._file.engine))

    @cached_property
    def _claim_comparisons(self) -> dict[str, ClaimComparison]:
        return compare_claims(self._claim_reader, list(self._claims.values()))
