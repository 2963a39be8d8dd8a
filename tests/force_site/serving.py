"""A force site that is served in a test: its data folder, settings, processes,
and returns that are put into its store."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Page

from etl.returns.intake import check_return
from etl.returns.scope import Scope
from etl.returns.store.engine import Store, open_store
from etl.returns.store.returns import Return, create_return, save_version
from tests.force_site.oidc_provider import CLIENT, SECRET
from tests.returns.sample_returns import NAME, TODAY, sound

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
COOKIE_SECRET = "a-secret-for-tests-of-forty-characters-.."
PROVIDERS = {
    "north": "north_wales",
    "essex": "essex",
    "national": None,
    "nested": "gwent",
    "down": "kent",
}
# Roles inside another claim, and the address of a provider that does not answer.
ROLES_CLAIMS = {"nested": "realm_access.roles"}
ABSENT = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Served:
    """A running force site."""

    address: str
    provider: str
    data: Path
    settings: Path
    store: str

    def open_store(self) -> Store:
        return open_store(self.store)

    @contextmanager
    def another_process(self) -> Iterator[str]:
        """The address of a second process of the same site, on the same store."""
        port = free_port()
        with run_second(self, port, self.data.parent / f"log-{port}"):
            yield f"http://127.0.0.1:{port}"


@contextmanager
def serve(home: Path, releases: Path, store: str = "") -> Iterator[Served]:
    """Provider and force site, each its own process on a free port;
    on a store in a file where no other is named."""
    ports = free_port(), free_port()
    provider, site = (f"http://127.0.0.1:{port}" for port in ports)
    settings = write_settings(home / "sign-in.toml", site, provider)
    data = make_data(home / "data", releases)
    store = store or f"sqlite:///{data / 'store' / 'returns.sqlite'}"
    served = Served(site, provider, data, settings, store)
    program = [sys.executable, str(Path(__file__).with_name("oidc_provider.py")), str(ports[0])]
    with ExitStack() as running:
        running.enter_context(
            _run(program, {**os.environ}, f"{provider}/north/keys", home / "log-provider")
        )
        running.enter_context(run_second(served, ports[1], home / "log"))
        yield served


@contextmanager
def run_second(served: Served, port: int, log: Path) -> Iterator[None]:
    """A process of the force site on a port."""
    environment = {
        **os.environ,
        "PORT": str(port),
        "LFR_ADDRESS": "127.0.0.1",
        "LFR_SIGN_IN": str(served.settings),
        "LFR_DATA": str(served.data),
        "LFR_STORE": served.store,
    }
    with _run(
        [sys.executable, "-m", "dashboard.force_site"],
        environment,
        f"http://127.0.0.1:{port}/healthz",
        log,
    ):
        yield


@contextmanager
def _run(command: list[str], environment: dict[str, str], ready: str, log: Path) -> Iterator[None]:
    with log.open("wb") as out:
        running = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        # one: each reads all certificates of the machine anew
        with httpx.Client(timeout=5) as client:
            for _ in range(240):
                assert running.poll() is None, f"it did not start:\n{log.read_text()}"
                try:
                    if client.get(ready).status_code == 200:
                        break
                except httpx.TransportError:
                    pass
                time.sleep(0.25)
            else:
                raise AssertionError(f"it did not start:\n{log.read_text()}")
        yield
    finally:
        running.terminate()
        running.wait(timeout=20)


WRITER = Scope("writer@north.example", frozenset({"officer"}), "north_wales")
SECOND = Scope("second@north.example", frozenset({"approver"}), "north_wales")


def put_return(store: Store, title: str, content: bytes = b"") -> Return:
    """A draft of North Wales with a file, saved by a writer who signs in in no test."""
    content = content or sound()
    intake = check_return(
        NAME, content, today=TODAY, force_ids={"north_wales"}, force_id="north_wales"
    )
    return save_version(store, WRITER, create_return(store, WRITER, title), intake, content)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def make_data(folder: Path, releases: Path) -> Path:
    """A data folder that may be published into: what is in the repository by links,
    a release by a copy."""
    (folder / "publications").mkdir(parents=True)
    for name in ("corrections", "reference"):
        (folder / name).symlink_to(DATA / name)
    for path in (DATA / "publications").iterdir():
        (folder / "publications" / path.name).symlink_to(path)
    shutil.copytree(releases, folder / "releases", symlinks=True)
    return folder


def write_settings(path: Path, site: str, provider: str, **changes: str) -> Path:
    lines = {
        "site_address": f'"{site}"',
        "cookie_secret": f'"{COOKIE_SECRET}"',
        "session_hours": "8",
    } | changes
    text = "".join(f"{key} = {value}\n" for key, value in lines.items())
    for name, force_id in PROVIDERS.items():
        force = f'force_id = "{force_id}"\n' if force_id else ""
        text += (
            f'[provider.{name}]\ntitle = "{name.title()}"\n{force}client_id = "{CLIENT}"\n'
            f'client_secret = "{SECRET}"\nroles_claim = "{ROLES_CLAIMS.get(name, "roles")}"\n'
            f'server_metadata_url = "{ABSENT if name == "down" else provider}/{name}/'
            '.well-known/openid-configuration"\n'
        )
    path.write_text(text)
    path.chmod(0o600)
    return path


SignIn = Callable[[str], httpx.Client]
Enter = Callable[[str], Page]
