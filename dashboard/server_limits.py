"""How many readers are served at once: one more than the machine holds is told so, and nobody else slows down.

In: websocket connections, one a reader's open page. Out: the connection, or its refusal before it is opened; the framework's
page then tries again by itself, ever more slowly. An open page costs the process about 54 KiB and four file descriptors.
"""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Receive, Scope, Send

_LOG = logging.getLogger(__name__)
# RFC 6455: try again later.
_TRY_LATER = 1013


class OpenPages:
    """Counts open pages, and refuses those above `most`."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most
        self.count = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if self.count >= self.most:
            _LOG.warning("refused a reader: %s pages are open", self.count)
            await receive()
            await send({"type": "websocket.close", "code": _TRY_LATER, "reason": "too many readers"})
            return
        self.count += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.count -= 1
