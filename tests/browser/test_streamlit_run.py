"""The habitual `streamlit run dashboard/public_app.py` shows the site too,
without the server's own routes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]


def test_streamlit_run_shows_the_pages(browser: Browser, warehouse: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "streamlit.log"
    with log.open("wb") as lines:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                "dashboard/public_app.py",
                "--server.port",
                str(port),
                "--server.address",
                "127.0.0.1",
            ],
            cwd=ROOT,
            env={**os.environ, "LFR_RELEASES": str(warehouse.parents[1])},
            stdout=lines,
            stderr=subprocess.STDOUT,
        )
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    try:
        for _ in range(240):
            assert server.poll() is None, log.read_text()
            try:
                if (
                    httpx.get(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).status_code
                    == 200
                ):
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.25)
        page.goto(f"http://127.0.0.1:{port}/trends?force=essex")
        expect(page.locator(".lfr-footer")).to_be_visible(timeout=120_000)
        expect(page.locator("h1")).to_have_text("Trends")
        expect(page.locator(".lfr-subtitle").first).to_contain_text("Deployments, by quarter")
        page.locator("[data-testid=stSidebar] a[href*='about']").click()
        expect(page.locator("h1")).to_have_text("About")
        assert "force=" not in page.url
        # What only the server has is not offered.
        assert page.locator("a[href^='/download/']").count() == 0
        assert "Traceback" not in log.read_text()
    finally:
        context.close()
        server.terminate()
        server.wait(timeout=20)
