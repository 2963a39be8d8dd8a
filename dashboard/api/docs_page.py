"""The page that describes the addresses of data, and their OpenAPI document: plain HTML of this
site's own, without a script.

In: a request, the release that serves. Out: HTML; JSON.
Rendered from the declarations that answer the addresses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.api.cache import is_known
from dashboard.api.openapi import render_openapi
from dashboard.api.problems import (
    METHODS,
    OPEN_TO_ALL,
    answer_other_method,
    build_problem_response,
)
from dashboard.api.snippets import write_snippets
from dashboard.exports.formats import ENDINGS, PREFIX
from dashboard.exports.parameters import ApiQuery
from dashboard.exports.resources import RESOURCES
from dashboard.pages import SITE
from dashboard.web.site_url import name_site
from dashboard.web.templates import render_template
from etl.measures.catalogue import GROUPING_FIELDS
from etl.model.problems import RecordError
from etl.outputs.about import LICENCE, LICENCE_ADDRESS, STATUS
from etl.outputs.tables import MAX_ROWS
from etl.queries.record import Record
from etl.releases.catalogue import find_release, open_release

OPENAPI = f"{PREFIX}/openapi.json"
KINDS = {
    "codes": "codes of the record; may be repeated",
    "code": "one code of the record",
    "list": ", ".join(GROUPING_FIELDS),
    "day": "2024-01-31 or 2024",
    "year": "2024",
    "words": "words that all stand in the location, at most 80 characters",
    "yes": "yes",
    "release": "a version, or latest",
    "language": "en or cy",
}


def api_page_routes() -> list[Route]:
    """The page and the document."""
    return [
        Route(f"{PREFIX}/", _make(write_api_page, "text/html; charset=utf-8")),
        Route(PREFIX, _lead_to_page),
        Route(
            OPENAPI,
            _make(_write_openapi, "application/vnd.oai.openapi+json;version=3.1"),
            methods=METHODS,
        ),
    ]


def write_api_page(site: str) -> str:
    """The page as HTML."""
    return render_template(
        "api.html",
        site=SITE,
        status=STATUS,
        version=find_release().version,
        prefix=PREFIX,
        openapi=OPENAPI,
        formats=ENDINGS.values(),
        max_rows=MAX_ROWS,
        licence=LICENCE,
        licence_url=LICENCE_ADDRESS,
        snippets=write_snippets(site),
        resources=RESOURCES.values(),
        columns={name: resource.columns(ApiQuery()) for name, resource in RESOURCES.items()},
        kinds=KINDS,
    )


def _write_openapi(_site: str) -> str:
    return _dump_openapi(open_release())


@lru_cache(maxsize=2)
def _dump_openapi(record: Record) -> str:
    return json.dumps(render_openapi(record), ensure_ascii=False, separators=(",", ":"))


def _make(write: Callable[[str], str], media_type: str) -> Callable[..., object]:
    async def show(request: Request) -> Response:
        if other := answer_other_method(request.method):
            return other
        try:
            written = (await to_thread.run_sync(write, name_site(request))).encode()
        except (RecordError, OSError):
            return build_problem_response(
                503, "The data cannot be read at the moment.", headers={"Retry-After": "60"}
            )
        etag = f'"{hashlib.sha256(written).hexdigest()[:32]}"'
        headers = {"Cache-Control": "no-cache", "ETag": etag, **OPEN_TO_ALL}
        if is_known(request, etag):
            return Response(status_code=304, headers=headers)
        if media_type.startswith("text/html"):
            return HTMLResponse(written, headers=headers)
        return Response(written, media_type=media_type, headers=headers)

    return show


async def _lead_to_page(_request: Request) -> Response:
    return RedirectResponse(f"{PREFIX}/", status_code=308)
