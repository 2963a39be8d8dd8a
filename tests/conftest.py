"""What every test may use: the repository's data, one warehouse built from it,
and the optional published files."""

from __future__ import annotations

import datetime as dt
import fcntl
import gc
import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling

from tests.sample_data import remove_edition, write_small_data

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from starlette.testclient import TestClient

    from dashboard.api.routes import Bounds, DataAddresses
    from etl.queries.record import Record

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
PUBLISHED = Path(os.environ.get("LFR_PUBLISHED", ROOT.parent / "shared" / "published"))
CHROMIUM = "/usr/bin/chromium"
Once = Callable[[str, Callable[[Path], object]], Path]
Serve = Callable[["Bounds"], "tuple[str, DataAddresses]"]
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


# Modules are compiled once, not by each worker and each server that a test starts.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Examples a property: few in every run; `pytest --hypothesis-profile=nightly` looks further.
hypothesis.settings.register_profile("ci", max_examples=25, deadline=None)
hypothesis.settings.register_profile("nightly", max_examples=300, deadline=None)
hypothesis.settings.load_profile("ci")


# Folders whose tests share servers or drawn pages; of any other folder, the tests of a file share
# what their module makes.
SHARING = ("browser", "force_site", "views")


class ByFile(LoadScopeScheduling):
    """Gives all tests of a file, or of a folder of `SHARING`, to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::", 1)[0]
        folder = path.rsplit("/", 2)[-2]
        return folder if folder in SHARING else path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    return ByFile(config, log)


def pytest_collection_finish() -> None:
    """What collecting has loaded stays: it is not looked through again for what can go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(scope="session")
def data() -> Path:
    """The repository's data folder. Tests do not write to it."""
    return DATA


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder by its name once for all workers of a run:
    the first that asks makes it, the others wait. Tests do not write to it."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent  # each worker has a folder of its own in the one of the run

    def find(name: str, make: Callable[[Path], object]) -> Path:
        home, neighbouring_root = root / name, root / f"{name}.making"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not home.exists():
                # of a worker that failed in it
                shutil.rmtree(neighbouring_root, ignore_errors=True)
                neighbouring_root.mkdir()
                make(neighbouring_root)
                neighbouring_root.rename(home)
        return home

    return find


@pytest.fixture(scope="session")
def warehouse(once: Once) -> Path:
    """A release file built once from the repository's data."""
    return (once("record", _build_record) / "releases" / "current" / "lfr.duckdb").resolve()


def _build_record(home: Path) -> None:
    for folder in ("corrections", "publications", "reference"):
        (home / folder).symlink_to(DATA / folder)
    from etl.pipeline.build import build

    build(home)


@pytest.fixture(scope="session")
def record(warehouse: Path) -> Record:
    """The whole record, opened. Tests of a small record have a fixture of the same name."""
    from etl.queries.record import open_record

    return open_record(warehouse)


@pytest.fixture(scope="session")
def built_small_data(once: Once) -> Path:
    """A small data folder with the record that is built of it; tests copy it."""
    return once("small", _build_small_data)


def _build_small_data(home: Path) -> None:
    from etl.pipeline.build import build

    build(write_small_data(home, "reported_deployments", "south_wales_events"))


@pytest.fixture(scope="session")
def first_release(once: Once) -> Path:
    """A small data folder, released as 1.0.0 on 1 March 2026; tests copy it."""
    return once("first-release", _make_release)


@pytest.fixture(scope="session")
def two_releases(first_release: Path, once: Once) -> Path:
    """The same with 1.0.1 of 1 June, in which a correction gives another watchlist size."""
    return once("two-releases", partial(_correct_release, first_release))


def _make_release(home: Path) -> None:
    from etl.releases.publish import make_release

    write_small_data(home, "metropolitan_deployments", "south_wales_events")
    for edition in ("2020_2022", "2023_2024", "2025_07"):
        remove_edition(home, "metropolitan_deployments", edition)
    made = make_release(home, today=dt.date(2026, 3, 1))
    assert (made.outcome, made.release.version) == ("made", "1.0.0")


def _correct_release(first_release: Path, home: Path) -> None:
    from etl.releases.publish import make_release

    shutil.copytree(first_release, home, symlinks=True, dirs_exist_ok=True)
    path = home / "corrections" / "metropolitan_deployments.toml"
    declared = path.read_text(encoding="utf-8")
    assert declared.count('value_text = "16199"') == 1
    changed = declared.replace(
        'value_text = "16199"', 'value_text = "16198"\nreported_by = "A reader"'
    )
    path.write_text(changed, encoding="utf-8")
    reason = "A watchlist size was read again."
    made = make_release(home, today=dt.date(2026, 6, 1), reason=reason)
    assert (made.release.version, made.release.previous) == ("1.0.1", "1.0.0")
    assert made.release.date == dt.date(2026, 6, 1)


@pytest.fixture(scope="session")
def published() -> Path:
    """The published files beside the project; the test is skipped where they are absent."""
    if not PUBLISHED.is_dir():
        pytest.skip("no published files beside the project (LFR_PUBLISHED names another folder)")
    return PUBLISHED


@pytest.fixture(scope="module")
def api(warehouse: Path) -> Iterator[TestClient]:
    """The routes of the public site, without a server."""
    from starlette.testclient import TestClient

    from dashboard.server.app import app

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
        yield TestClient(app, base_url="http://site.example")


@pytest.fixture
def serve(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serves the addresses with bounds of a test's own, on a free port."""
    import uvicorn
    from starlette.applications import Starlette

    from dashboard.api.routes import DataAddresses

    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    servers = []

    def start(bounds: Bounds) -> tuple[str, DataAddresses]:
        data = DataAddresses(bounds)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(Starlette(routes=data.routes()), port=port, log_level="info")
        )
        thread = threading.Thread(target=server.run)
        thread.start()
        servers.append((server, thread))
        for _ in range(200):
            if server.started:
                break
            time.sleep(0.05)
        return f"http://127.0.0.1:{port}/api/v1", data

    yield start
    for server, thread in servers:
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture
def site_of_data(serve: Serve) -> str:
    """The address of a served site that has the addresses of data."""
    from dashboard.api.routes import Bounds

    return serve(Bounds())[0].removesuffix("/api/v1")


@pytest.fixture(scope="session")
def browser_thread() -> Iterator[Executor]:
    """The thread in which the browser is used: playwright keeps an event loop running there,
    which other tests cannot share."""
    with ThreadPoolExecutor(1, "browser") as thread:
        yield thread


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Runs the tests that use the browser in its thread."""
    thread = pyfuncitem.funcargs.get("browser_thread")
    if thread is None:
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    thread.submit(pyfuncitem.obj, **arguments).result()
    return True


@pytest.fixture(scope="session")
def browser(browser_thread: Executor) -> Iterator[Browser]:
    """One for every test of a worker.

    Skipped, with the line that installs it, where there is no chromium; a failure where
    LFR_REQUIRE_BROWSER is 1."""
    from playwright.sync_api import expect, sync_playwright

    # A busy machine draws slowly; five seconds, the default, fails there without a fault.
    expect.set_options(timeout=60_000)
    path = shutil.which("chromium") or CHROMIUM
    if not Path(path).exists():
        text = "no chromium: apt-get install chromium"
        if os.environ.get("LFR_REQUIRE_BROWSER") == "1":
            pytest.fail(text)
        pytest.skip(text)
    playwright = browser_thread.submit(sync_playwright().start).result()
    launch = partial(playwright.chromium.launch, executable_path=path, args=SWITCHES)
    launched = browser_thread.submit(launch).result()
    yield launched
    browser_thread.submit(launched.close).result()
    browser_thread.submit(playwright.stop).result()
