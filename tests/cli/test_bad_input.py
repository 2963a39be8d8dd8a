"""A published file that is not as it should be: every problem at once, a non-zero exit,
and nothing written."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.cli import app as verbs

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
    """Runs a verb on a file with this text; gives the exit code, what was said,
    and the path of the output."""

    def call(
        verb: str, text: str | bytes, *, name: str = "file.csv", publication: str | None = None
    ) -> tuple[int, str, Path]:
        source, out = tmp_path / name, tmp_path / "out.csv"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        selection = ["--publication", publication] if publication else []
        monkeypatch.setattr(sys, "argv", ["etl", verb, str(source), "--to", str(out), *selection])
        with pytest.raises(SystemExit) as ended:
            verbs.main()
        sentence = " ".join(capsys.readouterr().err.split())
        assert "Traceback" not in sentence
        assert [path.name for path in tmp_path.iterdir() if path not in (source, out)] == []
        return int(ended.value.code or 0), sentence, out

    return call


def table(*rows: list[str], headings: list[str] | None = None) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([headings or HEADINGS, *rows])
    return text.getvalue()


def with_cell(column: str, text: str) -> list[str]:
    return [
        text if heading == column else cell for heading, cell in zip(HEADINGS, ROW, strict=True)
    ]


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
    ("headings", "messages"),
    [
        ([heading for heading in HEADINGS if heading != "arrests"], ["no column 'arrests'"]),
        (
            ["Arrests made" if heading == "arrests" else heading for heading in HEADINGS],
            ["no column 'arrests'", "the column 'Arrests made'"],
        ),
        ([*HEADINGS, "officers"], ["the column 'officers'"]),
        (
            [*HEADINGS[:5], HEADINGS[6], HEADINGS[5], *HEADINGS[7:]],
            [
                "the order date, location",
                "the order date, location, borough_inferred, use_case, faces_seen",
            ],
        ),
    ],
    ids=["missing", "renamed", "added", "reordered"],
)
def test_another_set_of_columns_is_refused(
    run: Run, headings: list[str], messages: list[str]
) -> None:
    rows = [([*ROW, ""])[: len(headings)]]
    code, text, out = run(
        "read", table(*rows, headings=headings), publication="metropolitan_transcription"
    )
    assert code == 4
    for words in messages:
        assert words in text
    assert "add a vintage to the column map" in text
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
    code, sentence, out = run("read", table(ROW, ["2", *with_cell(column, text)[1:]]))
    assert code == 5
    assert f'row 2, column "{column}": found {text!r}' in sentence
    assert expected in sentence
    assert "gap_marks" in sentence
    assert not out.exists()


def test_all_cells_that_cannot_be_understood_are_told_at_once(run: Run) -> None:
    bad = [["2", *with_cell("faces_seen", "many")[1:]], ["3", *with_cell("arrests", "few")[1:]]]
    code, text, _ = run("read", table(ROW, *bad))
    assert code == 5
    assert "'many'" in text
    assert "'few'" in text
    assert "2 problems; nothing was written." in text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "an empty file"),
        ("\ufeff" + table(ROW), "a byte-order mark"),
        (table(ROW).replace("High St", "Caf\u00e9").encode("cp1252"), "UTF-8"),
        (table(["1", *with_cell("location", "=SUM(A1:A9)")[1:]]), "formula"),
        (table(ROW[:5]), "cells"),
    ],
    ids=["empty", "byte-order mark", "other encoding", "formula", "row too short"],
)
def test_a_csv_that_is_not_plainly_one_table_is_refused(
    run: Run, content: str | bytes, message: str
) -> None:
    code, text, out = run("extract", content, publication="metropolitan_transcription")
    assert code in (3, 4)
    assert message in text
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
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
def test_a_file_that_is_not_a_publication_is_refused(
    run: Run, name: str, content: bytes, message: str
) -> None:
    code, text, out = run("extract", content, name=name)
    assert code in (3, 4)
    assert message in text
    assert not out.exists()


def test_an_unknown_publication_names_those_that_exist(run: Run) -> None:
    code, text, _ = run("read", table(ROW), publication="metropolis")
    assert code == 8
    assert "metropolitan_deployments" in text


def test_a_previous_output_survives_a_refused_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("before")
    run("read", table(ROW[:5]), publication="metropolitan_transcription")
    assert (tmp_path / "out.csv").read_text() == "before"


BTP = [
    "Location",
    "Date",
    "Duration minutes",
    "LFR Use Case",
    "Watchlist Size",
    "Min Threshold Setting",
    "Total Alerts",
    "True Alerts Unconfirmed",
    "False Alerts Confirmed",
    "Faces seen (estimate)",
    "grade",
    "note",
]


def station(**changed: str) -> list[str]:
    row = dict(
        zip(
            BTP,
            ["King's Cross", "2026-02-11", "60", "x", "100", "0.64", "1", "0", "0", "100", "C", ""],
            strict=True,
        )
    )
    return list((row | {name.replace("_", " "): text for name, text in changed.items()}).values())


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"Min_Threshold_Setting": "64"}, "column \"threshold\": found '64'; expected at most 1"),
        ({"Watchlist_Size": "0"}, "column \"watchlist_size\": found '0'; expected at least 1"),
        ({"Watchlist_Size": "-3"}, "a whole number"),
        ({"Date": "2026-02-31"}, "in the calendar"),
        ({"Date": "02/13/2026"}, "year-month-day"),
    ],
)
def test_a_value_that_its_field_cannot_hold_is_told_as_a_build_would(
    run: Run, changed: dict[str, str], message: str
) -> None:
    code, text, out = run("read", table(station(**changed), headings=BTP))
    assert code == 5
    assert message in text
    assert not out.exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"Date": "2095-01-01"}, "2095-01-01 is after the day of reading"),
        ({"Duration_minutes": "9999"}, "the cameras are said to have run for 9,999 minutes"),
    ],
)
def test_a_value_that_is_only_doubtful_is_read_and_told(
    run: Run, changed: dict[str, str], message: str
) -> None:
    code, text, out = run("read", table(station(**changed), headings=BTP))
    assert code == 0
    assert "doubts, to be compared with the print (1)" in text
    assert message in text
    assert out.exists()


def test_days_are_read_in_the_declared_order_and_a_sequence_that_contradicts_it_is_told(
    run: Run,
) -> None:
    days = [(month, day) for month in (2, 3, 4, 5) for day in (1, 4, 9, 12)]
    sound = [
        station(Date=f"2026-{month:02d}-{day:02d}", Location=f"{month}-{day}")
        for month, day in days
    ]
    assert "day and month swapped" not in run("read", table(*sound, headings=BTP))[1]
    swapped = [
        station(Date=f"2026-{day:02d}-{month:02d}", Location=f"{month}-{day}")
        for month, day in days
    ]
    code, text, out = run("read", table(*swapped, headings=BTP))
    assert code == 0
    assert "go backwards 3 times from row to row; with day and month swapped 0 times" in text
    assert [row["date"] for row in csv.DictReader(out.open())][:2] == ["2026-01-02", "2026-04-02"]
    latest_first = run("read", table(*reversed(sound), headings=BTP))[1]
    assert "day and month swapped" not in latest_first


@pytest.mark.parametrize(
    ("publication", "message"),
    [
        ("claims", "a file of claims with 246 claims"),
        ("misidentifications", "with 16 misidentifications"),
        ("npl_evaluation_2023", "with 25 test results"),
    ],
)
def test_a_publication_without_deployments_says_what_it_is(
    run: Run, data: Path, publication: str, message: str
) -> None:
    path = min((data / "publications" / publication).glob("*.cells.csv"))
    rows = [row[2:] for row in csv.reader(path.read_text(encoding="utf-8").splitlines())]
    code, text, out = run("read", table(*rows[1:], headings=rows[0]))
    assert code == 13
    assert message in text
    assert not out.exists()


def test_headings_without_a_row_are_no_deployments(run: Run) -> None:
    code, text, out = run("read", table(headings=BTP))
    assert code == 13
    assert "headings and no row" in text
    assert not out.exists()


def test_a_shape_that_is_near_to_none_names_what_was_seen_and_what_is_known(run: Run) -> None:
    code, text, _ = run("read", table(["1", "2"], headings=["force", "cats"]))
    assert code == 4
    assert "a table with the headings force, cats" in text
    for publication in (
        "british_transport_register (Location, Date",
        "claims (force, period_start",
        "metropolitan_transcription (date",
    ):
        assert publication in text
    assert text.count("found ") == 1


def test_a_shape_that_is_near_to_one_names_the_differences(run: Run) -> None:
    code, text, _ = run("read", table(station(), headings=[*BTP[:-1], "remark"]))
    assert code == 4
    assert "no column 'note'" in text
    assert "a heading known from copy_2026" in text


@pytest.mark.parametrize("verb", ["read", "extract"])
@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("missing/out.csv", "no folder"),
        ("folder", "found a folder"),
        ("file.csv", "the file that is read"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_reading(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
    place: str,
    message: str,
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.csv").write_text(table(station(), headings=BTP))
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(
        sys, "argv", ["etl", verb, str(tmp_path / "file.csv"), "--to", str(tmp_path / place)]
    )
    with pytest.raises(SystemExit) as ended:
        verbs.main()
    assert ended.value.code == 11
    assert message in " ".join(capsys.readouterr().err.split())
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file.csv").read_text() == table(station(), headings=BTP)


def test_a_long_list_of_problems_is_cut_on_screen_unless_all_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file.csv").write_text(
        table(*(station(Date="never") for _ in range(100)), headings=BTP)
    )
    errs = []
    for options in ([], ["--all"]):
        arguments = [
            *options,
            "read",
            str(tmp_path / "file.csv"),
            "--to",
            str(tmp_path / "out.csv"),
        ]
        monkeypatch.setattr(sys, "argv", ["etl", *arguments])
        with pytest.raises(SystemExit):
            verbs.main()
        errs.append(capsys.readouterr().err)
    assert [text.count("'never'") for text in errs] == [30, 100]
    assert "and 70 more" in errs[0]
    assert all("100 problems; nothing was written." in text for text in errs)


def test_problems_of_the_record_are_told_as_json_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["etl", "check", "--json", "--data", str(tmp_path)])
    with pytest.raises(SystemExit) as ended:
        verbs.main()
    (problem,) = json.loads(capsys.readouterr().out)
    assert ended.value.code == 8
    assert problem["found"] == "no such folder"
    assert set(problem) == {"where", "found", "expected", "remedy"}
