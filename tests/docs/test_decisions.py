"""Decisions are numbered from 1 without gaps, have a status and are listed;
every reference leads to one."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "decisions"
FILES = {int(path.name[:4]): path for path in sorted(FOLDER.glob("[0-9]*.md"))}
INDEX = (FOLDER / "README.md").read_text(encoding="utf-8")
STATUS = re.compile(
    r"Status: (accepted|replaced by \[decision \d+\]\([^)]+\)), \d{1,2} [A-Z][a-z]+ \d{4}\."
)


def test_numbers_have_no_gap_and_no_double() -> None:
    assert len(FILES) == len([*FOLDER.glob("[0-9]*.md")])
    assert [*FILES] == [*range(1, len(FILES) + 1)]


def test_every_decision_has_its_number_a_status_and_a_row_of_the_index() -> None:
    for number, path in FILES.items():
        title, blank, status = path.read_text(encoding="utf-8").split("\n")[:3]
        assert title.startswith(f"# {number}. "), path.name
        assert (blank, bool(STATUS.fullmatch(status))) == ("", True), path.name
        words = title.removeprefix(f"# {number}. ")
        assert f"| {number} | [{words}]({path.name}) | {status[8:-1]} |" in INDEX
    assert len(re.findall(r"^\| \d+ \|", INDEX, re.MULTILINE)) == len(FILES)


def test_every_reference_leads_to_a_decision() -> None:
    names = {path.stem for path in FILES.values()}
    listed = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    count = 0
    for name in listed.stdout.split("\n"):
        path = ROOT / name
        if (
            path.suffix not in {".py", ".md", ".toml"}
            or not path.is_file()
            or path == Path(__file__)
        ):
            continue
        text = path.read_text(encoding="utf-8")
        for stem in re.findall(r"decisions/(\d{4}[a-z-]*)", text):
            count += 1
            assert stem in names or (int(stem[:4]) in FILES and len(stem) == 4), f"{name}: {stem}"
        for number in re.findall(r"\b[Dd]ecision (\d+)\b", text):
            count += 1
            assert int(number) in FILES, f"{name}: decision {number}"
        for number, target in re.findall(r"\[[Dd]ecision (\d+)\]\((?:[^)]*/)?(\d{4}[^)]*)\)", text):
            assert FILES[int(number)].name == target, f"{name}: decision {number} is {target}"
    assert count > 20  # the references are found at all
