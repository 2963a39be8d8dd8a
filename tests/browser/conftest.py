"""The served site, opened in the browser that all tests share."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def site(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the served public site, on a free port, with the release of the test session."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("site") / "server.log"
    environment = {
        **os.environ,
        "PORT": str(port),
        "LFR_ADDRESS": "127.0.0.1",
        "LFR_RELEASES": str(warehouse.parents[1]),
    }
    with log.open("wb") as lines:
        server = subprocess.Popen(
            [sys.executable, "-m", "dashboard.server"],
            cwd=ROOT,
            env=environment,
            stdout=lines,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def find_context(
    browser: Browser, browser_thread: Executor
) -> Iterator[Callable[[int, str], BrowserContext]]:
    """One context for each width and scheme: scripts that a page has loaded stay compiled."""
    contexts: dict[tuple[int, str], BrowserContext] = {}

    def find(width: int, scheme: str) -> BrowserContext:
        if (width, scheme) not in contexts:
            contexts[width, scheme] = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,  # type: ignore[arg-type]
                locale="en-GB",
                accept_downloads=True,
            )
        return contexts[width, scheme]

    yield find
    for context in contexts.values():
        browser_thread.submit(context.close).result()


@pytest.fixture
def open_page(
    find_context: Callable[[int, str], BrowserContext], browser_thread: Executor, site: str
) -> Iterator[OpenPage]:
    """Opens a URL below the site's root and waits until its page is drawn;
    `page.console_lines` and `page.requested_urls` keep console messages and requests."""
    pages: list[Page] = []

    def open_it(query: str = "", width: int = 1280, scheme: str = "light") -> Page:
        page = find_context(width, scheme).new_page()
        pages.append(page)
        page.console_lines, page.requested_urls = [], []  # type: ignore[attr-defined]
        page.on(
            "console", lambda message: page.console_lines.append(f"{message.type}: {message.text}")
        )  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.console_lines.append(f"error: {error}"))  # type: ignore[attr-defined]
        page.on("request", lambda request: page.requested_urls.append(request.url))  # type: ignore[attr-defined]
        page.goto(f"{site}/{query}")
        page.wait_for_selector(".lfr-footer", timeout=120_000)
        return page

    yield open_it
    for page in pages:
        browser_thread.submit(page.close).result()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            if httpx.get(f"{address}/healthz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    pytest.fail(f"the site did not start:\n{log.read_text()}")
