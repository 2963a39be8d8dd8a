"""How many live pages are open at once, and from which pages they may be opened. Readers for whom
there is no seat keep their document, and nobody slows down.

In: websocket connections, one a live page. Out: the connection, or its refusal before it is opened;
the framework's page then tries again by itself, ever more slowly. A live page costs the
process about 54 KiB and four file descriptors."""

from __future__ import annotations

import logging

from starlette.datastructures import URL, Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from etl.settings import read_number, read_site_url

_LOG = logging.getLogger(__name__)
# RFC 6455: try again later.
_TRY_LATER, _REFUSED = 1013, 1008


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
    """How many live pages are open, and whether one more may be."""

    def __init__(self, limit: int) -> None:
        self.limit, self.taken = limit, 0

    @property
    def are_free(self) -> bool:
        return self.taken < self.limit


SEATS = Seats(int(read_number("LFR_MAX_SESSIONS")))


class OpenPages:
    """Gives each open live page a seat, and refuses those for which there is none."""

    def __init__(self, app: ASGIApp, seats: Seats) -> None:
        self.app = app
        self.seats = seats

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if not self.seats.are_free:
            _LOG.warning("refused a live page: %s are open", self.seats.taken)
            await receive()
            await send(
                {"type": "websocket.close", "code": _TRY_LATER, "reason": "too many readers"}
            )
            return
        self.seats.taken += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.seats.taken -= 1
