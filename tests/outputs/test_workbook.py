"""Workbooks: the same bytes twice, marked up, no blank number,
and read back by libraries that did not write them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from lxml import etree

from etl.model.releases import ReleaseInfo
from etl.outputs.about import SYMBOLS, FileAbout, format_citation
from etl.outputs.columns import Column
from etl.outputs.ods import write_ods
from etl.outputs.tables import (
    tabulate_claims,
    tabulate_deployments,
    tabulate_estimates,
    tabulate_table,
)
from etl.outputs.tabular import Tabular
from etl.outputs.workbook import Workbook, make_workbook
from etl.outputs.xlsx import write_xlsx
from etl.queries.record import Record

RELEASE = ReleaseInfo("1.2.0", "b" * 12, "b" * 64, "s", "0.1.0", dt.date(2026, 11, 1))
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
COLUMNS = (
    Column("name", str, "Name", "A name."),
    Column("count", int, "Count", "A number.", "events"),
    Column("day", dt.date, "Day", "A day."),
)
ROWS = [
    {"name": "=1+1", "count": 0, "day": dt.date(2025, 5, 10)},
    {"name": "Ynys Môn \x0b<&>", "count": None, "day": None},
]


def make(*tables: Tabular, **query: Any) -> Workbook:
    about = FileAbout("Title", "What it is.", RELEASE, format_citation(RELEASE), query)
    return make_workbook(tables, about)


def read_ods(written: bytes) -> dict[str, list[list[Any]]]:
    """Values by sheet, as the standard says they are to be read."""
    content = etree.fromstring(zipfile.ZipFile(io.BytesIO(written)).read("content.xml"))
    result: dict[str, list[list[Any]]] = {}
    for sheet in content.iter(f"{TABLE}table"):
        rows = result.setdefault(sheet.get(f"{TABLE}name"), [])
        for row in sheet.iter(f"{TABLE}table-row"):
            rows.append([_read_cell(cell) for cell in row])
    return result


def _read_cell(cell: Any) -> Any:
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "float":
        return float(cell.get(f"{OFFICE}value"))
    if kind == "date":
        return dt.date.fromisoformat(cell.get(f"{OFFICE}date-value"))
    if kind == "time":
        return dt.datetime.strptime(cell.get(f"{OFFICE}time-value"), "PT%HH%MM%SS").time()
    return "\n".join("".join(element.itertext()) for element in cell) or None


def read_xlsx(written: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(written))
    return {
        sheet.title: [
            [
                release_info.date() if isinstance(release_info, dt.datetime) else release_info
                for release_info in row
            ]
            for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book
    }


def test_both_kinds_hold_the_same(record: Record) -> None:
    estimate = record.estimate("false_share_of_alerts", by=("force_id",))
    for table in (
        lambda: tabulate_estimates("false_share_of_alerts", ("force_id",), estimate.estimates),
        lambda: tabulate_deployments(record, {"force_id": ["south_wales"]}),
    ):
        xlsx, ods = read_xlsx(write_xlsx(make(table()))), read_ods(write_ods(make(table())))
        assert list(xlsx) == list(ods)
        for name, rows in xlsx.items():
            for row, own in zip(rows, ods[name], strict=True):
                for value, other in zip(row, own, strict=False):
                    # Excel keeps fifteen digits of a number.
                    assert value == (
                        pytest.approx(other, rel=1e-14) if isinstance(other, float) else other
                    )


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_the_same_workbook_is_the_same_bytes(write: Any) -> None:
    first, again = (write(make(Tabular("rows", COLUMNS, ROWS, 10))) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(("write", "read"), [(write_xlsx, read_xlsx), (write_ods, read_ods)])
def test_cells_are_what_they_are(write: Any, read: Any) -> None:
    sheets = read(
        write(make(Tabular("rows", COLUMNS, ROWS, 10), force=["essex"], measure=["alerts_count"]))
    )
    assert list(sheets) == ["Cover", "Contents", "Notes", "Rows", "Columns"]
    heading = next(
        number for number, row in enumerate(sheets["Rows"]) if row[:2] == ["name", "count"]
    )
    first, second = sheets["Rows"][heading + 1 :]
    # A true nought is 0, an absent number a symbol that the notes explain,
    # a text that looks like a formula a text.
    assert first == ["=1+1", 0, dt.date(2025, 5, 10)]
    assert second[0].startswith("Ynys Môn")
    assert "<&>" in second[0]
    assert second[1:] == ["[x]", "[x]"]
    assert {row[0] for row in sheets["Notes"]} >= set(SYMBOLS)
    cover = " ".join(str(row[0]) for row in sheets["Cover"])
    assert "force essex; measure alerts_count" in cover
    assert "Open Government Licence" in cover
    assert format_citation(RELEASE) in cover


def test_nothing_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(make(Tabular("rows", COLUMNS, ROWS, 10)))))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
        "d",
    }


def test_tables_are_marked_up_and_headings_stay_in_view() -> None:
    written = make(Tabular("rows", COLUMNS, ROWS, 10))
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(written)))
    assert book.sheetnames[0] == "Cover"
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet["A1"].value
        if sheet.title != "Cover":
            (table,) = sheet.tables.values()
            assert table.headerRowCount == 1
            assert sheet.freeze_panes
    content = zipfile.ZipFile(io.BytesIO(write_ods(written))).read("content.xml").decode()
    assert content.count("<table:table-header-rows>") == content.count("table:contains-header") == 4
    kinds = zipfile.ZipFile(io.BytesIO(write_ods(written))).infolist()
    assert (kinds[0].filename, kinds[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_an_absent_number_says_why(record: Record) -> None:
    rows = read_xlsx(write_xlsx(make(tabulate_deployments(record, {"force_id": ["essex"]}))))[
        "Deployments"
    ]
    heading = next(row for row in rows if row[0] == "deployment_id")
    counts = [number for number, name in enumerate(heading) if name.endswith("_count")]
    values = [row[number] for row in rows[rows.index(heading) + 1 :] for number in counts]
    assert any(isinstance(value, int) for value in values)
    assert {value for value in values if not isinstance(value, int)} <= set(SYMBOLS)


def test_a_sheet_without_rows_says_so() -> None:
    sheets = read_xlsx(write_xlsx(make(Tabular("rows", COLUMNS, [], 10))))
    assert any("no row" in str(row[0]) for row in sheets["Rows"])


def test_settings_declare_every_prefix_that_they_use() -> None:
    """An undeclared one makes LibreOffice pass over the panes."""
    written = write_ods(make(Tabular("rows", COLUMNS, ROWS, 10)))
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(written)).read("settings.xml"))
    name = "{urn:oasis:names:tc:opendocument:xmlns:config:1.0}name"
    used = {
        str(item.get(name)).partition(":")[0]
        for item in root.iter()
        if ":" in str(item.get(name) or "")
    }
    assert used == {"ooo"}
    assert root.nsmap["ooo"] == "http://openoffice.org/2004/office"
    frozen = [item for item in root.iter() if item.get(name) == "VerticalSplitMode"]
    assert frozen
    assert {item.text for item in frozen} == {"2"}


def test_a_blank_that_misses_nothing_is_not_called_missing(record: Record) -> None:
    rows = read_xlsx(write_xlsx(make(tabulate_deployments(record))))["Deployments"]
    (start,) = [number for number, row in enumerate(rows) if row[0] == "deployment_id"]
    day, last = rows[start].index("date"), rows[start].index("end_date")
    assert {row[last] for row in rows[start + 1 :]} & set(SYMBOLS) == {"[z]"}
    assert {row[day] for row in rows[start + 1 :]} & set(SYMBOLS) == {"[x]"}
    claims = read_xlsx(write_xlsx(make(tabulate_claims(record))))["Claims"]
    (start,) = [number for number, row in enumerate(claims) if row[0] == "claim_id"]
    value, low = claims[start].index("record_value"), claims[start].index("record_low")
    whole = claims[start].index("record_denominator")
    assert {row[low] for row in claims[start + 1 :]} & set(SYMBOLS) == {"[z]"}
    seen = {(row[value] == "[x]", row[whole]) for row in claims[start + 1 :]}
    # Without a figure of the record its parts are missing; a sum has none to miss.
    assert {pair for pair in seen if pair[1] in SYMBOLS} == {(False, "[z]"), (True, "[x]")}
    findings = read_xlsx(write_xlsx(make(tabulate_table(record, "findings"))))["Findings"]
    (start,) = [number for number, row in enumerate(findings) if row[0] == "finding_id"]
    places = {findings[start].index("page"), findings[start].index("row")}
    symbols = {row[place] for row in findings[start + 1 :] for place in places} & set(SYMBOLS)
    assert symbols == {"[z]"}
