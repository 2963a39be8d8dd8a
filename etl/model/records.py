"""The canonical records: what every publication is turned into, deliberately few.

In: nothing. Out: the record classes; with what `fields.csv` says of each field, the schema, the
checks of one record, the CSV headers and the data dictionary are rendered from them.
Does not say how a record is found in a file (`etl.sources`) nor which are counted
(`data/reference/precedence.toml`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One operation of live facial recognition cameras by one force at one place,
    as the publisher counts it."""

    deployment_id: str
    force_id: str
    lender_force_id: str | None = None
    publication_id: str
    edition_id: str
    page: int
    row: int
    date: dt.date | None = None
    end_date: dt.date | None = None
    date_text: str | None = None
    date_precision: str = "day"
    start_time: dt.time | None = None
    end_time: dt.time | None = None
    duration_minutes: int | None = None
    duration_text: str | None = None
    location_text: str
    place_id: str | None = None
    covers_deployments_count: int | None = 1
    use_case_code: str | None = None
    use_case_text: str | None = None
    watchlist_size: int | None = None
    threshold: Decimal | None = None
    cameras_count: int | None = None
    authorising_rank_code: str | None = None
    notice_days: int | None = None
    published_false_alert_rate_text: str | None = None
    reliability: str
    counted: bool = True
    not_counted_reason: str | None = None
    corrections: str | None = None
    source_url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many, at which stage of the funnel, in one deployment.
    Long, so that eight columns and three fit one table."""

    deployment_id: str
    stage_code: str
    value: int | None
    value_status: str
    value_as_printed: int | None = None
    printed_text: str | None = None
    column_heading: str | None = None
    derivation: str | None = None
    correction_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A total or a rate that somebody stated; compared with the record,
    never an input to a measure."""

    claim_id: str
    publication_id: str
    edition_id: str
    page: int
    row: int
    force_text: str
    force_id: str | None
    measure_text: str
    value_text: str
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    period_start_text: str | None
    period_end_text: str | None
    period_start: dt.date | None
    period_end: dt.date | None
    granularity_text: str | None
    location_text: str | None
    group_dimension: str | None
    group_text: str | None
    reliability: str
    source_title: str
    source_url: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misidentification:
    """A documented case of a person wrongly flagged.
    The technology is always stated and cases are never pooled."""

    misidentification_id: str
    publication_id: str
    edition_id: str
    page: int
    row: int
    incident_date_text: str
    reported_date_text: str | None
    operator_text: str
    force_id: str | None
    technology_code: str
    location_text: str | None
    person_text: str
    people_count: int | None
    error_text: str
    outcome_text: str | None
    litigation_text: str | None
    evidence_grade: str
    source_title: str
    source_url: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """One figure of a laboratory or field evaluation, by group and threshold.
    Never pooled with operational figures."""

    test_result_id: str
    publication_id: str
    edition_id: str
    page: int
    row: int
    technology_code: str
    measure_text: str
    group_dimension: str
    group_text: str
    threshold_text: str | None
    threshold: Decimal | None
    watchlist_size: int | None
    value_text: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    basis_text: str
    reliability: str
    source_title: str
    source_url: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A declared judgement about a printed cell. The printed value stays; this stands beside it."""

    correction_id: str
    publication_id: str
    edition_id: str
    page: int
    row: int
    target: str
    printed_text: str
    action_code: str
    value_text: str | None
    reason: str
    evidence: str
    declared_on: dt.date
    reported_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in the published figures that does not add up, is very unlikely,
    or is worth knowing."""

    finding_id: str
    check_id: str
    severity_code: str
    status_code: str
    publication_id: str
    edition_id: str | None
    page: int | None
    row: int | None
    deployment_id: str | None
    field_name: str | None
    printed_text: str
    expected_text: str
    message: str
    correction_id: str | None
    break_id: str | None = None
