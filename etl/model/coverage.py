"""Who uses live facial recognition, what each publishes and in what form, and what a standard
return would hold.

In: nothing. Out: the record classes of `data/reference/lfr_use.csv`, `publishing.csv` and
`publishing_fields.csv`, and `EXPECTED_FIELDS`, against which the record's completeness is measured.
Does not measure (`etl.measures.coverage`) and holds no data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated as A

from etl.model import codes
from etl.model.fields import About, Unit
from etl.model.records import ID, Reliability, SourceUrl

WHEN = r"\d{4}(-\d{2}(-\d{2})?)?"
LookedOn = A[dt.date, About("When this was last looked up.")]
SourceTitle = A[str, About("Who says so, where.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LfrUse:
    """Whether a force uses live facial recognition in one period, and what shows it."""

    force_id: A[str, About("The force.", refers_to="forces.force_id")]
    period: A[
        int,
        About(
            "Number of the period of this force, in order, from 1; the last one is the latest "
            "known.",
            Unit.ORDINAL,
            minimum=1,
        ),
    ]
    status_code: A[str, About("Whether it uses live facial recognition.", codes=codes.LFR_USE)]
    since_text: A[
        str | None,
        About("Since when, as year, month or day; absent where it is not known.", pattern=WHEN),
    ]
    until_text: A[
        str | None,
        About("Until when; absent while it lasts or where it is not known.", pattern=WHEN),
    ]
    vendor_code: A[str | None, About("Whose software, where it is known.", codes=codes.VENDOR)]
    lender_force_id: A[
        str | None,
        About("The force whose equipment it is, where one is named.", refers_to="forces.force_id"),
    ]
    evidence: A[str, About("What shows it, or where it was looked for.")]
    source_title: SourceTitle
    source_url: SourceUrl
    reliability: Reliability
    looked_on: LookedOn

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

    publishing_id: A[str, About("Identifier of the form of publication.", pattern=ID)]
    force_id: A[str, About("The force.", refers_to="forces.force_id")]
    form_code: A[str, About("The form.", codes=codes.PUBLISHING_FORM)]
    title: A[str, About("What it is.")]
    url: A[str | None, About("Address of the page or file, where one is known.")]
    since_text: A[
        str | None,
        About("The first deployments that it covers, as year, month or day.", pattern=WHEN),
    ]
    until_text: A[
        str | None,
        About("The last deployments that it covers; absent while it goes on.", pattern=WHEN),
    ]
    delay_text: A[
        str | None, About("How long after a deployment it is published, as stated or observed.")
    ]
    delay_days_typical: A[
        int | None,
        About(
            "Days from a deployment to its publication, where stated or measured.",
            Unit.DAYS,
            minimum=0,
        ),
    ]
    per_deployment_code: A[
        str, About("Whether every deployment is told by itself.", codes=codes.PUBLISHED)
    ]
    announced_ahead_code: A[
        str,
        About("Whether place and date are published before the deployment.", codes=codes.PUBLISHED),
    ]
    publication_ids: A[
        str | None, About("Our publications that were read or copied from it, separated by spaces.")
    ]
    evidence: A[str, About("What shows it.")]
    source_title: SourceTitle
    source_url: SourceUrl
    reliability: Reliability
    looked_on: LookedOn


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishingField:
    """Whether one form of publication prints one field."""

    force_id: A[str, About("The force.", refers_to="forces.force_id")]
    publishing_id: A[str, About("The form of publication.", refers_to="publishing.publishing_id")]
    field_code: A[str, About("The field.", codes=codes.PUBLISHED_FIELD)]
    published_code: A[str, About("Whether it is printed.", codes=codes.PUBLISHED)]
    evidence: A[str, About("What shows it.")]
    source_url: SourceUrl
    reliability: Reliability


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
