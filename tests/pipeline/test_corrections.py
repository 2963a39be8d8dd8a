"""A correction stands beside what is printed, and expires when what it expected is gone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from etl.model.cells import RawRow, RawTable
from etl.model.editions import KeptEdition
from etl.model.problems import InvalidReferenceError
from etl.model.record_sets import Records
from etl.model.records import Correction, Count, Deployment
from etl.pipeline.corrections import apply_corrections, open_corrections

DEPLOYMENT = Deployment(
    deployment_id="a_1_0001",
    force_id="f",
    publication_id="a",
    edition_id="a_1",
    page=4,
    row=15,
    date=dt.date(2023, 7, 11),
    date_text="11/07/23",
    location_text="Dalston",
    reliability="primary",
)
ALERTS = Count(
    deployment_id="a_1_0001",
    stage_code="alerts",
    value=7,
    value_status="published",
    value_as_printed=7,
    printed_text="7",
)
RECORDS = Records(deployments=(DEPLOYMENT,), counts=(ALERTS,))
EDITION = KeptEdition(
    publication_id="a",
    edition_id="a_1",
    title="A",
    url=None,
    retrieved_on=None,
    file_sha256="0" * 64,
    cells_sha256="0" * 64,
    period_start=None,
    period_end=None,
    force_id="f",
    reliability="primary",
    gap_marks={},
    tables=(RawTable(("Place", "Date", "Alerts"), (RawRow(4, 15, ("Dalston", "11/07/23", "7")),)),),
)
DATE = Correction(
    correction_id="a_dalston",
    publication_id="a",
    edition_id="a_1",
    page=4,
    row=15,
    target="date",
    printed_text="11/07/23",
    action_code="replace",
    value_text="2024-07-11",
    reason="Printed between rows of 2024.",
    evidence="The rows around it.",
    declared_on=dt.date(2026, 11, 24),
)


def apply(*corrections: Correction) -> Records:
    return apply_corrections(RECORDS, corrections, [EDITION])


def test_the_corrected_date_stands_beside_the_printed_one() -> None:
    (deployment,) = apply(DATE).deployments
    assert deployment.date == dt.date(2024, 7, 11)
    assert deployment.date_text == "11/07/23"
    assert deployment.corrections == "a_dalston"


def test_a_corrected_count_keeps_what_was_printed() -> None:
    (count,) = apply(replace(DATE, target="alerts", printed_text="7", value_text="8")).counts
    assert (count.value, count.value_as_printed, count.printed_text) == (8, 7, "7")
    assert count.correction_id == "a_dalston"


def test_a_count_in_doubt_is_absent_and_says_so() -> None:
    (count,) = apply(
        replace(DATE, target="alerts", printed_text="7", action_code="set_absent", value_text=None)
    ).counts
    assert (count.value, count.value_status, count.value_as_printed) == (None, "in_doubt", 7)


def test_an_explanation_changes_no_value() -> None:
    records = apply(replace(DATE, action_code="explain", value_text=None))
    assert records.deployments[0].date == dt.date(2023, 7, 11)
    assert records.deployments[0].corrections == "a_dalston"


def test_a_row_can_be_kept_and_not_counted() -> None:
    (row,) = apply(
        replace(DATE, target="counted", printed_text="Dalston", value_text="false")
    ).deployments
    assert (row.counted, row.not_counted_reason) == (False, "Printed between rows of 2024.")


def test_a_correction_whose_printed_text_is_gone_stops_with_all_that_expired() -> None:
    with pytest.raises(InvalidReferenceError) as error:
        apply(replace(DATE, printed_text="11/07/22"), replace(DATE, correction_id="b", row=16))
    first, second = error.value.problems
    assert "a cell that says '11/07/22' (a_dalston)" in str(first)
    assert "retire the correction" in first.remedy
    assert second.found == "no such row"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"target": "colour"}, "a field of a deployment or a stage, not 'colour'"),
        ({"value_text": "11/07/24"}, "a date that is in the calendar"),
    ],
)
def test_a_correction_that_cannot_be_applied_is_told(change: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidReferenceError, match=message):
        apply(replace(DATE, **change))


def test_every_fault_of_a_corrections_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        '[[correction]]\ncorrection_id = "x"\nedition_id = "a_1"\npage = 0\nrow = 1\ntarget = '
        '"date"\n'
        'printed_text = "1"\naction_code = "guess"\nreason = "r"\nevidence = "e"\ndeclared_on = '
        '2026-01-01\nwhy = "?"\n'
    )
    with pytest.raises(InvalidReferenceError) as error:
        open_corrections(tmp_path)
    message = str(error.value)
    assert "the key why" in message
    assert "page = 0" in message
    assert "action_code = 'guess'" in message


def test_the_declared_corrections_of_the_record_are_sound(data: Path) -> None:
    corrections = open_corrections(data / "corrections")
    assert len({correction.correction_id for correction in corrections}) == len(corrections)
