"""A published file that is not as it should be: every problem at once, a non-zero exit, and nothing written."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from etl import __main__ as verbs

HEADINGS = [
    "row",
    "date",
    "location",
    "borough_inferred",
    "use_case",
    "faces_seen",
    "total_alerts",
    "arrests",
    "false_alert_rate_pct",
    "note",
]
ROW = ["1", "2025-01-08", "High St", "Newham", "Crime Hotspot", "9780", "10", "4", "0", ""]
Run = Callable[..., tuple[int, str, Path]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a verb on a file with this text; gives the exit code, what was said, and the path of the output."""

    def call(
        verb: str, text: str | bytes, *, name: str = "file.csv", publication: str | None = None
    ) -> tuple[int, str, Path]:
        source, out = tmp_path / name, tmp_path / "out.csv"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        chosen = ["--publication", publication] if publication else []
        monkeypatch.setattr(sys, "argv", ["etl", verb, str(source), "--to", str(out), *chosen])
        with pytest.raises(SystemExit) as ended:
            verbs.main()
        said = " ".join(capsys.readouterr().err.split())
        assert "Traceback" not in said
        assert [path.name for path in tmp_path.iterdir() if path not in (source, out)] == []
        return int(ended.value.code or 0), said, out

    return call


def table(*rows: list[str], headings: list[str] | None = None) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([headings or HEADINGS, *rows])
    return text.getvalue()


def with_cell(column: str, text: str) -> list[str]:
    return [text if heading == column else cell for heading, cell in zip(HEADINGS, ROW, strict=True)]


def test_a_sound_file_is_read(run: Run) -> None:
    code, _, out = run("read", table(ROW))
    assert code == 0
    (deployment,) = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
    assert (deployment["date"], deployment["faces_seen_count"], deployment["arrests_count"]) == (
        "2025-01-08",
        "9780",
        "4",
    )
    assert deployment["watchlist_size"] == ""


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ([heading for heading in HEADINGS if heading != "arrests"], ["no column 'arrests'"]),
        (["Arrests made" if heading == "arrests" else heading for heading in HEADINGS], ["no column 'arrests'", "the column 'Arrests made'"]),
        ([*HEADINGS, "officers"], ["the column 'officers'"]),
        ([*HEADINGS[:5], HEADINGS[6], HEADINGS[5], *HEADINGS[7:]], ["the order date, location", "the order date, location, borough_inferred, use_case, faces_seen"]),
    ],
    ids=["missing", "renamed", "added", "reordered"],
)  # fmt: skip
def test_another_set_of_columns_is_refused(run: Run, headings: list[str], told: list[str]) -> None:
    rows = [([*ROW, ""])[: len(headings)]]
    code, said, out = run("read", table(*rows, headings=headings), publication="metropolitan_transcription")
    assert code == 4
    for words in told:
        assert words in said
    assert "add a vintage to the column map" in said
    assert not out.exists()


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("date", "31/02/25", "year"),
        ("date", "2025-02-31", "year"),
        ("faces_seen", "-5", "whole number"),
        ("faces_seen", "1,2345", "whole number"),
        ("faces_seen", "—", "whole number"),
        ("location", "", "the name of a place"),
    ],
)
def test_a_cell_that_cannot_be_understood_is_told_with_its_place(
    run: Run, column: str, text: str, expected: str
) -> None:
    code, said, out = run("read", table(ROW, ["2", *with_cell(column, text)[1:]]))
    assert code == 5
    assert f'row 2, column "{column}": found {text!r}' in said
    assert expected in said
    assert "gap_marks" in said
    assert not out.exists()


def test_all_cells_that_cannot_be_understood_are_told_at_once(run: Run) -> None:
    bad = [["2", *with_cell("faces_seen", "many")[1:]], ["3", *with_cell("arrests", "few")[1:]]]
    code, said, _ = run("read", table(ROW, *bad))
    assert code == 5
    assert "'many'" in said
    assert "'few'" in said
    assert "2 problems; nothing was written." in said


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "an empty file"),
        ("\ufeff" + table(ROW), "a byte-order mark"),
        (table(ROW).replace("High St", "Caf\u00e9").encode("cp1252"), "UTF-8"),
        (table(["1", *with_cell("location", "=SUM(A1:A9)")[1:]]), "formula"),
        (table(ROW[:5]), "cells"),
    ],
    ids=["empty", "byte-order mark", "other encoding", "formula", "row too short"],
)
def test_a_csv_that_is_not_plainly_one_table_is_refused(run: Run, content: str | bytes, told: str) -> None:
    code, said, out = run("extract", content, publication="metropolitan_transcription")
    assert code in (3, 4)
    assert told in said
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("grid.pdf", b"", "empty"),
        ("grid.pdf", b"<!doctype html><title>Access denied</title>", "Access denied"),
        ("page.html", b"<!doctype html><title>Contact us</title><p>No table</p>", "Contact us"),
        (
            "page.html",
            b"<table><tr><th>A</th><th>B</th></tr><tr><td colspan=2>x</td></tr></table>",
            "merged 2 across",
        ),
        ("notes.docx", b"PK", "the ending .docx"),
    ],
)
def test_a_file_that_is_not_a_publication_is_refused(run: Run, name: str, content: bytes, told: str) -> None:
    code, said, out = run("extract", content, name=name)
    assert code in (3, 4)
    assert told in said
    assert not out.exists()


def test_an_unknown_publication_names_those_that_exist(run: Run) -> None:
    code, said, _ = run("read", table(ROW), publication="metropolis")
    assert code == 8
    assert "metropolitan_deployments" in said


def test_a_previous_output_survives_a_refused_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("before")
    run("read", table(ROW[:5]), publication="metropolitan_transcription")
    assert (tmp_path / "out.csv").read_text() == "before"
