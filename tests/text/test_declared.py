"""Texts that are declared beside their module."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.text.declared import list_texts, read_texts
from etl.settings import DASHBOARD_DIR

TEXTS = """lines = ["One.", "Two."]
rows = [["a", "b"], ["c", "d"]]
[codes]
draft = "Draft"
[forms]
row = ["{count} row", "{count} rows"]
"""


@pytest.fixture
def module(tmp_path: Path) -> str:
    (tmp_path / "page.texts.toml").write_text(TEXTS, encoding="utf-8")
    return str(tmp_path / "page.py")


def test_a_section_is_lines_rows_codes_or_forms(module: str) -> None:
    texts = read_texts(module)
    assert texts.lines("lines") == ("One.", "Two.")
    assert texts.rows("rows") == (("a", "b"), ("c", "d"))
    assert texts.by_code("codes") == {"draft": "Draft"}
    assert texts.forms("forms") == {"row": ("{count} row", "{count} rows")}
    with pytest.raises(TypeError, match="lines is no table"):
        texts.by_code("lines")


def test_every_text_is_collected_and_forms_as_a_pair(module: str) -> None:
    found = list(list_texts(Path(module).with_suffix(".texts.toml")))
    forms = ("{count} row", "{count} rows")
    assert found == ["One.", "Two.", "a", "b", "c", "d", "Draft", forms]


def test_every_file_of_texts_has_its_module() -> None:
    files = list(DASHBOARD_DIR.rglob("*.texts.toml"))
    assert files
    for file in files:
        assert file.with_name(file.name.replace(".texts.toml", ".py")).exists(), file
