"""The `answer` verb: an answer as a file, or a refusal with its reason."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from etl.cli import app as verbs
from etl.measures.catalogue import MEASURES
from etl.outputs.cells import write_cell
from etl.queries.record import Record


def fetch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path, *words: str
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["etl", "answer", *words, "--data", str(data)])
    with pytest.raises(SystemExit) as ended:
        verbs.main()
    readouterr = capsys.readouterr()
    return int(ended.value.code or 0), readouterr.out, readouterr.err


@pytest.mark.parametrize("measure_id", MEASURES)
def test_the_file_holds_the_same_estimates(
    measure_id: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    warehouse: Path,
) -> None:
    home = warehouse.parents[2]
    code, out, _ = fetch(monkeypatch, capsys, home, measure_id, "--by", "force,year", "--csv", "-")
    assert code == 0
    rows = list(csv.DictReader(out.splitlines()))
    estimates = Record(warehouse).estimate(measure_id, by=("force_id", "year")).estimates
    assert len(rows) == len(estimates) > 10
    for row, estimate in zip(rows, estimates, strict=True):
        assert (row["force_id"], row["year"]) == (
            str(estimate.of("force_id")),
            str(estimate.of("year") or ""),
        )
        assert row["value"] == write_cell(estimate.value)
        assert (float(row["value"]) if row["value"] else None) == estimate.value
        assert row["value_low"] == write_cell(estimate.low)
        assert (float(row["value_low"]) if row["value_low"] else None) == estimate.low
        assert row["value_status"] == estimate.status
        assert bool(row["caveats"]) == bool(estimate.caveats)
        assert row["sources"]


def test_a_refusal_has_a_reason_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    code, out, err = fetch(
        monkeypatch, capsys, warehouse.parents[2], "alerts_count", "--by", "camera_type"
    )
    assert (code, out) == (12, "")
    assert "No publication says" in err


def test_a_filter_and_a_period_are_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    words = (
        "faces_seen_count",
        "--where",
        "force=metropolitan",
        "--start",
        "2024-01-01",
        "--end",
        "2024-12-31",
    )
    _, out, _ = fetch(monkeypatch, capsys, warehouse.parents[2], *words)
    (row,) = csv.DictReader(out.splitlines())
    # The sum over the rows of 2024 in the table that a person read from the print, with the one
    # misdated row among them.
    assert row["numerator"] == "902748"
    assert row["marks"] == "[b]"


def test_a_grouping_named_twice_is_one_column(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    """`force` and `host` are one thing; spaces after a comma are no part of a word."""
    _, out, _ = fetch(
        monkeypatch, capsys, warehouse.parents[2], "alerts_count", "--by", "force, host ,year"
    )
    header, *rows = csv.reader(out.splitlines())
    assert header[2:5] == ["force_id", "year", "period_start"]
    assert {len(row) for row in rows} == {len(header)}


@pytest.mark.parametrize(
    "words",
    [
        "lender",
        "region",
        "district",
        "place",
        "month",
        "quarter",
        "use_case",
        "threshold",
        "vendor",
        "reliability",
    ],
)
def test_every_word_for_a_grouping_is_taken(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    code, out, _ = fetch(
        monkeypatch, capsys, warehouse.parents[2], "false_share_of_alerts", "--by", f"force,{words}"
    )
    rows = list(csv.DictReader(out.splitlines()))
    assert code == 0
    assert len(rows) > 5
    assert list(rows[0])[2] == "force_id"


def test_a_filter_that_is_none_is_told_with_all_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    words = ("alerts_count", "--where", "force", "--where", "=essex", "--where", "year=")
    code, out, err = fetch(monkeypatch, capsys, warehouse.parents[2], *words)
    assert (code, out) == (12, "")
    assert "3 problems" in err
    assert "NAME=VALUE" in err


def test_before_the_first_record_it_says_what_there_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    _, out, _ = fetch(
        monkeypatch,
        capsys,
        warehouse.parents[2],
        "alerts_count",
        "--where",
        "force=essex",
        "--end",
        "2001-01-01",
    )
    (row,) = csv.DictReader(out.splitlines())
    assert (row["value"], row["value_status"]) == ("", "no_rows")
    assert "The rows of it are from 2023-10-24 to " in row["reason"]


def test_a_disparity_is_given_beside_every_benchmark_or_says_why_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    words = ("disparity_ratio", "--by", "force,stage,group,benchmark")
    _, out, _ = fetch(monkeypatch, capsys, warehouse.parents[2], *words)
    rows = {row["benchmark_id"]: row for row in csv.DictReader(out.splitlines())}
    assert len(rows) == 5
    for row in rows.values():
        assert (row["numerator"], row["denominator"], row["marks"] != "") == ("8", "10.0", True)
        assert row["reason"]
    force_residents = rows["force_residents"]
    # 8 of 10 beside 1,188,137 Black residents of 8,791,152,
    # and the exact limits of 8 of 10 over the same.
    share = 1_188_137 / 8_791_152
    assert float(force_residents["value"]) == pytest.approx(0.8 / share)
    assert float(force_residents["value_low"]) == pytest.approx(0.44390453769 / share)
    assert float(force_residents["value_high"]) == pytest.approx(0.97478927367 / share)
    assert "1,188,137 of 8,791,152" in force_residents["reason"]
    assert rows["faces_seen_by_group"]["value"] == ""
    assert "No force publishes faces seen by group" in rows["faces_seen_by_group"]["reason"]


def test_a_difference_is_of_the_same_shares(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    words = ("disparity_difference", "--by", "group", "--where", "benchmark=force_residents")
    _, out, _ = fetch(monkeypatch, capsys, warehouse.parents[2], *words)
    (row,) = csv.DictReader(out.splitlines())
    assert float(row["value"]) == pytest.approx(0.8 - 1_188_137 / 8_791_152)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("disparity_ratio", "--by", "force"), "depends on the benchmark: ask by benchmark"),
        (
            ("disparity_ratio", "--by", "benchmark", "--where", "benchmark=luck"),
            "no benchmark_id 'luck'",
        ),
        (("group_share_of_alerts", "--where", "group=purple"), "no group_code 'purple'"),
        (
            ("group_share_of_alerts", "--where", "classification=stars"),
            "no classification_code 'stars'",
        ),
        (
            ("disparity_ratio", "--by", "benchmark", "--where", "stage=lunch"),
            "no stage_code 'lunch'",
        ),
        (("group_share_of_alerts", "--by", "group,district"), "could single out a person"),
        (("group_share_of_alerts", "--by", "group,month"), "could single out a person"),
    ],
)
def test_a_question_about_groups_that_cannot_be_asked_is_refused(
    words: tuple[str, ...],
    text: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    warehouse: Path,
) -> None:
    code, out, err = fetch(monkeypatch, capsys, warehouse.parents[2], *words)
    assert (code, out) == (12, "")
    assert text in err


def test_no_count_by_group_is_told_as_that(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    _, out, err = fetch(
        monkeypatch, capsys, warehouse.parents[2], "group_share_of_arrests", "--by", "force,group"
    )
    assert len(out.splitlines()) == 1
    assert "No count by group is published" in err
