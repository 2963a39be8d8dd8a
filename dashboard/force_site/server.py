"""The force site as one ASGI application: its own entry point, process, port, store and sign-in.

In: the file that LFR_SIGN_IN names, LFR_DATA, LFR_STORE, PORT, LFR_ADDRESS. Out: a server, `python
-m dashboard.force_site`. The public site imports none of it. Does not draw pages
(`dashboard.force_app` does) and does not start without a sign-in."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from anyio import to_thread
from starlette.datastructures import URL
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.force_site.auth.callback import SignInResultMiddleware
from dashboard.force_site.auth.middleware import AccessMiddleware
from dashboard.force_site.auth.redirects import LoginRedirectMiddleware
from dashboard.force_site.auth.settings import SignIn
from dashboard.force_site.file_routes import file_routes
from dashboard.force_site.index_page import TEMPLATE, page_routes
from dashboard.force_site.session import (
    find_person,
    open_previews,
    open_settings,
    open_shared_store,
    open_site,
)
from dashboard.streamlit_internals.static_files import PackedFiles
from dashboard.streamlit_internals.websocket_headers import allow_long_headers
from dashboard.web.assets import asset_routes
from dashboard.web.headers import SecurityHeaders, make_policy
from etl.model.problems import RecordError
from etl.returns.publishing import Site, recover
from etl.returns.scope import Scope
from etl.returns.store.engine import Store
from etl.settings import DASHBOARD_DIR, read_number, read_setting, refuse_faulty_settings

SCRIPT = DASHBOARD_DIR / "force_app.py"
DEFAULT_PORT = 8502
CONFIG = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.enableXsrfProtection": True,
    # Megabytes: the intake refuses what is larger than five million bytes.
    "server.maxUploadSize": 5,
    "server.maxMessageSize": 20,
    "server.maxWidgetStateSize": 1,
    "server.disconnectedSessionTTL": 60,
    "browser.gatherUsageStats": False,
    "runner.postScriptGC": False,
}


async def _show_health(_request: Request) -> Response:
    """Whether the store can be read; nothing about what is in it."""
    try:
        await to_thread.run_sync(_read_store)
    except RecordError:
        return JSONResponse({"status": "no store"}, 503, {"Cache-Control": "no-store"})
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def _read_store() -> None:
    with open_shared_store().reading():
        pass


def _show_robots(_request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


def _describe_error(_error: Exception) -> bool:
    """A user gets a sentence; Streamlit has already written the error to the log."""
    st.error(
        "Something went wrong while this page was drawn. Nothing was changed by it. Please load "
        "the page again."
    )
    return True


@asynccontextmanager
async def _serve_previews(_app: object) -> AsyncIterator[None]:
    """Previews hold what is not public: none is left when the process ends,
    and none of one that was killed."""
    previews = open_previews()
    yield
    previews.close()


def make_app(script: Path, sign_in: SignIn) -> st.App:
    """The site around a script."""
    return st.App(
        script,
        secrets=sign_in.to_secrets(),
        routes=[
            *page_routes(),
            *asset_routes(),
            *file_routes(),
            Route("/robots.txt", _show_robots),
            Route("/healthz", _show_health),
        ],
        middleware=[
            Middleware(SecurityHeaders, policy=make_policy(TEMPLATE)),
            Middleware(LoginRedirectMiddleware, sign_in=sign_in),
            Middleware(AccessMiddleware, sign_in=sign_in, find_person=find_person),
            Middleware(SignInResultMiddleware, sign_in=sign_in),
            Middleware(PackedFiles),
        ],
        on_script_error=_describe_error,
        lifespan=_serve_previews,
    )


def finish_interrupted(store: Store, site: Site) -> tuple[str, ...]:
    """Finishes or undoes what a killed process left in publishing, before anybody signs in;
    what became of each, in words."""
    return recover(store, site, Scope("the-start@this-machine", frozenset({"admin"}), None))


def run() -> None:
    """Serves until stopped; exits with a message about what is missing."""
    refuse_faulty_settings()
    allow_long_headers()
    try:
        sign_in = open_settings()
        lines = finish_interrupted(open_shared_store(), open_site())
        sys.stderr.write("".join(f"{line}\n" for line in lines))
    except RecordError as error:
        sys.stderr.write(
            "".join(f"{line}\n" for line in (error.headline, *map(str, error.problems)))
        )
        raise SystemExit(error.exit_code) from None
    make_app(SCRIPT, sign_in).run(
        config={
            **CONFIG,
            "server.port": int(read_number("PORT", DEFAULT_PORT)),
            "server.address": read_setting("LFR_ADDRESS"),
            # Behind a proxy that asks by another host,
            # the framework takes pages of this one for the site's own.
            "browser.serverAddress": URL(sign_in.site_address).hostname,
        }
    )
