"""The plain claim, 10 arrests in March 2025 by one force, and the plain rows:
4 with 10 arrests in all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from etl.model.claim_measures import ClaimMeasure
from etl.model.fields import fields_of
from etl.model.queries import RowSum, Sums
from etl.model.records import Claim


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def blank(record: type, **args: Any) -> Any:
    return record(**(dict.fromkeys(field.name for field in fields_of(record)) | args))


CLAIM: Claim = blank(
    Claim,
    claim_id="claims_0001",
    force_id="northshire",
    value=Decimal(10),
    period_start=day("2025-03-01"),
    period_end=day("2025-03-31"),
)
READING: ClaimMeasure = blank(
    ClaimMeasure,
    claim_id="claims_0001",
    comparable="yes",
    reason_code="all_rows",
    measure_id="arrests_count",
    reading_code="value",
    stated_as="exact",
    window_code="stated",
)


def sums(
    numerator: int | None = 10,
    denominator: int | None = None,
    rows: int = 4,
    used: int = 4,
    outside: int = 0,
) -> Sums:
    start, end = day("2025-03-01"), day("2025-03-31")
    return Sums(
        (), start, end, numerator, denominator, rows, used, ("grid",), outside_count=outside
    )


def row(
    deployment_id: str, first: str, number: int | None, last: str | None = None, **args: Any
) -> RowSum:
    """One deployment as the warehouse sums it: with a number, or without."""
    row_sum = RowSum(
        deployment_id,
        "northshire",
        "grid",
        None,
        None,
        None,
        day(first),
        day(last or first),
        number,
        None if number is None else 1,
        used=number is not None,
    )
    return replace(row_sum, **args)
