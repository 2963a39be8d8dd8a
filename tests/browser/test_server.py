"""What surrounds the pages, in a real browser: history, announcements, privacy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Tabs, await_live, run_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SCRIPT = Path(__file__).with_name("server_script.py")


@pytest.fixture(scope="module")
def small_site(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the small site of `server_script.py`, behind the real routes and headers."""
    log = tmp_path_factory.mktemp("small") / "server.log"
    with run_server([str(SCRIPT)], log, LFR_RELEASES=str(warehouse.parents[1])) as address:
        yield address


@pytest.fixture
def page(tabs: Tabs, browser_thread: Executor) -> Page:
    """An empty tab."""
    return browser_thread.submit(tabs.find).result()


def describe(page: Page, words: str) -> None:
    """Waits until the page is live, shows this result, and stands still."""
    page.wait_for_selector("#document", state="detached", timeout=60_000)
    expect(page.locator("[data-announce]")).to_have_text(words)
    expect(
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    ).to_have_count(1)
    # Acts that follow one another within half a second are one entry.
    page.wait_for_timeout(600)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()


def scroll_of(page: Page) -> float:
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")


@pytest.mark.parametrize(("label", "parameter"), [("Letter", "letter"), ("Bound", "bound")])
def test_back_undoes_a_filter_and_forward_repeats_it(
    page: Page, small_site: str, label: str, parameter: str
) -> None:
    words = {
        text: f"Shown: {text} and all" if parameter == "letter" else f"Shown: all and {text}"
        for text in ("alpha", "beta")
    }
    page.goto(small_site)
    describe(page, "Shown: all and all")
    for text in ("alpha", "beta"):
        choose(page, label, text)
        describe(page, words[text])
        expect(page).to_have_url(f"{small_site}/?{parameter}={text}")
    page.go_back()
    describe(page, words["alpha"])
    expect(page).to_have_url(f"{small_site}/?{parameter}=alpha")
    page.go_back()
    describe(page, "Shown: all and all")
    page.go_forward()
    describe(page, words["alpha"])
    page.reload()
    describe(page, words["alpha"])


def test_back_to_a_page_restores_its_query_and_its_place(page: Page, small_site: str) -> None:
    page.goto(small_site)
    describe(page, "Shown: all and all")
    choose(page, "Letter", "gamma")
    describe(page, "Shown: gamma and all")
    page.get_by_text("First, line 60", exact=True).scroll_into_view_if_needed()
    place = scroll_of(page)
    assert place > 300
    page.get_by_role("link", name="To the second page").evaluate("link => link.click()")
    describe(page, "Nothing to choose")
    assert scroll_of(page) == 0
    page.go_back()
    describe(page, "Shown: gamma and all")
    expect(page).to_have_url(f"{small_site}/?letter=gamma")
    assert scroll_of(page) == pytest.approx(place, abs=2)
    page.go_forward()
    describe(page, "Nothing to choose")
    expect(page.get_by_role("heading", name="Second page", level=1)).to_have_count(1)


def test_an_address_shows_the_same_to_another_reader(page: Page, small_site: str) -> None:
    page.goto(f"{small_site}/?letter=beta&bound=alpha")
    describe(page, "Shown: beta and alpha")
    expect(page).to_have_url(f"{small_site}/?letter=beta&bound=alpha")


def test_what_the_page_mends_in_the_address_is_no_entry(page: Page, small_site: str) -> None:
    page.goto("about:blank")
    page.goto(f"{small_site}/?bound=nothing")
    describe(page, "Shown: all and all")
    expect(page).to_have_url(re.compile(r"/$"))
    page.go_back()
    expect(page).to_have_url("about:blank")


def test_a_changed_result_and_another_page_are_said(page: Page, small_site: str) -> None:
    page.goto(small_site)
    describe(page, "Shown: all and all")
    speaker = page.locator("#said[role=status][aria-live=polite]")
    expect(speaker).to_have_text("")
    choose(page, "Letter", "beta")
    expect(speaker).to_have_text("Shown: beta and all")
    page.get_by_role("link", name="To the second page").click()
    expect(speaker).to_have_text("Second. Nothing to choose")


def test_the_language_of_the_document_follows_the_address(page: Page, small_site: str) -> None:
    page.goto(f"{small_site}/?lang=cy")
    describe(page, "Shown: all and all")
    assert page.evaluate("document.documentElement.lang") == "cy"
    page.evaluate("history.replaceState({}, '', '/')")
    assert page.evaluate("document.documentElement.lang") == "en-GB"


def test_single_letters_do_nothing(page: Page, small_site: str) -> None:
    page.goto(small_site)
    describe(page, "Shown: all and all")
    runs = page.locator("#runs").inner_text()
    page.locator("body").press("r")
    page.locator("body").press("c")
    page.wait_for_timeout(1000)
    assert page.locator("#runs").inner_text() == runs
    assert page.get_by_role("dialog").count() == 0


def test_without_a_connection_back_loads_the_page(page: Page, small_site: str) -> None:
    page.goto(small_site)
    describe(page, "Shown: all and all")
    choose(page, "Letter", "alpha")
    describe(page, "Shown: alpha and all")
    page.evaluate(
        "document.querySelector('[data-testid=stApp]').dataset.testConnectionState = "
        "'DISCONNECTED_FOREVER'"
    )
    with page.expect_navigation(wait_until="load"):
        page.go_back()
    describe(page, "Shown: all and all")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "reload"


def test_the_document_goes_and_leaves_nothing_behind(page: Page, site: str) -> None:
    page.goto(site, wait_until="commit")
    page.wait_for_selector("#document h1")
    await_live(page)
    assert page.locator("h1").count() == 1
    assert page.get_by_role("main").count() == 1
    assert page.evaluate("document.body.className") == ""
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#root')).visibility") == "visible"
    )


def test_the_words_of_the_framework_are_in_the_language_of_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}/forces?lang=cy")
    expect(page.get_by_test_id("stSkipToContent")).to_have_text(
        "Neidio i’r prif gynnwys", timeout=60_000
    )
    selection = page.get_by_test_id("stMultiSelect").first.get_by_role("combobox")
    selection.fill("zzzz")
    expect(page.get_by_text("Dim canlyniadau")).to_be_visible()
    left = page.evaluate(
        "[...document.querySelectorAll('[aria-label], [placeholder]')].map(one => one.ariaLabel ?? "
        "one.placeholder)"
    )
    assert "Agor y rhestr" in left
    assert not {
        "Sidebar",
        "Collapse sidebar",
        "Main menu",
        "Open",
        "Link to heading",
        "Choose an option",
    } & set(left)


def test_a_live_page_that_cannot_be_drawn_leaves_the_document(page: Page, small_site: str) -> None:
    page.goto(f"{small_site}/?letter=omega")
    expect(page.locator("#state")).to_have_text(
        "The charts are not live, because they could not be started. Everything else on this page "
        "works.",
        timeout=60_000,
    )
    expect(page.locator("#document h1")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_missing_page(browser: Browser, site: str, scheme: str) -> None:
    # The policy of the pages lets no script in from outside.
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site}/nothing")
    violations = Axe().run(page).response["violations"]
    assert not violations, [
        (violation["id"], [node["target"] for node in violation["nodes"]])
        for violation in violations
    ]
    context.close()


def test_nobody_else_is_asked_nothing_is_kept_and_the_console_is_silent(
    page: Page, site: str
) -> None:
    page.goto(site)
    page.wait_for_selector("#findings, #root footer", timeout=60_000)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    own = (site, site.replace("http", "ws"), "data:", "blob:")
    assert [
        requested_url for requested_url in page.requested_urls if not requested_url.startswith(own)
    ] == []
    assert [
        console_line
        for console_line in page.console_lines
        if not console_line.startswith(("log:", "info:", "debug:"))
    ] == []
    assert page.context.cookies() == []
