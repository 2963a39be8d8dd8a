"""Counters of the public site for Prometheus, on a port of their own, and a log line for each
request.

In: every request; LFR_METRICS_PORT. Out: `/metrics` in Prometheus' text format. Nothing here knows
a reader: no address, no query, no header; a request is counted by the kind of its path and its
status."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    start_http_server,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.server.health import SERVING, STATE, read_serving_id
from etl.releases.catalogue import find_release
from etl.settings import read_number, read_setting

_LOG = logging.getLogger("lfr.requests")
_KINDS = (
    ("/api/", "api"),
    ("/embed/", "picture"),
    ("/chart/", "picture"),
    ("/releases/", "file"),
    ("/_stcore/", "live"),
    ("/live/", "live"),
    ("/media/", "live"),
    ("/static/", "asset"),
    ("/assets/", "asset"),
    ("/healthz", "probe"),
    ("/readyz", "probe"),
)
_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "lfr_requests", "Answers by kind of address and status.", ["kind", "status"], registry=REGISTRY
)
DURATION = Histogram(
    "lfr_request_seconds",
    "Seconds from a request to the last byte of its answer.",
    ["kind"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
REFUSALS = Counter(
    "lfr_refusals",
    "Requests refused to keep the site in its limits, by reason.",
    ["reason"],
    registry=REGISTRY,
)
LIVE_PAGES = Gauge("lfr_live_pages", "Live pages that are open.", registry=REGISTRY)


class ReleaseCollector:
    """Which release serves and whether the process is ready, read when somebody collects."""

    def collect(self) -> Iterable[Metric]:
        """Two gauges; the release is missing where none can be read."""
        release = GaugeMetricFamily(
            "lfr_release_info", "The release that serves.", labels=["release_id", "version"]
        )
        release_id = read_serving_id()
        if release_id is not None:
            release.add_metric([release_id, find_release().version], 1)
        ready = release_id is not None and STATE.phase == SERVING
        yield release
        yield GaugeMetricFamily("lfr_ready", "1 if /readyz answers 200.", value=int(ready))


REGISTRY.register(ReleaseCollector())
ProcessCollector(registry=REGISTRY)


class CountRequests:
    """Counts and times every answer, and writes one log line for it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, start = 500, time.perf_counter()

        async def send_counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_counted)
        finally:
            _count(scope, status, time.perf_counter() - start)


def _count(scope: Scope, status: int, seconds: float) -> None:
    kind = name_kind(scope["path"])
    REQUESTS.labels(kind, str(status)).inc()
    DURATION.labels(kind).observe(seconds)
    if status in (429, 503) and kind != "probe":
        REFUSALS.labels(f"{kind} {status}").inc()
    fields = {
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "seconds": round(seconds, 4),
    }
    _LOG.info("request", extra={"fields": fields})


def name_kind(path: str) -> str:
    """The kind of a path, of a fixed number of kinds; `page` if no other."""
    return next((kind for start, kind in _KINDS if path.startswith(start)), "page")


def serve_metrics() -> None:
    """Starts the port if LFR_METRICS_PORT names it; it ends with the process."""
    if port := int(read_number("LFR_METRICS_PORT")):
        start_http_server(port, read_setting("LFR_ADDRESS"), REGISTRY)
