"""The first page in a real browser, served as it is served to readers."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.questions import Selection, ask_rows, ask_total
from dashboard.views.overview import TITLE, write_csv
from etl.answers import open_answers

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_the_page_loads_in_silence_and_asks_nobody_else(open_page, site: str) -> None:
    page = open_page()
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    assert [line for line in page.said if not line.startswith(("log:", "info:", "debug:"))] == []
    assert [
        one for one in page.asked if not one.startswith((site, site.replace("http", "ws"), "data:", "blob:"))
    ] == []
    assert page.title() == TITLE
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    assert page.locator("h1").count() == 1


def test_headers_and_own_routes(site: str, warehouse: Path) -> None:
    start = httpx.get(f"{site}/")
    policy = start.headers["content-security-policy"]
    assert re.search(r"script-src 'self' 'sha256-[A-Za-z0-9+/=]+';", policy)
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert start.headers["x-content-type-options"] == "nosniff"
    assert start.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in start.headers["permissions-policy"]
    assert '<html lang="en-GB">' in start.text
    assert '<meta name="description"' in start.text
    health = httpx.get(f"{site}/healthz")
    assert health.json() == {"status": "ok", "release_id": open_answers(warehouse).release_id}
    assert "content-security-policy" in health.headers
    assert httpx.get(f"{site}/_stcore/metrics").status_code == 404
    assert "User-agent: *" in httpx.get(f"{site}/robots.txt").text


def test_scripts_are_packed_and_nothing_outside_them_is_served(site: str) -> None:
    script = re.search(r'src="\./(static/js/[^"]+)"', httpx.get(f"{site}/").text)
    assert script
    packed = httpx.get(f"{site}/{script[1]}", headers={"Accept-Encoding": "gzip"})
    plain = httpx.get(f"{site}/{script[1]}", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    for path in ("static/../index.html", "static/..%2f..%2f__init__.py", "static/js/none.js"):
        assert "import" not in httpx.get(f"{site}/{path}", headers={"Accept-Encoding": "gzip"}).text[:200]


def test_choosing_a_force_changes_address_and_headline(open_page, warehouse: Path) -> None:
    page = open_page()
    page.get_by_role("combobox", name=re.compile("Police force or body")).click()
    page.get_by_role("option", name="Metropolitan Police").click()
    expect(page.get_by_role("heading", name="Metropolitan Police", level=2)).to_be_visible(timeout=30_000)
    expect(page).to_have_url(re.compile(r"\?force=metropolitan$"))
    total = ask_total(open_answers(warehouse), "deployments_count", Selection("metropolitan"))
    expect(page.locator(".lfr-figure").first).to_have_text(f"{total.numerator:,}", timeout=30_000)


def test_a_deep_link_reproduces_what_was_seen(open_page, warehouse: Path) -> None:
    chosen = Selection("metropolitan", 2024, 2024, "croydon")
    page = open_page("?force=metropolitan&from=2024&to=2024&place=croydon")
    rows = ask_rows(open_answers(warehouse), chosen)
    expect(page.locator("caption", has_text="Deployments, newest first")).to_contain_text(f"of {len(rows)}")
    assert page.get_by_label("Search by location").input_value() == "croydon"
    assert page.url.endswith("?force=metropolitan&from=2024&to=2024&place=croydon")


def test_the_table_turns_its_pages_and_the_address_follows(open_page) -> None:
    page = open_page("?force=metropolitan")
    caption = page.locator("caption", has_text="Deployments, newest first")
    expect(caption).to_contain_text("rows 1 to 25")
    page.get_by_role("button", name=re.compile("next", re.IGNORECASE)).click()
    expect(caption).to_contain_text("rows 26 to 50", timeout=30_000)
    expect(page).to_have_url(re.compile("page=2"))


def test_the_table_is_a_table(open_page) -> None:
    page = open_page()
    table = page.get_by_role("table", name=re.compile("Deployments, newest first"))
    expect(table).to_have_count(1)
    assert table.locator("thead th[scope=col]").count() >= 11
    assert table.locator("tbody th[scope=row]").count() == 25
    assert table.locator("tbody a[href^='https://']").count() >= 20
    # The charts come later than the text: their script is large.
    figures = page.get_by_role("figure", name=re.compile("All values are in the table below the chart"))
    expect(figures).to_have_count(4, timeout=60_000)


def test_the_download_is_what_is_on_the_screen(open_page, warehouse: Path) -> None:
    page = open_page("?force=british_transport")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("Download these")).click()
    download = waiting.value
    answers = open_answers(warehouse)
    content = Path(download.path()).read_bytes()
    assert content == write_csv(answers, Selection("british_transport"))
    assert (
        download.suggested_filename == f"lfr_deployments_british_transport_release_{answers.release_id}.csv"
    )
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))
    faces = sum(int(row["faces_seen_count"]) for row in rows if row["faces_seen_count"])
    assert f"{faces:,}" in page.locator(".lfr-cards").first.inner_text()


@pytest.mark.parametrize("width", [360, 1920])
def test_nothing_scrolls_sideways_but_wide_tables(open_page, width: int) -> None:
    page = open_page(width=width)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("query", ["", "?force=metropolitan&from=oops"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page, query: str, scheme: str) -> None:
    page = open_page(query, scheme=scheme)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert not serious, "\n".join(
        f"{one['id']}: {[(node['target'], node['failureSummary']) for node in one['nodes'][:4]]}"
        for one in serious
    )
