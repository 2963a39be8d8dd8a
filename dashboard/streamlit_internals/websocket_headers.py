"""The longest header line that a WebSocket's opening may have.

The library `websockets` refuses a line of more than 8 KiB, and a browser then waits without end.
Cookies of other services on the same domain can make such a line. It reads the limit from the
environment when it is imported, which the server does when it starts to listen."""

from __future__ import annotations

import os

_BYTES = 32_768


def allow_long_headers() -> None:
    """Sets the limit, unless the environment has one. Call it before the server starts."""
    os.environ.setdefault("WEBSOCKETS_MAX_LINE_LENGTH", str(_BYTES))
