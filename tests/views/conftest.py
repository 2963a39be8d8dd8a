"""Pages drawn without a browser: `draw` runs a page for an address,
`read_html` gives its HTML."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.warehouse.build import write_warehouse
from tests.conftest import Once
from tests.views.drawing import Draw, draw_page, read_body


@pytest.fixture
def draw(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Draws a page of the full record."""
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    return draw_page


@pytest.fixture
def draw_empty(once: Once, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Draws a page of a record without a row."""
    empty = once(
        "empty", partial(write_warehouse, {}, software_version="0.0.0", sources_hash="0" * 64)
    )
    monkeypatch.setenv("LFR_RELEASES", str(empty))
    return draw_page


@pytest.fixture
def read_html() -> Callable[[AppTest], str]:
    """All HTML of a page in one text."""
    return read_body
