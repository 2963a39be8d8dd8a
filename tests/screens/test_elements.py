"""What a page costs is the number of its elements (docs/decisions/0016): they are counted, so that they do not come back."""

from __future__ import annotations

import pytest
from streamlit.testing.v1.element_tree import Block, Element

from dashboard.pages import PAGES

# Half of what the first page had, with the framework's own tabs, headings and menu.
MOST = 45


def count_elements(node) -> int:
    """Elements and blocks below a node."""
    children = getattr(node, "children", {}).values()
    return sum(isinstance(one, Block | Element) + count_elements(one) for one in children)


@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_a_page_has_few_elements(draw, slug: str) -> None:
    page = draw(slug)
    assert not page.exception
    assert 0 < count_elements(page._tree) <= MOST


def test_html_that_follows_one_another_is_one_element(draw) -> None:
    page = draw("about")
    assert page.get("html")
    assert any('<div class="lfr-part">' in str(one.proto.body) for one in page.get("html"))
