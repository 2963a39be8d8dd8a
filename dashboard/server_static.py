"""The framework's scripts and styles, compressed once: a first visit loads a third of the bytes.

In: requests for /static/. Out: the packed file, or the request handed on. Packs a file when it is first asked for.
Files under /static/ carry a hash in their names, so they never change under one name.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import streamlit
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_HOME = Path(streamlit.__file__).parent / "static"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_PREFIX = "/static/"
_SMALLEST = 1024


class PackedFiles:
    """Answers for scripts and styles under /static/ where the reader takes gzip; hands everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        wanted = scope["type"] == "http" and scope["method"] == "GET" and path.startswith(_PREFIX)
        if not wanted or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self.app(scope, receive, send)
            return
        body = await to_thread.run_sync(_pack, path.removeprefix(_PREFIX))
        if body is None:
            await self.app(scope, receive, send)
            return
        headers = {
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Type": _TYPES[Path(path).suffix],
        }
        await Response(body, headers=headers)(scope, receive, send)


@lru_cache(maxsize=400)
def _pack(name: str) -> bytes | None:
    """The packed file; None for what is not a script or style of the framework, or too small to gain."""
    file = (_HOME / "static" / name).resolve()
    if not file.is_relative_to(_HOME / "static") or file.suffix not in _TYPES or not file.is_file():
        return None
    content = file.read_bytes()
    return gzip.compress(content, 9) if len(content) >= _SMALLEST else None
