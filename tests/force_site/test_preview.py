"""The public pages before and after a return: the same pages, over both records,
for those who may see the return alone."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.force_site.serving import Enter, Served, put_return

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def _choose(page: Page, title: str, record: str) -> None:
    page.get_by_role("combobox", name="What is shown").click()
    page.get_by_role("option", name=title, exact=True).click()
    # The page is drawn anew: what is clicked before that is lost.
    expect(page.get_by_role("status").get_by_text(title, exact=True)).to_be_visible(timeout=60_000)
    page.get_by_text(record, exact=True).click()
    expect(page.get_by_role("radio", name=record)).to_be_checked(timeout=60_000)


def test_each_page_is_shown_with_the_return_in_and_as_it_is_now(
    served: Served, enter: Enter
) -> None:
    store = served.open_store()
    made = put_return(store, "To look at first")
    store.close()
    public = {path.name for path in (served.data / "releases").iterdir()}
    page = enter("officer@north.example")
    page.goto(f"{served.address}/preview?id={made.return_id}")
    page.get_by_role("button", name="Show before and after").click()
    table = page.get_by_role("table", name="North Wales Police: all its counted deployments")
    expect(table.get_by_role("row", name="Deployments")).to_contain_text("3", timeout=120_000)
    # Trends of the force, after and before.
    _choose(page, "Trends", "Public now")
    expect(
        page.get_by_role("heading", name="North Wales: 1 deployment", exact=True)
    ).to_be_visible()
    _choose(page, "Trends", "With this return")
    expect(page.get_by_role("heading", name="North Wales: 3 deployments")).to_be_visible()
    # Its rows, and from one of them to its cells.
    _choose(page, "Deployments", "Public now")
    expect(page.get_by_text("Wrexham AFC")).to_be_visible()
    expect(page.get_by_text("Queen Street, Rhyl")).to_have_count(0)
    _choose(page, "Deployments", "With this return")
    page.get_by_role("link", name="Queen Street, Rhyl").click()
    expect(page.get_by_role("table", name="all cells in their order")).to_contain_text(
        "Town centre crime"
    )
    # An address leads to the same view; nothing on it can be taken for a published file.
    page.goto(
        f"{served.address}/preview?id={made.return_id}&show=forces&record=after&force=north_wales"
    )
    expect(page.get_by_role("navigation", name="On this page")).to_be_visible()
    expect(page.get_by_text("Not public: the page as it would be")).to_be_visible()
    expect(page.get_by_text("62,250").first).to_be_visible()
    assert page.locator('a[href^="/api/"]').count() == 0
    page.goto(
        f"{served.address}/preview?id={made.return_id}&show=data-quality&record=after&"
        "force=north_wales"
    )
    expect(page.get_by_role("table", name="Values that we have, field by field")).to_contain_text(
        "2026"
    )
    # Nothing was published, and nobody else gets what has been built.
    assert {path.name for path in (served.data / "releases").iterdir()} == public
    assert not list((served.data / "publications").glob(f"*_return_{made.return_id}"))
    for stranger in ("approver@essex.example", "reviewer@national.example"):
        other = enter(stranger)
        other.goto(f"{served.address}/preview?id={made.return_id}&show=deployments&record=after")
        expect(other.get_by_text("no such return among yours").first).to_be_visible()
        expect(other.get_by_text("Rhyl")).to_have_count(0)
    assert "Rhyl" not in httpx.get(f"{served.address}/preview?id={made.return_id}").text
