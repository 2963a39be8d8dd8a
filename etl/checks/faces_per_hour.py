"""Checks of the faces seen against the rows around: single rows out of line, and changes of level.

In: `Evidence` with values as printed. Out: `Finding`s.
Does not say why: a busier place, a lost digit and another way of estimating look alike."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from etl.checks.counts import exact, rows_by_edition
from etl.checks.evidence import Evidence
from etl.checks.findings import report_row, report_table
from etl.model.calendar import format_day
from etl.model.messages import message
from etl.model.records import Deployment, Finding

# A row out of line: rows before and after, the fewest of them, and how many robust standard
# deviations are too many.
ROWS_AROUND = 15
MIN_AROUND = 10
TOO_FAR = 4.0
# 1.4826 median absolute deviations are one standard deviation if the values are normally
# distributed.
MAD_TO_SD = 1.4826
# A change of level: rows on each side, and the factor between their medians.
ROWS_A_SIDE = 10
LEVEL_FACTOR = 4
AN_HOUR, A_DEPLOYMENT = "an hour", "a deployment"
_NEAR = {AN_HOUR: "near_an_hour", A_DEPLOYMENT: "near_a_deployment"}
_NEARER = {AN_HOUR: "nearer_an_hour", A_DEPLOYMENT: "nearer_a_deployment"}


@dataclass(frozen=True, slots=True)
class _FacesPerHour:
    """A row with its faces seen and the logarithm of its pace, per hour or per deployment."""

    row: Deployment
    faces: int
    log_pace: float


def check_faces_in_line(evidence: Evidence) -> Iterator[Finding]:
    """Each row's pace against the rows before and after it, on a log scale."""
    for _, unit, paces in _faces_per_hour_by_edition(evidence):
        for position, pace in enumerate(paces):
            around = (
                paces[max(0, position - ROWS_AROUND) : position]
                + paces[position + 1 :][:ROWS_AROUND]
            )
            logs = [near.log_pace for near in around]
            if len(logs) < MIN_AROUND:
                continue
            middle = median(logs)
            spread = MAD_TO_SD * median(abs(value - middle) for value in logs)
            if spread and abs(pace.log_pace - middle) / spread > TOO_FAR:
                usual = f"{math.exp(middle):,.0f} {unit}"
                text = f"{pace.faces:,} faces seen"
                text += f", {math.exp(pace.log_pace):,.0f} an hour," if unit == AN_HOUR else ""
                yield report_row(
                    "faces_seen_outlier",
                    pace.row,
                    "faces_seen",
                    printed=str(pace.faces),
                    expected=message(_NEARER[unit], count=f"{math.exp(middle):,.0f}"),
                    message=(
                        f"{text} are printed, while the rows around have {usual} in the middle."
                    ),
                )


def check_faces_level(evidence: Evidence) -> Iterator[Finding]:
    """The median pace of ten rows of a force against that of the ten before; of a run of such
    places only the clearest.

    It crosses from one file to the next, where a new way of estimating is likeliest to begin: per
    hour where both files print durations, else per deployment."""
    for unit, paces in _faces_per_hour_by_force(evidence):
        steps = []
        for position in range(ROWS_A_SIDE, len(paces) - ROWS_A_SIDE + 1):
            around = paces[position - ROWS_A_SIDE : position + ROWS_A_SIDE]
            if unit == A_DEPLOYMENT and all(
                pace.row.duration_minutes is not None for pace in around
            ):
                continue  # told by the hour
            before = median(pace.log_pace for pace in paces[position - ROWS_A_SIDE : position])
            after = median(pace.log_pace for pace in paces[position : position + ROWS_A_SIDE])
            steps.append((abs(after - before), position, before, after))
        selection: list[int] = []
        for size, position, before, after in sorted(steps, reverse=True):
            if size < math.log(LEVEL_FACTOR) or any(
                abs(position - other) < 2 * ROWS_A_SIDE for other in selection
            ):
                continue
            selection.append(position)
            row = paces[position].row
            old, new = f"{math.exp(before):,.0f}", f"{math.exp(after):,.0f}"
            yield report_table(
                "faces_seen_level",
                row.publication_id,
                row.edition_id,
                "faces_seen",
                page=row.page,
                row=row.row,
                printed=f"{new} {unit}",
                expected=message(_NEAR[unit], count=old, rows=ROWS_A_SIDE),
                message=(
                    f"From {format_day(row.date)} on, {new} faces seen {unit} are printed in the "
                    f"middle of {ROWS_A_SIDE} rows, after {old} in the {ROWS_A_SIDE} rows before."
                ),
            )


def _faces_per_hour_by_force(evidence: Evidence) -> Iterator[tuple[str, list[_FacesPerHour]]]:
    """The counted rows of each force with faces seen, by file; per hour, then per deployment."""
    editions: dict[str, list[tuple[dt.date, list[Deployment]]]] = {}
    for rows in rows_by_edition(evidence).values():
        for force_id in dict.fromkeys(row.force_id for row in rows):
            own = [row for row in rows if row.force_id == force_id and row.counted]
            if dates := [row.date for row in own if row.date is not None]:
                editions.setdefault(force_id, []).append((min(dates), own))
    for files in editions.values():
        ordered = [row for _, rows in sorted(files, key=lambda file: file[0]) for row in rows]
        for unit in (AN_HOUR, A_DEPLOYMENT):
            paces = []
            for row in ordered:
                faces = exact(evidence, row, "faces_seen")
                minutes = row.duration_minutes if unit == AN_HOUR else 60
                if faces and minutes:
                    paces.append(_FacesPerHour(row, faces, math.log(60 * faces / minutes)))
            yield unit, paces


def _faces_per_hour_by_edition(
    evidence: Evidence,
) -> Iterator[tuple[str, str, list[_FacesPerHour]]]:
    """The rows of each file with faces seen; per hour, or per deployment where most rows lack a
    duration."""
    for edition_id, rows in rows_by_edition(evidence).items():
        timed = sum(row.duration_minutes is not None for row in rows) >= 0.5 * len(rows)
        paces = []
        for row in rows:
            faces = exact(evidence, row, "faces_seen")
            minutes = row.duration_minutes if timed else 60
            if faces and minutes:
                paces.append(_FacesPerHour(row, faces, math.log(60 * faces / minutes)))
        yield edition_id, AN_HOUR if timed else A_DEPLOYMENT, paces
