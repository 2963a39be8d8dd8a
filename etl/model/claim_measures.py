"""How each claim is read, declared one by one, and what comes of comparing it with the record.

In: nothing. Out: `ClaimMeasure`, the record class of `data/reference/claim_measures.csv`, and
`ClaimComparison`, the hand-over between `etl.measures.claims.compare` and every reader.
Does not compare, and holds no stated figure: that stands in the claim,
unless the collector wrote a divided one there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from etl.model.codes import code_list
from etl.model.messages import EMPTY, Text

VERDICT = code_list("claim_verdict")
# The first two say that the rows are meant to be complete;
# the next four that they are a part or the days a guess.
CLAIM_REASON = code_list("claim_reason")
WHOLE = frozenset({"all_rows", "same_statement"})
COMPARABLE = WHOLE | {"some_rows", "some_forces", "part_of_window", "days_not_stated"}
YES_NO = code_list("yes_no")
CLAIM_READING = code_list("claim_reading")
STATED_AS = code_list("stated_as")
CONFLICT = code_list("claim_conflict")
CLAIM_WINDOW = code_list("claim_window")
CLAIM_ROW = code_list("claim_row")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMeasure:
    """How one claim is read: what it is compared with, over which rows, how exactly it is stated,
    or why it is not."""

    claim_id: str
    comparable: str
    reason_code: str
    reason_text: str | None
    measure_id: str | None
    numerator_code: str | None
    denominator_code: str | None
    reading_code: str | None
    stated_as: str | None
    stated_value: Decimal | None
    rounded_to: Decimal | None
    force_ids: str | None
    publication_id: str | None
    place_id: str | None
    district_code: str | None
    use_case: str | None = None
    deployment_id: str | None
    window_code: str | None
    first_date: dt.date | None
    last_date: dt.date | None
    search_months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A row of the record that a claim is about, with what it gives of the sum; see `CLAIM_ROW`."""

    deployment_id: str
    state_code: str
    numerator: int | None
    denominator: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcePart:
    """What one force's rows give of a claim about several."""

    force_id: str
    numerator: int | None
    rows_used: int
    rows_missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """The same sum with the rows of the publication that does not count in place of those of the
    one that does."""

    kept_publication_id: str
    counts_publication_id: str
    first_date: dt.date
    last_date: dt.date
    value: float | None
    numerator: int | None
    denominator: float | None
    difference: float | None
    rows_used: int
    rows_missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimConflict:
    """Another claim that contradicts this one: see `CONFLICT` for how."""

    claim_id: str
    relation: str
    stated_value: Decimal
    stated_as: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimComparison:
    """A claim beside the record, with everything that must travel with the two figures.

    `value` is the sum or rate over the `rows_used` rows that have the number; where `rows_missing`
    do not have it, `rows_outside` reach out of the window, or the reason says that rows are
    missing, it is the published part only. `difference` is `value` less the stated figure, in the
    same unit. `low` and `high` are exact 95% limits of a rate. A window that was searched is not
    the claim's own: `windows_found` of the `windows_tried` windows, with `window_row_sets`
    different sets of rows, give the stated figure; `windows_untried` hold a row without the number.
    `conflicts` are other claims, not rows."""

    claim_id: str
    verdict: str
    reason_code: str
    reason: str
    measure_id: str | None = None
    stated_value: Decimal | None = None
    stated_as: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    numerator: int | None = None
    denominator: float | None = None
    difference: float | None = None
    rows_used: int = 0
    rows_missing: int = 0
    rows_outside: int = 0
    window_start: dt.date | None = None
    window_end: dt.date | None = None
    window_found_by: str | None = None
    windows_found: int | None = None
    windows_tried: int | None = None
    windows_untried: int | None = None
    window_row_sets: int | None = None
    parts: tuple[ForcePart, ...] = ()
    alternative: Alternative | None = None
    conflicts: tuple[ClaimConflict, ...] = ()
    sources: tuple[str, ...] = ()
    note: Text = EMPTY
