"""Returns that forces made in the standard template, checked and signed off by a second person of
the force.

One row of the sheet deployments is one deployment; the other sheets hold counts of the period by
group, offence and reason. Published counts of a force itself, so its figures are primary. To
distrust: nobody outside the force has compared a return with the force's log; counts by group that
would single somebody out were hidden by the force before it sent them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from etl.formats.cell_files import read_cells
from etl.model import codes
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.problems import InvalidValueError, Problem, format_place
from etl.model.record_sets import Records
from etl.model.records import Count, Deployment, Misidentification
from etl.model.return_codes import ERROR_KIND, ERROR_OUTCOME
from etl.model.return_records import ReturnedCount
from etl.model.return_template import TEMPLATES, Template
from etl.sources.return_rows import CellFault, ReadReturn, ReturnRow, read_return

PUBLICATION = "force_returns"
SUFFIX = ".cells.csv"


def read(path: Path) -> tuple[RawTable, ...]:
    """The sheets of a return from its cells; the intake of returns reads the workbook."""
    return read_cells(path)


def to_records(edition: KeptEdition, templates: Mapping[str, Template] = TEMPLATES) -> Records:
    """Every sheet's rows as records; `InvalidValueError` with every cell that cannot be
    understood."""
    given = read_return(edition.tables, templates)
    if given.faults:
        raise InvalidValueError(_to_problem(edition, given, fault) for fault in given.faults)
    return make_records(edition, given)


def make_records(edition: KeptEdition, given: ReadReturn) -> Records:
    """Records of the rows that were read without a fault in a cell that they need."""
    sound = {name: [row for row in rows if _is_whole(row)] for name, rows in given.rows.items()}
    if edition.force_id is None:
        return Records()
    by_number = {row.values["deployment_number"]: row for row in sound.get("deployments", [])}
    deployments = tuple(_to_deployment(edition, row) for row in by_number.values())
    return Records(
        deployments=deployments,
        counts=tuple(count for row in by_number.values() for count in _to_counts(edition, row)),
        misidentifications=tuple(
            _to_case(edition, row, by_number[row.values["deployment_number"]])
            for row in sound.get("misidentifications", [])
            if row.values["deployment_number"] in by_number
        ),
        returned_counts=tuple(
            _to_returned(edition, given, row)
            for name in ("alerts_by_group", "arrests", "watchlists")
            for row in sound.get(name, [])
            if row.values.get("deployment_number") in {None, *by_number}
        ),
    )


def deployment_id(edition: KeptEdition, number: int) -> str:
    """The identifier of a deployment: the return and the force's own number."""
    return f"{edition.edition_id}_{number:04d}"


def _is_whole(row: ReturnRow) -> bool:
    """Whether every cell that may not be blank was read."""
    return all(
        row.values[column.heading] is not None
        or column.field.optional
        or column.heading in row.gaps
        for column in row.sheet.columns
    )


def _to_deployment(edition: KeptEdition, row: ReturnRow) -> Deployment:
    names: tuple[str, ...] = (
        "date",
        "end_date",
        "start_time",
        "end_time",
        "duration_minutes",
        "location_text",
        "use_case_text",
    )
    names += ("lender_force_id", "cameras_count", "watchlist_size", "threshold")
    names += ("authorising_rank_code", "notice_days")
    # A column that the version of the template does not have is absent,
    # like one that was left blank.
    values: dict[str, Any] = {name: row.values.get(name) for name in names}
    days = [row.texts["date"], row.texts.get("end_date")]
    return Deployment(
        deployment_id=deployment_id(edition, row.values["deployment_number"]),
        force_id=edition.force_id or "",
        publication_id=edition.publication_id,
        edition_id=edition.edition_id,
        page=row.sheet.page,
        row=row.row,
        date_text="/".join(day for day in days if day),
        date_precision="days" if values["end_date"] else "day",
        duration_text=row.texts["duration_minutes"],
        reliability=edition.reliability,
        **values,
    )


def _to_counts(edition: KeptEdition, row: ReturnRow) -> tuple[Count, ...]:
    return tuple(
        _to_count(deployment_id(edition, row.values["deployment_number"]), row, stage)
        for stage in codes.STAGE
    )


def _to_count(deployment: str, row: ReturnRow, stage: str) -> Count:
    heading = f"{stage}_count"
    if heading not in row.values:  # not a column of the template
        return Count(
            deployment_id=deployment, stage_code=stage, value=None, value_status="not_published"
        )
    value = row.values[heading]
    given = (
        row.values.get("faces_seen_status") or "published" if stage == "faces_seen" else "published"
    )
    return Count(
        deployment_id=deployment,
        stage_code=stage,
        value=value,
        value_status=row.gaps.get(heading, "not_published") if value is None else given,
        value_as_printed=value,
        printed_text=row.texts[heading],
        column_heading=heading,
    )


def _to_case(edition: KeptEdition, row: ReturnRow, deployment: ReturnRow) -> Misidentification:
    return Misidentification(
        misidentification_id=f"{edition.edition_id}_case_{row.row:04d}",
        publication_id=edition.publication_id,
        edition_id=edition.edition_id,
        page=row.sheet.page,
        row=row.row,
        incident_date_text=deployment.texts["date"],
        reported_date_text=None,
        operator_text=edition.force_id or "",
        force_id=edition.force_id,
        technology_code="lfr",
        location_text=deployment.texts["location_text"],
        person_text="one person, not described",
        people_count=1,
        error_text=ERROR_KIND.label(row.values["error_code"]),
        outcome_text=ERROR_OUTCOME.label(row.values["outcome_code"]),
        litigation_text=None,
        evidence_grade="primary document",
        source_title=edition.title,
        source_url=edition.url,
        note=None,
    )


_SHORT = {"alerts_by_group": "group", "arrests": "arrests", "watchlists": "watchlist"}


def _to_returned(edition: KeptEdition, given: ReadReturn, row: ReturnRow) -> ReturnedCount:
    subject = {"arrests": "arrests", "watchlists": "watchlist_images"}.get(row.sheet.name)
    number = row.values.get("deployment_number")
    return ReturnedCount(
        returned_count_id=f"{edition.edition_id}_{_SHORT[row.sheet.name]}_{row.row:04d}",
        force_id=edition.force_id or "",
        publication_id=edition.publication_id,
        edition_id=edition.edition_id,
        page=row.sheet.page,
        row=row.row,
        period_start=given.head["period_start"],
        period_end=given.head["period_end"],
        deployment_id=deployment_id(edition, number) if number is not None else None,
        subject_code=subject or row.values["subject_code"],
        classification_code=row.values.get("classification_code"),
        group_code=row.values.get("group_code"),
        offence_code=row.values.get("offence_code"),
        watchlist_reason_code=row.values.get("watchlist_reason_code"),
        arrest_outcome_code=row.values.get("arrest_outcome_code"),
        counted=row.values["counted"],
        total=row.values.get("total"),
        value_status="published" if row.values["counted"] is not None else "suppressed",
    )


def _to_problem(edition: KeptEdition, given: ReadReturn, fault: CellFault) -> Problem:
    page = given.template.sheet(fault.sheet).page
    where = format_place(edition.edition_id, page=page, row=fault.row or None, column=fault.column)
    return Problem(where, fault.found, fault.expected, fault.remedy)
