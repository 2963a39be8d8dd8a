"""What the method page shows of the record itself: worked examples, software and thresholds,
breaks, a value's way.

In: `Record`. Out: Estimates, settings and rows in frozen dataclasses.
Does not compute and does not word."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from dashboard.queries.rates import PER_FACE_SEEN
from etl.measures.worked_intervals import WorkedInterval, explain_interval
from etl.model.estimates import Estimate
from etl.model.records import Claim, Correction, Count, Deployment, Finding
from etl.model.reference import Break, Edition, Publication
from etl.model.row_evidence import ListedDeployment
from etl.queries.record import Record

SHARE = "false_share_of_alerts"
RATE = "arrests_per_hour"
# The statement whose year is the example: both rates of it were stated, each under the same name.
_STATED_AS_SHARE = "claims_0164"
_STAGE = "alerts"


@dataclass(frozen=True, slots=True)
class Examples:
    """One year of one force: the same false alerts of faces and of alerts, and a rate;
    a force where none was seen."""

    per_face: Estimate
    of_alerts: Estimate
    worked_share: WorkedInterval | None
    worked_rate: WorkedInterval | None
    none_seen: WorkedInterval | None
    force_name: str
    none_seen_name: str


@dataclass(frozen=True, slots=True)
class OwnThresholds:
    """The thresholds that a force printed for the software of one vendor, and in how many rows."""

    name: str
    codes: tuple[str, ...]
    rows_count: int


@dataclass(frozen=True, slots=True)
class Software:
    """The forces whose rows are of one vendor's software."""

    vendor_code: str | None
    forces: tuple[OwnThresholds, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """A printed number on its way to a page: publication, file, row, count;
    `deployment` is the row."""

    publication: Publication
    edition: Edition
    deployment: ListedDeployment
    count: Count


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of the record each step holds."""

    publications: int
    editions: int
    rows: int
    counted: int
    corrections: int
    findings: int


def get_examples(record: Record) -> Examples | None:
    """The worked examples; None where the record does not hold the statement that they are
    about."""
    stated = record.claims.compare(_STATED_AS_SHARE)
    if stated is None or stated.numerator is None or len(stated.sources) == 0:
        return None
    claim = next(each_claim for each_claim in record.table(Claim, {"claim_id": [_STATED_AS_SHARE]}))
    force_id = str(claim.force_id)
    period = (stated.window_start, stated.window_end)

    def fetch(measure_id: str) -> Estimate:
        return record.estimate(measure_id, where={"force_id": [force_id]}, period=period).only()

    of_alerts = fetch(SHARE)
    by_force = record.estimate(SHARE, by=("force_id",)).estimates
    none_seen = max(
        (estimate for estimate in by_force if estimate.status == "none_seen"),
        key=lambda estimate: estimate.denominator or 0,
        default=None,
    )
    names = record.force_names()
    return Examples(
        per_face=fetch(PER_FACE_SEEN),
        of_alerts=of_alerts,
        worked_share=explain_interval(of_alerts),
        worked_rate=explain_interval(fetch(RATE)),
        none_seen=explain_interval(none_seen) if none_seen else None,
        force_name=names.get(force_id, force_id),
        none_seen_name=names.get(str(none_seen.of("force_id")), "") if none_seen else "",
    )


def get_software(record: Record) -> list[Software]:
    """Forces by the vendor of their software, those with most rows first;
    the vendor that is not known at the end."""
    own_thresholds: dict[str | None, list[OwnThresholds]] = {}
    for force_id, name in record.force_names().items():
        settings = record.forces.settings(force_id, "threshold")
        for vendor in dict.fromkeys(setting.vendor_code for setting in settings):
            own = [setting for setting in settings if setting.vendor_code == vendor]
            codes = sorted({setting.code for setting in own if setting.code is not None})
            rows = sum(setting.rows_count for setting in own)
            own_thresholds.setdefault(vendor, []).append(OwnThresholds(name, tuple(codes), rows))
    ordered = sorted(own_thresholds.items(), key=lambda pair: (pair[0] is None, str(pair[0])))
    return [Software(vendor, tuple(sorted(own, key=_max_rows))) for vendor, own in ordered]


def _max_rows(own_thresholds: OwnThresholds) -> tuple[int, str]:
    return -own_thresholds.rows_count, own_thresholds.name


def get_breaks(record: Record) -> list[Break]:
    """Every declared break, the oldest first."""
    return sorted(record.table(Break), key=attrgetter("first_date", "break_id"))


def get_provenance(record: Record) -> Provenance | None:
    """The latest dated row of an official text with alerts in it; None where there is none."""
    for row in record.rows.deployments({"reliability": ["primary"]}):
        if not row.counts[_STAGE] or not row.date:
            continue
        counts = record.table(Count, {"deployment_id": [row.deployment_id], "stage_code": [_STAGE]})
        if counts and counts[0].printed_text:
            edition = record.by_id(Edition)[row.edition_id]
            publication = record.by_id(Publication)[row.publication_id]
            return Provenance(publication, edition, row, counts[0])
    return None


def get_amounts(record: Record) -> Amounts:
    """How many publications, files, rows, corrections and open findings there are."""
    rows = record.table(Deployment)
    return Amounts(
        publications=len(record.table(Publication)),
        editions=len(record.table(Edition)),
        rows=len(rows),
        counted=sum(1 for row in rows if row.counted),
        corrections=len(record.table(Correction)),
        findings=len(record.table(Finding, {"status_code": ["open"]})),
    )
