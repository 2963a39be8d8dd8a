"""What every test may use: the repository's data, one warehouse built from it, and the optional published files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from etl.build import build

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
PUBLISHED = Path(os.environ.get("LFR_PUBLISHED", ROOT.parent / "shared" / "published"))
CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A busy machine draws slowly; five seconds, the default, fails there without a fault.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def data() -> Path:
    """The repository's data folder. Tests do not write to it."""
    return DATA


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release file built once from the repository's data."""
    home = tmp_path_factory.mktemp("data")
    for folder in ("corrections", "publications", "reference"):
        (home / folder).symlink_to(DATA / folder)
    build(home)
    return (home / "releases" / "current" / "lfr.duckdb").resolve()


@pytest.fixture(scope="session")
def published() -> Path:
    """The published files beside the project; the test is skipped where they are absent."""
    if not PUBLISHED.is_dir():
        pytest.skip("no published files beside the project (LFR_PUBLISHED names another folder)")
    return PUBLISHED


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for every test of a worker: two in one thread would be in each other's way.

    Skipped, with the line that installs it, where there is no chromium; a failure where LFR_REQUIRE_BROWSER is 1.
    """
    path = shutil.which("chromium") or CHROMIUM
    if not Path(path).exists():
        said = "no chromium: apt-get install chromium"
        if os.environ.get("LFR_REQUIRE_BROWSER") == "1":
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield found
        found.close()
