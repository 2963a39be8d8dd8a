"""Pictures of every page at phone and desktop width, as a product to look at: `make screens` writes
them to build/screens.

In: the release that serves, chromium. Out: `<page>-<width>.png`, each the whole page. Exit 1 names
the pages that were not drawn."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from dashboard.pages import HOME, PAGES
from tests.benchmarks.served import ROOT, Served, serve
from tests.conftest import CHROMIUM, SWITCHES

WIDTHS = {"phone": 390, "desktop": 1280}
# A browser draws no picture of any height.
TALLEST = 12_000
_DRAWN = "[data-testid=stApp][data-test-script-state=notRunning]"


def take(browser: Browser, site: Served, slug: str, name: str, width: int, home: Path) -> bool:
    """One picture; False if the page was not drawn in time."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="en-GB")
    try:
        page.goto(f"http://127.0.0.1:{site.port}/{'' if slug == HOME.slug else slug}")
        page.wait_for_selector(".lfr-footer", timeout=60_000)
        if page.locator("[data-testid=stPlotlyChart]").count():
            page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
        tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(tall + 40, TALLEST)})
        page.wait_for_selector(_DRAWN)
        page.wait_for_timeout(1500)
        page.screenshot(path=home / f"{slug}-{name}.png")
        return True
    except TooLate:
        return False
    finally:
        page.close()


def main(home: Path = ROOT / "build" / "screens") -> int:
    """All pages at all widths."""
    home.mkdir(parents=True, exist_ok=True)
    missing = []
    with serve() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for page in PAGES:
            missing += [
                f"{page.slug} ({name})"
                for name, width in WIDTHS.items()
                if not take(browser, site, page.slug, name, width, home)
            ]
        browser.close()
    print(f"{len(PAGES) * len(WIDTHS) - len(missing)} pictures in {home}")
    if missing:
        print(f"not drawn within a minute: {', '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
