"""docs/settings.md lists every environment variable that the code reads, and no other."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from etl.settings import (
    COMMANDS,
    SETTINGS,
    fill_tables,
    find_faults,
    read_setting,
    render_settings,
)

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
NAME = re.compile(r"PORT|LFR_[A-Z_]+")


def list_settings(source: str) -> set[str]:
    """Names of variables among the string constants of a module."""
    constants = (
        node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)
    )
    return {value for value in constants if isinstance(value, str) and NAME.fullmatch(value)}


def test_every_setting_is_listed_and_every_listed_one_is_read() -> None:
    read = set()
    for folder in ("etl", "dashboard", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            if path != Path(__file__):
                read |= list_settings(path.read_text(encoding="utf-8"))
    read -= {setting.renamed for setting in SETTINGS.values()}
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", TEXT, re.MULTILINE)) == read


def test_settings_in_other_documents_are_listed() -> None:
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", TEXT, re.MULTILINE))
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {
        name
        for path in documents
        for name in re.findall(r"\bLFR_[A-Z_]+\b", path.read_text("utf-8"))
    }
    assert named <= listed | {setting.renamed for setting in SETTINGS.values()}


def test_the_tables_are_rendered_from_the_declarations() -> None:
    for group in dict.fromkeys(setting.group for setting in SETTINGS.values()):
        assert f"## {group}\n\n{render_settings(group)}\n" in TEXT


FAULTS = {
    "PORT": "abc",
    "LFR_SITE_ADDRESS": "stats.example.org",
    "LFR_CONTACT": "somebody",
    "LFR_SECURITY_CONTACT": "http://example.org",
    "LFR_MAX_SESSIONS": "many",
    "LFR_MAX_ROWS": "0",
    "LFR_QUERY_TIMEOUT": "-1",
}


@pytest.mark.parametrize("module", ["dashboard.server", "dashboard.force_site"])
def test_every_fault_is_told_at_the_start_without_a_traceback(module: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env={**os.environ, **FAULTS, "LFR_MOST_ROWS": "5"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    problem_lines = [line for line in ended.stderr.splitlines() if ": found " in line]
    assert [line.partition(":")[0] for line in problem_lines] == [
        name for name in SETTINGS if name in FAULTS
    ]
    assert "LFR_MOST_ROWS is now LFR_MAX_ROWS" in ended.stderr


def test_a_command_tells_every_fault_of_the_settings_that_it_reads(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    faults = {"LFR_RELEASES": str(file), "LFR_STORE": "mysql://host/name", "PORT": "abc"}
    ended = subprocess.run(
        [sys.executable, "-m", "etl", "dictionary", "--to", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, **faults},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    named = [line.partition(":")[0] for line in ended.stderr.splitlines() if ": found " in line]
    assert named == ["LFR_RELEASES", "LFR_STORE"]
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("value", "is_sound"),
    [
        ("sqlite:///returns.sqlite", True),
        ("postgresql+psycopg://lfr@localhost/returns", True),
        ("postgresql://localhost/returns", True),
        ("sqlite:///", False),
        ("returns.sqlite", False),
    ],
)
def test_a_store_is_an_address_of_a_database(value: str, is_sound: bool) -> None:
    assert (find_faults({"LFR_STORE": value}, COMMANDS) == ()) is is_sound


def test_the_page_of_settings_gets_its_tables() -> None:
    emptied = re.sub(r"\n(\| `LFR_STORE`.*|\| `PORT`.*)", "", TEXT)
    assert emptied != TEXT
    assert fill_tables(emptied) == TEXT


@pytest.mark.parametrize(
    ("value", "is_sound"),
    [
        ("https://stats.example.org", True),
        ("https://stats.example.org:8443/", True),
        ("http://localhost:8501", True),
        ("http://stats.example.org", False),
        ("https://stats.example.org/lfr", False),
        ("https://stats.example.org:x", False),
    ],
)
def test_the_address_of_the_site_is_https_without_a_path(value: str, is_sound: bool) -> None:
    assert (find_faults({"LFR_SITE_ADDRESS": value}) == ()) is is_sound


def test_an_old_name_is_read_and_the_new_one_first() -> None:
    assert read_setting("LFR_MAX_ROWS", {"LFR_MOST_ROWS": "5"}) == "5"
    assert read_setting("LFR_MAX_ROWS", {"LFR_MOST_ROWS": "5", "LFR_MAX_ROWS": "6"}) == "6"


def test_a_new_setting_is_found() -> None:
    assert list_settings('import os\nx = os.environ.get("LFR_NEW_LIMIT", "1")\n') == {
        "LFR_NEW_LIMIT"
    }
