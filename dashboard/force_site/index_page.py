"""The start pages of the force site: the framework's own in the language of the address, with the
site's script and nothing of a return.

In: a request for a page. Out: HTML that is the same for everybody. Says neither whether somebody is
signed in nor what there is."""

from __future__ import annotations

import html
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.force_site.pages import FORCE_HOME, FORCE_PAGES, ForcePage, describe_title, path_of
from dashboard.selection.selection import LANG
from dashboard.streamlit_internals.framework_text import write_words
from dashboard.streamlit_internals.index_page import TAGS, fill_template, make_template, read_index
from dashboard.text.language import _, use_language
from dashboard.web.assets import SCRIPT, name_asset

TEMPLATE = make_template(read_index())
_SCRIPT = f'<script defer src="{name_asset(SCRIPT)}"></script>'


def page_routes() -> list[Route]:
    """The pages at their paths; the name of the first page redirects to the root."""
    pages = [Route(path_of(page), _make(page)) for page in FORCE_PAGES]
    return [
        *pages,
        Route("/index.html", _make(FORCE_HOME)),
        Route(f"/{FORCE_HOME.slug}", _lead_home),
    ]


def write_page(page: ForcePage, code: str) -> str:
    """A start page in a language."""
    use_language(code)
    lines = (
        f"<title>{html.escape(describe_title(page))}</title>",
        '<meta name="robots" content="noindex" />',
        '<meta name="color-scheme" content="light dark" />',
        '<link rel="icon" href="/favicon.svg" type="image/svg+xml" />',
        '<link rel="alternate icon" href="/favicon.png" type="image/png" sizes="64x64" />',
        write_words(),
    )
    unscripted = f"<noscript><p>{html.escape(_('This site needs JavaScript.'))}</p></noscript>"
    return fill_template(TEMPLATE, "\n    ".join(lines), _SCRIPT, "", unscripted)


def _make(page: ForcePage) -> Callable[[Request], Awaitable[Response]]:
    async def show(request: Request) -> Response:
        code = use_language(request.query_params.get(LANG, ""))
        return HTMLResponse(write_page(page, code), headers={"Content-Language": TAGS[code]})

    return show


async def _lead_home(request: Request) -> Response:
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/", status_code=308)
