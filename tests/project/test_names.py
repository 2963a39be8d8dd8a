"""Names of the code are standard terms of the field: see docs/naming.md."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("etl", "dashboard", "scripts", "tests")
REFUSED = frozenset(
    [
        "one",
        "found",
        "said",
        "told",
        "asked",
        "kept",
        "beside",
        "anew",
        "say",
        "tell",
        "ask",
        "door",
        "desk",
        "shelf",
        "way",
        "crowds",
        "narrow",
        "instead",
        "ink",
        "chosen",
        "untold",
        "longest",
        "fewest",
    ]
)
# Refused where a name begins with them: `MOST_ROWS` is `MAX_ROWS`.
REFUSED_FIRST = frozenset({"most"})
ALLOWED = {
    # Columns of the record and of its files, fields of its JSON
    "found": "Problem.found, in the JSON of `etl check`",
    "instead": "a column of the glossary",
    "windows_found": "a column of the claims",
    "window_found_by": "a column of the claims",
    "found_as": "a field of a place that was searched for",
    "kept_publication_id": "a column of the precedence",
    "below_one_in": "a column of the test results",
    "one_row": "a field of the template of returns",
    "rate_one_in": "1 in N",
    # One as a number
    "format_one_in": "1 in N",
    "format_one_in_faces": "1 in N",
    "ONE_SIZE_SHARE": "all of one size",
    "ONE_OPEN": "one open journal",
    "one_claim": "the page of a single claim",
    "one_more_deployment": "a number",
    "at_one_thousand": "a number",
    "one_of": "a number",
    "_show_one_number": "a number",
    # Names of other libraries, and placeholders of messages
    "scalar_one": "SQLAlchemy",
    "one_or_none": "SQLAlchemy",
    "keep_with_next": "python-docx",
    "tell": "the protocol of files",
    "most_common": "collections.Counter",
    "asked": "a placeholder of a message",
    "kept": "a placeholder of a message",
    "most": "a placeholder of a message",
    "longest": "max() of lengths",
    "fewest": "min() of counts",
    "anew": "the option --anew, accepted until the next release",
}


def list_names(source: str) -> Iterator[tuple[str, int]]:
    """Every name that a module gives or uses, with its line; not those that it imports from."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            continue
        for field in ("id", "attr", "arg", "name", "asname"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                yield name, getattr(node, "lineno", 0)


def is_refused(name: str) -> bool:
    """Whether a name has a refused word; the names of tests are sentences."""
    if name in ALLOWED or name.startswith("test_") or "." in name:
        return False
    words = name.lower().strip("_").split("_")
    return bool(REFUSED & set(words)) or words[0] in REFUSED_FIRST


def find_refused(source: str) -> list[str]:
    """`line: name` for each refused name, once."""
    lines: dict[str, int] = {}
    for name, line in list_names(source):
        if is_refused(name):
            lines.setdefault(name, line)
    return [f"{line}: {name}" for name, line in lines.items()]


@pytest.mark.parametrize("folder", FOLDERS)
def test_names_are_terms_of_the_field(folder: str) -> None:
    paths = sorted((ROOT / folder).rglob("*.py"))
    refused = {
        path.relative_to(ROOT).as_posix(): find_refused(path.read_text(encoding="utf-8"))
        for path in paths
    }
    assert len(paths) > 8
    assert {path: names for path, names in refused.items() if names} == {}


def test_a_refused_name_is_found() -> None:
    source = "def tell_all(rows):\n    for one in rows:\n        MOST_ROWS = one.found_at\n"
    assert find_refused(source) == ["1: tell_all", "2: one", "3: MOST_ROWS", "3: found_at"]
    assert find_refused("def test_a_reader_is_told():\n    row = store.scalar_one()\n") == []
