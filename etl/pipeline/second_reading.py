"""Compares the published PDFs in the archive with what a second engine reads in the same cells.

In: the folder with the fetched files. Out: a sentence for each cell that reads otherwise, and for
each file that is no longer read. Does not change a cell, and looks at no file that is not kept
under its hash."""

from __future__ import annotations

from pathlib import Path

from etl.archive.archive import list_editions, open_stored
from etl.model.problems import RecordError
from etl.pipeline.recognise import read_published


def compare_engines(archive: Path) -> tuple[int, tuple[str, ...]]:
    """How many PDFs were compared, and every cell that differs, with its place.

    `archive` has a folder for each publication; without it nothing is compared. Raises
    `BrokenSnapshotError` if a kept file is missing or damaged."""
    compared = 0
    remarks: list[str] = []
    folders = sorted(archive.iterdir()) if archive.is_dir() else []
    for folder in folders:
        for edition in list_editions(folder.name, archive) if folder.is_dir() else ():
            if edition.path.suffix.lower() == ".pdf":
                open_stored(edition.path, archive)
                compared += 1
                remarks += _compare(edition.path, folder.name)
    return compared, tuple(remarks)


def _compare(path: Path, publication_id: str) -> list[str]:
    try:
        _, tables = read_published(path, publication_id)
    except RecordError as refused:
        return [str(problem) for problem in refused.problems]
    return [f"{path.name}, {remark}" for table in tables for remark in table.remarks]
