"""The file that readers take away: readable by machines, safe in a spreadsheet, and equal to the page."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.outputs.csv_files import COLUMNS, name_file, write_cell, write_deployments
from dashboard.questions import ask_total
from dashboard.questions_rows import ask_rows
from dashboard.selection import Selection
from dashboard.wording import say_total
from etl.answers import Answers, open_answers
from etl.model.wide import CANONICAL_COLUMNS


@pytest.fixture(scope="module")
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def read_back(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_canonical_columns_come_first(answers: Answers) -> None:
    heading = write_deployments([], answers.release_id, {}).splitlines()[0].split(",")
    assert tuple(heading[: len(CANONICAL_COLUMNS)]) == CANONICAL_COLUMNS
    assert tuple(heading) == COLUMNS


def test_every_row_comes_back_as_it_went(answers: Answers) -> None:
    rows = ask_rows(answers, Selection(uncounted=True))
    back = read_back(write_deployments(rows, answers.release_id, {}))
    assert [one["deployment_id"] for one in back] == [row["deployment_id"] for row in rows]
    for one, row in zip(back, rows, strict=True):
        assert one["release_id"] == answers.release_id
        assert one["date"] == ("" if row["date"] is None else row["date"].isoformat())
        assert one["location_text"].removeprefix("'") == row["location_text"]
        assert one["counted"] == ("true" if row["counted"] else "false")
        assert one["source_address"] == (row["source_address"] or "")


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2+3", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")'])
def test_text_that_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert write_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "said"),
    [(-5, "-5"), (Decimal("-0.60"), "-0.6"), (dt.date(2025, 5, 10), "2025-05-10"), (dt.time(9, 5), "09:05"), (None, ""), (True, "true"), ("North End, Croydon", "North End, Croydon")],
)  # fmt: skip
def test_numbers_and_dates_are_never_touched(value: object, said: str) -> None:
    assert write_cell(value) == said


def test_a_location_that_is_a_formula_survives_the_round_trip_as_text() -> None:
    row: dict[str, Any] = {
        "deployment_id": "a",
        "location_text": '=cmd|"/c calc"!A1',
        "date": dt.date(2025, 5, 10),
    }
    (back,) = read_back(write_deployments([row], "r", {}))
    assert back["location_text"] == '\'=cmd|"/c calc"!A1'


@pytest.mark.parametrize("chosen", [Selection(), Selection(("metropolitan",)), Selection(("south_wales",)), Selection(("metropolitan",), first_year=2024, last_year=2025)])  # fmt: skip
@pytest.mark.parametrize(
    ("measure_id", "column"),
    [("faces_seen_count",) * 2, ("alerts_count",) * 2, ("false_alerts_count",) * 2, ("arrests_count",) * 2],
)
def test_page_and_file_and_estimate_are_one_number(
    answers: Answers, chosen: Selection, measure_id: str, column: str
) -> None:
    bounds = {
        one["deployment_id"]: f"{one['stage_code']}_count"
        for one in answers.rows("counts", {"value_status": ["at_least", "about"]})
    }
    back = read_back(write_deployments(ask_rows(answers, chosen), answers.release_id, bounds))
    values = [int(row[column]) for row in back if row[column] and column not in row["lower_bounds"]]
    estimate = ask_total(answers, measure_id, chosen)
    assert (sum(values) if values else None) == estimate.numerator
    assert len(back) == estimate.rows_count
    if values:
        assert f"{sum(values):,}" in say_total(estimate)


def test_the_name_says_release_and_filter() -> None:
    name = name_file("b4afa7ebf30b", ["metropolitan", "2024", "North End, Croydon", ""])
    assert name == "lfr_deployments_metropolitan_2024_north_end_croydon_release_b4afa7ebf30b.csv"
