"""The check of the archive: every kept PDF is read by two engines, and what differs is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdf
import pytest

from etl.archive.fetch import keep_file
from etl.model.problems import BrokenSnapshotError
from etl.pipeline.second_reading import compare_engines

PUBLICATION = "metropolitan_deployments"
NOW = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


def keep(path: Path, archive: Path) -> Path:
    return keep_file(path, archive, PUBLICATION, now=NOW).edition.path


def test_without_an_archive_nothing_is_compared(tmp_path: Path) -> None:
    assert compare_engines(tmp_path / "shelf") == (0, ())


def test_a_published_pdf_reads_alike_in_both_engines(tmp_path: Path, published: Path) -> None:
    keep(published / "met" / "lfr-deployment-record-2025-to-11-july-2025.pdf", tmp_path)
    assert compare_engines(tmp_path) == (1, ())


def test_a_cell_that_differs_is_named_with_its_place(tmp_path: Path, published: Path) -> None:
    case = published.parent / "cases" / "rep-pdf-form-field-extract"
    if not case.exists():
        pytest.skip("the cases are not beside the published files")
    kept = keep(next(case.glob("*.pdf")), tmp_path)
    compared, remarks = compare_engines(tmp_path)
    assert compared == 1
    assert remarks
    assert all(remark.startswith(f"{kept.name}, page ") for remark in remarks)
    assert all("another engine reads" in remark for remark in remarks)


def test_a_pdf_that_is_not_read_is_named(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(600, 400)
    path = tmp_path / "blank.pdf"
    writer.write(path)
    kept = keep(path, tmp_path / "shelf")
    compared, remarks = compare_engines(tmp_path / "shelf")
    assert compared == 1
    assert any(kept.name in remark for remark in remarks)


def test_a_damaged_pdf_stops_the_check(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(600, 400)
    path = tmp_path / "blank.pdf"
    writer.write(path)
    kept = keep(path, tmp_path / "shelf")
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes() + b"\n")
    with pytest.raises(BrokenSnapshotError):
        compare_engines(tmp_path / "shelf")
