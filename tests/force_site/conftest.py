"""The force site as it is served, with providers of its own, on a data folder of its own; and people signed in to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from serving import COOKIE_SECRET, ROOT, Served, SignIn, free_port, make_data, write_settings


@pytest.fixture(scope="session")
def served(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Provider and force site, each its own process on a free port."""
    home = tmp_path_factory.mktemp("force")
    ports = free_port(), free_port()
    provider, site = (f"http://127.0.0.1:{port}" for port in ports)
    settings = write_settings(home / "sign-in.toml", site, provider)
    data = make_data(home / "data", warehouse.parents[1])
    store = f"sqlite:///{data / 'store' / 'returns.sqlite'}"
    environment = {**os.environ, "PORT": str(ports[1]), "LFR_ADDRESS": "127.0.0.1", "LFR_SIGN_IN": str(settings), "LFR_DATA": str(data), "LFR_STORE": store}  # fmt: skip
    commands = (
        [sys.executable, str(Path(__file__).with_name("oidc_provider.py")), str(ports[0])],
        [sys.executable, "-m", "dashboard.force_server"],
    )
    log = (home / "log").open("wb")
    running = [subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT) for command in commands]  # fmt: skip
    try:
        for address in (f"{provider}/north/keys", f"{site}/healthz"):
            _wait(address, running, home / "log")
        yield Served(site, provider, data, settings)
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(timeout=20)
        log.close()


def _wait(address: str, running: list[subprocess.Popen[bytes]], log: Path) -> None:
    for _ in range(240):
        if any(one.poll() is not None for one in running):
            break
        try:
            if httpx.get(address, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    pytest.fail(f"it did not start:\n{log.read_text()}")


@pytest.fixture
def sign_in(served: Served) -> Iterator[SignIn]:
    """A client with the cookies of a person, who has signed in by every redirect of the real flow."""
    clients = []

    def do(user: str) -> httpx.Client:
        client = httpx.Client(base_url=served.address, timeout=30)
        clients.append(client)
        tenant = re.sub(r".*@(\w+)\..*", r"\1", user)
        token = jwt.encode({"alg": "HS256"}, {"provider": tenant, "exp": int(time.time()) + 60}, OctKey.import_key(COOKIE_SECRET))  # fmt: skip
        there = client.get("/auth/login", params={"provider": token})
        assert there.status_code == 302, there.text
        back = httpx.get(there.headers["location"] + f"&user={user}", timeout=30)
        assert back.status_code == 302, back.text
        client.get(back.headers["location"])
        return client

    yield do
    for client in clients:
        client.close()
