"""Documents in a real browser: readable without a script, the same as the live page that follows,
and taken over by it without a jump."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.pages import PAGES
from dashboard.streamlit_internals.index_page import address_of
from dashboard.text.language import LANGUAGES
from tests.browser.conftest import STIR, await_live
from tests.browser.test_pages import find_axe_faults, find_table_faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
# What a reader reads on a page, in order: every piece of HTML, without charts and filters.
READ = """(root) => {
    const main = document.querySelector(`${root} .stMain`).cloneNode(true);
    // Page numbers are a control: links of a document, a widget of the framework's.
    for (const pages of main.querySelectorAll(".lfr-pages")) pages.remove();
    const parts = [...main.querySelectorAll(".stHtml")];
    const text = (node) => node.textContent.replace(/\\s+/g, " ").trim();
    return {
        words: parts.map(text).join("").replaceAll(" ", ""),
        headings: [...main.querySelectorAll("h1, h2, h3, h4")].map((one) => text(one)),
        tables: [...main.querySelectorAll("table")].map(text),
        links: parts.flatMap((part) => [...part.querySelectorAll("a[href]")])
            // The live page has no paths of forces: the server leads from its address to them.
            .map((link) => link.getAttribute("href")
                .replace(/^\\/forces\\/(\\w+)\\?/, "/forces?force=$1&")
                .replace(/^\\/forces\\/(\\w+)/, "/forces?force=$1")),
        charts: [...main.querySelectorAll("[class*='st-key-chart-']")]
            .map((chart) => chart.className.match(/st-key-(chart-\\S+)/)[1]),
    }; }"""
# Where the parts of a page stand: their names with top and height in pixels.
PLACES = """(root) => {
    const main = document.querySelector(`${root} .stMain`);
    const from = main.scrollTop + (root === "#document" ? scrollY : 0);
    const parts = "h1, h2:not(.lfr-unseen), h3, h4, table, .lfr-tabs, .lfr-footer,"
        + "[class*='st-key-chart-'], [class*='st-key-filters-'], .lfr-more, .stExpander";
    return [...main.querySelectorAll(parts)]
        .filter((part) => part.checkVisibility())
        .filter((part) => !part.parentElement.closest(".lfr-more, .stExpander"))
        .map((part) => {
            const { top, height } = part.getBoundingClientRect();
            const name = part.matches(".stExpander") ? "lfr-more"
                : part.className.match(/st-key-\\S+|lfr-\\S+/)?.[0] ?? part.textContent;
            return [name.trim(), top + from, height];
        }); }"""
# Layout shifts that the reader did not cause.
SHIFTS = """window.shifted = 0; new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
}).observe({ type: "layout-shift", buffered: true })"""


@pytest.fixture
def reader(browser: Browser, browser_thread: Executor) -> Iterator[Page]:
    """A reader whose pages stay documents; a test may look into them all the same."""

    def open_it() -> Page:
        context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
        context.route("**/assets/document.*.js", lambda route: route.abort())
        return context.new_page()

    page = browser_thread.submit(open_it).result()
    yield page
    browser_thread.submit(page.context.close).result()


@pytest.fixture
def stayer(browser: Browser, browser_thread: Executor) -> Iterator[Page]:
    """A reader whose pages become live."""

    def open_it() -> Page:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.add_init_script(SHIFTS)
        return page

    page = browser_thread.submit(open_it).result()
    yield page
    browser_thread.submit(page.context.close).result()


@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_a_document_is_read_by_everybody(reader: Page, site: str, slug: str) -> None:
    (page,) = [page for page in PAGES if page.slug == slug]
    faults = []
    for code in LANGUAGES:
        reader.set_viewport_size({"width": 1280, "height": 900})
        reader.goto(f"{site}{address_of(page, code)}")
        reader.emulate_media(color_scheme="light" if code == "en" else "dark")
        faults += find_axe_faults(reader) + find_table_faults(reader)
        for width in (360, 1280, 1920):
            reader.set_viewport_size({"width": width, "height": 900})
            if reader.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"scrolls sideways at {width} pixels")
    assert faults == []


# The drawing beside the map is 16 pixels shorter when live; nothing below it moves.
SHORTER = ("overview", "st-key-chart-deployments_count")
WIDTHS = (390, 1280, 1440)
# Each page at one width in turn; with LFR_ALL_WIDTHS=1 each at all.
SEEN_AT = [
    (page.slug, width)
    for number, page in enumerate(PAGES)
    for place, width in enumerate(WIDTHS)
    if os.environ.get("LFR_ALL_WIDTHS") or place == number % len(WIDTHS)
]


@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_a_document_says_what_the_live_page_says(stayer: Page, site: str, slug: str) -> None:
    (page,) = [page for page in PAGES if page.slug == slug]
    for code in LANGUAGES:
        stayer.goto(f"{site}{address_of(page, code)}")
        document = stayer.evaluate(READ, "#document")
        stayer.evaluate("async () => { await document.fonts.ready; window.shifted = 0; }")
        stayer.mouse.move(700, 300)
        await_live(stayer)
        assert stayer.evaluate(READ, "#root") == document
        assert stayer.evaluate("shifted") <= 0.05


@pytest.mark.parametrize(("slug", "width"), SEEN_AT)
def test_nothing_moves_when_a_page_becomes_live(
    stayer: Page, site: str, slug: str, width: int
) -> None:
    (page,) = [page for page in PAGES if page.slug == slug]
    stayer.set_viewport_size({"width": width, "height": 900})
    stayer.goto(f"{site}{address_of(page, 'en')}")
    stayer.evaluate("async () => { await document.fonts.ready; }")
    document = stayer.evaluate(PLACES, "#document")
    stayer.mouse.move(300, 300)
    await_live(stayer)
    live = stayer.evaluate(PLACES, "#root")
    assert [name for name, *_place in live] == [name for name, *_place in document]
    moved = [
        (name, before, after)
        for (name, *before), (_name, *after) in zip(document, live, strict=True)
        if before != pytest.approx(after, abs=2) and (slug, name) != SHORTER
    ]
    assert moved == []
    assert stayer.evaluate("shifted") <= 0.05


def test_without_javascript_the_questions_are_answered_and_a_filter_works(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    expect(page.locator(".lfr-message")).to_be_visible()
    expect(page.locator(".lfr-answers li")).to_have_count(3)
    for link in page.locator(".lfr-further a").all():
        expect(link).to_be_visible()
    page.get_by_role("link", name="What came of it?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trends")
    page.locator("#filter-by").select_option("Year")
    page.locator(".lfr-several > summary").first.click()
    page.locator(".lfr-several").first.get_by_label("Essex").check()
    page.get_by_role("button", name="Show this selection").first.click()
    expect(page.locator(".lfr-subtitle").first).to_contain_text("Arrests, by year")
    expect(page.locator(".lfr-several > summary").first).to_contain_text("Essex")
    page.locator(".lfr-tabs label", has_text="Table").first.click()
    expect(page.locator("table").first).to_be_visible()
    assert "JavaScript is off" in (page.locator("noscript").text_content() or "")
    context.close()


def test_what_a_reader_has_opened_is_open_in_the_live_page(stayer: Page, site: str) -> None:
    stayer.goto(f"{site}/forces/metropolitan")
    stayer.locator(".lfr-tabs label", has_text="Table").nth(1).click()
    target = stayer.locator("#document table").last
    target.scroll_into_view_if_needed()
    top = target.bounding_box()["y"]
    focused = stayer.locator("#document .lfr-footer a").last
    focused.focus()
    stayer.evaluate("scrollBy(0, 1)")
    place = stayer.locator("#document h2").last.bounding_box()["y"]
    await_live(stayer)
    assert stayer.locator("#root .lfr-tabs").nth(1).locator("input:checked").get_attribute(
        "class"
    ) == ("lfr-to-table")
    assert stayer.evaluate("document.activeElement.closest('.lfr-footer') !== null")
    assert stayer.locator("#root h2:not(.lfr-menu-group)").last.bounding_box()["y"] == (
        pytest.approx(place, abs=6)
    )
    assert top


def test_a_control_in_use_is_not_taken_away(stayer: Page, site: str) -> None:
    stayer.add_init_script(STIR)
    stayer.goto(f"{site}/trends")
    stayer.locator("#filter-by").focus()
    stayer.wait_for_selector("#root .lfr-footer", state="attached", timeout=120_000)
    stayer.wait_for_timeout(4000)
    expect(stayer.locator("#document")).to_have_count(1)
    stayer.locator("#filter-by").select_option("Year")
    stayer.locator("h1").first.click()
    stayer.wait_for_timeout(3000)
    expect(stayer.locator("#document")).to_have_count(1)
    stayer.get_by_role("button", name="Show this selection").first.click()
    stayer.wait_for_url("**/trends?*by=year*")
    await_live(stayer)
    expect(stayer.locator("#root .lfr-subtitle").first).to_contain_text("Deployments, by year")
    expect(stayer).to_have_url(f"{site}/trends?by=year")


def test_documents_only_is_a_choice_that_the_browser_keeps(stayer: Page, site: str) -> None:
    stayer.goto(site)
    stayer.get_by_role("button", name="Show documents only").click()
    expect(stayer.locator("#state")).to_have_text("The charts are not live, as you have chosen.")
    stayer.goto(f"{site}/trends")
    stayer.wait_for_timeout(3000)
    expect(stayer.locator("#root")).to_have_count(0)
    assert stayer.context.cookies() == []
    stayer.get_by_role("button", name="Show live charts").click()
    await_live(stayer)
    expect(stayer.get_by_role("button", name="Show documents only")).to_be_visible()


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(503, "all places for live pages are taken"), (0, "no connection for it could be opened")],
)
def test_without_a_seat_the_document_stays(
    stayer: Page, site: str, status: int, sentence: str
) -> None:
    stayer.route(
        "**/live/seat",
        lambda route: route.fulfill(status=status) if status else route.abort(),
    )
    stayer.add_init_script(STIR)
    stayer.goto(f"{site}/trends?force=essex")
    expect(stayer.locator("#state")).to_contain_text(sentence)
    stayer.locator("#filter-by").select_option("Year")
    stayer.get_by_role("button", name="Show this selection").first.click()
    expect(stayer.locator(".lfr-subtitle").first).to_contain_text("Deployments, by year")
