"""The description of the addresses is true: its examples answer,
and what it allows is answered as it says."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
from pathlib import Path

import pandas as pd
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from dashboard.api.openapi import render_openapi
from dashboard.api.snippets import write_snippets
from dashboard.exports.resources import RESOURCES
from etl.queries.record import Record

# What is not asked: that every value of the right form is there.
# A code of the right form may not be in the record.
_REQUESTED_PATHS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
# Answers that take long to be held against their description; the examples hold each of them once.
_LARGE = (
    "printed_cells",
    "populations",
    "counts",
    "deployments",
    "claims",
    "districts",
    "places",
    "claim_measures",
)
_PATHS = f"/api/v1/(?!(?:{'|'.join(_LARGE)})[.])[a-z_]+[.]json$"


def test_every_example_is_answered_as_described(api: TestClient) -> None:
    document = api.get("/api/v1/openapi.json").json()
    for path, item in document["paths"].items():
        answer = api.get(item["get"]["x-example"])
        assert answer.status_code == 200, path
        if path.endswith(".json") and not path.endswith("metadata.json"):
            schema = {
                **item["get"]["responses"]["200"]["content"]["application/json"]["schema"],
                "components": document["components"],
            }
            Draft202012Validator(schema).validate(answer.json())


def test_every_parameter_and_column_is_described(api: TestClient) -> None:
    document = api.get("/api/v1/openapi.json").json()
    for item in document["components"]["parameters"].values():
        assert item["description"]
    page = api.get("/api/v1/").text
    for name, resource in RESOURCES.items():
        assert f'id="{name}"' in page
        for element in resource.every_parameter:
            assert f"<code>{element.name}</code>" in page
    assert "http://" not in page.replace("http://site.example", "")
    assert not re.search("<script|<link[^>]+stylesheet|<img", page)


def test_whatever_the_description_allows_is_answered_as_it_says(
    api: TestClient, site_of_data: str
) -> None:
    document = api.get("/api/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document).include(path_regex=_PATHS)
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == len(RESOURCES.keys() - set(_LARGE))
    for operation in operations:

        @settings(
            max_examples=3, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def fetch(case: schemathesis.Case) -> None:
            case.call_and_validate(
                base_url=site_of_data, checks=list(_REQUESTED_PATHS), timeout=120
            )

        fetch()


def test_the_document_is_the_same_for_the_same_release(record: Record) -> None:
    assert render_openapi(record) == render_openapi(record)


def test_every_snippet_names_an_address_that_answers(api: TestClient) -> None:
    snippets = {snippet.title: snippet.code for snippet in write_snippets("http://site.example")}
    for code in snippets.values():
        (address,) = re.findall(r"http://site\.example[^\"')]+", code)
        assert api.get(address).status_code == 200, code


def test_the_snippets_of_python_and_curl_run(site_of_data: str, tmp_path: Path) -> None:
    snippets = {snippet.title: snippet.code for snippet in write_snippets(site_of_data)}
    names: dict[str, object] = {}
    exec(snippets["Python"], names)
    figures = names["figures"]
    assert isinstance(figures, pd.DataFrame)
    assert {"value", "value_low", "value_status"} <= set(figures.columns)
    subprocess.run(shlex.split(snippets["curl"]), cwd=tmp_path, check=True, capture_output=True)
    fetched = pd.read_csv(io.BytesIO((tmp_path / "figures.csv").read_bytes()))
    pd.testing.assert_frame_equal(fetched, figures)
