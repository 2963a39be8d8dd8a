"""The site's own routes without a browser, on the release of the test session."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.api.routes import Bounds, DataAddresses
from dashboard.server.app import app
from etl.queries.record import Record, open_record

Serve = Callable[[Bounds], tuple[str, DataAddresses]]


@pytest.fixture(scope="module")
def api(warehouse: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
        yield TestClient(app, base_url="http://site.example")


@pytest.fixture(scope="module")
def record(warehouse: Path) -> Record:
    return open_record(warehouse)


@pytest.fixture
def serve(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serves the addresses with bounds of a test's own, on a free port."""
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
    return serve(Bounds())[0].removesuffix("/api/v1")
