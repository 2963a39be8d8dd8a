"""What the method page shows of the record itself: worked examples, software and thresholds, breaks, a value's way.

In: `Answers`. Out: Estimates, settings and rows in frozen dataclasses. Does not compute and does not word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.queries.rates import PER_FACE_SEEN
from etl.measures.worked_intervals import WorkedInterval, explain_interval
from etl.model.estimates import Estimate
from etl.queries.record import Answers

SHARE = "false_share_of_alerts"
RATE = "arrests_per_hour"
# The statement whose year is the example: both rates of it were stated, each under the same name.
_STATED_AS_SHARE = "claims_0164"
_STAGE = "alerts"


@dataclass(frozen=True, slots=True)
class Examples:
    """One year of one force: the same false alerts of faces and of alerts, and a rate; a force where none was seen."""

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
class Way:
    """A printed number on its way to a page: publication, file, row, count; `deployment` is the row."""

    publication: Mapping[str, Any]
    edition: Mapping[str, Any]
    deployment: Mapping[str, Any]
    count: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of the record each step holds."""

    publications: int
    editions: int
    rows: int
    counted: int
    corrections: int
    findings: int


def ask_examples(answers: Answers) -> Examples | None:
    """The worked examples; None where the record does not hold the statement that they are about."""
    stated = answers.compare_claim(_STATED_AS_SHARE)
    if stated is None or stated.numerator is None or len(stated.sources) == 0:
        return None
    claim = next(one for one in answers.rows("claims", {"claim_id": [_STATED_AS_SHARE]}))
    force_id = str(claim["force_id"])
    period = (stated.window_start, stated.window_end)

    def ask(measure_id: str) -> Estimate:
        return answers.estimate(measure_id, where={"force_id": [force_id]}, period=period).only()

    of_alerts = ask(SHARE)
    by_force = answers.estimate(SHARE, by=("force_id",)).estimates
    none_seen = max((one for one in by_force if one.status == "none_seen"), key=lambda one: one.denominator or 0, default=None)  # fmt: skip
    names = answers.forces()
    return Examples(
        per_face=ask(PER_FACE_SEEN),
        of_alerts=of_alerts,
        worked_share=explain_interval(of_alerts),
        worked_rate=explain_interval(ask(RATE)),
        none_seen=explain_interval(none_seen) if none_seen else None,
        force_name=names.get(force_id, force_id),
        none_seen_name=names.get(str(none_seen.of("force_id")), "") if none_seen else "",
    )


def ask_software(answers: Answers) -> list[Software]:
    """Forces by the vendor of their software, those with most rows first; the vendor that is not known at the end."""
    found: dict[str | None, list[OwnThresholds]] = {}
    for force_id, name in answers.forces().items():
        settings = answers.settings(force_id, "threshold")
        for vendor in dict.fromkeys(one.vendor_code for one in settings):
            own = [one for one in settings if one.vendor_code == vendor]
            codes = sorted({one.code for one in own if one.code is not None})
            rows = sum(one.rows_count for one in own)
            found.setdefault(vendor, []).append(OwnThresholds(name, tuple(codes), rows))
    ordered = sorted(found.items(), key=lambda pair: (pair[0] is None, str(pair[0])))
    return [Software(vendor, tuple(sorted(own, key=_most_rows))) for vendor, own in ordered]


def _most_rows(one: OwnThresholds) -> tuple[int, str]:
    return -one.rows_count, one.name


def ask_breaks(answers: Answers) -> list[dict[str, Any]]:
    """Every declared break, the oldest first."""
    return sorted(answers.rows("breaks"), key=lambda one: (one["first_date"], one["break_id"]))


def ask_way(answers: Answers) -> Way | None:
    """The latest dated row of an official text with alerts in it; None where there is none."""
    for row in answers.deployments({"reliability": ["primary"]}):
        if not row[f"{_STAGE}_count"] or not row["date"]:
            continue
        counts = answers.rows("counts", {"deployment_id": [row["deployment_id"]], "stage_code": [_STAGE]})
        if counts and counts[0]["printed_text"]:
            (edition,) = answers.rows("editions", {"edition_id": [row["edition_id"]]})
            (publication,) = answers.rows("publications", {"publication_id": [row["publication_id"]]})
            return Way(publication, edition, row, counts[0])
    return None


def ask_amounts(answers: Answers) -> Amounts:
    """How many publications, files, rows, corrections and open findings there are."""
    rows = answers.rows("deployments")
    return Amounts(
        publications=len(answers.rows("publications")),
        editions=len(answers.rows("editions")),
        rows=len(rows),
        counted=sum(1 for one in rows if one["counted"]),
        corrections=len(answers.rows("corrections")),
        findings=len(answers.rows("findings", {"status_code": ["open"]})),
    )
