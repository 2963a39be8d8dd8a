"""The public site as one ASGI application: the script, its own routes, and headers on every answer.

In: the release that serves now; the environment variables PORT and LFR_ADDRESS. Out: a server, `python -m dashboard.server`.
Does not draw pages (`dashboard.public_app` does). Further routes and middleware join in `ROUTES` and `MIDDLEWARE`.
"""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.server_headers import SecurityHeaders, make_policy
from dashboard.server_index import read_index, rewrite_index
from dashboard.server_static import PackedFiles
from etl.answers import open_answers, serving_file
from etl.model.problems import RecordError

SCRIPT = Path(__file__).with_name("public_app.py")
DEFAULT_PORT = 8501
_INDEX = rewrite_index(read_index())


async def _show_index(_request: Request) -> Response:
    return HTMLResponse(_INDEX, headers={"Cache-Control": "no-cache"})


async def _show_robots(_request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nAllow: /\nDisallow: /_stcore/\nDisallow: /media/\n")


async def _show_health(_request: Request) -> Response:
    """Whether the record can be read, and which release it is."""
    try:
        release_id = open_answers().release_id if serving_file().exists() else None
    except RecordError:
        release_id = None
    status = "ok" if release_id else "no data"
    return JSONResponse(
        {"status": status, "release_id": release_id},
        status_code=200 if release_id else 503,
        headers={"Cache-Control": "no-store"},
    )


def _say_error(_error: Exception) -> bool:
    """A reader gets a sentence; Streamlit has already written the error to the log."""
    st.error(
        "Something went wrong while this page was drawn. The data is not affected. Please load the page again."
    )
    return True


ROUTES = [
    Route("/", _show_index),
    Route("/index.html", _show_index),
    Route("/robots.txt", _show_robots),
    Route("/healthz", _show_health),
]
MIDDLEWARE = [
    Middleware(SecurityHeaders, policy=make_policy(_INDEX)),
    Middleware(PackedFiles),
]

app = st.App(SCRIPT, routes=ROUTES, middleware=MIDDLEWARE, on_script_error=_say_error)


def run() -> None:
    """Serves until stopped."""
    app.run(
        config={
            "server.port": int(os.environ.get("PORT", DEFAULT_PORT)),
            "server.address": os.environ.get("LFR_ADDRESS", "localhost"),
            "server.headless": True,
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": False,
            "runner.postScriptGC": False,
        }
    )


if __name__ == "__main__":
    run()
