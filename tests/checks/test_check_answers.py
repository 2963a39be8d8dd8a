"""Stated totals, declared corrections and the release before: what the examples leave open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from check_world import Line, line, rows, world

from etl.checks.releases import check_release, compare_releases
from etl.checks.run import check_records
from etl.checks.totals import PublishedTotal, check_totals, open_published_totals
from etl.model.problems import BadReference
from etl.model.records import Correction


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# Totals


def stated(**changes: Any) -> PublishedTotal:
    plain = PublishedTotal(
        claim_id="claims_0001",
        force_id="northshire",
        publication_id=None,
        location_text=None,
        stage_code="arrests",
        first_date=day("2025-03-01"),
        last_date=day("2025-03-02"),
        stated_value=6,
        stated_as="exact",
        rounded_to=1,
        source="A newspaper",
        note=None,
    )
    return replace(plain, **changes)


def test_a_missing_number_could_make_up_the_rest_but_not_an_excess() -> None:
    evidence = world(line(1), line(2, arrests=None))
    assert list(check_totals(evidence, [stated()])) == []
    (finding,) = check_totals(evidence, [stated(stated_value=2)])
    assert finding.expected_text.endswith("give 3, and 1 of them print no number")


@pytest.mark.parametrize(
    ("changes", "adds_up"),
    [
        ({"stated_as": "at_least", "stated_value": 5}, True),
        ({"stated_as": "at_least", "stated_value": 7}, False),
        ({"stated_as": "rounded", "rounded_to": 5, "stated_value": 10}, True),
        ({"stated_as": "rounded", "rounded_to": 5, "stated_value": 15}, False),
        ({"stage_code": "deployments", "stated_value": 2}, True),
        ({"location_text": "Street 1", "stated_value": 3}, True),
        ({"publication_id": "grid", "stated_value": 6}, True),
    ],
)
def test_how_a_total_is_stated_decides_what_adds_up(changes: dict[str, Any], adds_up: bool) -> None:
    assert (list(check_totals(world(*rows(2)), [stated(**changes)])) == []) is adds_up


def test_a_row_that_does_not_count_is_not_summed() -> None:
    evidence = world(line(1), line(2, counted=False))
    assert list(check_totals(evidence, [stated(stated_value=3)])) == []


def test_a_window_without_rows_is_not_compared() -> None:
    assert list(check_totals(world(line(1)), [stated(force_id="southshire")])) == []


def test_every_fault_of_the_table_of_totals_is_named(tmp_path: Path) -> None:
    path = tmp_path / "published_totals.csv"
    headings = "claim_id,force_id,publication_id,location_text,stage_code,first_date,last_date,stated_value,stated_as,rounded_to,source,note"  # fmt: skip
    path.write_text(
        f"{headings}\nclaims_0001,northshire,,,catches,2025-13-01,2025-03-02,6,exact,1,A newspaper,\n"
    )
    with pytest.raises(BadReference) as error:
        open_published_totals(path)
    assert [problem.found for problem in error.value.problems] == ["'catches'", "'2025-13-01'"]


# Corrections


def correction(target: str, printed: str, action: str = "replace") -> Correction:
    return Correction(
        correction_id="grid_street_2",
        publication_id="grid",
        edition_id="grid_2025",
        page=1,
        row=2,
        target=target,
        printed_text=printed,
        action_code=action,
        value_text=None,
        reason="It does not fit.",
        evidence="The rows around it.",
        declared_on=day("2026-11-24"),
    )


@pytest.mark.parametrize(
    ("target", "printed", "action", "status"),
    [
        ("date", "02/03/24", "replace", "corrected"),
        ("date", "02/03/24", "set_absent", "corrected"),
        ("counted", "Street 2", "replace", "corrected"),
    ],
)
def test_a_correction_answers_its_finding_and_does_not_hide_it(
    target: str, printed: str, action: str, status: str
) -> None:
    misprinted: Line = line(2, date=day("2025-03-02") if target == "date" else day("2024-03-02"))
    evidence = world(line(1), misprinted, line(3), corrections=(correction(target, printed, action),))
    (finding,) = [found for found in check_records(evidence) if found.check_id == "date_out_of_order"]
    assert (finding.status_code, finding.correction_id) == (status, "grid_street_2")


def test_an_explanation_explains() -> None:
    explained = correction("watchlist_size", "9000", "explain")
    evidence = world(*rows(3, {2: {"watchlist_size": 9000}}), corrections=(explained,))
    (finding,) = check_records(evidence)
    assert (finding.check_id, finding.status_code) == ("watchlist_size_out_of_step", "explained")


def test_a_correction_of_another_field_answers_nothing() -> None:
    other = correction("threshold", "0.60", "explain")
    evidence = world(*rows(3, {2: {"watchlist_size": 9000}}), corrections=(other,))
    assert [finding.status_code for finding in check_records(evidence)] == ["open"]


def test_findings_are_sorted_and_each_id_is_there_once() -> None:
    evidence = world(*rows(3, {1: {"alerts": 11}, 3: {"alerts": 11, "arrests": 9}}))
    findings = check_records(evidence)
    assert [finding.row for finding in findings] == [1, 3, 3]
    assert len({finding.finding_id for finding in findings}) == 3


# Releases


def test_a_first_release_has_nothing_to_be_compared_with(plain: Line) -> None:
    row, counts = plain
    assert check_release({}, {"deployments": [row], "counts": list(counts.values())}) == ()


def test_a_release_read_from_a_warehouse_is_compared_with_records(plain: Line) -> None:
    row, counts = plain
    stored = {
        "deployment_id": row.deployment_id,
        "publication_id": "grid",
        "edition_id": "grid_2025",
        "page": 1,
        "row": 1,
    }
    stored |= {"location_text": "Street 1", "date": row.date, "watchlist_size": 4000}
    before = {"deployments": [stored], "counts": []}
    after = {"deployments": [row], "counts": list(counts.values())}
    assert compare_releases(before, after) == (
        "note: Street 1, 2025-03-01: watchlist_size was 4000 and is now 5000.",
    )
