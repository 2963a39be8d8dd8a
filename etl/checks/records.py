"""Checks of one record: its fields, its dates and times, and whether its numbers agree with each
other.

In: `Evidence` with values as printed. Out: `Finding`s.
Does not compare a row with another (`tables`, `neighbours`,
`overlaps`) and does not judge the printed rate (`rates`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.checks.counts import PARTS_OF, at_least, describe_stage, exact, get_count
from etl.checks.evidence import Evidence
from etl.checks.findings import report_row, report_table
from etl.model import codes
from etl.model.calendar import format_day
from etl.model.fields import fields_of
from etl.model.messages import message
from etl.model.records import Claim, Count, Deployment, Finding

MAX_MINUTES = 16 * 60
_FACES_IN_REMARK = re.compile(r"\b(\d{1,3}(?:,\d{3})+|\d+) faces\b")
_DOUBT = re.compile(r"\b(anomal(y|ies|ous)|another copy says)\b", re.IGNORECASE)


def check_fields(evidence: Evidence) -> Iterator[Finding]:
    """Every declared field of every deployment, count and claim."""
    for deployment in evidence.deployments:
        for field in fields_of(Deployment):
            value = getattr(deployment, field.name)
            for fault in field.faults(value):
                yield _field_fault(deployment, field.name, value, fault)
        for stage, count in evidence.counts[deployment.deployment_id].items():
            for field in fields_of(Count):
                value = getattr(count, field.name)
                for fault in field.faults(value):
                    yield _field_fault(deployment, f"{stage}.{field.name}", value, fault)
    for claim in evidence.claims:
        for field in fields_of(Claim):
            for fault in field.faults(getattr(claim, field.name)):
                yield report_table(
                    "field_fault",
                    claim.publication_id,
                    claim.edition_id,
                    field.name,
                    page=claim.page,
                    row=claim.row,
                    printed=str(getattr(claim, field.name)),
                    expected=fault,
                    message=(
                        f"{claim.claim_id}: {field.name} holds {getattr(claim, field.name)!r}; "
                        f"expected {fault}."
                    ),
                )


def _field_fault(deployment: Deployment, name: str, value: object, fault: str) -> Finding:
    message = f"{name} holds {value!r}; expected {fault}."
    return report_row(
        "field_fault", deployment, name, printed=str(value), expected=fault, message=message
    )


def check_gaps(evidence: Evidence) -> Iterator[Finding]:
    """A number needs a status of its source, a gap a status of its reason."""
    for deployment in evidence.deployments:
        for stage, count in evidence.counts[deployment.deployment_id].items():
            if (count.value is None) != (count.value_status in codes.ABSENT):
                yield report_row(
                    "gap_contradicts_value",
                    deployment,
                    stage,
                    printed=str(count.value),
                    expected="a reason for the gap"
                    if count.value is None
                    else "a status of a number",
                    message=(
                        f"{describe_stage(stage)} is {count.value} with the status "
                        f"{count.value_status}."
                    ),
                )


def check_period(evidence: Evidence) -> Iterator[Finding]:
    for deployment in evidence.deployments:
        edition = evidence.editions.get(deployment.edition_id)
        if edition is None or deployment.date is None:
            continue
        last = deployment.end_date or deployment.date
        too_early = edition.period_start is not None and deployment.date < edition.period_start
        too_late = edition.period_end is not None and last > edition.period_end
        if too_early or too_late:
            period = f"{format_day(edition.period_start)} to {format_day(edition.period_end)}"
            yield report_row(
                "date_outside_period",
                deployment,
                "date",
                printed=deployment.date_text or deployment.date.isoformat(),
                expected=f"a day from {period}, which the file covers",
                message=f"the file covers {period}.",
            )


def check_times(evidence: Evidence) -> Iterator[Finding]:
    """First and last day, duration, start and end."""
    for row in evidence.deployments:
        if row.date and row.end_date and row.end_date < row.date:
            yield report_row(
                "end_before_start",
                row,
                "end_date",
                printed=row.date_text or row.end_date.isoformat(),
                expected=message("last_day_from", day=row.date),
                message=f"the last day, {format_day(row.end_date)}, is before the first.",
            )
        minutes = row.duration_minutes
        if minutes is not None and not 0 < minutes <= MAX_MINUTES:
            yield report_row(
                "duration_implausible",
                row,
                "duration_minutes",
                printed=row.duration_text or str(minutes),
                expected=message("duration_limits"),
                message=f"the cameras are said to have run for {minutes:,} minutes.",
            )
        if minutes is not None and row.start_time and row.end_time:
            between = (
                (row.end_time.hour - row.start_time.hour) * 60
                + row.end_time.minute
                - row.start_time.minute
            )
            # A deployment may run past midnight.
            between %= 24 * 60
            if between != minutes:
                yield report_row(
                    "duration_contradicts_times",
                    row,
                    "duration_minutes",
                    printed=row.duration_text or str(minutes),
                    expected=message(
                        "minutes_between",
                        count=between,
                        begun=f"{row.start_time:%H:%M}",
                        ended=f"{row.end_time:%H:%M}",
                    ),
                    message=(
                        f"{minutes} minutes are printed, but from {row.start_time:%H:%M} to "
                        f"{row.end_time:%H:%M} it is {between}."
                    ),
                )


def check_parts(evidence: Evidence) -> Iterator[Finding]:
    """A printed whole against its parts, or against those that are printed."""
    for deployment in evidence.deployments:
        for whole, parts in PARTS_OF.items():
            printed = exact(evidence, deployment, whole)
            if printed is None:
                continue
            known = [get_count(evidence, deployment, part) for part in parts]
            total = sum(at_least(evidence, deployment, part) for part in parts)
            complete = all(part is not None for part in known)
            if total > printed or (complete and total < printed):
                names = " and ".join(describe_stage(part) for part in parts)
                atleast = "" if complete else "at least "
                yield report_row(
                    "whole_differs_from_parts",
                    deployment,
                    whole,
                    printed=str(printed),
                    expected=message(
                        "sum_of" if complete else "at_least_sum_of", count=total, parts=names
                    ),
                    message=(
                        f"{printed} is printed for {describe_stage(whole)}, but {names} add up to "
                        f"{atleast}{total}."
                    ),
                )


def check_arrests(evidence: Evidence) -> Iterator[Finding]:
    """Arrests against true alerts or, where these are not known, all alerts."""
    for deployment in evidence.deployments:
        for stage in ("arrests", "arrests_or_disposals"):
            arrests = exact(evidence, deployment, stage)
            limits = [
                (get_count(evidence, deployment, limit), limit)
                for limit in ("true_alerts", "alerts")
            ]
            known = [(value, limit) for value, limit in limits if value is not None]
            if arrests is not None and known and arrests > known[0][0]:
                value, limit = known[0]
                yield report_row(
                    "more_arrests_than_true_alerts",
                    deployment,
                    stage,
                    printed=str(arrests),
                    expected=message("at_most_stage", count=value, stage=describe_stage(limit)),
                    message=(
                        f"{arrests} {describe_stage(stage)} are printed beside {value} "
                        f"{describe_stage(limit)}."
                    ),
                )


def check_engagements(evidence: Evidence) -> Iterator[Finding]:
    for deployment in evidence.deployments:
        for kind in ("true_alerts", "false_alerts"):
            stage = f"engagements_after_{kind}"
            engaged = exact(evidence, deployment, stage)
            alerts = get_count(evidence, deployment, kind)
            if engaged is not None and alerts is not None and engaged > alerts:
                yield report_row(
                    "more_engagements_than_alerts",
                    deployment,
                    stage,
                    printed=str(engaged),
                    expected=message("at_most_stage", count=alerts, stage=describe_stage(kind)),
                    message=(
                        f"{engaged} {describe_stage(stage)} are printed beside {alerts} "
                        f"{describe_stage(kind)}."
                    ),
                )


def check_faces(evidence: Evidence) -> Iterator[Finding]:
    for deployment in evidence.deployments:
        faces = exact(evidence, deployment, "faces_seen")
        alerts = at_least(evidence, deployment, "alerts")
        if faces is not None and faces < alerts:
            yield report_row(
                "fewer_faces_than_alerts",
                deployment,
                "faces_seen",
                printed=str(faces),
                expected=message("at_least_alerts", count=alerts),
                message=f"{faces:,} faces seen are printed beside {alerts} alerts.",
            )


def check_remarks(evidence: Evidence) -> Iterator[Finding]:
    """What the source says beside the row, held against the row."""
    for deployment in evidence.deployments:
        remark = deployment.note or ""
        faces = exact(evidence, deployment, "faces_seen")
        named = _FACES_IN_REMARK.search(remark)
        if named and faces is not None and int(named.group(1).replace(",", "")) != faces:
            yield report_row(
                "remark_contradicts_faces",
                deployment,
                "faces_seen",
                printed=str(faces),
                expected=message("number_of_remark", count=named.group(1)),
                message=f"{faces:,} faces seen are printed, but the remark says “{remark}”.",
            )
        if _DOUBT.search(remark):
            yield report_row(
                "remark_reports_doubt",
                deployment,
                "note",
                printed=remark,
                expected="no doubt",
                message=f"the source remarks: “{remark}”.",
            )
