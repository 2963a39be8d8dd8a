"""docs/settings.md lists every environment variable that the code reads, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

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
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", TEXT, re.MULTILINE)) == read


def test_settings_in_other_documents_are_listed() -> None:
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", TEXT, re.MULTILINE))
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {
        name
        for path in documents
        for name in re.findall(r"\bLFR_[A-Z_]+\b", path.read_text("utf-8"))
    }
    assert named <= listed


def test_a_new_setting_is_found() -> None:
    assert list_settings('import os\nx = os.environ.get("LFR_NEW_LIMIT", "1")\n') == {
        "LFR_NEW_LIMIT"
    }
