"""A force's own layout: declared once, read at the officer's own headings and rows."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from openpyxl import Workbook

from etl.model.problems import InvalidReferenceError
from etl.returns.layouts import Layout, open_layout
from tests.returns.sample_returns import DEPLOYMENT, take_in, to_bytes

COLUMNS = {
    "Ref": "deployment_number",
    "Date": "date",
    "Time": "duration_minutes",
    "Where": "location_text",
    "List": "watchlist_size",
    "Score": "threshold",
    "Faces": "faces_seen_count",
    "Alerts": "alerts_count",
    "True": "true_alerts_count",
    "False": "false_alerts_count",
    "Arrests": "arrests_count",
}
LAYOUT = Layout(
    layout_id="north_wales_log",
    force_id="north_wales",
    columns=COLUMNS,
    sheet="Log",
    heading_row=3,
    not_used=("Van",),
    always={"faces_seen_status": "estimate"},
    gap_marks={"N/K": "not_collected"},
)
ROW: dict[str, Any] = {heading: DEPLOYMENT[name] for heading, name in COLUMNS.items()} | {
    "Date": "17/01/2026",
    "Time": "1130-1605",
    "List": "4,000",
    "Van": "A",
}


def log(*extra: str, **changes: Any) -> bytes:
    book = Workbook()
    sheet = book[book.sheetnames[0]]
    sheet.title = "Log"
    sheet.append(["Live facial recognition log"])
    sheet.append([])
    row = ROW | changes
    sheet.append([*row, *extra])
    sheet.append([*row.values(), *("x" for _ in extra)])
    return to_bytes(book)


def test_a_layout_survives_being_saved() -> None:
    assert open_layout(LAYOUT.to_json()) == LAYOUT


def test_a_log_is_read_as_the_template_would_be() -> None:
    result = take_in(log(), layout=LAYOUT)
    assert result.errors == ()
    (deployment,) = result.records.deployments
    assert (str(deployment.date), deployment.duration_minutes, deployment.watchlist_size) == (
        "2026-01-17",
        275,
        4000,
    )
    assert str(result.period) == str((deployment.date, deployment.date))


def test_a_gap_mark_gives_the_reason() -> None:
    result = take_in(log(Arrests="N/K"), layout=LAYOUT)
    (arrests,) = [count for count in result.records.counts if count.stage_code == "arrests"]
    assert (arrests.value, arrests.value_status) == (None, "not_collected")


def test_problems_are_told_at_the_officers_own_headings_and_rows() -> None:
    (problem,) = take_in(log(Alerts="nine"), layout=LAYOUT).errors
    assert (problem.sheet, problem.row, problem.column) == ("Log", 4, "Alerts")


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("Suspect name", "a column about people"),
        ("Weather", "a column that the layout does not know"),
    ],
)
def test_a_column_that_is_not_declared_is_refused(extra: str, message: str) -> None:
    (problem,) = [error for error in take_in(log(extra), layout=LAYOUT).errors if error.column]
    assert message in problem.found


def test_another_sheet_is_refused() -> None:
    assert (
        "no such sheet"
        in take_in(log(), layout=open_layout(LAYOUT.to_json().replace('"Log"', '"Other"')))
        .errors[0]
        .found
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"columns": {**COLUMNS, "Alerts": "hits"}}, "the field 'hits'"),
        ({"columns": {**COLUMNS, "Date": "location_text"}}, "the field location_text 2 times"),
        ({"columns": {"Date": "date"}}, "no column for alerts_count"),
        ({"gap_marks": {"-": "unknown"}}, "the gap mark '-'"),
        ({"date_form": "month_day"}, "date_form 'month_day'"),
        ({"columns": []}, "columns of another type"),
        ({"more": 1}, "more"),
    ],
)
def test_a_layout_that_contradicts_itself_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidReferenceError) as refused:
        open_layout(json.dumps(json.loads(LAYOUT.to_json()) | change))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("heading", "value", "found"),
    [
        ("List", "4,00", "'4,00'"),
        ("Alerts", "12,5", "'12,5'"),
        ("Date", "01/17/2026", "'01/17/2026', which looks month first"),
        ("Date", "17 of January", "'17 of January'"),
    ],
)
def test_a_text_that_is_not_written_as_the_layout_says_is_refused_once(
    heading: str, value: str, found: str
) -> None:
    (problem,) = take_in(log(**{heading: value}), layout=LAYOUT).errors
    assert (problem.sheet, problem.row, problem.column) == ("Log", 4, heading)
    assert problem.found == found


def test_a_column_with_cells_and_no_heading_is_refused() -> None:
    (problem,) = take_in(log(""), layout=LAYOUT).errors
    assert problem.found == "cells without a heading in column M"
    assert problem.personal


def test_a_heading_that_stands_twice_is_refused() -> None:
    (problem,) = take_in(log("Alerts"), layout=LAYOUT).errors
    assert (problem.row, problem.column, problem.found) == (3, "Alerts", "the heading 2 times")


def test_a_column_of_dates_and_texts_is_refused() -> None:
    book = Workbook()
    sheet = book[book.sheetnames[0]]
    sheet.title = "Log"
    for row in ([], [], list(ROW), list((ROW | {"Date": dt.date(2026, 3, 2)}).values())):
        sheet.append(row)
    assert take_in(to_bytes(book), layout=LAYOUT).accepted
    sheet.append(list((ROW | {"Ref": 2}).values()))
    (problem,) = take_in(to_bytes(book), layout=LAYOUT).errors
    assert (problem.row, problem.found) == (5, "a text in a column of dates")
