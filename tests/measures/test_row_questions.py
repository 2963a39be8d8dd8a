"""A row down to its printed cells, and what is doubtful or corrected, from the record itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from etl.model.codes import STAGE
from etl.queries.record import Answers, open_answers
from etl.queries.rows import ROW_FIELDS

DALSTON = "metropolitan_deployments_2023_2024_0113"


@pytest.fixture
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def test_a_row_shows_each_printed_cell_beside_what_is_used(answers: Answers) -> None:
    found = answers.row_evidence(DALSTON)
    assert found is not None
    assert (found.row["page"], found.row["row"]) == (4, 15)
    cells = {one.heading: one for one in found.cells}
    assert [one.column for one in found.cells] == list(range(1, 17))
    date = cells["Date"]
    assert date.text == "11/07/23"
    assert date.field is not None
    assert date.field.value == dt.date(2024, 7, 11)
    faces = cells["Faces seen (Estimate )"]
    assert faces.text == "602"
    assert faces.field is not None
    assert (faces.field.field_name, faces.field.value, faces.field.value_status) == ("faces_seen", 602, "estimate")  # fmt: skip
    assert [one["correction_id"] for one in found.corrections] == ["metropolitan_dalston_2024_07_11_date"]
    assert {one["check_id"] for one in found.findings} == {"date_out_of_order", "threshold_out_of_step"}
    assert (found.before, found.after) == (f"{DALSTON[:-4]}0112", f"{DALSTON[:-4]}0114")


def test_what_is_not_printed_says_how_it_was_derived_or_why_it_is_absent(answers: Answers) -> None:
    found = answers.row_evidence(DALSTON)
    assert found is not None
    unprinted = {one.field_name: one for one in found.unprinted}
    assert (unprinted["true_alerts"].value, unprinted["true_alerts"].derivation) == (10, "sum_of_parts")
    assert unprinted["arrests_or_disposals"].value is None
    assert unprinted["arrests_or_disposals"].value_status == "not_published"
    assert "lender_force_id" not in unprinted


@pytest.mark.parametrize("deployment_id", [
    "british_transport_register_2026_09_06_0001", "immigration_enforcement_deployments_2025_11_0001",
    "metropolitan_deployments_2020_2022_0001", "metropolitan_transcription_2026_0001",
    "reported_deployments_collected_0001", "south_wales_events_2017_18_0001",
])  # fmt: skip
def test_of_every_publication_each_value_is_printed_or_accounted_for(
    answers: Answers, deployment_id: str
) -> None:
    found = answers.row_evidence(deployment_id)
    assert found is not None
    assert found.cells
    printed = {one.field.field_name for one in found.cells if one.field}
    unprinted = {one.field_name for one in found.unprinted}
    assert set(STAGE) <= printed | unprinted
    assert not printed & unprinted
    for name in ROW_FIELDS:
        if found.row[name] is not None and name not in printed:
            assert name in unprinted or (name, found.row[name]) == ("covers_deployments_count", 1), name


def test_the_first_row_of_a_file_has_none_before_it(answers: Answers) -> None:
    found = answers.row_evidence("metropolitan_deployments_2023_2024_0001")
    assert found is not None
    assert found.before is None


def test_the_same_day_in_another_publication_is_found(answers: Answers) -> None:
    found = answers.row_evidence("metropolitan_deployments_2025_0068")
    assert found is not None
    assert {one["publication_id"] for one in found.same_day} == {"metropolitan_transcription"}
    assert {one["date"] for one in found.same_day} == {found.row["date"]}


def test_an_id_that_the_record_does_not_have_is_none(answers: Answers) -> None:
    assert answers.row_evidence("metropolitan_9999") is None
    assert answers.row_evidence("") is None


def test_every_finding_is_there_once_with_its_force(answers: Answers) -> None:
    found = answers.findings()
    assert sorted(one["finding_id"] for one in found) == sorted(
        one["finding_id"] for one in answers.rows("findings")
    )
    claims = [one for one in found if one["check_id"] == "total_does_not_add_up"]
    assert claims
    assert all(one["claim_id"] for one in claims)
    own = answers.findings("south_wales")
    assert {one["publication_id"] for one in own} == {"claims"}
    assert len(answers.findings(publication_id="metropolitan_transcription")) == sum(
        one["publication_id"] == "metropolitan_transcription" for one in found
    )


def test_an_explained_finding_names_the_break_that_explains_it(answers: Answers) -> None:
    breaks = {one["break_id"]: one for one in answers.rows("breaks")}
    explained = [one for one in answers.findings() if one["status_code"] == "explained"]
    assert explained
    for one in explained:
        assert one["correction_id"] or breaks[one["break_id"]]["field"] == one["field_name"]


def test_every_correction_leads_to_its_row(answers: Answers) -> None:
    for one in answers.corrections():
        found = answers.row_evidence(one["row_deployment_id"])
        assert found is not None
        assert one["printed_text"] in {cell.text for cell in found.cells}
    assert not answers.corrections("essex")


def test_rows_of_editions_add_up_to_the_record(answers: Answers) -> None:
    found = answers.edition_rows()
    assert sum(one["counted_count"] for one in found) == len(answers.deployments())
    assert sum(one["counted_count"] + one["kept_count"] for one in found) == len(
        answers.deployments(counted_only=False)
    )


def test_every_heading_of_every_edition_is_listed(answers: Answers) -> None:
    found = answers.printed_columns()
    assert {one["edition_id"] for one in found} == {one["edition_id"] for one in answers.rows("editions")}
    read = {one["heading"]: one["field_name"] for one in found if one["edition_id"] == "metropolitan_deployments_2025"}  # fmt: skip
    assert read["Outcome - Arrest"] == "arrests"
    assert read["Date"] == "date"
    kept = {one["heading"] for one in found if one["field_name"] is None}
    assert "borough_inferred" in kept
