"""Headings of files: names in English, labels in Welsh, never two alike."""

from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

from dashboard.exports.headings import name_headings
from dashboard.exports.parameters import ApiQuery
from dashboard.exports.resources import RESOURCES
from dashboard.exports.urls import download_address
from dashboard.text.language import DEFAULT, language, use_language

EVERY = pytest.mark.parametrize("name", [name for name in RESOURCES if name != "estimates"])


@EVERY
def test_welsh_headings_are_labels_and_none_stands_twice(name: str) -> None:
    columns = RESOURCES[name].columns(ApiQuery())
    assert name_headings(columns, DEFAULT) == [column.name for column in columns]
    headings = name_headings(columns, "cy")
    assert len(set(headings)) == len(headings) == len(columns)
    assert not set(headings) & {column.name for column in columns if "_" in column.name}
    assert language() == DEFAULT


def test_a_welsh_file_differs_in_its_headings_alone(api: TestClient) -> None:
    query = "/api/v1/estimates.csv?measure=alerts_count&by=force,year&force=essex"
    english, welsh = (
        list(csv.reader(io.StringIO(api.get(f"{query}{more}").text))) for more in ("", "&lang=cy")
    )
    assert english[1:] == welsh[1:]
    assert english[0][0] == "measure_id"
    assert welsh[0][0] == "Mesur"
    assert "Enwadur" in welsh[0]


def test_the_description_of_a_welsh_file_names_its_headings(api: TestClient) -> None:
    query = "/api/v1/deployments.{}?force=essex&lang=cy"
    heading = next(csv.reader(io.StringIO(api.get(query.format("csv")).text)))
    columns = json.loads(api.get(query.format("csv-metadata.json")).text)["tableSchema"]["columns"]
    assert [
        column["titles"] if isinstance(column["titles"], str) else column["titles"]["cy"]
        for column in columns
    ] == heading


def test_links_of_welsh_pages_ask_for_welsh_headings() -> None:
    use_language("cy")
    try:
        assert download_address("estimates", measure="alerts_count").endswith(
            "?measure=alerts_count&lang=cy"
        )
    finally:
        use_language(DEFAULT)
    assert "lang" not in download_address("estimates", measure="alerts_count")
