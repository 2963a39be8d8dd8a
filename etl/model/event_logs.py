"""The event log that a force's system writes, and the list of deployments that goes with it.

In: nothing. Out: `ScanInterval`, `AlertEvent`, `ListedDeployment`, declared like the records of
`etl.model.records`, and `LOG_TABLES`. No field can hold a name, an image, a template, a plate or
free text; a place of the list has the rules of a return. A log is never kept in the record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated as A

from etl.model.codes import code_list
from etl.model.fields import About, Field, Unit, fields_of
from etl.model.groups import CLASSIFICATION
from etl.model.return_codes import WATCHLIST_REASON

# Identifiers of a system: letters, digits and three signs, so that no sentence fits.
SYSTEM_ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
ALERT_DECISION = code_list("alert_decision")
ALERT_OUTCOME = code_list("alert_outcome")
YES_NO = code_list("yes_no")
MAX_INTERVAL_SECONDS = 3600

ForceId = A[str, About("The force that ran the cameras.", refers_to="forces.force_id")]
DeploymentId = A[str, About("The force's own identifier of the deployment.", pattern=SYSTEM_ID)]
CameraId = A[str, About("The force's own identifier of the camera.", pattern=SYSTEM_ID)]
Score = A[float, About("Similarity of the alert.", Unit.SCORE, 0, 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanInterval:
    """One camera for a stretch of seconds, with the faces that it detected."""

    force_id: ForceId
    deployment_id: DeploymentId
    camera_id: CameraId
    started_at: A[dt.datetime, About("Start of the interval, as an instant (UTC).")]
    seconds: A[
        int, About("Length of the interval in seconds.", minimum=1, maximum=MAX_INTERVAL_SECONDS)
    ]
    faces_detected_count: A[int, About("Faces detected in it.", Unit.FACES, minimum=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEvent:
    """One alert: when, by which camera, with what score, what the operator decided, what came of
    it."""

    alert_id: A[str, About("Identifier of the alert; each once.", pattern=SYSTEM_ID)]
    deployment_id: DeploymentId
    camera_id: CameraId
    alerted_at: A[dt.datetime, About("When the system gave the alert, as an instant (UTC).")]
    score: Score
    threshold: A[float, About("The threshold in use.", Unit.SCORE, 0, 1)]
    watchlist_reason_code: A[
        str, About("Why the person was on the watchlist.", codes=WATCHLIST_REASON)
    ]
    decision_code: A[str, About("What was decided about the alert.", codes=ALERT_DECISION)]
    engagement_code: A[str, About("Whether an officer spoke to the person.", codes=YES_NO)]
    outcome_code: A[
        str | None, About("What came of the engagement, if there was one.", codes=ALERT_OUTCOME)
    ]
    classification_code: A[
        str | None,
        About("The list of groups, which says who decided the group.", codes=CLASSIFICATION),
    ]
    group_code: A[str | None, About("The group, as a code of that list.")]
    decided_at: A[dt.datetime | None, About("When it was decided, as an instant (UTC).")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDeployment:
    """What a return says of a deployment and no event log does. A small list, checked as a return
    is."""

    force_id: ForceId
    deployment_id: DeploymentId
    location_text: A[str, About("The place as it will be published.")]
    use_case_text: A[str | None, About("The purpose as it will be published.")]
    watchlist_size: A[int, About("Entries on the watchlist.", Unit.IMAGES, minimum=0)]
    threshold: A[float, About("The threshold that was set.", Unit.SCORE, 0, 1)]


@dataclass(frozen=True, slots=True)
class LogTable:
    """A table of the log: its name, which is that of its file or folder, and its record."""

    name: str
    record: type

    @property
    def fields(self) -> tuple[Field, ...]:
        return fields_of(self.record)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


INTERVALS = LogTable("scan_intervals", ScanInterval)
ALERTS = LogTable("alert_events", AlertEvent)
LISTED = LogTable("deployments", ListedDeployment)
LOG_TABLES = {table.name: table for table in (INTERVALS, ALERTS, LISTED)}
