"""The public site as one ASGI application: the script, its own routes, and headers on every answer.

In: the release that serves now; the settings of the public site (docs/settings.md). Out: a server,
`python -m dashboard.server`. Does not draw pages (`dashboard.public_app` does). Further routes and
middleware join in `ROUTES` and `MIDDLEWARE`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from dashboard.api.docs_page import api_page_routes
from dashboard.api.routes import DataAddresses
from dashboard.exports.urls import serve_downloads
from dashboard.server.chart_routes import chart_routes
from dashboard.server.citation_routes import citation_routes
from dashboard.server.crawler_routes import show_robots, show_sitemap
from dashboard.server.feed_routes import news_routes
from dashboard.server.health import STATE, health_routes
from dashboard.server.limits import SEATS, OpenPages, OwnPages, name_host
from dashboard.server.logs import set_up_logs
from dashboard.server.metrics import CountRequests, serve_metrics
from dashboard.server.missing_page import KnownPaths
from dashboard.server.page_routes import files_of_first_page, page_routes, warm_documents
from dashboard.server.release_routes import release_routes
from dashboard.server.security_contact import show_security
from dashboard.streamlit_internals.http_server import Limits, use_server
from dashboard.streamlit_internals.static_files import PackedFiles, pack_file
from dashboard.streamlit_internals.warmup import make_lifespan
from dashboard.streamlit_internals.websocket_headers import allow_long_headers
from dashboard.web.assets import asset_routes
from dashboard.web.headers import SecurityHeaders, make_policy
from etl.settings import DASHBOARD_DIR, read_number, read_setting, refuse_faulty_settings

SCRIPT = DASHBOARD_DIR / "public_app.py"
DEFAULT_PORT = 8501
# Four file descriptors a reader, and 1,024 is what a process often may have.


def _describe_error(_error: Exception) -> bool:
    """A reader gets a sentence; Streamlit has already written the error to the log."""
    st.error(
        "Something went wrong while this page was drawn. The data is not affected. Please load the "
        "page again."
    )
    return True


ROUTES = [
    *page_routes(),
    *asset_routes(),
    *api_page_routes(),
    *news_routes(),
    *release_routes(),
    *DataAddresses().routes(),
    *chart_routes(),
    *citation_routes(),
    Route("/robots.txt", show_robots),
    Route("/sitemap.xml", show_sitemap),
    Route("/.well-known/security.txt", show_security),
    *health_routes(),
]
MIDDLEWARE = [
    Middleware(CountRequests),
    Middleware(SecurityHeaders, policy=make_policy("")),
    Middleware(OwnPages),
    Middleware(OpenPages, seats=SEATS),
    Middleware(KnownPaths, ours=ROUTES),
    Middleware(PackedFiles),
]
CONFIG = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    # The site takes no files and knows no readers:
    # without uploads there is nothing to forge, and no cookie is set.
    "server.enableXsrfProtection": False,
    "server.maxUploadSize": 1,
    # Megabytes: of a message either way, and of what a reader's widgets may hold.
    "server.maxMessageSize": 20,
    "server.maxWidgetStateSize": 1,
    "server.disconnectedSessionTTL": 120,
    "browser.gatherUsageStats": False,
    "runner.postScriptGC": False,
}


def make_app(script: Path) -> st.App:
    """The site around a script; tests give one of their own."""
    serve_downloads()
    return st.App(
        script,
        routes=ROUTES,
        middleware=MIDDLEWARE,
        on_script_error=_describe_error,
        lifespan=make_lifespan(
            pack_file,
            (f"js/{name}" for name in files_of_first_page()),
            warm_documents,
            STATE.finish_start,
        ),
    )


app = make_app(SCRIPT)


def run(site: st.App = app) -> None:
    """Serves until stopped; exits with a message if the settings are wrong."""
    refuse_faulty_settings()
    allow_long_headers()
    limits = Limits(
        drain_seconds=read_number("LFR_DRAIN_SECONDS"),
        on_start=[set_up_logs, serve_metrics],
        on_stop=[STATE.begin_stop],
    )
    with use_server(limits):
        site.run(
            config={
                **CONFIG,
                "logger.hideWelcomeMessage": read_setting("LFR_LOG_FORMAT") == "json",
                "server.port": int(read_number("PORT", DEFAULT_PORT)),
                "server.address": read_setting("LFR_ADDRESS"),
                # Behind a proxy that asks by another host,
                # the framework takes pages of this one for the site's own.
                **({"browser.serverAddress": name_host().partition(":")[0]} if name_host() else {}),
            }
        )
