"""CSV of whole columns: what the standard library reads back is what went in,
and nothing runs in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.outputs.cells import write_cell
from etl.outputs.columns import Column
from etl.outputs.csv_text import BYTE_ORDER_MARK, write_csv
from etl.outputs.tabular import Tabular

COLUMNS = (
    Column("text", str, "Text", "A text."),
    Column("number", int, "Number", "A number."),
    Column("share", float, "Share", "A share."),
    Column("day", dt.date, "Day", "A day."),
    Column("known", bool, "Known", "Whether."),
    Column("last", str, "Last", "Another text."),
)
TEXTS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12),
    st.sampled_from(['"', ",", "\r\n", "=1+1", "-2", "a,b", 'a"b', ""]),
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "text": TEXTS,
            "number": st.none() | st.integers(-(2**60), 2**60),
            "share": st.none() | st.floats(allow_nan=False, allow_infinity=False),
            "day": st.none() | st.dates(dt.date(1900, 1, 1)),
            "known": st.none() | st.booleans(),
            "last": TEXTS,
        }
    ),
    max_size=30,
)


def write(rows: list[dict[str, Any]], limit: int = 1000) -> bytes:
    return b"".join(write_csv(Tabular("rows", COLUMNS, rows, limit)))


def read(written: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode(), newline="")))


# A busy machine draws slowly.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ROWS)
def test_what_is_read_back_is_what_went_in(rows: list[dict[str, Any]]) -> None:
    heading, *back = read(write(rows))
    assert heading == [column.name for column in COLUMNS]
    assert len(back) == len(rows)
    for cells, row in zip(back, rows, strict=True):
        assert cells[0] == write_cell(row["text"])
        assert cells[1] == write_cell(row["number"])
        assert (float(cells[2]) if cells[2] else None) == row["share"]
        assert cells[3] == write_cell(row["day"])
        assert cells[4] == ("" if row["known"] is None else write_cell(row["known"]))
        assert cells[5] == write_cell(row["last"])


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-2+3", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")']
)
def test_text_that_a_spreadsheet_would_run_is_defused(text: str) -> None:
    (_, cells) = read(write([{"text": text}]))
    assert cells[0] == f"'{text}"


@pytest.mark.parametrize("count", [1, 40])
def test_repeated_texts_are_as_safe_as_single_ones(count: int) -> None:
    rows = read(write([{"text": '=a,"b"', "number": -5}] * count))[1:]
    assert rows == [['\'=a,"b"', "-5", "", "", "", ""]] * count


def test_a_file_that_was_cut_says_so_in_its_last_record() -> None:
    rows = read(write([{"number": number} for number in range(10)], limit=4))
    assert len(rows) == 1 + 4 + 1
    assert rows[-1][0].startswith("[cut] 4 of 10 rows")
    assert len(rows[-1]) == len(COLUMNS)


def test_lines_end_as_rfc_4180_says_and_the_mark_is_written_when_asked() -> None:
    table = Tabular("rows", COLUMNS, [{"text": "Ynys Môn"}], 10)
    written = b"".join(write_csv(table, mark=True))
    assert written.startswith(BYTE_ORDER_MARK + b"text,number")
    assert written.endswith("Ynys Môn,,,,,\r\n".encode())
    assert written.count(b"\n") == written.count(b"\r\n") == 2
