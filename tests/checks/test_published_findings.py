"""The checks over the rows that are kept: what a person found in the print is found,
and nothing is an error."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from etl.model.checks import CHECKS
from etl.model.records import Finding
from etl.pipeline.build import check

DATA = Path(__file__).parents[2] / "data"


@cache
def findings() -> tuple[Finding, ...]:
    return check(DATA).findings


# Each was looked up on the rendered page: file, page, row, check, what is printed,
# and what became of it.
KNOWN = [
    ("metropolitan_deployments_2023_2024", 4, 15, "date_out_of_order", "11/07/23", "corrected"),
    ("metropolitan_deployments_2023_2024", 4, 15, "threshold_out_of_step", "0.62", "corrected"),
    ("metropolitan_deployments_2023_2024", 2, 5, "whole_differs_from_parts", "1", "open"),
    ("metropolitan_deployments_2023_2024", 1, 18, "rate_contradicts_counts", "0.01%", "open"),
    (
        "metropolitan_deployments_2023_2024",
        2,
        27,
        "outcomes_differ_from_true_alerts",
        "1 + 0 = 1",
        "open",
    ),
    (
        "metropolitan_deployments_2023_2024",
        None,
        None,
        "columns_repeat",
        "173 of 173 rows the same",
        "open",
    ),
    ("metropolitan_deployments_2025", 4, 2, "watchlist_size_out_of_step", "19199", "corrected"),
    ("metropolitan_deployments_2025", 4, 8, "watchlist_size_differs_same_day", "16113", "open"),
    ("metropolitan_deployments_2025", 4, 3, "faces_seen_outlier", "2490", "open"),
    (
        "metropolitan_deployments_2025",
        2,
        20,
        "outcomes_differ_from_true_alerts",
        "1 + 2 + 5 = 8",
        "open",
    ),
    ("metropolitan_transcription_2025", 1, 67, "overlap_value_differs", "23", "open"),
    ("metropolitan_transcription_2025", 1, 227, "remark_contradicts_faces", "4", "corrected"),
]


@pytest.mark.parametrize(("edition_id", "page", "row", "check_id", "printed", "status"), KNOWN)
def test_what_was_seen_in_the_print_is_found(
    edition_id: str, page: int | None, row: int | None, check_id: str, printed: str, status: str
) -> None:
    at_place = [
        finding
        for finding in findings()
        if (finding.edition_id, finding.page, finding.row, finding.check_id)
        == (edition_id, page, row, check_id)
    ]
    assert [(finding.printed_text, finding.status_code) for finding in at_place] == [
        (printed, status)
    ]


def test_nothing_that_is_kept_is_an_error() -> None:
    assert [finding.message for finding in findings() if finding.severity_code == "error"] == []


@pytest.mark.parametrize("check_id", [check.check_id for check in CHECKS])
def test_no_check_floods_the_reader(check_id: str) -> None:
    editions = [finding.edition_id for finding in findings() if finding.check_id == check_id]
    assert all(editions.count(edition_id) <= 40 for edition_id in editions)


def test_findings_are_the_same_however_often_they_are_sought() -> None:
    assert [replace(finding) for finding in check(DATA).findings] == list(findings())


def test_a_total_that_does_not_add_up_is_a_finding_with_the_words_for_it() -> None:
    messages = {
        finding.field_name: finding.message
        for finding in findings()
        if finding.check_id == "total_does_not_add_up"
    }
    assert "states 2,632 alerts" in messages["claims_0048.alerts"]
    assert (
        "the 207 rows from 12 September 2024 to 11 September 2025 give 2,073"
        in messages["claims_0160.alerts"]
    )
    assert "It is close to the published rows" in messages["claims_0160.alerts"]
    assert "It does not add up with the published rows" in messages["claims_0048.alerts"]
    assert not any("wrong" in message for message in messages.values())
