"""Brings people back to the page and the language from which they went to sign in or out: the
framework leads everybody to the start.

In: requests. Out: the same, with a short cookie that holds the address of the page which was opened
last, and the way back from the provider leading there. Leads to pages of this site alone, whatever
the cookie says."""

from __future__ import annotations

import base64
import binascii

from starlette.datastructures import URL, MutableHeaders, QueryParams
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.force_site.auth.settings import CALLBACK, SignIn
from dashboard.force_site.pages import FORCE_HOME, FORCE_PAGES, path_of
from dashboard.selection.selection import LANG

COOKIE = "lfr_way"
REASON = "sign_in"  # why a sign-in failed, in the query of the page that it leads back to
_SIGN_OUT = "/auth/logout"
_MINUTES = 30
_MAX_LENGTH = 500
_PATHS = frozenset(path_of(page) for page in FORCE_PAGES)


class LoginRedirectMiddleware:
    """Keeps the way, and leads back on it."""

    def __init__(self, app: ASGIApp, sign_in: SignIn) -> None:
        self.app = app
        self.sign_in = sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or path not in {*_PATHS, CALLBACK, _SIGN_OUT}
        ):
            await self.app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        redirect = read_redirect(request.cookies.get(COOKIE, ""))

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if path == CALLBACK:
                    location = URL(headers.get("location", ""))
                    if message["status"] == 302 and location.path == path_of(FORCE_HOME):
                        headers["location"] = _add_reason(redirect, location)
                elif path == _SIGN_OUT:
                    # Whoever comes next is not led to the page of whoever was here.
                    language = QueryParams(URL(redirect).query).get(LANG)
                    headers.append(
                        "set-cookie",
                        self._write(
                            _to_address(path_of(FORCE_HOME), {LANG: language} if language else {})
                        ),
                    )
                else:
                    headers.append(
                        "set-cookie", self._write(_to_address(path, request.query_params))
                    )
            await send(message)

        await self.app(scope, receive, send_on)

    def _write(self, address: str) -> str:
        secure = "; Secure" if self.sign_in.encrypted else ""
        return (
            f"{COOKIE}={write_redirect(address)}; Path=/; Max-Age={_MINUTES * 60}; HttpOnly; "
            f"SameSite=Lax{secure}"
        )


def write_redirect(address: str) -> str:
    """An address as a cookie holds it."""
    return base64.urlsafe_b64encode(address.encode()).decode()


def read_redirect(text: str) -> str:
    """The URL that a cookie holds, rebuilt; the first page if it is not one of this site."""
    try:
        url = URL(base64.urlsafe_b64decode(text.encode()).decode())
        path, query, named = url.path, url.query, url.netloc or url.scheme
    except (ValueError, binascii.Error):
        return path_of(FORCE_HOME)
    return (
        path_of(FORCE_HOME)
        if named or path not in _PATHS
        else _to_address(path, QueryParams(query))
    )


def _add_reason(address: str, location: URL) -> str:
    reason = QueryParams(location.query).get(REASON)
    return str(URL(address).include_query_params(**{REASON: reason})) if reason else address


def _to_address(path: str, query: QueryParams | dict[str, str]) -> str:
    requested = str(QueryParams([pair for pair in QueryParams(query).items() if pair[0] != REASON]))
    return f"{path}?{requested}" if requested and len(requested) <= _MAX_LENGTH else path
