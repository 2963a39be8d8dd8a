"""Addresses of data: the same numbers as the one door gives, headers that last,
and a problem that can be acted on."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import hashlib
import io
import json
import re

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from dashboard.exports.formats import ENDINGS
from dashboard.exports.resources import RESOURCES
from dashboard.exports.urls import download_address, in_every_kind, page_address
from dashboard.selection.selection import Selection
from dashboard.views.deployments.query import get_rows
from etl.measures.catalogue import GROUPING_FIELDS, MEASURES
from etl.model.estimate_rows import estimate_header
from etl.model.wide import CANONICAL_COLUMNS
from etl.queries.record import Record


def read_back(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def fetch(name: str, ending: str, query: str = "") -> str:
    query = query or RESOURCES[name].example
    return f"/api/v1/{name}.{ending}{'?' if query else ''}{query}"


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_what_the_one_door_says(
    api: TestClient, record: Record, measure: str
) -> None:
    query = {
        "by": ["force", "year"],
        "force": ["metropolitan", "essex"],
        "from": dt.date(2024, 1, 1),
        "to": dt.date(2025, 12, 31),
    }
    answer = api.get(download_address("estimates", query, measure=measure))
    period = (dt.date(2024, 1, 1), dt.date(2025, 12, 31))
    where = {"force_id": ["metropolitan", "essex"]}
    estimates = record.estimate(
        measure, by=("force_id", "year"), where=where, period=period
    ).estimates
    assert answer.status_code == 200
    assert answer.text.splitlines()[0] == ",".join(estimate_header(("force_id", "year")))
    rows = read_back(answer.text)
    assert len(rows) == len(estimates)
    for row, estimate in zip(rows, estimates, strict=True):
        assert (row["force_id"], row["year"]) == (
            str(estimate.of("force_id")),
            str(estimate.of("year") or ""),
        )
        assert row["numerator"] == ("" if estimate.numerator is None else str(estimate.numerator))
        # In full: what is read back is the same number, not nearly.
        assert (float(row["value"]) if row["value"] else None) == estimate.value
        assert (float(row["value_high"]) if row["value_high"] else None) == estimate.high
        assert row["value_status"] == estimate.status


@pytest.mark.parametrize(
    ("query", "about_the_met"),
    [
        ("", {True}),
        ("force=metropolitan", {True}),
        ("force=south_wales", {False}),
        ("force=south_wales&force=essex", {False}),
        ("force=south_wales&force=metropolitan", {True}),
        ("district=W06000015", {False}),
        ("by=year&force=south_wales", {False}),
        ("by=year", {True, False}),
        ("by=force", {True, False}),
        ("force=south_wales&to=2001", {False}),
    ],
)
def test_a_row_has_the_caveats_of_its_own_forces(
    api: TestClient, record: Record, query: str, about_the_met: set[bool]
) -> None:
    by_year = record.estimate(
        "deployments_count", by=("year",), where={"force_id": ["metropolitan"]}
    )
    years_of_the_met = {estimate.of("year") for estimate in by_year.estimates}
    rows = api.get(fetch("estimates", "json", f"measure=faces_seen_count&{query}")).json()["rows"]
    parts = [row["caveats"].split() for row in rows]
    assert all("faces_not_people" in part for part in parts)
    assert {"faces_basis_changed" in part for part in parts} == about_the_met
    for row, part in zip(rows, parts, strict=True):
        own = row.get("force_id") == "metropolitan" if "by=force" in query else None
        own = row["year"] in years_of_the_met if query == "by=year" else own
        assert own in (None, "faces_basis_changed" in part)
    csv_rows = read_back(
        api.get(fetch("estimates", "csv", f"measure=faces_seen_count&{query}")).text
    )
    assert [csv_row["caveats"].split() for csv_row in csv_rows] == parts


def test_deployments_are_the_rows_of_the_page(api: TestClient, record: Record) -> None:
    answer = api.get(
        download_address(
            "deployments", {"from": 2024, "to": 2024}, force="metropolitan", place="croydon"
        )
    )
    selection = Selection(
        forces=("metropolitan",), first_year=2024, last_year=2024, search="croydon"
    )
    rows = read_back(answer.text)
    assert tuple(rows[0])[: len(CANONICAL_COLUMNS)] == CANONICAL_COLUMNS
    expected = get_rows(record, selection)
    assert [row["deployment_id"] for row in rows] == [row.deployment_id for row in expected]
    for row, own in zip(rows, expected, strict=True):
        assert row["location_text"].removeprefix("'") == own.location_text
        assert row["start_time"] == (own.start_time.strftime("%H:%M") if own.start_time else "")
        assert row["threshold"] == (
            "" if own.threshold is None else format(own.threshold.normalize(), "f")
        )
        assert row["counted"] == ("true" if own.counted else "false")
    every = read_back(api.get("/api/v1/deployments.csv?uncounted=yes").text)
    assert len(every) > len(read_back(api.get("/api/v1/deployments.csv").text)) > len(rows)


def test_a_period_may_begin_on_any_day(api: TestClient) -> None:
    rows = read_back(api.get("/api/v1/deployments.csv?from=2025-03-15&to=2025-04-02").text)
    assert rows
    assert all("2025-03-15" <= row["date"] <= "2025-04-02" for row in rows)


@pytest.mark.parametrize("name", RESOURCES)
def test_every_kind_of_file_has_the_same_rows(api: TestClient, name: str) -> None:
    rows = read_back(api.get(fetch(name, "csv")).text)
    payload = json.loads(api.get(fetch(name, "json")).content)
    table = pq.read_table(io.BytesIO(api.get(fetch(name, "parquet")).content))
    assert rows, f"the example of {name} gives nothing"
    assert table.column_names == list(rows[0]) == [column["name"] for column in payload["columns"]]
    assert table.to_pylist() == [
        {
            key: dt.date.fromisoformat(value) if value and kinds[key] == "date" else value
            for key, value in row.items()
        }
        for kinds in [{column["name"]: column["type"] for column in payload["columns"]}]
        for row in payload["rows"]
    ]
    assert (payload["rows_count"], payload["cut"]) == (len(rows), None)
    for row, own in zip(rows, payload["rows"], strict=True):
        for column, value in own.items():
            text = row[column]
            if value is None:
                assert text == ""
            elif isinstance(value, bool):
                assert text == str(value).lower()
            elif isinstance(value, int | float):
                assert float(text) == value
            else:
                # A spreadsheet would take 10-17 for a day.
                ranged = re.sub(r"^(\d\d?)-(\d\d?)$", r"\1 to \2", value)
                assert text in (ranged, f"'{value}")
    assert all(column["description"] for column in payload["columns"])
    described = api.get(fetch(name, "csv-metadata.json")).json()
    assert [column["name"] for column in described["tableSchema"]["columns"]] == list(rows[0])


def test_what_was_asked_is_written_into_the_file(api: TestClient, record: Record) -> None:
    query = "measure=alerts_count&by=force&force=essex&from=2024"
    payload = api.get(fetch("estimates", "json", query)).json()
    assert payload["asked"] == {
        "resource": "estimates",
        "measure": ["alerts_count"],
        "by": ["force"],
        "force": ["essex"],
        "from": "2024-01-01",
    }
    assert payload["release"]["release_id"] == record.release_id
    assert record.release_id in payload["cite"]
    table = pq.read_table(io.BytesIO(api.get(fetch("estimates", "parquet", query)).content))
    assert json.loads(table.schema.metadata[b"about"])["asked"] == payload["asked"]
    assert "Lower 95% limit." in table.schema.field("value_low").metadata[b"description"].decode()
    # The address in the file leads to the same rows for good.
    assert api.get(payload["address"]).json()["rows"] == payload["rows"]


def test_what_travels_with_the_file(api: TestClient, record: Record) -> None:
    address = "/api/v1/estimates.csv?measure=alerts_count&by=force&force=essex&from=2024"
    answer = api.get(address)
    headers = answer.headers
    version = f"draft-{record.release_id}"
    name = (
        f"lfr_estimates_alerts_count_by_force_essex_2024_01_01_release_draft_{record.release_id}."
        "csv"
    )
    assert headers["content-disposition"] == f'attachment; filename="{name}"'
    assert headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert headers["access-control-allow-origin"] == "*"
    assert (headers["lfr-release"], headers["lfr-rows"]) == (version, "1")
    assert "lfr-cut" not in headers
    digest = base64.b64encode(hashlib.sha256(answer.content).digest()).decode()
    assert headers["repr-digest"] == f"sha-256=:{digest}:"
    pinned = api.get(headers["content-location"])
    assert pinned.content == answer.content
    assert pinned.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["cache-control"] == "public, max-age=300"
    described = api.get(headers["link"].partition(">")[0].removeprefix("<")).json()
    assert described["notes"][0]["asked"]["force"] == ["essex"]


def test_a_reader_who_has_the_bytes_is_told_so(api: TestClient) -> None:
    address = fetch("estimates", "csv")
    first = api.get(address)
    etag = first.headers["etag"]
    assert not etag.startswith("W/")
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        again = api.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    assert api.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    head = api.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == etag
    assert head.headers["content-length"] == str(len(first.content))
    # Another question, and the same one in another kind of file, are other bytes.
    assert api.get(f"{address}&to=2024").headers["etag"] != etag
    assert api.get(address.replace(".csv", ".json")).headers["etag"] != etag


def test_the_mark_by_which_excel_knows_utf_8_is_there_when_asked_for(api: TestClient) -> None:
    plain = api.get(fetch("estimates", "csv")).content
    assert api.get(f"{fetch('estimates', 'csv')}&bom=yes").content == b"\xef\xbb\xbf" + plain
    assert not plain.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", RESOURCES)
def test_every_file_may_have_the_mark_and_welsh_headings(api: TestClient, name: str) -> None:
    """What the pages link to: both are parameters of the file,
    and not of the choice that it answers."""
    query = "&".join(filter(None, (RESOURCES[name].example, "lang=cy&bom=yes")))
    answer = api.get(fetch(name, "csv", query))
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")


def test_pages_of_other_sites_may_read(api: TestClient) -> None:
    query = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = api.options(fetch("claims", "csv"), headers=query)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "If-None-Match" in answer.headers["access-control-allow-headers"]
    refused = api.post(fetch("claims", "csv"))
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("estimates.csv", "measure", "alerts_count"),
        ("estimates.csv?measure=accuracy", "measure", "alerts_count"),
        ("estimates.json?measure=alerts_count&by=colour", "by", "force"),
        ("estimates.csv?measure=alerts_count&by=force,year,month,place", "by", "force"),
        ("estimates.csv?measure=alerts_count&by=force,host", "by", "force"),
        ("estimates.csv?measure=alerts_count&force=atlantis", "force", "essex"),
        ("estimates.csv?measure=alerts_count&year=1066", "year", "2024"),
        ("estimates.csv?measure=alerts_count&colour=blue", "colour", "measure"),
        ("estimates.csv?measure=alerts_count&measure=faces_seen_count", "measure", None),
        ("estimates.csv?measure=deployments_per_100000_residents", "measure", None),
        ("estimates.json?measure=alerts_count&bom=yes", "bom", "force"),
        ("deployments.csv?from=yesterday", "from", "a year such as 2024"),
        ("deployments.csv?from=2024-02-30", "from", "a year such as 2024"),
        ("deployments.csv?from=٢٠٢٤", "from", "a year such as 2024"),
        ("deployments.csv?from=2025&to=2024", "to", None),
        ("deployments.csv?uncounted=1", "uncounted", "yes"),
        ("deployments.csv?lang=fr", "lang", "cy"),
        (f"deployments.csv?place={'x' * 81}", "place", None),
        (f"deployments.csv?{'force=essex&' * 51}", "force", None),
        ("counts.parquet?stage=hits", "stage", "alerts"),
        ("counts.csv?status=missing", "status", "not_published"),
        ("claims.csv?verdict=wrong", "verdict", "does_not_add_up"),
        ("misidentifications.csv?technology=xray", "technology", "lfr"),
        ("misidentifications.csv?from=1066", "from", "2024"),
        ("findings.json?severity=fatal", "severity", "warning"),
        ("claims.csv?release=1.0.0&release=2.0.0", "release", None),
        ("releases.csv?release=1.0.0", "release", "latest"),
    ],
)
def test_a_bad_parameter_is_named_with_what_it_may_be(
    api: TestClient, query: str, parameter: str, allowed: str | None
) -> None:
    answer = api.get(f"/api/v1/{query}")
    problem = answer.json()
    assert (answer.status_code, problem["status"]) == (400, 400)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["parameter"] == parameter
    assert problem["detail"]
    assert allowed is None or allowed in problem["allowed"]


def test_all_that_is_wrong_is_said_at_once(api: TestClient) -> None:
    answer = api.get(
        "/api/v1/deployments.csv?force=atlantis&force=essex&from=soon&colour=blue&region=x"
    )
    assert [problem["parameter"] for problem in answer.json()["problems"]] == [
        "colour",
        "force",
        "region",
        "from",
    ]


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("deployments.xml", 404, ".parquet"),
        ("deployments", 404, ".csv"),
        ("nothing.csv", 404, "deployments"),
        ("facts.csv", 404, "deployments"),
        ("../../etc/passwd.csv", 404, ""),
        ("deployments.csv/../x", 404, ""),
        ("claims.csv?release=99.0.0", 404, "latest"),
        ("claims.csv?release=../../x", 404, "latest"),
        (f"deployments.csv?place={'x' * 3000}", 414, "2000"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    api: TestClient, path: str, status: int, text: str
) -> None:
    answer = api.get(f"/api/v1/{path}")
    assert answer.status_code == status
    assert text in answer.text


@pytest.mark.parametrize("name", GROUPING_FIELDS)
def test_every_grouping_can_be_asked_for(api: TestClient, name: str) -> None:
    assert api.get(f"/api/v1/estimates.csv?measure=deployments_count&by={name}").status_code == 200


def test_addresses_are_written_once_and_safely() -> None:
    assert download_address("deployments") == "/api/v1/deployments.csv"
    assert (
        download_address(
            "estimates",
            {"from": None, "force": ["essex", "kent"]},
            by=("force", "month"),
            uncounted=False,
        )
        == "/api/v1/estimates.csv?force=essex&force=kent&by=force,month"
    )
    assert (
        download_address("deployments", place="a&b=ŵ")
        == "/api/v1/deployments.csv?place=a%26b%3D%C5%B5"
    )
    assert (
        download_address("deployments", uncounted=True) == "/api/v1/deployments.csv?uncounted=yes"
    )
    selection = Selection(forces=("essex",), technology="rfr", page=3)
    assert (
        page_address("misidentifications", "misidentifications", selection)
        == "/api/v1/misidentifications.csv?force=essex&technology=rfr"
    )


def test_every_kind_that_is_offered_answers(api: TestClient) -> None:
    kind = in_every_kind(download_address("estimates", measure="alerts_count", by=("force",)))
    assert set(kind) == {item.extension for item in ENDINGS.values() if item.offered}
    assert all(api.get(address).status_code == 200 for address in kind.values())
    assert api.get(kind["csv"]).content.startswith(b"\xef\xbb\xbf")


def test_earlier_addresses_lead_to_these(api: TestClient) -> None:
    answer = api.get("/download/deployments.csv?force=essex", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (
        308,
        "/api/v1/deployments.csv?force=essex",
    )
