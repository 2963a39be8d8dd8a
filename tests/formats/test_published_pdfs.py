"""The published PDFs, where they are beside the repository:
every cell against a transcription by eye."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pdfplumber
import pytest

from etl.formats.pdf.tables import read_tables
from etl.model.cells import RawRow, RawTable

PUBLISHED = Path(__file__).parents[3] / "shared" / "published" / "met"
EXPECTED = Path(__file__).parents[1] / "publications" / "metropolitan_deployments"
DEPLOYMENTS = "lfr-deployment-grid-2023-to-2024.pdf"


def published(name: str) -> Path:
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip("the published files are not beside the repository")
    return path


@cache
def read_published(name: str) -> tuple[RawTable, ...]:
    return read_tables(published(name))


@pytest.mark.published
@pytest.mark.parametrize(
    ("name", "vintage", "columns", "rows_by_page"),
    [
        ("lfr-deployment-grid-2020-2022.pdf", "2020_2022", 12, {1: 9}),
        (DEPLOYMENTS, "2023_2024", 16, {1: 19, 2: 39, 3: 40, 4: 40, 5: 9, 6: 24, 7: 28, 8: 4}),
        ("lfr-deployment-record-2025-to-10-may-2025.pdf", "2025", 16, {1: 16, 2: 25, 3: 25, 4: 8}),
    ],
)
def test_every_cell_is_what_a_person_reads_in_print(
    name: str, vintage: str, columns: int, rows_by_page: dict[int, int]
) -> None:
    with (EXPECTED / f"{vintage}.expected.csv").open(encoding="utf-8", newline="") as file:
        transcribed = [
            (int(page), int(row), tuple(cells)) for page, row, *cells in list(csv.reader(file))[1:]
        ]
    tables = [table for table in read_published(name) if len(table.headings) == columns]
    rows = [row for table in tables for row in table.rows]
    assert Counter(row.page for row in rows) == rows_by_page
    assert [(row.page, row.row, row.cells) for row in rows] == transcribed


@pytest.mark.published
def test_the_headings_and_legends_of_2023_to_2024() -> None:
    first, purposes, second, use_cases = read_published(DEPLOYMENTS)
    shared = (
        "Watchlist Size|Min Threshold Setting|Total Alerts|True Alerts / Confirmed|True Alerts / "
        "Unconfirmed|False Alerts / Confirmed|False Alerts / Unconfirmed|False Alert "
        "Rate|Engagement Outcomes / Arrest|Engagement Outcomes / Other Disposal|Engagement "
        "Outcomes / No Action"
    )
    early = (
        "Deployment Location|Date|Duration of Deployment|LFR Purpose Reference / LFR "
        f"Purpose|{shared}"
    )
    assert first.headings == tuple(f"{early}|Faces seen (Estimate )".split("|"))
    late = f"Deployment Location|Date|Duration|LFR Use Case|{shared}"
    assert second.headings == tuple(f"{late}|Faces seen (Estimate)".split("|"))
    assert (purposes.headings, len(purposes.rows)) == (("Reference", "Purpose"), 4)
    assert use_cases.headings == ("Reference", "Use Case", "LFR Policy Document Reference")
    # As published: a row begins at the foot of page 6 and ends on page 7.
    assert second.rows[23] == RawRow(
        6,
        24,
        (
            "Belvedere Rd, Waterloo",
            *[
                "24/10/24",
                "4h 10m",
                "Crime Hotspot",
                "14858",
                "0.64",
                "0",
                "0",
                "0",
                "0",
                "0",
                "0%",
                "0",
                "0",
                "0",
                "10520",
            ],
        ),
    )


@pytest.mark.published
def test_the_headings_of_2020_to_2022_and_of_2025() -> None:
    grid, legend = read_published("lfr-deployment-grid-2020-2022.pdf")
    assert grid.headings == (
        "Deployment",
        "Date (DD/MM/ YY)",
        "Purpose Reference",
        "Watchlist Size",
        "Total Alerts",
        "False Alert / Confirmed False Alerts",
        "False Alert / Confirmed False Alert Engagements",
        "True Alerts1",
        "True Alert Engagements",
        "Arrests / Disposals",
        "Faces seen (Estimate)",
        "False Alert Rate",
    )
    assert (
        legend.rows[2]
        .cells[1]
        .endswith("Study’ equitability-study-test-strategy.pdf (met.police.uk)")
    )
    record, _ = read_published("lfr-deployment-record-2025-to-10-may-2025.pdf")
    assert record.headings == (
        "Deployment Location",
        "Date",
        "Duration",
        "LFR Use Case",
        "Watchlist Size",
        "Min Threshold Setting",
        "Total Alerts",
        "True Alerts Confirmed",
        "True Alerts Unconfirmed",
        "False Alerts Confirmed",
        "False Alerts Unconfirmed",
        "False Alert Rate",
        "Outcome - Arrest",
        "Outcome - Other",
        "No action",
        "Faces seen (estimate)",
    )


@pytest.mark.published
def test_no_character_of_a_page_is_lost_or_told_twice() -> None:
    """Of pages that hold nothing but rows: all characters of the text layer, counted."""
    rows = [row for table in read_published(DEPLOYMENTS) for row in table.rows]
    with pdfplumber.open(published(DEPLOYMENTS), pages=[2, 8]) as pdf:
        for page, number in zip(pdf.pages, (2, 8), strict=True):
            printed = Counter(char["text"] for char in page.chars)
            read = Counter("".join("".join(row.cells) for row in rows if row.page == number))
            del printed[" "], read[" "]
            assert read == printed
