"""One answer, four doors: what a page, an address of data and both files of a report say of a force
is the same to the last digit."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.report.blocks import Report, Table
from dashboard.report.make import describe_report, make_reports
from dashboard.report.period import read_period
from dashboard.report.query import BOTH_RATES, COUNTS
from dashboard.server.app import app
from dashboard.text.language import use_language
from dashboard.text.numbers import format_count, format_estimate
from etl.measures.catalogue import MEASURES
from etl.model.releases import ReleaseInfo
from etl.queries.record import Record

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).resolve().parents[2] / "dashboard" / "public_app.py"
RELEASE = ReleaseInfo("1.0.0", "abc", "abc" * 10, "1", "0.1.0")
# Thousands of rows; a force that lacks much; a Welsh one whose rows are few.
REPORTS = [("metropolitan", "2025"), ("british_transport", "2026"), ("south_wales", "2024")]


@pytest.fixture(scope="module")
def serving(warehouse: Path) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
        yield warehouse


@pytest.fixture(scope="module")
def record(serving: Path) -> Record:
    return Record(serving)


def read_page(force_id: str, year: str, slug: str = "forces") -> str:
    page = AppTest.from_file(str(SCRIPT), default_timeout=250)
    for name, value in {"force": force_id, "from": year, "to": year}.items():
        page.query_params[name] = value
    page._page_hash = calc_hash(slug)
    drawn = page.run()
    bodies = " ".join(str(item.proto.body) for item in drawn.get("html"))
    return squeeze(html.unescape(re.sub(r"<[^>]*>", "", bodies)))


def squeeze(text: str) -> str:
    """Without spaces: where a line breaks differs from door to door."""
    return re.sub(r"\s+", "", text)


def read_pdf(content: bytes) -> str:
    return squeeze(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def read_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeeze(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


def tables_of(report: Report, title: str) -> list[Table]:
    (section,) = [each_section for each_section in report.sections if each_section.title == title]
    return [block for block in section.blocks if isinstance(block, Table)]


@pytest.mark.parametrize(("force_id", "year"), REPORTS)
def test_page_address_pdf_and_docx_agree(record: Record, force_id: str, year: str) -> None:
    use_language("en")
    period = read_period(year)
    assert period is not None
    report = describe_report(record, force_id, period, "en", RELEASE)
    pdf, docx = make_reports(record, force_id, year, "en", "both", release=RELEASE)
    page, doors = read_page(force_id, year), (read_pdf(pdf.content), read_docx(docx.content))
    lost: list[str] = []
    api = TestClient(app, base_url="http://site.example")
    where, days = {"force_id": [force_id]}, period.days
    for measure_id in (*COUNTS, *BOTH_RATES):
        estimate = record.estimate(measure_id, where=where, period=days).only()
        squeeze_text = squeeze(format_estimate(estimate))
        query = f"/api/v1/estimates.csv?measure={measure_id}&force={force_id}&from={year}&to={year}"
        (row,) = csv.DictReader(api.get(query).text.lstrip("\ufeff").splitlines())
        assert row["numerator"] == ("" if estimate.numerator is None else str(estimate.numerator))
        for name, value in (
            ("value", estimate.value),
            ("value_low", estimate.low),
            ("value_high", estimate.high),
        ):
            assert (float(row[name]) if row[name] else None) == value
        for guarded_app in doors:
            assert squeeze(MEASURES[measure_id].title) in guarded_app
            assert squeeze_text in guarded_app, (measure_id, squeeze_text)
            if estimate.numerator is not None and measure_id in COUNTS:
                assert format_count(int(row["numerator"]) / MEASURES[measure_id].per) in guarded_app
    # Every cell of the tables that the page has too; its totals are cards, in which a value stands
    # apart from its interval.
    tables = [
        *tables_of(report, "From faces to arrests"),
        *tables_of(report, "Software, thresholds and watchlists"),
        *(
            table
            for table in tables_of(report, "Rates, with both denominators")
            if len(table.heads) == 5
        ),
    ]
    rows = [row for table in tables for row in table.rows]
    # The page names its first places and leads to the map for the others.
    rows += list(tables_of(report, "Places")[0].rows[:12])
    assert len(rows) > 8
    for row in rows:
        for cell in map(squeeze, map("".join, row)):
            lost += [
                f"{name}: {cell}"
                for name, guarded_app_2 in (("page", page), ("pdf", doors[0]), ("docx", doors[1]))
                if cell not in guarded_app_2
            ]
    assert lost == []


def test_a_figure_that_differs_is_found(record: Record) -> None:
    """The comparison can fail: the figures of one year are not those of another."""
    period = read_period("2025")
    assert period is not None
    report = describe_report(record, "metropolitan", period, "en", RELEASE)
    page = read_page("metropolitan", "2024")
    cells = [
        cell
        for table in tables_of(report, "From faces to arrests")
        for row in table.rows
        for cell in row
    ]
    assert any(squeeze("".join(cell)) not in page for cell in cells)


PEOPLE = (
    # Of the arrests that press releases describe; then where the cameras stood, both sentences.
    "33 of 39",
    "6 of 39",
    "15.4% (5.9% to 30.5%)",
    "92 of 180",
    "15.2%",
    "14.3%",
    "11.7%",
    "30.0%",
)


def test_what_is_known_about_people_is_the_same_on_the_page_and_in_both_files(
    record: Record,
) -> None:
    use_language("en")
    page = read_page("metropolitan", "2024", "who-is-affected")
    pdf, docx = make_reports(record, "metropolitan", "2024", "en", "both", release=RELEASE)
    for text in (page, read_pdf(pdf.content), read_docx(docx.content)):
        assert [figure for figure in PEOPLE if squeeze(figure) not in text] == []
