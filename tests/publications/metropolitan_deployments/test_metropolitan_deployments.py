"""The Met's four PDFs, cell by cell against tables that a person read from the rendered pages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.formats.cell_files import read_cells
from etl.sources.adapters import metropolitan_deployments

HERE = Path(__file__).parent
FILES = {
    "2020_2022": ("lfr-deployment-grid-2020-2022.pdf", 9, 12),
    "2023_2024": ("lfr-deployment-grid-2023-to-2024.pdf", 203, 16),
    "2025": ("lfr-deployment-record-2025-to-10-may-2025.pdf", 74, 16),
    "2025_07": ("lfr-deployment-record-2025-to-11-july-2025.pdf", 112, 16),
}


def read_expected(name: str) -> list[tuple[str, ...]]:
    """Page, row and cells of every row, as read from the print."""
    with (HERE / f"{name}.expected.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(line) for line in csv.reader(file)][1:]


def flatten(tables: tuple) -> list[tuple[str, ...]]:
    return [(str(row.page), str(row.row), *row.cells) for table in tables for row in table.rows]


@pytest.mark.parametrize("name", FILES)
def test_kept_cells_are_as_a_person_read_them_from_the_print(name: str, data: Path) -> None:
    _, rows, columns = FILES[name]
    expected = read_expected(name)
    assert len(expected) == rows
    assert {len(line) for line in expected} == {columns + 2}
    stored_flatten = flatten(
        read_cells(data / "publications" / "metropolitan_deployments" / f"{name}.cells.csv")
    )
    assert stored_flatten == expected


@pytest.mark.published
@pytest.mark.parametrize("name", FILES)
def test_reading_the_pdf_gives_the_kept_cells(name: str, data: Path, published: Path) -> None:
    file, _, _ = FILES[name]
    read = metropolitan_deployments.read(published / "met" / file)
    cells = read_cells(data / "publications" / "metropolitan_deployments" / f"{name}.cells.csv")
    assert read == cells


def test_a_row_split_by_a_page_break_is_one_row_on_the_page_where_it_starts() -> None:
    (split,) = [line for line in read_expected("2023_2024") if line[2] == "Belvedere Rd, Waterloo"]
    assert split[:2] == ("6", "24")
