"""The canonical records: what every publication is turned into, deliberately few.

In: nothing. Out: the record classes; each field is declared here once, and the schema, the checks
of one record, the CSV headers and the data dictionary are rendered from it.
Does not say how a record is found in a file (`etl.sources`) nor which are counted
(`data/reference/precedence.toml`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated as A

from etl.model import codes
from etl.model.fields import About, Unit

ID = r"[a-z0-9]+(_[a-z0-9]+)*"

PublicationId = A[
    str,
    About(
        "The publication that the row was read from.",
        refers_to="publications.publication_id",
        pattern=ID,
    ),
]
EditionId = A[
    str,
    About(
        "The kept file of the publication that the row was read from.",
        refers_to="editions.edition_id",
        pattern=ID,
    ),
]
Page = A[
    int,
    About(
        "Page of the file on which the row starts, from 1. A web page or a hand-typed file is page "
        "1.",
        Unit.ORDINAL,
        minimum=1,
    ),
]
Row = A[
    int,
    About("Number of the row on that page, from 1, headings not counted.", Unit.ORDINAL, minimum=1),
]
Reliability = A[str, About("How the figure reached us.", codes=codes.RELIABILITY)]
SourceUrl = A[str | None, About("Address of the page or document that was read.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One operation of live facial recognition cameras by one force at one place,
    as the publisher counts it."""

    deployment_id: A[
        str,
        About(
            "Identifier that stays the same between releases: publication, edition series and "
            "number of the row.",
            pattern=ID,
        ),
    ]
    force_id: A[
        str,
        About(
            "The force that ran the cameras; the host, where the equipment was lent.",
            refers_to="forces.force_id",
        ),
    ]
    lender_force_id: A[
        str | None,
        About(
            "The force that lent the equipment, where the publisher says so.",
            refers_to="forces.force_id",
        ),
    ] = None
    publication_id: PublicationId
    edition_id: EditionId
    page: Page
    row: Row
    date: A[dt.date | None, About("First day of the deployment.")] = None
    end_date: A[dt.date | None, About("Last day, where the row covers several days.")] = None
    date_text: A[str | None, About("The date as printed.")] = None
    date_precision: A[str, About("How exactly the date is known.", codes=codes.DATE_PRECISION)] = (
        "day"
    )
    start_time: A[dt.time | None, About("Local time at which the deployment began.")] = None
    end_time: A[dt.time | None, About("Local time at which the deployment ended.")] = None
    duration_minutes: A[int | None, About("How long the cameras ran.", Unit.MINUTES, minimum=0)] = (
        None
    )
    duration_text: A[str | None, About("The duration as printed.")] = None
    location_text: A[str, About("The location as printed.")]
    place_id: A[
        str | None,
        About("The place that the printed location was resolved to.", refers_to="places.place_id"),
    ] = None
    covers_deployments_count: A[
        int | None,
        About(
            "How many deployments the row stands for; absent where several are reported together "
            "and the number is not said.",
            Unit.DEPLOYMENTS,
            minimum=1,
        ),
    ] = 1
    use_case_code: A[
        str | None, About("The publisher's reference of the purpose, in the order printed.")
    ] = None
    use_case_text: A[
        str | None,
        About("The purpose as printed, or as the publication's legend explains the reference."),
    ] = None
    watchlist_size: A[
        int | None,
        About(
            "Images loaded onto the watchlist. Never summed: the same images are loaded again.",
            Unit.IMAGES,
            minimum=1,
        ),
    ] = None
    threshold: A[
        Decimal | None,
        About(
            "Similarity score needed for an alert. Scores of different vendors are not comparable.",
            Unit.SCORE,
            minimum=0,
            maximum=1,
        ),
    ] = None
    cameras_count: A[
        int | None, About("Number of cameras used. Never summed.", Unit.CAMERAS, minimum=1)
    ] = None
    published_false_alert_rate_text: A[
        str | None,
        About("The publisher's own false alert rate as printed: false alerts in 100 faces seen."),
    ] = None
    reliability: Reliability
    counted: A[
        bool,
        About(
            "Whether the row is counted; false where another publication counts the same "
            "deployments."
        ),
    ] = True
    not_counted_reason: A[str | None, About("Why the row is kept but not counted.")] = None
    corrections: A[
        str | None,
        About("Identifiers of the declared corrections that touch the row, separated by spaces."),
    ] = None
    source_url: SourceUrl = None
    note: A[str | None, About("What the source says about the row beyond its cells.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many, at which stage of the funnel, in one deployment.
    Long, so that eight columns and three fit one table."""

    deployment_id: A[
        str, About("The deployment that was counted.", refers_to="deployments.deployment_id")
    ]
    stage_code: A[str, About("What was counted.", codes=codes.STAGE)]
    value: A[
        int | None,
        About(
            "The number used: as printed, or as corrected, or derived. Absent is not zero.",
            Unit.EVENTS,
            minimum=0,
        ),
    ]
    value_status: A[
        str, About("Where the number comes from, or why there is none.", codes=codes.VALUE_STATUS)
    ]
    value_as_printed: A[
        int | None,
        About("The number printed, whatever was corrected since.", Unit.EVENTS, minimum=0),
    ] = None
    printed_text: A[
        str | None, About("The cell as printed; absent where the publication has no such cell.")
    ] = None
    column_heading: A[str | None, About("The publisher's heading of the cell.")] = None
    derivation: A[
        str | None,
        About(
            "The declared rule by which an unprinted number follows from printed ones.",
            codes=codes.DERIVATION,
        ),
    ] = None
    correction_id: A[str | None, About("The declared correction that changed the value.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A total or a rate that somebody stated; compared with the record,
    never an input to a measure."""

    claim_id: A[str, About("Identifier of the claim.", pattern=ID)]
    publication_id: PublicationId
    edition_id: EditionId
    page: Page
    row: Row
    force_text: A[str, About("Whom the claim is about, as stated.")]
    force_id: A[
        str | None,
        About("The force the claim is about, where it is one force.", refers_to="forces.force_id"),
    ]
    measure_text: A[str, About("What is claimed, in the collector's word.")]
    value_text: A[str, About("The stated value as written.")]
    value: A[Decimal | None, About("The stated value as a number, where it is one.")]
    numerator: A[int | None, About("Stated numerator.", Unit.EVENTS, minimum=0)]
    denominator: A[int | None, About("Stated denominator.", Unit.EVENTS, minimum=0)]
    period_start_text: A[str | None, About("Start of the period as stated.")]
    period_end_text: A[str | None, About("End of the period as stated.")]
    period_start: A[
        dt.date | None,
        About("First day of the stated period, where a whole year, month or day is named."),
    ]
    period_end: A[dt.date | None, About("Last day of the stated period.")]
    granularity_text: A[str | None, About("What kind of period or total it is.")]
    location_text: A[str | None, About("Place the claim is about, as stated.")]
    group_dimension: A[str | None, About("The attribute by which a group is meant.")]
    group_text: A[str | None, About("The group the claim is about.")]
    reliability: Reliability
    source_title: A[str, About("Who stated it, where.")]
    source_url: SourceUrl
    note: A[str | None, About("What the collector noted.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Misidentification:
    """A documented case of a person wrongly flagged.
    The technology is always stated and cases are never pooled."""

    misidentification_id: A[str, About("Identifier of the case.", pattern=ID)]
    publication_id: PublicationId
    edition_id: EditionId
    page: Page
    row: Row
    incident_date_text: A[str, About("When it happened, as exactly as the source says.")]
    reported_date_text: A[str | None, About("When it was reported.")]
    operator_text: A[str, About("The force or company that used the technology.")]
    force_id: A[str | None, About("The force, where it was one.", refers_to="forces.force_id")]
    technology_code: A[str, About("The technology used.", codes=codes.TECHNOLOGY)]
    location_text: A[str | None, About("Where it happened, as the source says.")]
    person_text: A[str, About("Who was affected, in the source's words; nobody is named.")]
    people_count: A[
        int | None,
        About(
            "How many people the case is about, where an aggregate says so.", Unit.PEOPLE, minimum=1
        ),
    ]
    error_text: A[str, About("The kind of error.")]
    outcome_text: A[str | None, About("What happened to the person.")]
    litigation_text: A[str | None, About("Legal action known.")]
    evidence_grade: A[
        str, About("What the evidence is: primary document, press, campaign group, secondary.")
    ]
    source_title: A[str, About("Where it is documented.")]
    source_url: SourceUrl
    note: A[str | None, About("What the collector noted.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """One figure of a laboratory or field evaluation, by group and threshold.
    Never pooled with operational figures."""

    test_result_id: A[str, About("Identifier of the figure.", pattern=ID)]
    publication_id: PublicationId
    edition_id: EditionId
    page: Page
    row: Row
    technology_code: A[str, About("The technology tested.", codes=codes.TECHNOLOGY)]
    measure_text: A[str, About("What was measured, in the report's term.")]
    group_dimension: A[str, About("The attribute by which a group is meant; “all” for everybody.")]
    group_text: A[str, About("The group.")]
    threshold_text: A[str | None, About("The similarity score or range of scores tested.")]
    threshold: A[
        Decimal | None,
        About("The similarity score tested, where it is one.", Unit.SCORE, minimum=0, maximum=1),
    ]
    watchlist_size: A[
        int | None, About("Images on the watchlist in the test.", Unit.IMAGES, minimum=1)
    ]
    value_text: A[str, About("The result as stated.")]
    value: A[Decimal | None, About("The result as a number, where it is one.")]
    low: A[Decimal | None, About("Lower bound of the stated 95% interval.")]
    high: A[Decimal | None, About("Upper bound of the stated 95% interval.")]
    basis_text: A[str, About("Whether the value is a count, a rate, a finding or an inference.")]
    reliability: Reliability
    source_title: A[str, About("Where it is stated.")]
    source_url: SourceUrl
    note: A[str | None, About("What the collector noted.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A declared judgement about a printed cell. The printed value stays; this stands beside it."""

    correction_id: A[str, About("Identifier of the correction.", pattern=ID)]
    publication_id: PublicationId
    edition_id: EditionId
    page: Page
    row: Row
    target: A[str, About("The field or stage that is corrected.")]
    printed_text: A[
        str, About("What the cell must say for the correction to hold; otherwise it has expired.")
    ]
    action_code: A[str, About("What is done.", codes=codes.CORRECTION_ACTION)]
    value_text: A[str | None, About("The value used instead.")]
    reason: A[str, About("Why.")]
    evidence: A[str, About("What shows it.")]
    declared_on: A[dt.date, About("When the correction was declared.")]
    reported_by: A[
        str | None,
        About(
            "Who reported the error: an organisation or a role, never a person's name. Absent "
            "where our own reading found it."
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in the published figures that does not add up, is very unlikely,
    or is worth knowing."""

    finding_id: A[str, About("Identifier of the finding: the check and the place.")]
    check_id: A[str, About("The check that found it.")]
    severity_code: A[str, About("How much it matters.", codes=codes.SEVERITY)]
    status_code: A[str, About("What has become of it.", codes=codes.FINDING_STATUS)]
    publication_id: PublicationId
    edition_id: A[str | None, About("The kept file, where the finding is about one.")]
    page: A[int | None, About("Page of the file.", Unit.ORDINAL, minimum=1)]
    row: A[int | None, About("Row on the page.", Unit.ORDINAL, minimum=1)]
    deployment_id: A[
        str | None,
        About("The deployment the finding is about.", refers_to="deployments.deployment_id"),
    ]
    field_name: A[str | None, About("The field or stage the finding is about.")]
    printed_text: A[str, About("What is printed.")]
    expected_text: A[str, About("What was expected, and from what.")]
    message: A[str, About("The finding as a sentence.")]
    correction_id: A[str | None, About("The correction that answers it.")]
    break_id: A[str | None, About("The declared break that explains it.")] = None
