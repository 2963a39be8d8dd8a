"""The verbs as an officer runs them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.cli import app as verbs
from tests.returns.sample_returns import changed, sound, with_cell


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["etl", *arguments])
    with pytest.raises(SystemExit) as ended:
        verbs.main()
    return int(ended.value.code or 0)


def test_the_template_is_written_and_an_empty_one_is_told_to_be_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "return.xlsx"
    assert run(monkeypatch, "template", "--to", str(to), "--lang", "cy") == 0
    assert run(monkeypatch, "check-return", str(to)) == 14
    assert 'sheet "return", row 2, column "force_id": found a blank cell' in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["return.xlsx"]


def test_problems_are_also_json_and_a_marked_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, copy = tmp_path / "return.xlsx", tmp_path / "marked.xlsx"
    file.write_bytes(changed(with_cell("deployments", 2, "alerts_count", "nine")))
    assert run(monkeypatch, "check-return", str(file), "--json", "--annotated", str(copy)) == 14
    (problem,) = json.loads(capsys.readouterr().out)
    assert (problem["sheet"], problem["row"], problem["column"]) == (
        "deployments",
        2,
        "alerts_count",
    )
    assert load_workbook(copy)["problems"]["E2"].value == "'nine'"


def test_a_sound_return_ends_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "return.xlsx"
    file.write_bytes(sound())
    assert run(monkeypatch, "check-return", str(file), "--force", "north_wales") == 0
    assert (
        "2 deployments of north_wales, 0 remarks; the return may be submitted"
        in capsys.readouterr().err
    )
    assert run(monkeypatch, "check-return", str(file), "--force", "essex") == 14


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("template", "--to", "return.pdf"), 3, "the ending '.pdf'"),
        (("template", "--to", "return.xlsx", "--lang", "fr"), 12, "one of en, cy"),
        (("check-return", "absent.xlsx"), 3, "no such file"),
        (("check-return", "return.xlsx", "--layout", "absent.json"), 3, "no text in UTF-8"),
    ],
)
def test_what_cannot_be_done_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments[0] == "check-return":
        (tmp_path / "return.xlsx").write_bytes(sound())
    assert run(monkeypatch, *arguments) == code
    assert message in " ".join(capsys.readouterr().err.split())
