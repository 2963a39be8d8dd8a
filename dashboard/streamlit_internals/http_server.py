"""The HTTP server under the framework: how it stops, which connections it closes, whose scheme it
believes.

In: limits. Out: the server class that the framework starts while `use_server` is open. The
framework starts `uvicorn.Server` with settings of its own and has no option for these, so its class
is replaced for the time of serving."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import cast
from weakref import WeakKeyDictionary

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_LOG = logging.getLogger("uvicorn.error")
# A proxy or service manager that stops a site waits about this long before it kills it.
STOP_SECONDS = 10
# For what runs when a stop begins, and then for closing what is open.
_FINISH_SECONDS = 7
# A connection that waits for a request, or for the rest of its headers, is closed after this.
IDLE_SECONDS = 30
_PROTO = b"x-forwarded-proto"


@dataclass(slots=True)
class Limits:
    """Seconds that a stopping site still accepts requests, and what is called when it stops."""

    drain_seconds: float = 0
    idle_seconds: float = IDLE_SECONDS
    on_stop: list[Callable[[], None]] = field(default_factory=list)
    on_start: list[Callable[[], None]] = field(default_factory=list)


class FirstScheme:
    """Reduces `X-Forwarded-Proto` to its first value. Two proxies in a row make a list
    (`https,http`), of which the server would take nothing; whether it believes the header stays
    its own decision."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = scope.get("headers", ())
        values = [value for name, value in headers if name == _PROTO]
        if len(values) > 1 or any(b"," in value for value in values):
            first = b",".join(values).split(b",")[0].strip().lower()
            others = [(name, value) for name, value in headers if name != _PROTO]
            scope = {**scope, "headers": [*others, (_PROTO, first)]}
        await self.app(scope, receive, send)


class IdleConnections:
    """Which connections wait for a request, and since when."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._waiting: WeakKeyDictionary[object, tuple[int, float]] = WeakKeyDictionary()

    def close_expired(self, connections: set[object], now: float) -> int:
        """Closes those that have waited for too long; how many they were. A connection that answers
        or is a websocket does not wait."""
        expired = 0
        for connection in list(connections):
            if not isinstance(connection, HttpToolsProtocol):
                continue
            cycle = connection.cycle
            if cycle is not None and not cycle.response_complete:
                self._waiting.pop(connection, None)
                continue
            answered, since = self._waiting.setdefault(connection, (id(cycle), now))
            if answered != id(cycle):
                self._waiting[connection] = (id(cycle), now)
            elif now - since > self.seconds:
                connection.transport.abort()
                expired += 1
        return expired


def _make_server(limits: Limits) -> type[uvicorn.Server]:
    class Server(uvicorn.Server):
        """Stops within `STOP_SECONDS`, whatever a client does."""

        def __init__(self, config: uvicorn.Config) -> None:
            config.timeout_graceful_shutdown = max(1, int(_FINISH_SECONDS - limits.drain_seconds))
            config.load()
            config.loaded_app = FirstScheme(cast(ASGIApp, config.loaded_app))
            super().__init__(config)
            self._idle = IdleConnections(limits.idle_seconds)
            self._stop_at: float | None = None
            for start in limits.on_start:
                start()

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            """The first signal begins to stop: not ready, but served until the balancer knows."""
            if self._stop_at is None:
                _end_for_certain()
                for stop in limits.on_stop:
                    stop()
                if sig == signal.SIGTERM and limits.drain_seconds:
                    self._stop_at = time.monotonic() + limits.drain_seconds
                    self._captured_signals.append(sig)
                    return
                self._stop_at = 0
            super().handle_exit(sig, frame)

        async def on_tick(self, counter: int) -> bool:
            now = time.monotonic()
            if self._stop_at is not None and now >= self._stop_at:
                self.should_exit = True
            if counter % 10 == 0:
                connections = cast("set[object]", self.server_state.connections)
                self._idle.close_expired(connections, now)
            return await super().on_tick(counter)

        async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
            await super().shutdown(sockets)  # type: ignore[arg-type]
            for connection in list(self.server_state.connections):
                if isinstance(transport := connection.transport, asyncio.WriteTransport):
                    transport.abort()

    return Server


def _end_for_certain() -> None:
    """Ends the process if something keeps it: a thread in a long query, a client that reads
    slowly."""

    def end() -> None:
        _LOG.warning("stopped after %s seconds with work left", STOP_SECONDS)
        logging.shutdown()
        os._exit(0)

    timer = threading.Timer(STOP_SECONDS - 0.5, end)
    timer.daemon = True
    timer.start()


@contextmanager
def use_server(limits: Limits) -> Iterator[None]:
    """The framework starts our server until the block ends."""
    original = uvicorn.Server
    uvicorn.Server = _make_server(limits)  # type: ignore[misc]
    try:
        yield
    finally:
        uvicorn.Server = original  # type: ignore[misc]
