"""The files behind data quality, sources and deployments: each address of a page gives the rows of that page."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from dashboard.components.downloads import address_rows
from dashboard.exports.record_urls import record_address
from dashboard.queries.findings import ask_findings
from dashboard.selection.selection import Selection
from dashboard.views.deployments.query import ask_rows
from etl.queries.record import Answers


def read(api: TestClient, address: str) -> list[dict[str, str]]:
    answer = api.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_coverage_has_a_row_a_field_and_its_share_follows(api: TestClient, answers: Answers) -> None:
    rows = read(api, record_address("coverage", "data-quality", Selection(("metropolitan",))))
    measured = answers.coverage(("metropolitan",)).rows
    assert len(rows) == sum(1 + len(one.by_field) for one in measured)
    assert {one["force_id"] for one in rows} == {"metropolitan"}
    shares = [one for one in rows if one["share"]]
    assert shares
    for one in shares:
        published = int(one["printed_count"]) + int(one["derived_count"])
        assert float(one["share"]) == pytest.approx(published / int(one["expected_count"]))


def test_coverage_of_all_forces_names_those_without_rows(api: TestClient, answers: Answers) -> None:
    rows = read(api, record_address("coverage", "data-quality", Selection()))
    assert {one["force_id"] for one in rows} == {one["force_id"] for one in answers.rows("forces")}
    silent = [one for one in rows if one["status"] == "no_rows"]
    assert {one["share"] for one in silent} == {""}


def test_findings_are_limited_as_on_the_page(api: TestClient, answers: Answers) -> None:
    chosen = Selection(publication_id="metropolitan_transcription", check_id="overlap_value_differs")
    rows = read(api, record_address("findings", "data-quality", chosen))
    assert {one["finding_id"] for one in rows} == {
        line.finding["finding_id"] for line in ask_findings(answers, chosen)
    }


@pytest.mark.parametrize(
    "chosen",
    [
        Selection(("metropolitan",), district="E09000008", first_year=2024, last_year=2024),
        Selection(publication_id="metropolitan_transcription", uncounted=True),
        Selection(search="oxford", thresholds=("0.64",)),
    ],
)
def test_rows_are_limited_as_on_the_page(api: TestClient, answers: Answers, chosen: Selection) -> None:
    rows = read(api, address_rows(chosen))
    assert rows
    assert [one["deployment_id"] for one in rows] == [
        one["deployment_id"] for one in ask_rows(answers, chosen)
    ]
