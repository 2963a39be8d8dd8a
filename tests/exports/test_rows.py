"""The files behind data quality, sources and deployments:
each address of a page gives the rows of that page."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from dashboard.components.downloads import address_rows
from dashboard.exports.record_urls import record_address
from dashboard.queries.findings import get_findings
from dashboard.selection.selection import Selection
from dashboard.views.deployments.query import get_rows
from etl.model.reference import Force
from etl.queries.record import Record


def read(api: TestClient, address: str) -> list[dict[str, str]]:
    answer = api.get(address)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_coverage_has_a_row_a_field_and_its_share_follows(api: TestClient, record: Record) -> None:
    rows = read(api, record_address("coverage", "data-quality", Selection(("metropolitan",))))
    measured = record.publishing.coverage(("metropolitan",)).rows
    assert len(rows) == sum(1 + len(row.by_field) for row in measured)
    assert {row["force_id"] for row in rows} == {"metropolitan"}
    shares = [row for row in rows if row["share"]]
    assert shares
    for share in shares:
        published = int(share["printed_count"]) + int(share["derived_count"])
        assert float(share["share"]) == pytest.approx(published / int(share["expected_count"]))


def test_coverage_of_all_forces_names_those_without_rows(api: TestClient, record: Record) -> None:
    rows = read(api, record_address("coverage", "data-quality", Selection()))
    assert {row["force_id"] for row in rows} == {force.force_id for force in record.table(Force)}
    silent = [row for row in rows if row["status"] == "no_rows"]
    assert {row["share"] for row in silent} == {""}


def test_findings_are_limited_as_on_the_page(api: TestClient, record: Record) -> None:
    selection = Selection(
        publication_id="metropolitan_transcription", check_id="overlap_value_differs"
    )
    rows = read(api, record_address("findings", "data-quality", selection))
    assert {row["finding_id"] for row in rows} == {
        line.finding.finding_id for line in get_findings(record, selection)
    }


@pytest.mark.parametrize(
    "selection",
    [
        Selection(("metropolitan",), district="E09000008", first_year=2024, last_year=2024),
        Selection(publication_id="metropolitan_transcription", uncounted=True),
        Selection(search="oxford", thresholds=("0.64",)),
    ],
)
def test_rows_are_limited_as_on_the_page(
    api: TestClient, record: Record, selection: Selection
) -> None:
    rows = read(api, address_rows(selection))
    assert rows
    assert [row["deployment_id"] for row in rows] == [
        row.deployment_id for row in get_rows(record, selection)
    ]
