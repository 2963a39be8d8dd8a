"""Documents of the served site: how many a second beside an empty page, and how soon a browser with
an empty cache shows the first chart.

In: the site and an empty page, served in this run: ratios hold, absolute figures do not. Kept
documents are asked for again; new ones have a selection that nobody asked for before. `phone` slows
the processor four times and the network to 9 Mbit/s with 60 ms. Shifts are those from the document
on, the exchange for the live page included. Another build's start can be measured by the same
function: `python -m tests.benchmarks.bench_documents URL` takes the framework's chart for the
first."""

from __future__ import annotations

import asyncio
import itertools
import re
import statistics
import sys
import time
from collections.abc import Iterator

import httpx
from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.served import Served, allow_open_files, read_pages, serve

PATHS = ("", "trends", "map", "forces?force=metropolitan")
SECONDS, AT_ONCE, LOADS = 2.0, 500, 3
CHROMIUM = "/usr/bin/chromium"
_WATCH = """window.first = null; window.shifted = 0;
const look = () => { const chart = document.querySelector(SELECTOR);
    if (chart && chart.getBoundingClientRect().height > 0) window.first = performance.now();
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


def main() -> None:
    """Prints a line for each kind of document and number of readers, then for each page."""
    allow_open_files()
    with serve("page_empty.py") as empty, serve() as site:
        read_pages(empty, "", 1, seconds=0, limit=2)
        _await_rest(site)
        new = (f"trends?force=essex&from={year}&zz{number}=1" for number, year in _count())
        for readers in (8, 32):
            _compare(empty, site, "kept", itertools.repeat("trends"), readers)
            _compare(empty, site, "new", new, readers)
        before = site.memory_kib()
        statuses = asyncio.run(_request_at_once(site, AT_ONCE))
        print(
            f"{AT_ONCE} readers at once: {statuses.count(200)} answered, "
            f"{site.memory_kib() - before:,} KiB more memory",
            flush=True,
        )
        measure_browser(f"http://127.0.0.1:{site.port}/", ".lfr-drawing svg, .lfr-tiles")


def _count() -> Iterator[tuple[int, int]]:
    for number in itertools.count():
        yield number, 2016 + number % 10


def _compare(empty: Served, site: Served, name: str, paths: Iterator[str], readers: int) -> None:
    taken, seconds, used = read_pages(empty, "", readers, SECONDS)
    floor, floor_cost = len(taken) / seconds, used / len(taken)
    before = site.processor_seconds()
    waited = asyncio.run(_read(site, paths, readers))
    rate, cost = len(waited) / SECONDS, (site.processor_seconds() - before) / len(waited)
    p95 = statistics.quantiles(waited, n=20)[18] * 1000
    print(
        f"documents {name:4} {readers:2} at once: {rate:6.1f} a second, p95 {p95:5.0f} ms; empty "
        f"page {floor:5.1f} a second; {rate / floor:.1f} times it, "
        f"{cost * 1000:.1f} ms of processor for {floor_cost * 1000:.1f}",
        flush=True,
    )


async def _read(site: Served, paths: Iterator[str], readers: int) -> list[float]:
    waited: list[float] = []
    end = time.perf_counter() + SECONDS

    async def read() -> None:
        # A client library would cost more than the server does.
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
        while time.perf_counter() < end:
            start = time.perf_counter()
            head = f"GET /{next(paths)} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n"
            writer.write(head.encode())
            answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            if " 200 " not in answer.partition("\r\n")[0]:
                raise RuntimeError(answer)
            await reader.readexactly(int(re.findall(r"content-length: (\d+)", answer)[0]))
            waited.append(time.perf_counter() - start)
        writer.close()

    await asyncio.gather(*(read() for _ in range(readers)))
    return waited


def _await_rest(site: Served) -> None:
    """Until the default views are written, which is done while readers are served."""
    used = -1.0
    while site.processor_seconds() - used > 0.1:
        used = site.processor_seconds()
        time.sleep(2)


async def _request_at_once(site: Served, count: int) -> list[int]:
    limits = httpx.Limits(max_connections=count)
    async with httpx.AsyncClient(timeout=120, limits=limits, verify=False) as client:
        answers = await asyncio.gather(
            *(client.get(f"http://127.0.0.1:{site.port}/trends") for _ in range(count))
        )
    return [answer.status_code for answer in answers]


def measure_browser(url: str, selector: str) -> None:
    """First chart, bytes until then, live page and shifts, for each page and profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for profile, path in itertools.product(("desk", "phone"), PATHS):
            loads = [_load(browser, f"{url}{path}", selector, profile) for _ in range(LOADS)]
            first, size, live, shifted = (
                statistics.median(part) for part in zip(*loads, strict=True)
            )
            print(
                f"{profile:5} /{path:26} first chart {first:6.0f} ms, {size / 1024:5.0f} KiB until "
                f"then; live after {live:6.0f} ms, shift {shifted:.3f}",
                flush=True,
            )
        browser.close()


def _load(browser: Browser, url: str, selector: str, profile: str) -> tuple[float, ...]:
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
    page.add_init_script(_WATCH.replace("SELECTOR", repr(selector)))
    page.goto(url, wait_until="commit", timeout=120_000)
    while (first := page.evaluate("window.first")) is None:
        page.wait_for_timeout(20)
    until = size[0]
    page.mouse.move(300, 300)
    page.wait_for_selector("#root .js-plotly-plot .main-svg, #root .lfr-tiles", timeout=240_000)
    page.wait_for_selector("#document", state="detached", timeout=240_000)
    live = page.evaluate("performance.now()")
    page.wait_for_timeout(300)
    shifted = page.evaluate("window.shifted")
    context.close()
    return first, until, live, shifted


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure_browser(sys.argv[1], ".js-plotly-plot .bars path, .lfr-tiles")
    else:
        main()
