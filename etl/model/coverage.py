"""Who uses live facial recognition, what each publishes and in what form, and what a standard
return would hold.

In: nothing. Out: the record classes of `data/reference/lfr_use.csv`, `publishing.csv` and
`publishing_fields.csv`, and `EXPECTED_FIELDS`, against which the record's completeness is measured.
Does not measure (`etl.measures.coverage`) and holds no data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LfrUse:
    """Whether a force uses live facial recognition in one period, and what shows it."""

    force_id: str
    period: int
    status_code: str
    since_text: str | None
    until_text: str | None
    vendor_code: str | None
    lender_force_id: str | None
    evidence: str
    source_title: str
    source_url: str | None
    reliability: str
    looked_on: dt.date

    def covers(self, first: dt.date, last: dt.date) -> bool:
        """Whether the days lie inside the period; a year or a month stands for all of its days."""
        since, until = self.since_text, self.until_text
        return (since is not None and first.isoformat()[: len(since)] >= since) and (
            until is None or last.isoformat()[: len(until)] <= until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """One form in which a force publishes, or fails to publish,
    what its deployments were and led to."""

    publishing_id: str
    force_id: str
    form_code: str
    title: str
    url: str | None
    since_text: str | None
    until_text: str | None
    delay_text: str | None
    delay_days_typical: int | None
    per_deployment_code: str
    announced_ahead_code: str
    publication_ids: str | None
    evidence: str
    source_title: str
    source_url: str | None
    reliability: str
    looked_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishingField:
    """Whether one form of publication prints one field."""

    force_id: str
    publishing_id: str
    field_code: str
    published_code: str
    evidence: str
    source_url: str | None
    reliability: str


@dataclass(frozen=True, slots=True)
class ExpectedField:
    """A field that a standard return has. A row has it if any of `parts` has a value.

    `parts` name fields of Deployment or stages; `published_field` is the code under which
    `publishing_fields` speaks of it."""

    field_id: str
    title: str
    parts: tuple[str, ...]
    published_field: str


# The location is not among them: a row without one is no row, so it would only flatter every share.
EXPECTED_FIELDS = (
    ExpectedField("date", "Date", ("date",), "date"),
    ExpectedField("duration", "Duration", ("duration_minutes", "duration_text"), "duration"),
    ExpectedField("use_case", "Purpose", ("use_case_text", "use_case_code"), "use_case"),
    ExpectedField("watchlist_size", "Watchlist size", ("watchlist_size",), "watchlist_size"),
    ExpectedField("threshold", "Threshold", ("threshold",), "threshold"),
    ExpectedField("faces_seen", "Faces seen", ("faces_seen",), "faces_seen"),
    ExpectedField("alerts", "Alerts", ("alerts",), "alerts"),
    ExpectedField("true_alerts", "True alerts", ("true_alerts",), "true_and_false_alerts"),
    ExpectedField("false_alerts", "False alerts", ("false_alerts",), "true_and_false_alerts"),
    ExpectedField(
        "true_alerts_confirmed",
        "True alerts, confirmed",
        ("true_alerts_confirmed",),
        "confirmed_split",
    ),
    ExpectedField(
        "false_alerts_confirmed",
        "False alerts, confirmed",
        ("false_alerts_confirmed",),
        "confirmed_split",
    ),
    ExpectedField(
        "engagements",
        "Engagements",
        ("engagements_after_true_alerts", "engagements_after_false_alerts"),
        "engagements",
    ),
    ExpectedField("arrests", "Arrests", ("arrests",), "arrests"),
    ExpectedField(
        "outcomes", "Other outcomes", ("other_disposals", "arrests_or_disposals"), "outcomes"
    ),
)
