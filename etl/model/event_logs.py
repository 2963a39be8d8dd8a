"""The event log that a force's system writes, and the list of deployments that goes with it.

In: the rows of `fields.csv` for each record. Out: `ScanInterval`, `AlertEvent`, `ListedDeployment`
and `LOG_TABLES`. No field can hold a name, an image, a template, a plate or free text; a place of
the list has the rules of a return. A log is never kept in the record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from etl.model.codes import code_list
from etl.model.fields import Field, fields_of

ALERT_DECISION = code_list("alert_decision")
ALERT_OUTCOME = code_list("alert_outcome")
YES_NO = code_list("yes_no")
MAX_INTERVAL_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanInterval:
    """One camera for a stretch of seconds, with the faces that it detected."""

    force_id: str
    deployment_id: str
    camera_id: str
    started_at: dt.datetime
    seconds: int
    faces_detected_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEvent:
    """One alert: when, by which camera, with what score, what the operator decided, what came of
    it."""

    alert_id: str
    deployment_id: str
    camera_id: str
    alerted_at: dt.datetime
    score: float
    threshold: float
    watchlist_reason_code: str
    decision_code: str
    engagement_code: str
    outcome_code: str | None
    classification_code: str | None
    group_code: str | None
    decided_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDeployment:
    """What a return says of a deployment and no event log does. A small list, checked as a return
    is."""

    force_id: str
    deployment_id: str
    location_text: str
    use_case_text: str | None
    watchlist_size: int
    threshold: float


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
