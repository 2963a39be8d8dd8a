"""The pages as routes: one a page, answered with its document in the language of the address.

In: a request. Out: HTML that needs no script; whether there is a seat for a reader whose browser
could draw the page live. Ready before the first request: what a browser needs to start the
framework."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Awaitable, Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.api.cache import is_known
from dashboard.documents.page import (
    SITE_MARK,
    read_request,
    write_faulty,
)
from dashboard.documents.store import DocumentStore
from dashboard.exports.parameters import MAX_PARAMETERS
from dashboard.pages import BY_SLUG, HOME, PAGES, Page
from dashboard.rendering.html import text
from dashboard.rendering.release import RecordFaultError, write_fault
from dashboard.selection.selection import FORCES, LANG, name_by_path
from dashboard.server.limits import SEATS, name_client
from dashboard.server.missing_page import show_missing
from dashboard.streamlit_internals.index_page import TAGS, address_of, list_scripts, read_index
from dashboard.streamlit_internals.preload import find_pieces, pieces_of, read_entry
from dashboard.text.language import DEFAULT, LANGUAGES, _, use_language
from dashboard.web.assets import SCRIPT, name_asset
from dashboard.web.site_url import keep_named, name_site
from etl.settings import read_site_url

_LOG = logging.getLogger("uvicorn.error")
SEAT = "/live/seat"
_CACHE_CONTROL = "public, max-age=60"
_INDEX = read_index()
_ENTRY = read_entry(_INDEX)
_PIECES = {page.slug: find_pieces(_ENTRY, pieces_of(page)) for page in PAGES}
_SCRIPTS = list_scripts(_INDEX)


def page_routes() -> list[Route]:
    """The pages at their paths; the name of the first page redirects to the root."""
    return [
        *(Route(address_of(page), _make(page)) for page in PAGES),
        Route(f"/{FORCES}/{{force}}", _make(BY_SLUG[FORCES])),
        Route("/index.html", _make(HOME)),
        Route(f"/{HOME.slug}", _lead_home),
        Route(SEAT, _show_seat),
    ]


def files_of_first_page() -> tuple[str, ...]:
    """The scripts of the framework that a first visit asks for beyond those in its start page."""
    return _PIECES[HOME.slug]


def write_live(page: Page) -> str:
    """What the script of a document needs to start the framework, and the sentences that it shows
    where that cannot be; in the language in use."""
    pieces = [f"/static/js/{name}" for name in _PIECES[page.slug] if name not in _INDEX]
    plan = {
        "seat": SEAT,
        "site": name_asset(SCRIPT),
        "module": _SCRIPTS["module"][0],
        "styles": _SCRIPTS["styles"],
        "preloads": [*_SCRIPTS["preloads"], *pieces],
        "words": {
            "full": _(
                "The charts are not live at the moment: all places for live pages are taken. "
                "Everything else on this page works."
            ),
            "cut": _(
                "The charts are not live, because no connection for it could be opened. "
                "Everything else on this page works."
            ),
            "failed": _(
                "The charts are not live, because they could not be started. Everything else on "
                "this page works."
            ),
            "chosen": _("The charts are not live, as you have chosen."),
        },
    }
    return json.dumps(plan, ensure_ascii=False).replace("<", "\\u003c")


DOCUMENTS = DocumentStore(write_live)


async def warm_documents() -> None:
    """Writes the document of the first page, then those of all default views in the
    background."""
    asked = await to_thread.run_sync(read_request, HOME, {}, DEFAULT)
    await DOCUMENTS.get(asked, read_site_url())
    DOCUMENTS.warm(asked.record.release_id)


async def _lead_home(request: Request) -> Response:
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/", status_code=308)


async def _show_seat(request: Request) -> Response:
    """204 if there is a seat for a live page, 503 if all are taken or this client has
    its share."""
    headers = {"Cache-Control": "no-store"}
    if not SEATS.find_refusal(name_client(request.scope)):
        return Response(status_code=204, headers=headers)
    return Response(status_code=503, headers={**headers, "Retry-After": "60"})


def _make(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def show(request: Request) -> Response:
        try:
            return await _answer(page, request)
        finally:
            use_language(DEFAULT)

    return show


async def _answer(page: Page, request: Request) -> Response:
    query = _read_query(request)
    code = query.get(LANG, [DEFAULT])[0]
    code = code if code in LANGUAGES else DEFAULT
    site = name_site(request)
    try:
        asked = read_request(page, query, code)
        if asked.is_cleaned:
            return RedirectResponse(asked.address, status_code=303)
        named = request.path_params.get("force")
        if named is not None and asked.selection.force_id != named:
            return show_missing()
        address = name_by_path(f"{request.url.path}?{request.url.query}")
        if asked.selection.force_id and address.startswith(f"/{FORCES}/") and named is None:
            return RedirectResponse(address, status_code=308)
        answer = await DOCUMENTS.get(asked, site)
        DOCUMENTS.warm(asked.record.release_id)
    except RecordFaultError as fault:
        return _refuse(page, code, site, fault.title, write_fault(fault), 503)
    except Exception:  # noqa: BLE001
        _LOG.exception("the document of the page %s could not be written", page.slug)
        use_language(code)
        sentence = _(
            "Something went wrong while this page was drawn. The data is not affected. Please load "
            "the page again."
        )
        return _refuse(page, code, site, _(page.title), f"<p>{text(sentence)}</p>", 500)
    packs = "gzip" in request.headers.get("accept-encoding", "")
    etag = f'"{answer.etag}{"-gzip" if packs else ""}"'
    headers = {
        "Cache-Control": keep_named(_CACHE_CONTROL),
        "ETag": etag,
        "Content-Language": TAGS[code],
        "Vary": "Accept-Encoding",
    }
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    if packs:
        headers["Content-Encoding"] = "gzip"
    body = answer.body if packs else gzip.decompress(answer.body)
    return Response(body, headers=headers, media_type="text/html")


def _read_query(request: Request) -> dict[str, list[str]]:
    query: dict[str, list[str]] = {}
    if "force" in request.path_params:
        query["force"] = [request.path_params["force"]]
    for name, value in request.query_params.multi_items()[:MAX_PARAMETERS]:
        query.setdefault(name, []).append(value)
    return query


def _refuse(page: Page, code: str, site: str, title: str, message: str, status: int) -> Response:
    """A page that says why there is none."""
    written = write_faulty(page, code, title, message, write_live)
    return Response(
        written.replace(SITE_MARK, site),
        status_code=status,
        headers={"Cache-Control": "no-store", "Content-Language": TAGS[code]},
        media_type="text/html",
    )
