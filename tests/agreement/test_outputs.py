"""One answer, every door: for every measure and force the page, the CSV, JSON,
Parquet and the workbook have one number."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from dashboard.components.downloads import address_estimates
from dashboard.exports.urls import download_address
from dashboard.queries.series import get_by_force
from dashboard.selection.selection import Selection
from dashboard.server.app import app
from dashboard.text.numbers import format_total
from etl.measures.catalogue import MEASURES, RESIDENTS
from etl.queries.record import open_record

# What the page and the files are limited to: nothing, years.
CHOICES = (Selection(), Selection(first_year=2024, last_year=2025))


@pytest.mark.parametrize("measure_id", MEASURES)
def test_every_measure_and_force_is_one_number_at_every_door(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, measure_id: str
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    record = open_record(warehouse)
    client = TestClient(app)
    for selection in CHOICES:
        page = get_by_force(record, measure_id, selection)
        address = address_estimates(
            Selection(
                selection.forces,
                first_year=selection.first_year,
                last_year=selection.last_year,
                measure_id=measure_id,
            ),
            ("force",),
        )
        assert address.startswith("/api/v1/estimates.csv?")
        by_csv = {
            row["force_id"]: row
            for row in csv.DictReader(io.StringIO(client.get(address).text, newline=""))
        }
        by_json = {
            row["force_id"]: row
            for row in client.get(address.replace(".csv", ".json")).json()["rows"]
        }
        parquet = pq.read_table(io.BytesIO(client.get(address.replace(".csv", ".parquet")).content))
        by_parquet = {row["force_id"]: row for row in parquet.to_pylist()}
        book = openpyxl.load_workbook(
            io.BytesIO(client.get(address.replace(".csv", ".xlsx")).content)
        )
        rows = list(book["Estimates"].iter_rows(values_only=True))
        heading = next(number for number, row in enumerate(rows) if row[0] == "measure_id")
        by_book = {
            row[2]: dict(zip(rows[heading], row, strict=True)) for row in rows[heading + 1 :]
        }
        assert set(page) == set(by_csv) == set(by_json) == set(by_parquet) == set(by_book)
        for force_id, estimate in page.items():
            for name, value in (
                ("value", estimate.value),
                ("value_low", estimate.low),
                ("value_high", estimate.high),
                ("numerator", estimate.numerator),
                ("denominator", estimate.denominator),
            ):
                assert by_json[force_id][name] == by_parquet[force_id][name] == value
                assert (float(by_csv[force_id][name]) if by_csv[force_id][name] else None) == value
                shown = by_book[force_id][name]
                assert shown == (pytest.approx(value, rel=1e-14) if value is not None else shown)
                assert value is not None or str(shown).startswith("[")
            assert (
                by_csv[force_id]["value_status"]
                == by_json[force_id]["value_status"]
                == estimate.status
            )
            assert by_csv[force_id]["sources"] == " ".join(estimate.sources)


@pytest.mark.parametrize(
    "measure_id", ["faces_seen_count", "alerts_count", "false_alerts_count", "arrests_count"]
)
def test_the_rows_add_up_to_the_number_of_the_page(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, measure_id: str
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    record = open_record(warehouse)
    client = TestClient(app)
    assert MEASURES[measure_id].denominator != RESIDENTS
    for force_id, estimate in get_by_force(record, measure_id, Selection()).items():
        text = client.get(download_address("deployments", force=force_id)).text
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        values = [
            int(row[measure_id])
            for row in rows
            if row[measure_id] and measure_id not in row["lower_bounds"]
        ]
        assert (sum(values) if values else None) == estimate.numerator
        assert len(rows) == estimate.rows_count
        long = client.get(
            download_address("counts", force=force_id, stage=measure_id.removesuffix("_count"))
        ).text
        counted = [
            int(row["value"])
            for row in csv.DictReader(io.StringIO(long, newline=""))
            if row["value_status"] in ("published", "estimate", "derived")
        ]
        assert sum(counted) == sum(values)
        if values:
            assert f"{sum(values):,}" in format_total(estimate)
