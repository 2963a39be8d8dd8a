"""What a page costs is the number of its elements (docs/decisions/0015):
they are counted, so that they do not come back."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import pytest
from streamlit.testing.v1.element_tree import Block, Element

from dashboard.pages import PAGES

ROOT = Path(__file__).resolve().parents[2] / "dashboard"
# A third of what the first page had, with the framework's own tabs, headings and menu.
MAX_COUNT = 32
# What makes no element of a page.
_NO_ELEMENT = {"App", "Page", "cache_resource", "navigation", "rerun", "set_page_config", "stop"}


def count_elements(node) -> int:
    """Elements and blocks below a node."""
    children = getattr(node, "children", {}).values()
    return sum(isinstance(child, Block | Element) + count_elements(child) for child in children)


@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_a_page_has_few_elements(draw, slug: str) -> None:
    page = draw(slug)
    assert not page.exception
    assert 0 < count_elements(page._tree) <= MAX_COUNT


@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_html_that_follows_one_another_is_one_element(draw, slug: str) -> None:
    kinds = [child.type for child in draw(slug).main.children.values()]
    assert "html" in kinds
    assert ("html", "html") not in set(pairwise(kinds))


def test_html_is_where_it_was_shown_and_none_is_lost(draw) -> None:
    page = draw("trends")
    (chart,) = (at for at, child in page.main.children.items() if child.type == "plotly_chart")
    above, below = (str(page.main.children[at].proto.body) for at in (chart - 1, chart + 1))
    assert above.endswith("</fieldset></div></div>")
    assert above.count('<div class="lfr-head">') == 1
    assert below.count('<div class="lfr-foot">') == 1
    assert "lfr-footer" in below


def test_every_widget_lets_the_html_before_it_go_first() -> None:
    texts = []
    folders = ("views", "components", "rendering")
    modules = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(modules) > 80
    for path in (ROOT / "public_app.py", *modules):
        if path.name == "pieces.py":
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            made = getattr(call, "func", None)
            if (
                isinstance(made, ast.Attribute)
                and isinstance(made.value, ast.Name)
                and made.value.id == "st"
            ):
                texts += (
                    [f"{path.name}:{call.lineno} st.{made.attr}"]
                    if made.attr not in _NO_ELEMENT
                    else []
                )
    assert texts == []
