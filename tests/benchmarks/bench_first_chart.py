"""How soon a browser with an empty cache shows the first chart of a page, and the live page, beside
other sites that are loaded in turn.

In: the site, served in this run; the addresses of peers that run beside it: `LFR_BENCH_BEFORE`,
an older build of this site, whose pages are the framework's alone, and `LFR_BENCH_STATIC`, one
page of a static site with two charts of the same deployments. Out: a line for each profile and
page, with the ratios to the peers that were given. `phone` slows the processor four times and the
network to 9 Mbit/s with 60 ms. Shifts are those from the document on, the exchange for the live
page included. Ratios hold, absolute figures do not."""

from __future__ import annotations

import itertools
import os
import statistics
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.served import await_rest, serve
from tests.conftest import CHROMIUM, SWITCHES

PATHS = ("", "trends", "map", "forces?force=metropolitan")
LOADS = 3
_WATCH = """window.first = null; window.shifted = 0;
const look = () => {
    const charts = [...document.querySelectorAll(SELECTOR)];
    if (charts.some((chart) => chart.getBoundingClientRect().height > 0))
        window.first = performance.now();
    else requestAnimationFrame(look); };
look();
new PerformanceObserver((list) => { for (const shift of list.getEntries())
    if (!shift.hadRecentInput) window.shifted += shift.value; })
    .observe({ type: "layout-shift", buffered: true });"""
_NETWORK = {
    "offline": False,
    "latency": 60,
    "downloadThroughput": 9e6 / 8,
    "uploadThroughput": 4e6 / 8,
}
_PLOTLY = ".js-plotly-plot :is(.bars path, .scatterlayer path), .lfr-tiles"
_DRAWN = """() => document.querySelector("[data-test-script-state=notRunning] h1")
    && [...document.querySelectorAll("[data-testid=stPlotlyChart], [data-testid=stSkeleton]")]
        .every((chart) => chart.querySelector(".main-svg"))"""
_PATIENCE = 240_000


@dataclass(frozen=True, slots=True)
class Peer:
    """A site, what its first chart is, and whether its pages are documents that become live, live
    from the start, or one static page."""

    name: str
    url: str
    chart: str
    kind: Literal["document", "live", "static"]


@dataclass(frozen=True, slots=True)
class Load:
    """Milliseconds until the first chart and the live page, bytes until the chart, shifts."""

    first: float
    size: float
    live: float
    shifted: float


def main() -> None:
    """Prints a line for each profile and page."""
    with serve() as site, sync_playwright() as playwright:
        url = f"http://127.0.0.1:{site.port}/"
        ours = Peer("site", url, ".lfr-drawing svg, .lfr-map svg", "document")
        peers = [ours, *_find_peers()]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        # What is made for the first reader is not what is measured here.
        for peer, path in itertools.product(peers, PATHS):
            _load(browser, peer, path, "desk")
        await_rest(site)
        for profile, path in itertools.product(("desk", "phone"), PATHS):
            loads: dict[str, list[Load]] = {peer.name: [] for peer in peers}
            for _time, peer in itertools.product(range(LOADS), peers):
                loads[peer.name].append(_load(browser, peer, path, profile))
            _print(profile, path, {name: _middle(each) for name, each in loads.items()})
        browser.close()


def _find_peers() -> list[Peer]:
    before, static = os.environ.get("LFR_BENCH_BEFORE"), os.environ.get("LFR_BENCH_STATIC")
    peers = []
    if before:
        peers.append(Peer("before", f"{before.rstrip('/')}/", _PLOTLY, "live"))
    if static:
        peers.append(Peer("static", static, "main svg rect", "static"))
    return peers


def _middle(loads: list[Load]) -> Load:
    return Load(
        *(
            statistics.median(getattr(load, name) for load in loads)
            for name in ("first", "size", "live", "shifted")
        )
    )


def _print(profile: str, path: str, found: dict[str, Load]) -> None:
    site = found["site"]
    ratios = [
        f"{site.first / each.first:.2f} of {name}'s {each.first:.0f} ms and "
        f"{each.size / 1024:.0f} KiB"
        for name, each in found.items()
        if name != "site"
    ]
    if "before" in found:
        ratios.append(f"live page {site.live / found['before'].live:.2f} of before's")
    print(
        f"{profile:5} /{path:26} first chart {site.first:6.0f} ms, {site.size / 1024:5.0f} KiB "
        f"until then; live after {site.live:6.0f} ms, shift {site.shifted:.3f}"
        + "".join(f"; {ratio}" for ratio in ratios),
        flush=True,
    )


def _load(browser: Browser, peer: Peer, path: str, profile: str) -> Load:
    wide = profile == "desk"
    context = browser.new_context(
        viewport={"width": 1440, "height": 900} if wide else {"width": 390, "height": 844}
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    size = [0]
    session.on(
        "Network.loadingFinished",
        lambda event: size.__setitem__(0, size[0] + event["encodedDataLength"]),
    )
    if not wide:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        session.send("Network.emulateNetworkConditions", _NETWORK)
    page.add_init_script(_WATCH.replace("SELECTOR", repr(peer.chart)))
    url = peer.url if peer.kind == "static" else f"{peer.url}{path}"
    page.goto(url, wait_until="commit", timeout=120_000)
    while (first := page.evaluate("window.first")) is None:
        page.wait_for_timeout(20)
    until = size[0]
    live = first if peer.kind == "static" else _await_live(page, peer.kind == "document")
    page.wait_for_timeout(300)
    shifted = page.evaluate("window.shifted")
    context.close()
    return Load(first, until, live, shifted)


def _await_live(page: Page, is_document: bool) -> float:
    """Milliseconds until the framework's page is there with all its charts; it takes the place of
    the document where there is one."""
    if is_document:
        page.mouse.move(300, 300)
        page.wait_for_selector("#document", state="detached", timeout=_PATIENCE)
    else:
        page.wait_for_function(_DRAWN, timeout=_PATIENCE)
    live: float = page.evaluate("performance.now()")
    return live


if __name__ == "__main__":
    main()
