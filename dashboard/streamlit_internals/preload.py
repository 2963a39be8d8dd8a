"""Which of the framework's pieces a page will ask for, so that a browser fetches them at once and
not one after another.

In: the framework's entry script, which names every piece and what that piece needs. Out: addresses
to preload. A framework that names them in another way stops the start with what was looked for.
Does not read the pages: what they are made of is declared here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import streamlit

from dashboard.pages import Page

# Pieces of the framework by the elements that our pages are made of.
_TEXT, _FILTERS = ("Html", "PageLink"), ("Selectbox", "TextInput", "Checkbox", "Multiselect")
CHART = ("PlotlyChart",)
_WITHOUT_FILTERS = {"method", "glossary", "about"}
_SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
_FILES = re.compile(r"m\.f=\[([^\]]+)\]")


def read_entry(index: str) -> str:
    """The framework's entry script, named in its start page;
    ValueError if it names none or several."""
    texts: list[str] = re.findall(r'<script type="module"[^>]* src="\.?/static/js/([^"]+)"', index)
    if len(texts) != 1:
        raise ValueError(
            f"the framework's index.html has {len(texts)} entry scripts, where exactly 1 was "
            "expected"
        )
    return (_SCRIPTS / texts[0]).read_text(encoding="utf-8")


def find_pieces(entry: str, names: Iterable[str]) -> tuple[str, ...]:
    """File names of these pieces and of all that they need, each once;
    ValueError for a piece that the entry does not name."""
    listed = _FILES.search(entry)
    if listed is None:
        raise ValueError("the framework's entry script has no list of its files (m.f=[…])")
    files = [name.rpartition("/")[2] for name in re.findall(r'"([^"]+)"', listed[1])]
    pieces: dict[str, None] = {}
    for name in names:
        match = re.search(
            rf"import\(`\./({re.escape(name)}\.[^`]+\.js)`\)(?:\.then\([^)]*\))?,"
            r"__vite__mapDeps\(\[([\d,]+)\]\)",
            entry,
        )
        if match is None:
            raise ValueError(f"the framework's entry script names no piece {name!r}")
        pieces |= dict.fromkeys(files[int(number)] for number in match[2].split(","))
    missing = [name for name in pieces if not (_SCRIPTS / name).is_file() and name.endswith(".js")]
    if missing:
        raise ValueError(f"the framework has no file {missing[0]!r}, which its entry script names")
    return tuple(name for name in pieces if name.endswith(".js"))


def pieces_of(page: Page) -> tuple[str, ...]:
    """The pieces that the words and filters of a page are made of."""
    return (*_TEXT, *(() if page.slug in _WITHOUT_FILTERS else (*_FILTERS, *CHART)))
