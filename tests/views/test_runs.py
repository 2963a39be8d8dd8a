"""What a run of a page costs once the page has been drawn:
no question to the database, and few messages."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from dashboard.pages import PAGES

# Addresses as readers have them: the page itself, and with a choice that most pages know.
ADDRESSES = [
    (page.slug, query)
    for page in PAGES
    for query in ({}, {"force": "metropolitan", "from_": "2024"})
]


@pytest.mark.parametrize(
    ("slug", "query"),
    ADDRESSES,
    ids=lambda case: case if isinstance(case, str) else "-".join(case) or "all",
)
def test_a_page_that_was_drawn_before_asks_the_record_nothing(
    draw, slug: str, query: dict[str, str]
) -> None:
    assert not draw(slug, **query).exception
    names: list[str] = []

    def listen(_connection, _cursor, statement, *_more) -> None:
        names.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        again = draw(slug, **query)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert not again.exception
    assert names == []
