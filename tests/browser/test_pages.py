"""Every page of the site in a real browser, served as it is served to readers: load, keyboard, phone, print, axe."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from dashboard.pages import HOME, PAGES

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
EVERY = pytest.mark.parametrize("slug", [page.slug for page in PAGES])


def path_of(slug: str) -> str:
    return "" if slug == HOME.slug else slug


def wait_for_charts(page: Page) -> None:
    if page.locator("[data-testid=stPlotlyChart]").count():
        page.wait_for_selector(".js-plotly-plot .main-svg", timeout=120_000)


@EVERY
def test_a_page_loads_in_silence_and_asks_nobody_else(open_page, site: str, slug: str) -> None:
    page = open_page(path_of(slug))
    wait_for_charts(page)
    assert [line for line in page.said if not line.startswith(("log:", "info:", "debug:"))] == []
    ours = (site, site.replace("http", "ws"), "data:", "blob:")
    assert [one for one in page.asked if not one.startswith(ours)] == []
    title = next(one.title for one in PAGES if one.slug == slug)
    assert page.title().startswith(title)
    assert page.locator("h1").all_inner_texts() == [title]
    assert page.locator("a[aria-current=page]").all_inner_texts() == [title]
    assert not page.get_by_text("Something went wrong").count()


@EVERY
@pytest.mark.parametrize("width", [360, 1920])
def test_nothing_scrolls_sideways_but_wide_tables(open_page, slug: str, width: int) -> None:
    page = open_page(path_of(slug), width=width)
    wait_for_charts(page)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@EVERY
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page, slug: str, scheme: str) -> None:
    page = open_page(path_of(slug), scheme=scheme)
    wait_for_charts(page)
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert not serious, "\n".join(
        f"{one['id']}: {[(node['target'], node['failureSummary']) for node in one['nodes'][:4]]}"
        for one in serious
    )


@EVERY
def test_tables_have_captions_and_scopes(open_page, slug: str) -> None:
    page = open_page(path_of(slug))
    for table in page.locator("table.lfr-table").all():
        assert table.locator("caption").text_content()
        assert table.locator("thead th:not([scope=col])").count() == 0
        assert table.locator("tbody tr > :first-child:not(th[scope=row])").count() == 0


def test_the_menu_keeps_force_and_language(open_page, site: str) -> None:
    page = open_page("?force=essex&lang=cy")
    link = page.locator("[data-testid=stSidebar] a[href*='trends']")
    assert link.get_attribute("href") == "trends?force=essex&lang=cy"
    link.click()
    page.wait_for_url(f"{site}/trends?force=essex&lang=cy")
    expect(page.locator("a[aria-current=page]")).to_have_attribute("href", "/trends?force=essex&lang=cy")
    page.go_back()
    page.wait_for_url(f"{site}/?force=essex&lang=cy")
    expect(page.locator("#figures")).to_have_text("Essex")


def test_the_menu_works_by_keyboard(open_page, site: str) -> None:
    page = open_page()
    link = page.locator("[data-testid=stSidebar] a[href*='trends']")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/trends")
    expect(page.locator("h1")).to_have_text("Trends")


def test_a_phone_folds_the_menu(open_page, site: str) -> None:
    page = open_page(width=360)
    link = page.locator("[data-testid=stSidebar] a[href*='trends']")
    expect(link).not_to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(link).to_be_in_viewport()
    link.click()
    page.wait_for_url(f"{site}/trends")
    expect(link).not_to_be_in_viewport()


def test_the_other_language_is_a_link_that_keeps_the_view(open_page) -> None:
    page = open_page("trends?measure=alerts_count&force=essex&force=metropolitan")
    link = page.locator("a.lfr-language")
    assert link.get_attribute("hreflang") == link.get_attribute("lang") == "cy"
    assert link.get_attribute("href") == "/trends?measure=alerts_count&force=essex&force=metropolitan&lang=cy"


def test_filters_and_address_follow_each_other(open_page, site: str) -> None:
    page = open_page("trends")
    subtitle = page.locator(".lfr-subtitle").first
    page.get_by_role("combobox", name="By").click()
    page.get_by_role("option", name="Year", exact=True).click()
    page.wait_for_url(f"{site}/trends?by=year")
    expect(subtitle).to_contain_text("Deployments, by year")
    page.reload()
    expect(subtitle).to_contain_text("Deployments, by year")
    wait_for_charts(page)
    page.go_back()
    expect(subtitle).to_contain_text("Deployments, by quarter")


def test_the_tabs_of_a_card_work_by_keyboard_and_show_the_table(open_page) -> None:
    page = open_page("trends")
    wait_for_charts(page)
    card = page.locator(".st-key-card-trend")
    chart, table, *_ = card.get_by_role("tab").all()
    expect(card.locator("table")).to_be_hidden()
    chart.focus()
    page.keyboard.press("ArrowRight")
    expect(table).to_have_attribute("aria-selected", "true")
    expect(card.locator("table")).to_be_visible()
    expect(card.get_by_role("figure")).to_be_hidden()


def test_print_shows_chart_and_table(open_page) -> None:
    page = open_page("trends")
    wait_for_charts(page)
    page.emulate_media(media="print")
    card = page.locator(".st-key-card-trend")
    expect(card.locator("table")).to_be_visible()
    expect(card.get_by_role("figure")).to_be_visible()
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()


def test_a_card_opens_at_its_own_address(open_page) -> None:
    page = open_page("trends?by=year#trend")
    wait_for_charts(page)
    link = page.locator(".st-key-card-trend .lfr-from a", has_text="Link to this view")
    assert link.get_attribute("href") == "/trends?by=year#trend"
    expect(page.locator("#trend")).to_be_in_viewport()


def test_the_download_of_a_card_is_a_file(open_page, site: str) -> None:
    page = open_page("trends?force=metropolitan&by=year")
    card = page.locator(".st-key-card-trend")
    card.get_by_role("tab", name="Download").click()
    with page.expect_download() as waiting:
        card.get_by_role("link", name="These figures as CSV").click()
    assert waiting.value.suggested_filename.endswith(".csv")
