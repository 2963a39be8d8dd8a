"""Which URLs there are: a page, one of our routes, a piece of the framework that a reader needs.

In: every request. Out: the request handed on; a redirect where only a slash too many is requested;
the page "not found", with status 404. The framework by itself answers any URL that no route has
with its start page, below our folders too."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import URL
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.pages import PAGES, SITE
from dashboard.streamlit_internals.index_page import TAGS, address_of
from dashboard.text.language import DEFAULT, LANGUAGES, _, language, use_language
from dashboard.text.language import mark as N_
from dashboard.web.templates import render_template

# Of the framework's own addresses those that a page needs.
# The others count, upload, log in or answer programs.
_FRAMEWORK = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream")
_FRAMEWORK_FOLDERS = ("/static/", "/media/", "/component/", "/_stcore/bidi-components/")
_TITLE, _TEXTS = (
    N_("Page not found"),
    N_("There is no page at this address. These are the pages of this site:"),
)


class KnownPaths:
    """Lets through what one of `ours`, our routes, answers, and the framework's own."""

    def __init__(self, app: ASGIApp, ours: Iterable[Route]) -> None:
        self.app = app
        routes = tuple(ours)
        self.exact = frozenset(
            {*(route.path for route in routes if "{" not in route.path), *_FRAMEWORK}
        )
        self.patterns = tuple(route.path_regex for route in routes if "{" in route.path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        answer = (
            self.app
            if scope["type"] != "http" or self._is_known(path)
            else self._refuse(scope, path)
        )
        await answer(scope, receive, send)

    def _is_known(self, path: str) -> bool:
        return (
            path in self.exact
            or path.startswith(_FRAMEWORK_FOLDERS)
            or any(pattern.match(path) for pattern in self.patterns)
        )

    def _refuse(self, scope: Scope, path: str) -> Response:
        bare = path.rstrip("/")
        if bare and bare != path and bare in self.exact:
            address = URL(scope=scope)
            return RedirectResponse(
                f"{bare}?{address.query}" if address.query else bare, status_code=308
            )
        return show_missing()


def show_missing() -> Response:
    """A page in every language that says that there is none, with links to all pages."""
    before, sections = language(), []
    for code in LANGUAGES:
        use_language(code)
        # What has no translation yet would stand there in English, and twice.
        if code == DEFAULT or _(_TITLE) != _TITLE:
            pages = [{"address": address_of(page, code), "title": _(page.title)} for page in PAGES]
            sections.append(
                {"tag": TAGS[code], "title": _(_TITLE), "text": _(_TEXTS), "pages": pages}
            )
    use_language(before)
    page = render_template("missing.html", site=SITE, sections=sections)
    return HTMLResponse(page, status_code=404, headers={"Cache-Control": "no-cache"})
