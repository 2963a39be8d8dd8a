"""The journey from kept cells to a warehouse, on the repository's own data and on broken copies of
it."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from etl.model import codes
from etl.model.fields import values_of
from etl.model.problems import BrokenSnapshotError, InvalidReferenceError, RecordError
from etl.model.records import Count, Deployment, Finding
from etl.model.reference import PlaceName, Precedence, PrintedCell, Release
from etl.model.wide import CANONICAL_COLUMNS, COUNT_SUFFIX
from etl.pipeline.build import BUILD_STEPS, build, check
from etl.pipeline.places import resolve_places
from etl.pipeline.precedence import apply_precedence
from etl.warehouse.read import current_file, open_warehouse, read_deployments, read_table
from tests.cell_declarations import declare_again

pytestmark = pytest.mark.slow

DEPLOYMENT = Deployment(
    deployment_id="copy_1_0001",
    force_id="metropolitan",
    publication_id="copy",
    edition_id="copy_1",
    page=1,
    row=1,
    date=dt.date(2025, 5, 10),
    location_text="Barking",
    reliability="transcribed",
)
PRECEDENCE = Precedence(
    precedence_id="p",
    force_id="metropolitan",
    counts_publication_id="original",
    kept_publication_id="copy",
    first_date=dt.date(2025, 1, 1),
    last_date=dt.date(2025, 5, 10),
    reason="The original counts.",
    evidence="-",
    declared_on=dt.date(2026, 11, 24),
)


@pytest.fixture
def copied(tmp_path: Path, data: Path) -> Path:
    """A copy of the data that a test may break."""
    for folder in ("corrections", "publications", "reference"):
        shutil.copytree(data / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def built(copied: Path, warehouse: Path) -> Path:
    """The same with a release that serves: a copy of the one that was built of the same data for
    all tests."""
    shutil.copytree(warehouse.parents[1], copied / "releases", symlinks=True)
    return copied


@pytest.fixture
def small(built_small_data: Path, tmp_path: Path) -> Path:
    """A copy of a small folder with the release that is built of it."""
    return Path(shutil.copytree(built_small_data, tmp_path / "data", symlinks=True))


def read_release(data: Path) -> Release:
    """The release that serves, as it states itself."""
    (row,) = read_table(open_warehouse(current_file(data / "releases")), Release)
    return row


def test_two_builds_from_the_same_bytes_give_the_same_content(
    copied: Path, warehouse: Path
) -> None:
    report = build(copied)
    (first,) = read_table(open_warehouse(warehouse), Release)
    assert report.release is not None
    assert report.release.content_hash == first.content_hash
    assert report.release.sources_hash == first.sources_hash


def test_building_again_changes_nothing_and_says_so(small: Path) -> None:
    first = read_release(small)
    second = build(small)
    assert first == second.release
    assert second.changes == ()


def test_a_changed_value_is_told_as_a_change(built: Path) -> None:
    cells = built / "publications/metropolitan_deployments/2025.cells.csv"
    cells.write_text(cells.read_text().replace(",9780\n", ",9781\n", 1))
    declare_again(cells)
    report = build(built)
    assert any(
        "9780" in change.replace(",", "") and "9781" in change.replace(",", "")
        for change in report.changes
    )


BREAKS: dict[str, tuple[Callable[[Path], object], type[RecordError], str]] = {
    "a place nobody has reviewed": (
        lambda d: _replace(
            d / "publications/metropolitan_deployments/2025.cells.csv", "Clapham Junc,", "Atlantis,"
        ),
        InvalidReferenceError,
        "the location 'Atlantis' of metropolitan",
    ),
    "a cell that is no number": (
        lambda d: _replace(
            d / "publications/metropolitan_deployments/2025.cells.csv", ",9780\n", ",many\n"
        ),
        InvalidReferenceError,
        "found 'many'",
    ),
    "a heading that nobody knows": (
        lambda d: _replace(
            d / "publications/metropolitan_deployments/2025.cells.csv", "Watchlist Size", "List"
        ),
        InvalidReferenceError,
        "the column 'List'",
    ),
    "cells that are gone": (
        lambda d: (d / "publications/metropolitan_deployments/2025.cells.csv").unlink(),
        InvalidReferenceError,
        "no such file",
    ),
    "a declaration that is gone": (
        lambda d: (d / "publications/metropolitan_deployments/publication.toml").unlink(),
        InvalidReferenceError,
        "a declaration of the publication",
    ),
    "a key that is not known": (
        lambda d: _replace(
            d / "publications/south_wales_events/publication.toml", "title =", "titel ="
        ),
        InvalidReferenceError,
        "the key titel",
    ),
    "an overlap that is no longer there": (
        lambda d: _replace(
            d / "reference/precedence.toml",
            "metropolitan_transcription",
            "british_transport_register",
        ),
        InvalidReferenceError,
        "no row that it concerns",
    ),
    "a reference table with another heading": (
        lambda d: _replace(d / "reference/forces.csv", "short_name", "name"),
        InvalidReferenceError,
        "Give the file these headings",
    ),
}


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    if path.name.endswith(".cells.csv"):
        declare_again(path)


@pytest.mark.parametrize("name", BREAKS)
def test_broken_data_stops_the_build_and_the_release_before_serves(built: Path, name: str) -> None:
    serving = read_release(built)
    breaking, kind, message = BREAKS[name]
    breaking(built)
    with pytest.raises(kind) as error:
        build(built)
    assert message in str(error.value)
    assert read_release(built) == serving


def test_the_verb_says_findings_as_json(data: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "etl", "check", "--json"],
        check=True,
        capture_output=True,
        text=True,
        cwd=data.parent,
    )
    findings = json.loads(ended.stdout)
    assert {finding["severity_code"] for finding in findings} <= set(codes.SEVERITY)
    assert all(
        finding["printed_text"] is not None and finding["expected_text"] for finding in findings
    )


def test_every_value_leads_back_to_the_printed_cell(warehouse: Path) -> None:
    engine = open_warehouse(warehouse)
    cells = {
        (cell.edition_id, cell.page, cell.row, cell.heading): cell.text
        for cell in read_table(engine, PrintedCell)
    }
    deployments = {row.deployment_id: row for row in read_table(engine, Deployment)}
    printed = [count for count in read_table(engine, Count) if count.printed_text is not None]
    assert len(printed) > 3800
    for count in printed:
        row = deployments[count.deployment_id]
        key = (row.edition_id, row.page, row.row, count.column_heading)
        assert cells[key] == count.printed_text


def test_the_record_has_findings(warehouse: Path) -> None:
    assert len(read_table(open_warehouse(warehouse), Finding)) > 50


def test_every_deployment_has_every_stage_and_every_absence_a_reason(warehouse: Path) -> None:
    engine = open_warehouse(warehouse)
    counts = read_table(engine, Count)
    assert len(counts) == len(read_table(engine, Deployment)) * len(list(codes.STAGE))
    for count in counts:
        assert (count.value is None) == (count.value_status in codes.ABSENT)


def test_counted_rows_of_two_publications_never_overlap(warehouse: Path) -> None:
    engine = open_warehouse(warehouse)
    for declared in read_table(engine, Precedence):
        rows = read_table(engine, Deployment, {"publication_id": [declared.kept_publication_id]})
        inside = [
            row
            for row in rows
            if row.date and declared.first_date <= row.date <= declared.last_date
        ]
        assert inside
        assert not any(row.counted for row in inside)


def test_the_wide_rows_have_the_canonical_columns(warehouse: Path) -> None:
    rows = read_deployments(open_warehouse(warehouse), {}, (None, None), counted_only=True)
    columns = {*values_of(rows[0]), *(f"{stage}{COUNT_SUFFIX}" for stage in rows[0].counts)}
    assert set(CANONICAL_COLUMNS) <= columns
    assert len(rows) == sum(
        row.counted for row in read_table(open_warehouse(warehouse), Deployment)
    )


def test_a_location_that_nobody_reviewed_is_named() -> None:
    known = PlaceName(
        force_id="metropolitan", location_text="Barking", place_id="barking", note=None
    )
    (resolved,) = resolve_places([DEPLOYMENT], [known])
    assert resolved.place_id == "barking"
    with pytest.raises(InvalidReferenceError) as error:
        resolve_places([DEPLOYMENT, replace(DEPLOYMENT, location_text="Ilford")], [known])
    assert len(error.value.problems) == 1


@pytest.mark.parametrize(
    ("day", "counted"), [(dt.date(2025, 5, 10), False), (dt.date(2025, 5, 11), True)]
)
def test_the_kept_publication_counts_only_outside_the_overlap(day: dt.date, counted: bool) -> None:
    inside = replace(DEPLOYMENT, deployment_id="copy_1_0002", row=2)
    decided = apply_precedence([replace(DEPLOYMENT, date=day), inside], [PRECEDENCE], {})
    assert decided[0].counted is counted
    assert decided[1].not_counted_reason == "The original counts."


def test_the_check_stops_at_an_error_and_names_the_cell(copied: Path) -> None:
    cells = copied / "publications/metropolitan_deployments/2025.cells.csv"
    text = cells.read_text(encoding="utf-8")
    lines = list(csv.reader(text.splitlines()))
    threshold = lines[0].index("Min Threshold Setting")
    lines[1][threshold] = "64"
    with cells.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(lines)
    declare_again(cells)
    with pytest.raises(RecordError) as error:
        check(copied)
    assert "threshold" in str(error.value)
    assert not isinstance(error.value, BrokenSnapshotError)


def test_the_progress_bar_knows_its_end(small: Path) -> None:
    steps: list[str] = []
    build(small, progress=steps.append)
    assert len(steps) == BUILD_STEPS
    assert steps.index("check") < steps.index("write verify")


def _swap_last(text: str) -> str:
    *lines, before, last = text.splitlines(keepends=True)
    return "".join([*lines, last, before])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text[: text.rindex("\n", 0, -1) + 1], "found 73 rows"),
        (lambda text: text.replace(",9780\n", ",9781\n", 1), "74 rows"),
        (lambda text: _swap_last(text), "74 rows"),
    ],
    ids=["the last row gone", "a value changed", "two rows in another order"],
)
def test_kept_cells_that_are_not_those_declared_stop_the_build(
    copied: Path, change: Callable[[str], str], message: str
) -> None:
    cells = copied / "publications/metropolitan_deployments/2025.cells.csv"
    cells.write_text(change(cells.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RecordError) as error:
        check(copied)
    assert "2025.cells.csv" in str(error.value)
    assert message in str(error.value)
