"""Files and links that the documents name exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# A path from the root of the repository; patterns such as <id>, ID and * stand for any name.
PATH = re.compile(r"`((?:etl|dashboard|data|docs|scripts|tests)/[^\s`:]*)`")
BUILT = (
    "data/releases",
    "data/returns",
    "data/withdrawn",
    "data/shelf",
    "data/publications/<force>_return",
)


def list_missing(text: str) -> list[str]:
    """Paths named in backticks that match no file or folder of the repository."""
    missing = []
    for name in PATH.findall(text):
        pattern = re.sub(r"<[^>]*>|\bID\b|\bEDITION\b|\bYEAR\b", "*", name.rstrip("/"))
        if not name.startswith(BUILT) and not any(ROOT.glob(pattern)):
            missing.append(name)
    return missing


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_named_file_exists(path: Path) -> None:
    assert list_missing(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    relative = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in relative if not (path.parent / target).exists()] == []


def test_the_tour_names_every_folder() -> None:
    tour = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```")[3]
    for part in ("etl", "dashboard"):
        block = tour.split(f"\n{part}/\n")[1].split("\ndata/")[0].split("\ndashboard/\n")[0]
        named = set(re.findall(r"^ {2}([a-z_]+)/|(?<= )([a-z_]+)/ ", block, re.MULTILINE))
        named_folders = {first or second for first, second in named}
        folders = {path.parent.name for path in (ROOT / part).glob("*/__init__.py")}
        assert folders <= named_folders, folders - named_folders


def test_a_name_that_is_not_there_is_found() -> None:
    assert list_missing("See `etl/nowhere.py` and `etl/sources/adapters/<id>.columns.csv`.") == [
        "etl/nowhere.py"
    ]


def list_identifiers() -> set[str]:
    """Folders, every name that the code gives or uses, and every text in it."""
    names = {folder.name for part in ("etl", "dashboard") for folder in (ROOT / part).rglob("*")}
    for folder in ("etl", "dashboard", "scripts", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names |= {
                    str(getattr(node, field))
                    for field in ("name", "id", "attr", "arg", "value")
                    if isinstance(getattr(node, field, None), str)
                }
    return names


def test_functions_and_classes_named_in_the_guides_exist() -> None:
    known = list_identifiers()
    for name in ("CONTRIBUTING.md", "docs/pages.md", "docs/report.md", "docs/welsh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        called = re.findall(
            r"`([A-Za-z_][\w.]*)\([^`]*\)`|`([a-z]+_[a-z_]+|[A-Z][a-z]+[A-Z]\w+)`", text
        )
        named = {part for pair in called for written in pair for part in written.split(".") if part}
        assert named <= known, (name, sorted(named - known))
        assert name != "docs/pages.md" or len(named) > 15
