"""Servers for the load benchmark, and readers who open pages: real processes, real websocket
sessions.

In: a script to serve, or the site itself. Out: seconds of each load, memory and processor time of
the server. A reader does what the framework's page does: connects, asks for one run, takes every
message until the run has ended."""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
MAX_OPEN = 1000
_START_SECONDS, _LOAD_SECONDS = 60, 60
_LARGEST = 50 * 1024 * 1024
# A script on its own, with the settings under which the site runs.
_SERVE_SCRIPT = (
    "import os, sys, streamlit as st; from dashboard.server.app import CONFIG; "
    "st.App(sys.argv[1]).run(config={**CONFIG, 'server.port': int(os.environ['PORT']), "
    "'server.address': '127.0.0.1'})"
)


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers."""

    port: int
    process: subprocess.Popen[bytes]

    def memory_kib(self) -> int:
        """Resident memory."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))

    def processor_seconds(self) -> float:
        """Processor time used so far, of all threads."""
        parts = (
            Path(f"/proc/{self.process.pid}/stat")
            .read_text(encoding="utf-8")
            .rpartition(")")[2]
            .split()
        )
        return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serve(script: str | None = None, **environment: str) -> Iterator[Served]:
    """The site, or a script beside this file in its place, until the block ends."""
    port = find_port()
    command = ["-c", _SERVE_SCRIPT, str(HERE / script)] if script else ["-m", "dashboard.server"]
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={
            **os.environ,
            "PORT": str(port),
            "LFR_ADDRESS": "127.0.0.1",
            "LFR_MAX_SESSIONS": str(MAX_OPEN),
            "LFR_MAX_CLIENT_SESSIONS": str(MAX_OPEN),
            **environment,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield Served(port, process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def allow_open_files() -> None:
    """As many as this process may have; the servers, its children, have the same.
    Four for each reader, on both sides."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def load(
    served: Served, page: str, query: str = ""
) -> tuple[float, websockets.ClientConnection]:
    """Opens a page: seconds until its run has ended, and the connection, still open.
    RuntimeError if the run failed."""
    start = time.perf_counter()
    session = await websockets.connect(
        f"ws://127.0.0.1:{served.port}/_stcore/stream",
        subprotocols=[websockets.Subprotocol("streamlit")],
        max_size=_LARGEST,
        compression=None,
    )
    back_msg = BackMsg()
    back_msg.rerun_script.query_string = query
    back_msg.rerun_script.page_name = page
    back_msg.rerun_script.context_info.timezone = "Europe/London"
    await session.send(back_msg.SerializeToString())
    async with asyncio.timeout(_LOAD_SECONDS):
        while True:
            from_string = ForwardMsg.FromString(await session.recv())
            kind = from_string.WhichOneof("type")
            if kind == "delta" and from_string.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(
                    f"page {page!r}: {from_string.delta.new_element.exception.message}"
                )
            if kind == "script_finished":
                if from_string.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError(f"page {page!r} ended with {from_string.script_finished}")
                return time.perf_counter() - start, session


async def _read_for(
    served: Served, page: str, until: float, result: list[float], limit: int
) -> None:
    while len(result) < limit and (time.perf_counter() < until or not result):
        taken, session = await load(served, page)
        await session.close()
        result.append(taken)


async def _read_at_once(
    served: Served, page: str, readers: int, seconds: float, limit: int
) -> list[float]:
    result: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_read_for(served, page, until, result, limit) for _ in range(readers)))
    return result


def read_pages(
    served: Served, page: str, readers: int, seconds: float, limit: int = 2000
) -> tuple[list[float], float, float]:
    """So many readers who open the page again and again:
    seconds of each load, seconds in all, processor seconds of the server."""
    start, used = time.perf_counter(), served.processor_seconds()
    result = asyncio.run(_read_at_once(served, page, readers, seconds, limit))
    return result, time.perf_counter() - start, served.processor_seconds() - used


async def _keep_open(served: Served, page: str, sessions: int) -> int:
    opened: list[websockets.ClientConnection] = []
    for _ in range(0, sessions, 8):
        opened += [
            session for _, session in await asyncio.gather(*(load(served, page) for _ in range(8)))
        ]
    held = served.memory_kib()
    await asyncio.gather(*(session.close() for session in opened))
    return held


def measure_memory(served: Served, page: str, sessions: int) -> float:
    """KiB that each of so many open sessions adds to a server that has drawn the page before."""
    read_pages(served, page, 8, seconds=1)
    before = served.memory_kib()
    return (asyncio.run(_keep_open(served, page, sessions)) - before) / sessions


def await_rest(served: Served) -> None:
    """Until the default views are written, which is done while readers are served."""
    used = -1.0
    while served.processor_seconds() - used > 0.1:
        used = served.processor_seconds()
        time.sleep(2)


def find_port() -> int:
    """A port that is free now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        result: int = free.getsockname()[1]
    return result


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers there; RuntimeError if it ends or takes too long."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(address, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the server did not start")
