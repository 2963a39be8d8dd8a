"""The framework's scripts and styles, compressed once: a first visit loads a third of the bytes.

In: requests for /static/. Out: the packed file, the request handed on, or that there is no such
file. Packs a file when it is first asked for. Files under /static/ carry a hash in their names, so
they never change under one name."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import streamlit
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

# Resolved, as the files are: the environment may stand behind a link.
_HOME = Path(streamlit.__file__).resolve().parent / "static"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_PREFIX = "/static/"
_SMALLEST = 1024


class PackedFiles:
    """Answers for scripts and styles under /static/ where the reader takes gzip;
    hands everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith(_PREFIX):
            await self.app(scope, receive, send)
            return
        name = path.removeprefix(_PREFIX)
        if _find(name) is None:
            # The framework would answer with its start page,
            # which a browser cannot run as a script.
            await PlainTextResponse("Not found", 404, {"Cache-Control": "no-store"})(
                scope, receive, send
            )
            return
        packs = scope["method"] in ("GET", "HEAD") and "gzip" in Headers(scope=scope).get(
            "accept-encoding", ""
        )
        body = await to_thread.run_sync(pack_file, name) if packs else None
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
def pack_file(name: str) -> bytes | None:
    """The packed file; None for what is not a script or style of the framework,
    or too small to gain."""
    file = _find(name)
    if file is None or file.suffix not in _TYPES:
        return None
    content = file.read_bytes()
    return gzip.compress(content, 9) if len(content) >= _SMALLEST else None


def _find(name: str) -> Path | None:
    """The framework's file of this name below its static folder, if there is one."""
    try:
        file = (_HOME / "static" / name).resolve()
        return file if file.is_relative_to(_HOME / "static") and file.is_file() else None
    except (OSError, ValueError):
        return None
