"""Pages drawn without a browser: `draw` runs a page for an address,
`read_html` gives what a reader is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from html import unescape
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.pages import HOME
from etl.warehouse.build import write_warehouse
from tests.conftest import Once

SCRIPT = Path(__file__).resolve().parents[2] / "dashboard" / "public_app.py"
Draw = Callable[..., AppTest]
# A server does this once, AppTest for every page: it reads what each installed package says of
# itself, which stays the same.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def draw_page(slug: str = HOME.slug, **query: str | list[str]) -> AppTest:
    """The page at this address; a name of the address that is a word of Python ends in `_`."""
    page = AppTest.from_file(str(SCRIPT), default_timeout=120)
    for name, value in query.items():
        page.query_params[name.rstrip("_")] = value
    # A page that is drawn by a function has its address as its only name.
    page._page_hash = "" if slug == HOME.slug else calc_hash(slug)
    return page.run()


def read_sections(page: AppTest) -> dict[str, str]:
    """The headings of level 2 of a page, in order, by their anchors."""
    parts = re.findall(r'<div class="lfr-section"><h2 id="([^"]+)">(.*?)</h2>', _read(page))
    return {anchor: unescape(words) for anchor, words in parts}


def read_titles(page: AppTest) -> dict[str, str]:
    """The titles of the figure cards of a page, in order, by their anchors."""
    return {
        anchor: unescape(words)
        for anchor, words in re.findall(r'<h3 id="([^"]+)">(.*?)</h3>', _read(page))
    }


def _read(page: AppTest) -> str:
    return " ".join(str(item.proto.body) for item in page.get("html"))


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
    return _read
