"""A declaration that is wrong is an error that names its file, its entry and its field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest

from etl.model import codes
from etl.model.declarations import DeclarationError, read_declarations, read_rows


@dataclass(frozen=True)
class Tool:
    tool_id: str
    label: str
    size: float = 1
    kind: Literal["hand", "power"] = "hand"
    maker: str | None = None
    uses: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    is_sharp: bool = False


@dataclass(frozen=True)
class Pair:
    first: str
    second: str


def _write(folder: Path, text: str, suffix: str = ".toml") -> str:
    (folder / "tools").with_suffix(suffix).write_text(text, encoding="utf-8")
    return str(folder / "tools.py")


def test_an_entry_fills_its_fields_and_keeps_defaults(tmp_path: Path) -> None:
    module = _write(
        tmp_path,
        '[tools.saw]\nlabel = "Saw"\nsize = 2\nkind = "power"\nuses = ["wood"]\n'
        'parts = { blade = "Blade" }\nis_sharp = true\n[tools.rule]\nlabel = "Rule"\n'
        '[words]\nsaw = "It cuts."\n',
    )
    declared = read_declarations(module, "tools", "words")
    assert declared.entries("tools", Tool, maker="Own") == {
        "saw": Tool("saw", "Saw", 2, "power", "Own", ("wood",), {"blade": "Blade"}, True),
        "rule": Tool("rule", "Rule", maker="Own"),
    }
    assert declared.texts("words") == {"saw": "It cuts."}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('label = "Saw"\nlable = "Saw"', "tools.toml: tools.saw: unknown: lable"),
        ("size = 2", "tools.toml: tools.saw: missing: label"),
        ("label = 2", "tools.toml: tools.saw: label: 2 is not"),
        ('label = "Saw"\nsize = "2"', "tools.toml: tools.saw: size: '2' is not"),
        ('label = "Saw"\nsize = true', "tools.toml: tools.saw: size: True is not"),
        ('label = "Saw"\nis_sharp = 1', "tools.toml: tools.saw: is_sharp: 1 is not"),
        ('label = "Saw"\nkind = "steam"', "tools.toml: tools.saw: kind: 'steam' is not"),
        ('label = "Saw"\nmaker = 3', "tools.toml: tools.saw: maker: 3 is not"),
        ('label = "Saw"\nuses = "wood"', "tools.toml: tools.saw: uses: 'wood' is not"),
        ('label = "Saw"\nuses = [1]', "tools.toml: tools.saw: uses: 1 is not"),
        ('label = "Saw"\nparts = { blade = 1 }', "tools.toml: tools.saw: parts.blade: 1 is not"),
        ('label = "Saw"\ntool_id = "saw"', "tools.toml: tools.saw: unknown: tool_id"),
    ],
)
def test_a_fault_names_file_entry_and_field(tmp_path: Path, entry: str, message: str) -> None:
    module = _write(tmp_path, f"[tools.saw]\n{entry}\n")
    with pytest.raises(DeclarationError) as refused:
        read_declarations(module, "tools").entries("tools", Tool)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize("text", ['[other]\nsaw = "x"\n', '[tools]\n[words]\nsaw = "x"\n'])
def test_sections_are_those_that_are_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(DeclarationError, match=r"tools\.toml: unknown or missing sections"):
        read_declarations(_write(tmp_path, text), "tools")


def test_a_text_is_text(tmp_path: Path) -> None:
    module = _write(tmp_path, "[words]\nsaw = 3\n")
    with pytest.raises(DeclarationError, match=r"tools\.toml: words: saw: 3 is not"):
        read_declarations(module, "words").texts("words")


def test_rows_have_the_cells_of_their_header(tmp_path: Path) -> None:
    module = _write(tmp_path, 'first,second\na,"b, c"\n', ".csv")
    assert read_rows(module, Pair) == (Pair("a", "b, c"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("second,first\na,b\n", "the header is not first, second"),
        ("first,second\na,b\na\n", "row 3: 1 cells, not 2"),
        ("first,second\na,b,c\n", "row 2: 3 cells, not 2"),
    ],
)
def test_rows_of_another_form_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        read_rows(_write(tmp_path, text, ".csv"), Pair)


def test_every_code_stands_once_in_its_list() -> None:
    rows = read_rows(codes.__file__, codes.CodeRow)
    assert len(rows) > 300
    times = Counter((row.list_name, row.code) for row in rows)
    assert [key for key, count in times.items() if count > 1] == []
