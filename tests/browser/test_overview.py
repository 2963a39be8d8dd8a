"""The first page in a real browser, served as it is served to readers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_place_is_one_field_and_enter_away(open_page) -> None:
    page = open_page()
    page.get_by_label("Postcode, town, borough or police force").fill("Croydon")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/places\?"), timeout=60_000)
    expect(page.get_by_text("North End, Croydon").first).to_be_visible(timeout=60_000)


def test_the_chart_is_described(open_page) -> None:
    page = open_page()
    # The chart comes later than the text: its script is large.
    figures = page.get_by_role("figure", name=re.compile("All values are in the table"))
    expect(figures).to_have_count(1, timeout=120_000)


def test_the_first_picture_is_in_the_first_screen(open_page) -> None:
    for width, height in ((1440, 900), (390, 844)):
        page = open_page(width=width)
        chart = page.locator("[class*='st-key-chart-']").first
        expect(chart).to_be_visible(timeout=120_000)
        top = chart.bounding_box()["y"]
        assert top < height, (width, top)
