"""Changes of level: proposed as a break while none is declared, explained by one that is,
and seen between files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from etl.checks.faces_per_hour import check_faces_level
from etl.checks.run import check_records, link_breaks
from etl.model.records import Finding
from etl.model.reference import Break
from etl.pipeline import build
from tests.checks.sample_checks import FORCE, Line, day, line, world

DATA = Path(__file__).parents[2] / "data"
BREAK = Break(
    break_id="northshire_faces",
    force_id=FORCE,
    field="faces_seen",
    first_date=day("2025-03-11"),
    effect_code="not_comparable",
    meaning="The basis changed.",
    evidence="The rows.",
    declared_on=day("2026-11-24"),
)


def run_of(first: int, last: int, faces: int, **more: Any) -> Iterator[Line]:
    for number in range(first, last + 1):
        yield line(number, faces_seen=faces, published_false_alert_rate_text=None, **more)


def levels(*lines: Line, breaks: tuple[Break, ...] = ()) -> list[Finding]:
    evidence = world(*lines, breaks=breaks)
    return [link_breaks(faces_level, evidence) for faces_level in check_faces_level(evidence)]


@pytest.mark.parametrize(
    ("declared", "status"),
    [
        ((), "open"),
        ((BREAK,), "explained"),
        ((replace(BREAK, field="alerts"),), "open"),
        ((replace(BREAK, force_id="southshire"),), "open"),
        ((replace(BREAK, first_date=day("2025-06-01")),), "open"),
    ],
)
def test_a_change_is_open_until_a_break_of_that_force_field_and_day_is_declared(
    declared: tuple[Break, ...], status: str
) -> None:
    (level,) = levels(*run_of(1, 10, 1000), *run_of(11, 20, 5000), breaks=declared)
    assert (level.status_code, level.page, level.row) == (status, 1, 11)


def test_a_change_from_one_file_to_the_next_is_seen() -> None:
    (level,) = levels(*run_of(1, 10, 1000), *run_of(11, 20, 5000, edition="grid_2026"))
    assert (level.edition_id, level.row) == ("grid_2026", 11)
    assert "5,000 faces seen an hour" in level.message


def test_a_change_to_a_file_without_durations_is_seen_by_the_deployment() -> None:
    after = run_of(11, 20, 5000, edition="grid_2026", duration_minutes=None)
    (level,) = levels(*run_of(1, 10, 1000), *after)
    assert "5,000 faces seen a deployment" in level.message


def test_longer_deployments_are_no_change_of_level() -> None:
    assert levels(*run_of(1, 10, 1000), *run_of(11, 20, 5000, duration_minutes=300)) == []


def test_rows_of_another_force_or_not_counted_are_another_series() -> None:
    assert levels(*run_of(1, 10, 1000), *run_of(11, 20, 5000, force_id="southshire")) == []
    assert levels(*run_of(1, 10, 1000), *run_of(11, 20, 5000, counted=False, edition="copy")) == []


def test_without_a_declaration_the_record_itself_proposes_both_falls_and_rises(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """December 2023 and August 2024: explained as declared, and open where nothing is."""
    taken: list[Any] = []

    def keep(evidence: Any, measures: Any) -> tuple[Finding, ...]:
        taken.append(evidence)
        return check_records(evidence, measures)

    monkeypatch.setattr(build, "check_records", keep)
    declared = build.check(DATA).findings
    (evidence,) = taken
    findings = [finding for finding in declared if finding.check_id == "faces_seen_level"]
    assert [(finding.printed_text, finding.status_code) for finding in findings] == [
        ("521 an hour", "explained"),
        ("2,001 an hour", "explained"),
    ]
    undeclared = check_records(replace(evidence, breaks=()))
    assert [
        finding.status_code for finding in undeclared if finding.check_id == "faces_seen_level"
    ] == ["open", "open"]
