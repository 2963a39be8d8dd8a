"""Two publications about the same days: what the kept one would give is shown beside what the
counted one gives.

The counted rows of March have 6 + 4 arrests; the kept copy has another number in place of the 4."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from etl.measures.claims.rows import ClaimRows
from etl.model.claim_measures import ClaimComparison
from etl.model.queries import RowSum
from etl.model.reference import Precedence
from etl.queries.claims import ClaimReader
from tests.measures.claims.sample_claims import CLAIM, READING, blank, day, row

RULE: Precedence = blank(
    Precedence,
    force_id="northshire",
    counts_publication_id="grid",
    kept_publication_id="copy",
    first_date=day("2025-03-15"),
    last_date=day("2025-04-15"),
)


def read(stored: int, **changes: Any) -> ClaimComparison:
    """The plain claim over these rows, of which the kept one has so many arrests."""
    rows = [
        ("grid", "2025-03-02", 6, True),
        ("grid", "2025-03-20", 4, True),
        ("copy", "2025-03-20", stored, False),
    ]

    def sum_rows(_top: str, _bottom: str | None, *, counted: bool) -> list[RowSum]:
        return [
            row(f"row_{number}", text, value, publication_id=publication)
            for number, (publication, text, value, counts) in enumerate(rows)
            if counts == counted
        ]

    reader = ClaimReader(
        {"claims_0001": replace(READING, **changes)},
        ClaimRows(sum_rows),
        (RULE,),
        {"copy": "The typed copy"},
    )
    return reader.compare(CLAIM)


def test_the_kept_publication_is_shown_beside_the_counted_one() -> None:
    compared = read(5)
    assert (compared.verdict, compared.value) == ("agrees", 10)
    assert compared.alternative is not None
    assert (compared.alternative.value, compared.alternative.difference) == (11, 1)
    assert (
        "(The typed copy) in place of the one that counts (grid) the rows give 11." in compared.note
    )


def test_an_alternative_that_gives_the_same_or_lies_outside_is_not_shown() -> None:
    assert read(4).alternative is None
    assert read(5, last_date=day("2025-03-14")).alternative is None
    assert read(5, publication_id="grid").alternative is None
