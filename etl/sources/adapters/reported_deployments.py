"""Deployments that forces or the press told in sentences, entered by hand with the source of each
row.

One row is what one source reported as one figure: mostly one deployment, sometimes several days or
places together, which `covers_deployments` says where the source does. "Positive alerts" are
entered as true alerts; all alerts are entered only where the source counts them as such. To
distrust: forces told what they chose to tell, mostly when there were arrests, so the rows are no
sample of a force's deployments; "more than" and "just over" are lower bounds; a figure of zero
false alerts is often a running total that covers the row."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from etl.formats.printed_values import UnparseableError, read_count, read_decimal, read_iso_day
from etl.formats.spreadsheets import read_csv_table
from etl.model import codes
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.record_sets import Records
from etl.model.records import Count, Deployment
from etl.sources.collected_rows import CollectedRow, read_code, read_grade, read_rows
from etl.sources.column_maps import keep_known_tables
from etl.sources.force_names import read_single_force

PUBLICATION = "reported_deployments"
SUFFIX = ".csv"

ENTERED_STAGES = ("faces_seen", "alerts", "true_alerts", "false_alerts", "arrests")
_QUALIFIERS = {"exact": "published", "at_least": "at_least", "about": "about"}
_SEASON = re.compile(r"\d{4}-(?:spring|summer|autumn|winter)", re.ASCII)
_MONTH_OR_YEAR = re.compile(r"\d{4}(?P<month>-(?:0[1-9]|1[0-2]))?", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


def read(path: Path) -> tuple[RawTable, ...]:
    """The one table of the file, whose first two columns are each row's page and number."""
    table = read_csv_table(path, page_column="page", row_column="row")
    return keep_known_tables(path.name, PUBLICATION, [table])


def to_records(edition: KeptEdition) -> Records:
    """One Deployment a row, with a Count for each stage of the funnel."""
    rows = read_rows(edition, _to_deployment)
    return Records(
        deployments=tuple(deployment for deployment, _ in rows),
        counts=tuple(count for _, counts in rows for count in counts),
    )


def _to_deployment(row: CollectedRow) -> tuple[Deployment, tuple[Count, ...]]:
    deployment_id = f"{row.edition.edition_id}_{row.row:04d}"
    reason = row.text("not_counted_reason")
    deployment = Deployment(
        deployment_id=deployment_id,
        force_id=row.needed("force_id", read_single_force),
        lender_force_id=row.value("lender_force_id", read_single_force),
        publication_id=row.edition.publication_id,
        edition_id=row.edition.edition_id,
        page=row.page,
        row=row.row,
        **(row.needed_value("date_text", read_dates) or {"date": None}),
        date_text=row.text("date_text"),
        start_time=row.value("start_time", read_clock_time),
        end_time=row.value("end_time", read_clock_time),
        duration_minutes=row.value("duration_minutes", read_count),
        duration_text=row.text("duration_minutes"),
        location_text=row.needed_text("location_text"),
        covers_deployments_count=row.value("covers_deployments_count", _read_covered),
        watchlist_size=row.value("watchlist_size", read_count),
        threshold=row.value("threshold", read_decimal),
        reliability=row.needed("reliability", read_grade),
        counted=reason is None,
        not_counted_reason=reason,
        source_url=row.text("source_url"),
        note=row.text("note"),
    )
    return deployment, tuple(_to_count(row, deployment_id, stage) for stage in codes.STAGE)


def _to_count(row: CollectedRow, deployment_id: str, stage: str) -> Count:
    text = row.text(stage) if stage in ENTERED_STAGES else None
    status = _faces_status(row) if stage == "faces_seen" else "published"
    if text is None:
        return Count(
            deployment_id=deployment_id, stage_code=stage, value=None, value_status="not_published"
        )
    value = row.value(stage, read_count)
    return Count(
        deployment_id=deployment_id,
        stage_code=stage,
        value=value,
        value_status=status,
        value_as_printed=value,
        printed_text=text,
        column_heading=row.heading(stage),
    )


def _faces_status(row: CollectedRow) -> str:
    """The status of the number of faces; a number without a qualifier,
    or a qualifier without a number, is refused."""
    if row.text("faces_seen") is None:
        if row.text("faces_seen_qualifier") is not None:
            row.refuse(
                "faces_seen_qualifier", "no qualifier, because there is no number of faces seen"
            )
        return "not_published"
    expected = f"one of {', '.join(_QUALIFIERS)}, because there is a number of faces seen"
    return row.needed("faces_seen_qualifier", read_code(_QUALIFIERS, expected))


def read_dates(text: str) -> dict[str, Any]:
    """A day, two days with a slash between, a month, a year or a season:
    the fields of a Deployment that it fills."""
    if _SEASON.fullmatch(text):
        return {"date": None, "date_precision": "season"}
    if match := _MONTH_OR_YEAR.fullmatch(text):
        return {"date": None, "date_precision": "month" if match["month"] else "year"}
    if "/" not in text:
        return {"date": read_iso_day(text)}
    first, last = (read_iso_day(part) for part in text.split("/", maxsplit=1))
    if last <= first:
        raise UnparseableError("two days with a slash between, the earlier one first")
    return {"date": first, "end_date": last, "date_precision": "days"}


def read_clock_time(text: str) -> dt.time:
    """A time by the 24-hour clock."""
    match = _CLOCK.fullmatch(text)
    if not match:
        raise UnparseableError("a time such as 08:30")
    return dt.time(int(match[1]), int(match[2]))


def _read_covered(text: str) -> int:
    covered = read_count(text)
    if covered < 1:
        raise UnparseableError("a whole number from 1, or blank where the source does not say")
    return covered
