"""Downloads by address: the same numbers as the one door gives, and a problem that can be acted on."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboard.outputs.addresses import download_address
from dashboard.outputs.csv_files import COLUMNS
from dashboard.questions_rows import ask_rows
from dashboard.selection import Selection
from dashboard.server import app
from etl.answers import Answers, open_answers
from etl.measures.catalogue import GROUPING_FIELDS, MEASURES
from etl.model.estimate_rows import estimate_header


@pytest.fixture(scope="module")
def client(warehouse: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
        yield TestClient(app, base_url="http://site.example")


@pytest.fixture(scope="module")
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def read_back(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_what_the_one_door_says(client: TestClient, answers: Answers, measure: str) -> None:
    asked = {"by": ["force", "year"], "force": ["metropolitan", "essex"], "from": dt.date(2024, 1, 1), "to": dt.date(2025, 12, 31)}  # fmt: skip
    answer = client.get(download_address("estimates", asked, measure=measure))
    period = (dt.date(2024, 1, 1), dt.date(2025, 12, 31))
    where = {"force_id": ["metropolitan", "essex"]}
    found = answers.estimate(measure, by=("force_id", "year"), where=where, period=period).estimates
    assert answer.status_code == 200
    assert answer.text.splitlines()[0] == ",".join(estimate_header(("force_id", "year")))
    rows = read_back(answer.text)
    assert len(rows) == len(found)
    for row, one in zip(rows, found, strict=True):
        assert (row["force_id"], row["year"]) == (str(one.of("force_id")), str(one.of("year") or ""))
        assert row["numerator"] == ("" if one.numerator is None else str(one.numerator))
        assert (float(row["value"]) if row["value"] else None) == (
            None if one.value is None else pytest.approx(one.value)
        )
        assert row["value_status"] == one.status


def test_deployments_are_the_rows_of_the_page(client: TestClient, answers: Answers) -> None:
    answer = client.get(
        download_address("deployments", {"from": 2024, "to": 2024}, force="metropolitan", place="croydon")
    )
    chosen = Selection(forces=("metropolitan",), first_year=2024, last_year=2024, search="croydon")
    rows = read_back(answer.text)
    assert tuple(rows[0]) == COLUMNS
    assert [row["deployment_id"] for row in rows] == [
        row["deployment_id"] for row in ask_rows(answers, chosen)
    ]
    every = read_back(client.get("/download/deployments.csv?uncounted=yes").text)
    assert len(every) > len(read_back(client.get("/download/deployments.csv").text)) > len(rows)


def test_a_period_may_begin_on_any_day(client: TestClient) -> None:
    days = [
        row["date"]
        for row in read_back(client.get("/download/deployments.csv?from=2025-03-15&to=2025-04-02").text)
    ]
    assert days
    assert all("2025-03-15" <= day <= "2025-04-02" for day in days)


def test_what_travels_with_the_file(client: TestClient, answers: Answers) -> None:
    address = "/download/estimates.csv?measure=alerts_count&by=force&force=essex&from=2024"
    headers = client.get(address).headers
    name = f"lfr_estimates_alerts_count_by_force_essex_2024_01_01_release_{answers.release_id}.csv"
    assert headers["content-disposition"] == f'attachment; filename="{name}"'
    assert headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert headers["access-control-allow-origin"] == "*"
    assert client.get(address, headers={"If-None-Match": headers["etag"]}).status_code == 304
    # The same question written in another way is the same file; another question is another.
    assert client.get("/download/estimates.csv?from=2024-01-01&force=essex&by=force&measure=alerts_count&lang=cy").headers["etag"] == headers["etag"]  # fmt: skip
    assert client.get(f"{address}&to=2024").headers["etag"] != headers["etag"]


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("estimates.csv", "measure", "alerts_count"),
        ("estimates.csv?measure=accuracy", "measure", "alerts_count"),
        ("estimates.csv?measure=alerts_count&by=colour", "by", "force"),
        ("estimates.csv?measure=alerts_count&by=force,year,month,place", "by", "force"),
        ("estimates.csv?measure=alerts_count&by=force,force", "by", "force"),
        ("estimates.csv?measure=alerts_count&force=atlantis", "force", "essex"),
        ("estimates.csv?measure=alerts_count&year=1066", "year", "2024"),
        ("estimates.csv?measure=alerts_count&colour=blue", "colour", "measure"),
        ("estimates.csv?measure=alerts_count&measure=faces_seen_count", "measure", None),
        ("deployments.csv?from=yesterday", "from", "a year such as 2024"),
        ("deployments.csv?from=2024-02-30", "from", "a year such as 2024"),
        ("deployments.csv?from=2025&to=2024", "to", None),
        ("deployments.csv?uncounted=1", "uncounted", "yes"),
        ("deployments.csv?lang=fr", "lang", "cy"),
        (f"deployments.csv?place={'x' * 81}", "place", None),
        (f"deployments.csv?{'force=essex&' * 51}", "force", None),
    ],
)
def test_a_bad_parameter_is_named_with_what_it_may_be(
    client: TestClient, query: str, parameter: str, allowed: str | None
) -> None:
    answer = client.get(f"/download/{query}")
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (400, 400)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["parameter"] == parameter
    assert problem["detail"]
    assert allowed is None or allowed in problem["allowed"]


def test_an_address_has_an_end(client: TestClient) -> None:
    assert client.get(f"/download/deployments.csv?place={'x' * 3000}").status_code == 414


def test_addresses_are_written_once_and_safely() -> None:
    assert download_address("deployments") == "/download/deployments.csv"
    assert (
        download_address(
            "estimates", {"from": None, "force": ["essex", "kent"]}, by=("force", "month"), uncounted=False
        )
        == "/download/estimates.csv?force=essex&force=kent&by=force,month"
    )
    assert download_address("deployments", place="a&b=ŵ") == "/download/deployments.csv?place=a%26b%3D%C5%B5"
    assert download_address("deployments", uncounted=True) == "/download/deployments.csv?uncounted=yes"


@pytest.mark.parametrize("name", GROUPING_FIELDS)
def test_every_grouping_can_be_asked_for(client: TestClient, name: str) -> None:
    assert client.get(f"/download/estimates.csv?measure=deployments_count&by={name}").status_code == 200
