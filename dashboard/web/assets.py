"""The site's own files: its script, its style sheet, its icon.

In: `dashboard/static`. Out: texts, and routes. A file that may change is served under a name with
the hash of its content, so a browser may keep it for ever and never has an old one."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from etl.settings import DASHBOARD_DIR

HOME = DASHBOARD_DIR / "static"
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_ICONS = ("favicon.svg", "favicon.png")
SCRIPT = "site.js"
STYLE = "site.css"
# Those of documents: what starts the framework, what its sheet gives else, and the text face, the
# Latin letters of Source Sans 3 (SIL Open Font License 1.1) under a name of our own.
STARTER, DOCUMENT_STYLE, FONT = "document.js", "document.css", "text.woff2"
# What moves the map, on documents and live pages.
MAP_SCRIPT = "map.js"


@lru_cache(maxsize=16)
def read_asset(name: str) -> bytes:
    """The content of one of our files."""
    return (HOME / name).read_bytes()


def name_asset(name: str) -> str:
    """`site.js` → `/assets/site.4f2a61c09d3b.js`."""
    stem, _, kind = name.partition(".")
    return f"/assets/{stem}.{hashlib.sha256(read_asset(name)).hexdigest()[:12]}.{kind}"


def asset_routes() -> list[Route]:
    """Script and style sheet under their hashes; the icon under the names that browsers ask for
    unasked."""
    files = (SCRIPT, STYLE, STARTER, MAP_SCRIPT, DOCUMENT_STYLE, FONT)
    hashed = {name_asset(name): name for name in files}

    async def show_hashed(request: Request) -> Response:
        return _respond(hashed[request.url.path], "public, max-age=31536000, immutable")

    async def show_icon(request: Request) -> Response:
        name = Path(request.url.path).name
        return _respond(name if name in _ICONS else "favicon.png", "public, max-age=86400")

    return [
        *(Route(address, show_hashed) for address in hashed),
        *(Route(f"/{name}", show_icon) for name in (*_ICONS, "favicon.ico")),
    ]


def _respond(name: str, text: str) -> Response:
    return Response(
        read_asset(name), headers={"Content-Type": _TYPES[Path(name).suffix], "Cache-Control": text}
    )
