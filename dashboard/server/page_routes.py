"""The start pages as routes: one a page, in the language of the address, with a first view from the
release that serves.

In: a request. Out: HTML. Ready before the first request:
the template, the pieces to preload, the hash of the script."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.api.cache import is_known
from dashboard.components.style import write_menu_word
from dashboard.pages import HOME, PAGES, Page
from dashboard.rendering.html import text
from dashboard.server.first_view import list_figures, read_style, write_first_view
from dashboard.server.schema_org import write_dataset
from dashboard.streamlit_internals.framework_text import write_words
from dashboard.streamlit_internals.index_page import (
    address_of,
    fill_template,
    find_font,
    make_template,
    read_index,
    write_head,
)
from dashboard.streamlit_internals.preload import (
    CHART,
    find_pieces,
    pieces_of,
    read_entry,
    write_preloads,
)
from dashboard.text.language import DEFAULT, _, use_language
from dashboard.web.assets import SCRIPT, STYLE, name_asset
from dashboard.web.site_url import name_site
from etl.model.problems import RecordError
from etl.releases.catalogue import find_release, open_listed, open_serving

_INDEX = read_index()
TEMPLATE = make_template(_INDEX)
_ENTRY = read_entry(_INDEX)
_PIECES = {page.slug: find_pieces(_ENTRY, pieces_of(page)) for page in PAGES}
_PRELOADS = {slug: write_preloads(pieces, _INDEX) for slug, pieces in _PIECES.items()}
_SCRIPT = f'<script defer src="{name_asset(SCRIPT)}"></script>'
_STYLE = read_style(find_font(TEMPLATE))
# In the body, so that it comes after what the framework puts into the head,
# and holds nothing back that stands before it.
_SHEET = f'<link rel="stylesheet" href="{name_asset(STYLE)}">'


def page_routes() -> list[Route]:
    """The pages at their addresses; the first one's own name leads to the root, where it stands."""
    return [
        *(Route(address_of(page), _make(page)) for page in PAGES),
        Route("/index.html", _make(HOME)),
        Route(f"/{HOME.slug}", _lead_home),
    ]


def files_of_first_page() -> tuple[str, ...]:
    """The scripts of the framework that a first visit asks for beyond those in its start page."""
    return (*_PIECES[HOME.slug], *find_pieces(_ENTRY, CHART))


def write_page(page: Page, code: str, site: str, *, plain: bool) -> str:
    """A start page; `plain` says that the address asks for no selection,
    so that figures of all forces are what it shows."""
    code = use_language(code)
    query = "" if code == DEFAULT else f"?lang={code}"
    described = _describe(site) if page is HOME else ""
    head = f"{write_head(page, site)}\n    {described}{write_words()}{_STYLE}"
    body = write_first_view(page, query, _list_figures() if plain and page is HOME else ())
    sheet = f"{_SHEET}<style>{write_menu_word()}</style>"
    sentence = _(
        "The connection to the site is lost. What is shown can be read on; links and filters work "
        "again as soon as it is back."
    )
    lost = f'<p id="lost" role="alert" hidden>{text(sentence)}</p>'
    return fill_template(TEMPLATE, head, _SCRIPT, _PRELOADS[page.slug], f"{body}{lost}{sheet}")


def _describe(site: str) -> str:
    try:
        release = find_release()
        return write_dataset(site, open_listed(release), release)
    except (RecordError, OSError):
        return ""


def _list_figures() -> Sequence[Mapping[str, str]]:
    try:
        return list_figures(open_serving())
    except (RecordError, OSError):
        # The page itself says what is wrong with the data.
        return ()


async def _lead_home(request: Request) -> Response:
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/", status_code=308)


def _make(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def show(request: Request) -> Response:
        code = use_language(request.query_params.get("lang", ""))
        plain = set(request.query_params) <= {"lang"}
        site = name_site(request)
        written = await to_thread.run_sync(lambda: write_page(page, code, site, plain=plain))
        etag = f'"{hashlib.sha256(written.encode()).hexdigest()[:16]}"'
        headers = {
            "Cache-Control": "no-cache",
            "ETag": etag,
            "Content-Language": "cy" if code == "cy" else "en-GB",
        }
        if is_known(request, etag):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(written, headers=headers)

    return show
