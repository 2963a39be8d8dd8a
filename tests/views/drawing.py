"""Pages drawn without a browser, and what is on them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.pages import HOME

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
    parts = re.findall(r'<div class="lfr-section"><h2 id="([^"]+)">(.*?)</h2>', read_body(page))
    return {anchor: unescape(words) for anchor, words in parts}


def read_titles(page: AppTest) -> dict[str, str]:
    """The titles of the figure cards of a page, in order, by their anchors."""
    return {
        anchor: unescape(words)
        for anchor, words in re.findall(r'<h3 id="([^"]+)">(.*?)</h3>', read_body(page))
    }


def read_body(page: AppTest) -> str:
    return " ".join(str(item.proto.body) for item in page.get("html"))
