"""A row down to its printed cells, and what is doubtful or corrected, from the record itself."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.codes import STAGE
from etl.model.records import Finding
from etl.model.reference import Break, Edition
from etl.queries.record import Record
from etl.queries.rows import ROW_FIELDS

DALSTON = "metropolitan_deployments_2023_2024_0113"


def test_a_row_shows_each_printed_cell_beside_what_is_used(record: Record) -> None:
    row_evidence = record.rows.evidence(DALSTON)
    assert row_evidence is not None
    assert (row_evidence.row.page, row_evidence.row.row) == (4, 15)
    cells = {cell.heading: cell for cell in row_evidence.cells}
    assert [cell.column for cell in row_evidence.cells] == list(range(1, 17))
    date = cells["Date"]
    assert date.text == "11/07/23"
    assert date.field is not None
    assert date.field.value == dt.date(2024, 7, 11)
    faces = cells["Faces seen (Estimate )"]
    assert faces.text == "602"
    assert faces.field is not None
    assert (faces.field.field_name, faces.field.value, faces.field.value_status) == (
        "faces_seen",
        602,
        "estimate",
    )
    assert [correction.correction_id for correction in row_evidence.corrections] == [
        "metropolitan_dalston_2024_07_11_date"
    ]
    assert {finding.check_id for finding in row_evidence.findings} == {
        "date_out_of_order",
        "threshold_out_of_step",
    }
    assert (row_evidence.before, row_evidence.after) == (
        f"{DALSTON[:-4]}0112",
        f"{DALSTON[:-4]}0114",
    )


def test_what_is_not_printed_says_how_it_was_derived_or_why_it_is_absent(record: Record) -> None:
    row_evidence = record.rows.evidence(DALSTON)
    assert row_evidence is not None
    unprinted = {field_value.field_name: field_value for field_value in row_evidence.unprinted}
    assert (unprinted["true_alerts"].value, unprinted["true_alerts"].derivation) == (
        10,
        "sum_of_parts",
    )
    assert unprinted["arrests_or_disposals"].value is None
    assert unprinted["arrests_or_disposals"].value_status == "not_published"
    assert "lender_force_id" not in unprinted


@pytest.mark.parametrize(
    "deployment_id",
    [
        "british_transport_register_2026_09_06_0001",
        "immigration_enforcement_deployments_2025_11_0001",
        "metropolitan_deployments_2020_2022_0001",
        "metropolitan_transcription_2026_0001",
        "reported_deployments_collected_0001",
        "south_wales_events_2017_18_0001",
    ],
)
def test_of_every_publication_each_value_is_printed_or_accounted_for(
    record: Record, deployment_id: str
) -> None:
    row_evidence = record.rows.evidence(deployment_id)
    assert row_evidence is not None
    assert row_evidence.cells
    printed = {cell.field.field_name for cell in row_evidence.cells if cell.field}
    unprinted = {field_value.field_name for field_value in row_evidence.unprinted}
    assert set(STAGE) <= printed | unprinted
    assert not printed & unprinted
    for name in ROW_FIELDS:
        value = getattr(row_evidence.row, name)
        if value is not None and name not in printed:
            assert name in unprinted or (name, value) == (
                "covers_deployments_count",
                1,
            ), name


def test_the_first_row_of_a_file_has_none_before_it(record: Record) -> None:
    row_evidence = record.rows.evidence("metropolitan_deployments_2023_2024_0001")
    assert row_evidence is not None
    assert row_evidence.before is None


def test_the_same_day_in_another_publication_is_found(record: Record) -> None:
    row_evidence = record.rows.evidence("metropolitan_deployments_2025_0068")
    assert row_evidence is not None
    assert {row.publication_id for row in row_evidence.same_day} == {"metropolitan_transcription"}
    assert {row.date for row in row_evidence.same_day} == {row_evidence.row.date}


def test_an_id_that_the_record_does_not_have_is_none(record: Record) -> None:
    assert record.rows.evidence("metropolitan_9999") is None
    assert record.rows.evidence("") is None


def test_every_finding_is_there_once_with_its_force(record: Record) -> None:
    findings = record.rows.findings()
    assert sorted(finding.finding_id for finding in findings) == sorted(
        finding.finding_id for finding in record.table(Finding)
    )
    claims = [finding for finding in findings if finding.check_id == "total_does_not_add_up"]
    assert claims
    assert all(claim.claim_id for claim in claims)
    own = record.rows.findings("south_wales")
    assert {finding.publication_id for finding in own} == {"claims"}
    assert len(record.rows.findings(publication_id="metropolitan_transcription")) == sum(
        finding.publication_id == "metropolitan_transcription" for finding in findings
    )


def test_an_explained_finding_names_the_break_that_explains_it(record: Record) -> None:
    breaks = record.by_id(Break)
    explained = [
        finding for finding in record.rows.findings() if finding.status_code == "explained"
    ]
    assert explained
    for finding in explained:
        assert finding.correction_id or breaks[finding.break_id].field == finding.field_name


def test_every_correction_leads_to_its_row(record: Record) -> None:
    for correction in record.rows.corrections():
        row_evidence = record.rows.evidence(correction.row_deployment_id)
        assert row_evidence is not None
        assert correction.printed_text in {cell.text for cell in row_evidence.cells}
    assert not record.rows.corrections("essex")


def test_rows_of_editions_add_up_to_the_record(record: Record) -> None:
    edition_rows = record.rows.count_by_edition()
    assert sum(edition_row.counted_count for edition_row in edition_rows) == len(
        record.rows.deployments()
    )
    assert sum(
        edition_row.counted_count + edition_row.stored_count for edition_row in edition_rows
    ) == len(record.rows.deployments(counted_only=False))


def test_every_heading_of_every_edition_is_listed(record: Record) -> None:
    printed_columns = record.rows.printed_columns()
    assert {printed_column.edition_id for printed_column in printed_columns} == {
        edition.edition_id for edition in record.table(Edition)
    }
    read = {
        printed_column.heading: printed_column.field_name
        for printed_column in printed_columns
        if printed_column.edition_id == "metropolitan_deployments_2025"
    }
    assert read["Outcome - Arrest"] == "arrests"
    assert read["Date"] == "date"
    headings = {
        printed_column.heading
        for printed_column in printed_columns
        if printed_column.field_name is None
    }
    assert "borough_inferred" in headings
