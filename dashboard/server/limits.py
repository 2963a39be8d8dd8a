"""How many live pages are open at once, and from which pages they may be opened. Readers for whom
there is no seat keep their document, and nobody slows down.

In: websocket connections, one a live page. Out: the connection, or its refusal before it is opened;
the framework's page then tries again by itself, ever more slowly. A live page costs the
process about 54 KiB and four file descriptors."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections import Counter

from starlette.datastructures import URL, Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.metrics import LIVE_PAGES, REFUSALS
from etl.settings import read_number, read_site_url

_LOG = logging.getLogger(__name__)
# RFC 6455: try again later.
_TRY_LATER, _REFUSED = 1013, 1008
# The framework's page asks for a run as soon as it is connected.
SILENT_SECONDS = 60


class OwnPages:
    """Lets only this site's own pages connect.

    The framework refuses others too, but first requests its own address from a server elsewhere, up
    to two seconds each time, and serves nobody meanwhile."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket" or _is_own(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        await receive()
        await send(
            {"type": "websocket.close", "code": _REFUSED, "reason": "not a page of this site"}
        )


def _is_own(headers: Headers) -> bool:
    """Whether the page's host is the requested one, or the one of LFR_SITE_ADDRESS; a client that
    is no browser sends none."""
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        host = URL(origin).netloc
    except ValueError:
        return False
    return host != "" and host in (headers.get("host", ""), name_host())


def name_host() -> str:
    """Host and port of LFR_SITE_ADDRESS, empty if it is not set."""
    return URL(read_site_url()).netloc


class Seats:
    """How many live pages are open, of all and of each client, and whether a client may open
    another."""

    def __init__(self, limit: int, client_limit: int = 8) -> None:
        self.limit, self.client_limit = limit, client_limit
        self.clients: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        """Live pages that are open."""
        return self.clients.total()

    def find_refusal(self, client: str) -> str:
        """Why a client gets no seat; empty if it gets one."""
        if self.taken >= self.limit:
            return "too many readers"
        return "too many pages" if self.clients[client] >= self.client_limit else ""

    def take(self, client: str) -> None:
        """Gives a client a seat."""
        self.clients[client] += 1

    def leave(self, client: str) -> None:
        """Takes it back; a client without a seat is forgotten."""
        self.clients[client] -= 1
        self.clients += Counter()


def name_client(scope: Scope) -> str:
    """The address of a client; of IPv6 the network of 64 bits, which is one household's."""
    host = (scope.get("client") or ("",))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)


SEATS = Seats(int(read_number("LFR_MAX_SESSIONS")), int(read_number("LFR_MAX_CLIENT_SESSIONS")))


class OpenPages:
    """Gives each open live page a seat, refuses those for which there is none, and closes those
    that ask for nothing within `silent_seconds`."""

    def __init__(self, app: ASGIApp, seats: Seats, silent_seconds: float = SILENT_SECONDS) -> None:
        self.app = app
        self.seats = seats
        self.silent_seconds = silent_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        client = name_client(scope)
        if reason := self.seats.find_refusal(client):
            _LOG.warning("refused a live page, %s: %s are open", reason, self.seats.taken)
            REFUSALS.labels(reason).inc()
            await receive()
            await send({"type": "websocket.close", "code": _TRY_LATER, "reason": reason})
            return
        self.seats.take(client)
        LIVE_PAGES.set(self.seats.taken)
        try:
            await self._serve(scope, receive, send)
        finally:
            self.seats.leave(client)
            LIVE_PAGES.set(self.seats.taken)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        received, closed = 0, False

        async def receive_in_time() -> Message:
            """The first message after the opening has to come; later a reader may read."""
            nonlocal received, closed
            limit = self.silent_seconds if received == 1 else None
            try:
                message = await asyncio.wait_for(receive(), limit)
            except TimeoutError:
                closed = True
                REFUSALS.labels("silent page").inc()
                await send({"type": "websocket.close", "code": _REFUSED, "reason": "silent"})
                return {"type": "websocket.disconnect", "code": _REFUSED}
            received += 1
            return message

        async def send_while_open(message: Message) -> None:
            if not closed:
                await send(message)

        await self.app(scope, receive_in_time, send_while_open)
