"""A served site as its proxy, its monitor and its service manager see it: a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import websockets.sync.client
from prometheus_client.parser import text_string_to_metric_families

from tests.benchmarks.served import find_port

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow
READER = "203.0.113.77"


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is ready."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(self.address + path, headers=headers, timeout=60)


@contextmanager
def run_site(releases: Path, log: Path, **settings: str) -> Iterator[Site]:
    port = find_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "LFR_ADDRESS": "127.0.0.1",
        "LFR_RELEASES": str(releases),
        **settings,
    }
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard.server"],
            cwd=ROOT,
            env=environment,
            stdout=lines,
            stderr=subprocess.STDOUT,
        )
    site = Site(port, process, log)
    try:
        await_status(site, "/readyz", 200)
        yield site
    finally:
        process.kill()
        process.wait()


def await_status(site: Site, path: str, status: int) -> httpx.Response:
    for _ in range(480):
        if site.process.poll() is not None:
            break
        try:
            answer = site.get(path)
            if answer.status_code == status:
                return answer
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    pytest.fail(f"{path} never answered {status}:\n{site.log.read_text()}")


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return find_port()


@pytest.fixture(scope="module")
def site(
    warehouse: Path, tmp_path_factory: pytest.TempPathFactory, metrics_port: int
) -> Iterator[Site]:
    settings = {"LFR_METRICS_PORT": str(metrics_port), "LFR_LOG_FORMAT": "json"}
    log = tmp_path_factory.mktemp("operation") / "log"
    with run_site(warehouse.parents[1], log, **settings) as served:
        yield served


def read_metrics(port: int) -> dict[tuple[str, ...], float]:
    text = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=60).text
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_ready_site_names_the_release_that_is_open(site: Site) -> None:
    ready, health = site.get("/readyz"), site.get("/healthz")
    assert ready.json() == {"status": "ready", "release_id": health.json()["release_id"]}
    assert ready.headers["cache-control"] == "no-store"


def test_counters_are_of_kinds_and_of_no_reader(site: Site, metrics_port: int) -> None:
    before = read_metrics(metrics_port)
    site.get("/trends?force=essex", **{"X-Forwarded-For": READER})
    site.get("/nowhere")
    after = read_metrics(metrics_port)

    def count(status: str) -> float:
        key = ("lfr_requests_total", "page", status)
        return after[key] - before.get(key, 0)

    assert (count("200"), count("404")) == (1, 1)
    assert after["lfr_request_seconds_count", "page"] >= 2
    assert after["lfr_ready",] == 1
    release_id = site.get("/readyz").json()["release_id"]
    assert [key[1] for key in after if key[0] == "lfr_release_info"] == [release_id]
    assert after["process_resident_memory_bytes",] > 0
    assert READER not in repr(after)
    assert "essex" not in repr(after)


def test_the_counters_are_on_no_address_of_the_site(site: Site) -> None:
    assert site.get("/metrics").status_code == 404


def test_log_lines_are_json_without_the_address_of_a_reader(site: Site) -> None:
    site.get("/glossary?lang=cy", **{"X-Forwarded-For": READER})
    with websockets.sync.client.connect(
        f"ws://127.0.0.1:{site.port}/_stcore/stream",
        additional_headers={"X-Forwarded-For": READER},
        subprotocols=[websockets.Subprotocol("streamlit")],
    ):
        pass
    lines = site.log.read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    assert all({"time", "level", "logger", "message"} <= entry.keys() for entry in entries)
    (request,) = [entry for entry in entries if entry.get("path") == "/glossary"]
    assert (request["method"], request["status"]) == ("GET", 200)
    assert any("WebSocket" in entry["message"] for entry in entries)
    assert READER not in "".join(lines)
    assert "127.0.0.1:" not in "".join(line for line in lines if "running on" not in line)


@pytest.mark.parametrize("proto", ["https", "https,http", "https, http", "HTTPS,http"])
def test_two_proxies_in_a_row_name_the_scheme_of_the_first(site: Site, proto: str) -> None:
    answer = site.get("/robots.txt", **{"Host": "stats.example.org", "X-Forwarded-Proto": proto})
    assert "Sitemap: https://stats.example.org/sitemap.xml" in answer.text
    assert "strict-transport-security" in answer.headers


def test_a_check_by_http_1_0_without_a_host_is_answered(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=60) as connection:
        connection.sendall(b"GET /readyz HTTP/1.0\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    assert received.split(b"\r\n")[0] == b"HTTP/1.1 200 OK"
    assert b'"ready"' in received


def test_a_site_that_stops_says_so_and_waits_for_no_slow_client(
    warehouse: Path, tmp_path: Path
) -> None:
    with (
        run_site(warehouse.parents[1], tmp_path / "log", LFR_DRAIN_SECONDS="3") as site,
        socket.socket() as slow,
    ):
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        slow.connect(("127.0.0.1", site.port))
        slow.sendall(b"GET /api/v1/printed_cells.json HTTP/1.1\r\nHost: x\r\n\r\n")
        assert slow.recv(1) == b"H"
        site.process.send_signal(signal.SIGTERM)
        answer = await_status(site, "/readyz", 503)
        assert answer.json() == {"status": "draining"}
        assert site.get("/api/v1/forces.json").status_code == 200
        site.process.wait(timeout=60)
    assert "Traceback" not in site.log.read_text(encoding="utf-8")


def test_without_data_the_site_is_not_ready(tmp_path: Path) -> None:
    port = find_port()
    environment = {**os.environ, "PORT": str(port), "LFR_RELEASES": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard.server"],
        cwd=ROOT,
        env={**environment, "LFR_ADDRESS": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    site = Site(port, process, tmp_path / "none")
    try:
        await_status(site, "/readyz", 503)
        while (status := site.get("/readyz").json()["status"]) == "starting":
            time.sleep(0.25)
        assert status == "no data"
    finally:
        process.kill()
        process.wait()
