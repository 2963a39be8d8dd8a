"""The served site, opened in the browser that all tests share."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
OpenPage = Callable[..., Page]
# A sign of the reader, at which a document starts the framework without waiting.
STIR = (
    "addEventListener('load', () => setTimeout(() => dispatchEvent(new Event('pointermove')), 50))"
)


def await_live(page: Page) -> None:
    """Waits until the framework's page has taken the place of the document."""
    page.wait_for_selector("#root .lfr-footer", state="attached", timeout=120_000)
    page.wait_for_selector("#document", state="detached", timeout=60_000)


@pytest.fixture(scope="session")
def site(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the served public site with the release of the test session."""
    log = tmp_path_factory.mktemp("site") / "server.log"
    command = ["-m", "dashboard.server"]
    with run_server(command, log, LFR_RELEASES=str(warehouse.parents[1])) as address:
        yield address


class Tabs:
    """One tab for each width and scheme: scripts that it has loaded stay compiled.

    A test gets it empty; `page.console_lines` and `page.requested_urls` are those of the test."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: dict[tuple[int, str], Page] = {}

    def find(self, width: int = 1280, scheme: str = "light") -> Page:
        page = self.pages.get((width, scheme))
        if page is None:
            page = self.pages[width, scheme] = self._open(width, scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="null")
        page.goto("about:blank")
        page.console_lines.clear()  # type: ignore[attr-defined]
        page.requested_urls.clear()  # type: ignore[attr-defined]
        return page

    def _open(self, width: int, scheme: str) -> Page:
        page = self.browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="en-GB",
        ).new_page()
        page.add_init_script(STIR)
        lines: list[str] = []
        urls: list[str] = []
        page.console_lines, page.requested_urls = lines, urls  # type: ignore[attr-defined]
        page.on("console", lambda message: lines.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: lines.append(f"error: {error}"))
        page.on("request", lambda request: urls.append(request.url))
        page.on("websocket", lambda websocket: urls.append(websocket.url))
        return page

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser, browser_thread: Executor) -> Iterator[Tabs]:
    opened = Tabs(browser)
    yield opened
    browser_thread.submit(opened.close).result()


@pytest.fixture
def open_page(tabs: Tabs, site: str) -> OpenPage:
    """Opens a URL below the site's root in an empty tab and waits until its page is live."""

    def open_it(query: str = "", width: int = 1280, scheme: str = "light") -> Page:
        page = tabs.find(width, scheme)
        page.goto(f"{site}/{query}")
        await_live(page)
        return page

    return open_it


@contextmanager
def run_server(command: list[str], log: Path, **settings: str) -> Iterator[str]:
    """Address of a server that runs in a process of its own, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "LFR_ADDRESS": "127.0.0.1", **settings}
    with log.open("wb") as lines:
        server = subprocess.Popen(
            [sys.executable, *command],
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


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    with httpx.Client(timeout=5) as client:  # one: each reads all certificates of the machine
        for _ in range(240):
            if server.poll() is not None:
                break
            try:
                if client.get(f"{address}/healthz").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.25)
    pytest.fail(f"the site did not start:\n{log.read_text()}")
