"""What is asked of one force: its stages from faces to arrests, its settings, how complete it is,
and what is doubtful.

In: nothing. Out: the hand-overs between `etl.queries.forces` and every reader.
Does not query and does not word."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from etl.model.records import Correction, Finding
from etl.model.reference import Break

# From faces to arrests: each stage with the one that it is a part of.
STAGE_OF: dict[str, str | None] = {
    "faces_seen": None,
    "alerts": "faces_seen",
    "true_alerts": "alerts",
    "false_alerts": "alerts",
    "true_alerts_confirmed": "true_alerts",
    "false_alerts_confirmed": "false_alerts",
    "engagements_after_true_alerts": "true_alerts",
    "engagements_after_false_alerts": "false_alerts",
    "arrests": "alerts",
    "arrests_or_disposals": "alerts",
}


@dataclass(frozen=True, slots=True)
class StageCount:
    """One stage, added up over the rows that have it.

    `count` is None if none of the `rows_count` rows has it. `missing` are the statuses of the rows
    that have no number to add, with how many rows each. `part` of `whole` are the counts of this
    stage and of `of_code` over the `both_count` rows that have both."""

    stage_code: str
    count: int | None
    used_count: int
    rows_count: int
    missing: tuple[tuple[str, int], ...]
    of_code: str | None = None
    part: int | None = None
    whole: int | None = None
    both_count: int = 0


@dataclass(frozen=True, slots=True)
class ForceStages:
    """The stages of one force over rows that may be added up.

    The rows are those since `since_break`, the last day in the period on which what is printed
    changed, and of one `publication_id` where rows cannot be told apart by their days;
    `other_rows_count` rows of the period are left out."""

    force_id: str
    stages: tuple[StageCount, ...]
    rows_count: int
    other_rows_count: int
    period_start: dt.date | None
    period_end: dt.date | None
    publication_id: str | None
    since_break: Break | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForceSetting:
    """Rows of one kind of setting: software, threshold or year. Watchlist sizes are as printed and
    never summed.

    `middle_size` is a printed size: half of the sizes are no larger."""

    code: str | None
    vendor_code: str | None
    rows_count: int
    period_start: dt.date | None
    period_end: dt.date | None
    sized_count: int
    smallest_size: int | None
    middle_size: int | None
    largest_size: int | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForceIssues:
    """Findings in and corrections of the rows of one force, as rows of their tables."""

    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many counted rows have one status of one stage."""

    stage_code: str
    value_status: str
    rows_count: int
