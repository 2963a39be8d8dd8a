"""Every page of the site in a real browser, served as it is served to readers:
load, keyboard, phone, print, axe."""

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


def find_axe_faults(page: Page) -> list[str]:
    """What axe has to say against WCAG 2.2 AA, and headings that leave out a level."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"runOnly": rules, "rules": {"heading-order": {"enabled": True}}}
    return [
        (
            f"axe {violation['id']}, {violation['impact']}: "
            f"{[(node['target'], node['failureSummary']) for node in violation['nodes'][:4]]}"
        )
        for violation in Axe().run(page, options=options).response["violations"]
    ]


def find_sideways(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(500)
    wide = page.evaluate(
        "() => { const main = document.querySelector('[data-testid=stMain]'); return "
        "main.scrollWidth > main.clientWidth || document.documentElement.scrollWidth > innerWidth; "
        "}"
    )
    return [f"scrolls sideways at {width} pixels"] if wide else []


def find_table_faults(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("table.lfr-table")].flatMap((table) => [
            table.querySelector("caption")?.textContent.trim() ? "" : "a table without a caption",
            table.querySelector("thead th:not([scope=col])")
                ? "a heading of a column without its scope" : "",
            table.querySelector("tbody tr > :first-child:not(th[scope=row])")
                ? "a row without a heading" : "",
        ]).filter((said) => said)"""
    )


# What each step of a walk by keyboard looks like when it has the focus: on itself or around it,
# because lists of choices draw it around their field. The walk ends where it began.
_WATCH = """() => {
    window.look = (node) => { let said = "";
        for (let one = node, up = 0; one && up < 5; one = one.parentElement, up++) {
            const style = getComputedStyle(one);
            said += [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor,
                style.backgroundColor].join();
        } return said; };
    window.walk = [];
    addEventListener("focusin", ({ target }) => {
        window.ended ||= target === walk[0]?.[0];
        if (!window.ended) walk.push([target, look(target)]);
    }); }"""
MAX_STEPS = 400
_JUDGE = """async () => {
    const still = () => new Promise((done) => setTimeout(done, 350));
    const label = (node) => node.getAttribute("aria-label") || node.innerText || node.id;
    const name = (node) => `${node.tagName} “${label(node).slice(0, 40)}”`;
    document.activeElement.blur();
    await still();
    const faults = [];
    for (const [number, [node, focused]] of walk.entries()) {
        const order = number && walk[number - 1][0].compareDocumentPosition(node);
        if (order & Node.DOCUMENT_POSITION_PRECEDING) faults.push("out of order: " + name(node));
        if (!node.isConnected || look(node) !== focused) continue;
        node.focus({ focusVisible: true });
        await still();
        const seen = look(node);
        node.blur();
        await still();
        if (seen === look(node)) faults.push("no visible focus: " + name(node));
    }
    return faults; }"""


def find_keyboard_faults(page: Page) -> list[str]:
    """Tab from the start to the end: the link to the content first, everything visible, in order,
    and no trap."""
    page.evaluate(_WATCH)
    for step in range(MAX_STEPS):
        page.keyboard.press("Tab")
        if step % 10 == 9 and page.evaluate("() => window.ended"):
            break
    steps = page.evaluate("() => walk.length")
    faults = [] if 10 < steps < MAX_STEPS else [f"the walk by keyboard has {steps} steps"]
    first, last = page.evaluate(
        "() => [walk[0][0].dataset.testid, walk.some(([node]) => node.closest('.lfr-footer'))]"
    )
    faults += [] if first == "stSkipToContent" else [f"the first step is {first}"]
    faults += [] if last else ["the foot of the page is not reached"]
    return faults + page.evaluate(_JUDGE)


@EVERY
def test_a_page_at_a_desk(open_page, site: str, slug: str) -> None:
    """One load, looked at from every side: silence, names, headings, tables, axe, keyboard,
    width."""
    page = open_page(path_of(slug))
    wait_for_charts(page)
    ours = (site, site.replace("http", "ws"), "data:", "blob:")
    faults = [
        line for line in page.console_lines if not line.startswith(("log:", "info:", "debug:"))
    ]
    faults += [
        f"asks {requested_url}"
        for requested_url in page.requested_urls
        if not requested_url.startswith(ours)
    ]
    title = next(each_page.title for each_page in PAGES if each_page.slug == slug)
    assert page.title().startswith(title)
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    # The first page has its message as its title.
    heading = page.locator(".lfr-message").inner_text() if slug == "overview" else title
    assert page.locator("h1").all_inner_texts() == [heading]
    assert page.locator("a[aria-current=page]").all_inner_texts() == [title]
    assert not page.get_by_text("Something went wrong").count()
    faults += find_table_faults(page) + find_axe_faults(page)
    faults += find_keyboard_faults(page) + find_sideways(page, 1920)
    assert faults == []


@EVERY
def test_a_page_on_a_phone_in_the_dark(open_page, slug: str) -> None:
    page = open_page(path_of(slug), width=360, scheme="dark")
    wait_for_charts(page)
    assert find_sideways(page, 360) + find_axe_faults(page) == []


def test_what_is_chosen_is_readable_in_the_dark(open_page) -> None:
    page = open_page("trends?force=metropolitan&force=essex", scheme="dark")
    wait_for_charts(page)
    expect(page.locator("[data-tag]")).to_have_count(2)
    assert find_axe_faults(page) == []


def test_the_first_step_by_keyboard_leads_to_the_content(open_page) -> None:
    page = open_page("trends")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")


def test_the_menu_keeps_force_and_language(open_page, site: str) -> None:
    page = open_page("?force=essex&lang=cy")
    link = page.locator("[data-testid=stSidebar] a[href*='trends']")
    assert link.get_attribute("href") == "/trends?force=essex&lang=cy"
    link.click()
    page.wait_for_url(f"{site}/trends?force=essex&lang=cy")
    expect(page.locator("a[aria-current=page]")).to_have_attribute(
        "href", "/trends?force=essex&lang=cy"
    )
    page.go_back()
    page.wait_for_url(f"{site}/?force=essex&lang=cy")
    expect(page.locator(".lfr-head h3").first).to_contain_text("Essex")


def test_a_link_to_another_page_does_not_load_the_site_again(open_page, site: str) -> None:
    page = open_page("?force=essex")
    page.evaluate("window.notLoadedAgain = true")
    page.get_by_role("link", name="How many faces?").click()
    page.wait_for_url(f"{site}/trends**")
    expect(page.locator("h1")).to_have_text("Trends")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    page.locator(".lfr-footer a[href*='#corrections']").click()
    expect(page.locator("#corrections")).to_be_in_viewport()
    assert page.evaluate("window.notLoadedAgain")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Trends")
    page.go_back()
    expect(page.locator("h1")).to_have_class("lfr-message")
    expect(page).to_have_url(f"{site}/?force=essex")
    assert page.evaluate("window.notLoadedAgain")


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
    assert (
        link.get_attribute("href")
        == "/trends?force=essex&force=metropolitan&measure=alerts_count&lang=cy"
    )
    # Nothing lies over it.
    link.click()
    expect(page.get_by_test_id("stMain").locator("h1")).to_have_text("Tueddiadau")


def test_filters_and_address_follow_each_other(open_page, site: str) -> None:
    """Choose, reload, back, forward, to another page and back:
    the view is what the address says, and is said aloud."""
    page = open_page("trends")
    subtitle = page.locator(".lfr-subtitle").first
    page.get_by_role("combobox", name="By").click()
    page.get_by_role("option", name="Year", exact=True).click()
    page.wait_for_url(f"{site}/trends?by=year")
    expect(subtitle).to_contain_text("Deployments, by year")
    expect(page.locator("#said")).to_contain_text("Deployments, by year")
    page.reload()
    expect(subtitle).to_contain_text("Deployments, by year")
    wait_for_charts(page)
    page.go_back()
    expect(subtitle).to_contain_text("Deployments, by quarter")
    page.go_forward()
    expect(subtitle).to_contain_text("Deployments, by year")
    page.wait_for_timeout(600)
    page.locator("[data-testid=stSidebar] a[href*='forces']").click()
    expect(page.locator("h1")).to_have_text("Forces")
    page.go_back()
    page.wait_for_url(f"{site}/trends?by=year")
    expect(subtitle).to_contain_text("Deployments, by year")


def test_more_filters_stay_open_when_one_is_cleared_and_close_when_closed(
    open_page, site: str
) -> None:
    page = open_page("deployments?publication=metropolitan_deployments")
    box = page.get_by_role("combobox", name="Publication")
    box.click()
    page.get_by_role("option", name="All publications").click()
    page.wait_for_url(f"{site}/deployments")
    page.wait_for_timeout(500)
    expect(box).to_be_visible()
    heading = page.get_by_test_id("stExpander").locator("summary")
    heading.click()
    expect(box).to_be_hidden()
    heading.click()
    expect(box).to_be_visible()


def test_nonsense_in_the_address_is_said_and_is_no_entry(open_page, site: str) -> None:
    page = open_page("trends?by=fortnight&force=zzz")
    expect(page.get_by_test_id("stAlert")).to_have_count(2)
    expect(page.get_by_text("There is no period “fortnight”: quarters are shown.")).to_be_visible()
    expect(page).to_have_url(f"{site}/trends")
    page.go_back()
    expect(page).to_have_url("about:blank")


def test_the_tabs_of_a_card_work_by_keyboard_and_show_the_table(open_page) -> None:
    page = open_page("trends")
    wait_for_charts(page)
    card = page.get_by_test_id("stMain")
    chart, table, *_ = card.get_by_role("group", name="Show").get_by_role("radio").all()
    expect(card.locator("table")).to_be_hidden()
    chart.focus()
    page.keyboard.press("ArrowRight")
    expect(table).to_be_checked()
    expect(card.locator("table")).to_be_visible()
    expect(card.get_by_role("figure")).to_be_hidden()
    files = card.locator(".lfr-of-download").get_by_role("link", name="CSV", exact=True)
    expect(files).to_be_hidden()


def test_a_reader_of_tables_keeps_the_table_when_a_filter_changes_the_figure(open_page) -> None:
    page = open_page("trends")
    wait_for_charts(page)
    card = page.get_by_test_id("stMain")
    card.get_by_role("radio", name="Table").check()
    expect(card.locator("table")).to_be_visible()
    page.get_by_role("combobox", name="By").click()
    page.get_by_role("option", name="Year").click()
    expect(card.locator("table caption")).to_have_text("Deployments, by year")
    expect(card.locator("table")).to_be_visible()
    card.get_by_role("radio", name="Chart").check()
    box = card.get_by_role("figure").bounding_box()
    assert box is not None
    assert box["width"] > 300


def test_a_link_into_what_a_phone_folds_opens_it_and_print_opens_all(open_page) -> None:
    page = open_page("method#false_share_of_alerts", width=360)
    locator = page.locator("#false_share_of_alerts details")
    expect(locator).to_have_attribute("open", "")
    expect(page.locator("#false_share_of_alerts")).to_be_in_viewport()
    other = page.locator("#alerts_count details")
    expect(other).not_to_have_attribute("open", "")
    page.locator(".lfr-contents a[href='#alerts_count']").click()
    expect(other).to_have_attribute("open", "")
    expect(page.locator("#alerts_count")).to_be_in_viewport()
    folded = page.locator("details:not([open])")
    count = folded.count()
    assert count > 5
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(folded).to_have_count(count)


def test_a_desk_shows_what_only_a_phone_folds_and_no_welsh_column_is_cut_off(open_page) -> None:
    page = open_page("sources?lang=cy")
    expect(page.locator(".lfr-on-phone .lfr-facts").first).to_be_visible()
    expect(page.locator(".lfr-on-phone > summary").first).to_be_hidden()
    for slug in ("deployments", "data-quality"):
        page = open_page(f"{slug}?lang=cy")
        cut = (
            "() => [...document.querySelectorAll('.lfr-scroll')].filter(one => one.scrollWidth > "
            "one.clientWidth).map(one => one.ariaLabel)"
        )
        assert page.evaluate(cut) == []


def test_a_lost_connection_is_said_in_the_words_of_the_site_until_it_is_back(open_page) -> None:
    page = open_page("claims?lang=cy")
    locator = page.locator("#lost")
    expect(locator).to_be_hidden()
    assert page.evaluate("window.__streamlit.HOST_CONFIG.blockErrorDialogs")
    state = (
        "one => { document.querySelector('[data-testid=stApp]').dataset.testConnectionState = one }"
    )
    page.evaluate(state, "PINGING_SERVER")
    expect(locator).to_be_visible()
    expect(locator).to_contain_text("Collwyd y cysylltiad")
    page.evaluate(state, "CONNECTED")
    expect(locator).to_be_hidden()


def test_print_shows_chart_and_table(open_page) -> None:
    page = open_page("trends")
    wait_for_charts(page)
    page.emulate_media(media="print")
    card = page.get_by_test_id("stMain")
    expect(card.locator("table")).to_be_visible()
    expect(card.get_by_role("figure")).to_be_visible()
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()


def test_a_figure_is_not_cut_off_on_paper(open_page) -> None:
    page = open_page("trends")
    wait_for_charts(page)
    page.emulate_media(media="print")
    # What the browser does when it prints: it says so, then lays out for the width of the paper.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    box = page.locator(".st-key-chart-trend")
    figure = box.locator(".main-svg").first
    box.evaluate("box => { box.style.width = '600px' }")
    wide, card = (value.bounding_box() for value in (figure, box))
    assert wide is not None
    assert card is not None
    assert 300 < wide["width"] <= card["width"]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert figure.get_attribute("viewBox") is None


def test_a_card_opens_at_its_own_address(open_page) -> None:
    page = open_page("trends?by=year#trend")
    wait_for_charts(page)
    link = page.locator(".lfr-actions a", has_text="Copy link")
    assert link.get_attribute("href") == "/trends?by=year#trend"
    expect(page.locator("#trend")).to_be_in_viewport()


def test_the_download_of_a_card_is_a_file(open_page, site: str) -> None:
    page = open_page("trends?force=metropolitan&by=year")
    card = page.get_by_test_id("stMain")
    card.get_by_role("radio", name="Download").check()
    with page.expect_download() as waiting:
        card.locator(".lfr-of-download").get_by_role("link", name="CSV", exact=True).click()
    assert waiting.value.suggested_filename.endswith(".csv")
