"""The `answer` verb: an answer as a file, or a refusal with its reason."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from etl import __main__ as verbs
from etl.answers import Answers
from etl.measures.catalogue import MEASURES


def ask(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path, *words: str
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["etl", "answer", *words, "--data", str(data)])
    with pytest.raises(SystemExit) as ended:
        verbs.main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.mark.parametrize("measure_id", MEASURES)
def test_the_file_holds_the_same_estimates(
    measure_id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    home = warehouse.parents[2]
    code, out, _ = ask(monkeypatch, capsys, home, measure_id, "--by", "force,year", "--csv", "-")
    assert code == 0
    rows = list(csv.DictReader(out.splitlines()))
    estimates = Answers(warehouse).estimate(measure_id, by=("force_id", "year")).estimates
    assert len(rows) == len(estimates) > 10
    for row, one in zip(rows, estimates, strict=True):
        assert (row["force_id"], row["year"]) == (str(one.of("force_id")), str(one.of("year") or ""))
        assert row["value"] == ("" if one.value is None else str(one.value))
        assert row["value_low"] == ("" if one.low is None else str(one.low))
        assert row["value_status"] == one.status
        assert bool(row["caveats"]) == bool(one.caveats)
        assert row["sources"]


def test_a_refusal_has_a_reason_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], warehouse: Path
) -> None:
    code, out, err = ask(monkeypatch, capsys, warehouse.parents[2], "alerts_count", "--by", "camera_type")
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
    _, out, _ = ask(monkeypatch, capsys, warehouse.parents[2], *words)
    (row,) = csv.DictReader(out.splitlines())
    # The sum over the rows of 2024 in the table that a person read from the print, with the one misdated row among them.
    assert row["numerator"] == "902748"
    assert row["marks"] == "[b]"
