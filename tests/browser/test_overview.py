"""The first page in a real browser, served as it is served to readers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.queries.series import get_total
from dashboard.selection.selection import Selection
from etl.queries.record import open_record

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_choosing_a_force_changes_address_and_headline(open_page, warehouse: Path) -> None:
    page = open_page()
    page.get_by_role("combobox", name=re.compile("Police force or body")).click()
    # A long list has in it only what can be seen of it; typing brings the rest.
    page.keyboard.type("Metropolitan")
    page.get_by_role("option", name="Metropolitan Police").click()
    expect(page.get_by_role("heading", name="Metropolitan Police", level=2)).to_be_visible(
        timeout=60_000
    )
    expect(page).to_have_url(re.compile(r"\?force=metropolitan$"))
    total = get_total(open_record(warehouse), "deployments_count", Selection(("metropolitan",)))
    expect(page.locator(".lfr-cards:not(.lfr-answers) .lfr-figure").first).to_have_text(
        f"{total.numerator:,}", timeout=30_000
    )


def test_the_figures_are_described(open_page) -> None:
    page = open_page()
    # The charts come later than the text: their script is large.
    figures = page.get_by_role("figure", name=re.compile("All values are in the table"))
    expect(figures).to_have_count(4, timeout=120_000)
