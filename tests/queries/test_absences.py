"""Why a number is missing: the reason of the rows, in the answer, on the page and in the API."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dashboard.text.numbers import format_estimate
from etl.model.estimates import Estimate
from etl.queries.record import Record


def estimate_of(record: Record, measure_id: str, force_id: str) -> Estimate:
    return record.estimate(measure_id, where={"force_id": [force_id]}).only()


@pytest.mark.parametrize(
    ("force_id", "measure_id", "code"),
    [
        # The register prints arrests; the copy of it leaves them out.
        ("british_transport", "arrests_count", "not_in_copy"),
        ("british_transport", "faces_seen_count", "not_in_copy"),
        # Reports of single deployments; the force has stated totals.
        ("essex", "faces_seen_count", "not_listed"),
        ("south_wales", "faces_seen_count", "not_listed"),
        # “More than 35,000 faces”; several days whose number is not given.
        ("hampshire", "faces_seen_count", "bound_only"),
        ("hampshire", "deployments_count", "not_listed"),
        # Every row has it.
        ("essex", "arrests_count", ""),
    ],
)
def test_the_reason_is_that_of_the_rows(
    record: Record, force_id: str, measure_id: str, code: str
) -> None:
    assert estimate_of(record, measure_id, force_id).absence_code == code


@pytest.mark.parametrize("force_id", ["essex", "south_wales", "british_transport", "hampshire"])
@pytest.mark.parametrize("measure_id", ["faces_seen_count", "arrests_count", "alerts_count"])
def test_no_number_that_a_force_prints_or_states_is_called_unpublished(
    record: Record, force_id: str, measure_id: str
) -> None:
    assert "not published" not in format_estimate(estimate_of(record, measure_id, force_id))


def test_the_api_gives_the_same_reason(api: TestClient) -> None:
    query = "/api/v1/estimates.json?measure=arrests_count&force=british_transport"
    assert "the copy through which it reached us leaves it out" in api.get(query).text
