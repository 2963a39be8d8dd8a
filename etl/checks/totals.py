"""Stated totals against the sum of the rows that we hold.

In: how each claim is read (`data/reference/claim_measures.csv`) and `Evidence` after corrections.
Out: `Finding`s, where `etl.measures.claims.compare` says that the published rows differ or are
close. Does not say that a total is wrong. Rates, and
claims whose window would have to be searched, are compared with the finished record only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from etl.checks.counts import describe_stage
from etl.checks.evidence import Evidence
from etl.checks.findings import report_table
from etl.measures.claims.compare import Question, RowFigures, compare_claim, to_question
from etl.measures.claims.notes import format_stated
from etl.measures.claims.rows import ClaimRows
from etl.model import codes
from etl.model.calendar import format_day
from etl.model.claim_measures import ClaimComparison, ClaimMeasure
from etl.model.facts import SUMMABLE, days_of
from etl.model.queries import RowSum, Sums
from etl.model.records import Claim, Deployment, Finding

# Verdicts in words that follow "It".
_REPORTED = {
    "does_not_add_up": "does not add up with the published rows",
    "close": "is close to the published rows",
}


def check_totals(evidence: Evidence, declared: Iterable[ClaimMeasure]) -> Iterator[Finding]:
    """Every stated total against the rows that count, with corrections and derivations applied."""
    claims = {claim.claim_id: claim for claim in evidence.claims}
    # once for all of them: each field is listed once
    rows = ClaimRows(partial(_list_rows, evidence))
    for entry in declared:
        claim = claims[entry.claim_id]
        question = to_question(claim, entry)
        if (
            question is None
            or question.measure.denominator is not None
            or entry.search_months is not None
        ):
            continue
        compared = compare_claim(claim, entry, RowFigures(_sum_rows(rows, question)))
        if compared.verdict in _REPORTED:
            yield _report(claim, entry, compared, question.measure.numerator)


def _sum_rows(rows: ClaimRows, question: Question) -> Sums:
    """The sum over the rows that count, as over the facts of the finished record."""
    up = rows.add_up(question.measure, question.where, question.period)
    return up[0] if up else Sums((), None, None, None, None, 0, 0, ())


def _report(
    claim: Claim, entry: ClaimMeasure, compared: ClaimComparison, numerator: str
) -> Finding:
    stated = (
        f"{format_stated(compared)} "
        f"{describe_stage(numerator) if numerator in codes.STAGE else numerator}"
    )
    window = f"from {format_day(compared.window_start)} to {format_day(compared.window_end)}"
    rows = compared.rows_used + compared.rows_missing
    counted = "the one row gives" if rows == 1 else f"the {rows} rows {window} give"
    counted += f" {compared.value:,.0f}"
    counted += (
        f", and {compared.rows_missing} of them print no number" if compared.rows_missing else ""
    )
    return report_table(
        "total_does_not_add_up",
        claim.publication_id,
        claim.edition_id,
        f"{claim.claim_id}.{numerator}",
        page=claim.page,
        row=claim.row,
        printed=stated,
        expected=counted,
        message=(
            f"{claim.source_title} states {stated} {window}. It {_REPORTED[compared.verdict]}: "
            f"{counted}."
        )
        + (f" {entry.reason_text}" if entry.reason_text else ""),
    )


def _list_rows(
    evidence: Evidence, numerator: str, _denominator: str | None, *, counted: bool
) -> Iterator[RowSum]:
    """Each row by itself, as the warehouse gives it."""
    for row in evidence.deployments:
        if row.counted != counted:
            continue
        edition, place = (
            evidence.editions.get(row.edition_id),
            (evidence.places or {}).get(row.place_id or ""),
        )
        first, last = days_of(row, edition) if edition else (row.date, row.end_date or row.date)
        value = _value(evidence, row, numerator)
        yield RowSum(
            row.deployment_id,
            row.force_id,
            row.publication_id,
            row.place_id,
            place.district_code if place else None,
            row.use_case_text or row.use_case_code,
            first,
            last,
            value,
            None,
            used=value is not None,
        )


def _value(evidence: Evidence, row: Deployment, field: str) -> int | None:
    if field == "deployments":
        return row.covers_deployments_count
    if field == "minutes":
        return row.duration_minutes
    count = evidence.counts[row.deployment_id][field]
    return count.value if count.value_status in SUMMABLE else None
