"""What a sign-in leaves behind: one small cookie, or the reason why it failed.

The framework keeps every claim and token in cookies. A token with 150 groups makes cookies that are
too large for a WebSocket's headers, and the page stays blank. So the answer to the provider's
callback keeps only the claims that `identity` reads. A sign-in that failed leads back to the page
with a reason in its query, which `views.sign_in` puts into words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import URL, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.force_site.auth.cookies import read_claims
from dashboard.force_site.auth.identity import select_claims
from dashboard.force_site.auth.redirects import REASON
from dashboard.force_site.auth.settings import CALLBACK, SignIn
from dashboard.force_site.pages import FORCE_HOME, path_of
from dashboard.streamlit_internals.sign_in_cookie import COOKIE_NAME, write_signed_cookie

MAX_COOKIE_BYTES = 2000
_LOGIN = "/auth/login"


class SignInResultMiddleware:
    """Rewrites the answers to the start of a sign-in and to the provider's callback."""

    def __init__(self, app: ASGIApp, sign_in: SignIn) -> None:
        self.app = app
        self.sign_in = sign_in

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path == CALLBACK:
            await self._finish(scope, receive, send)
        elif path == _LOGIN:
            await self._start(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _start(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A provider that cannot be reached leads back with a reason."""
        failed = False

        async def send_on(message: Message) -> None:
            nonlocal failed
            if message["type"] == "http.response.start" and message["status"] >= 400:
                failed = True
                await RedirectResponse(_address("unreachable"), 302)(scope, receive, send)
            elif not failed:
                await send(message)

        await self.app(scope, receive, send_on)

    async def _finish(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = HTTPConnection(scope)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 302:
                self._replace_cookies(MutableHeaders(scope=message), request)
            await send(message)

        await self.app(scope, receive, send_on)

    def _replace_cookies(self, headers: MutableHeaders, request: HTTPConnection) -> None:
        given = headers.getlist("set-cookie")
        claims = read_claims(_read_set_cookies(given), self.sign_in)
        provider = self.sign_in.providers.get(str(claims.get("provider", "")))
        if provider is None:
            if {"state", "error"} & request.query_params.keys():
                cancelled = request.query_params.get("error") == "access_denied"
                headers["location"] = _address("cancelled" if cancelled else "refused")
            return
        cookie = write_signed_cookie(
            json.dumps(select_claims(claims, provider)), self.sign_in.cookie_secret
        )
        del headers["set-cookie"]
        for line in given:
            if not line.startswith(COOKIE_NAME):
                headers.append("set-cookie", line)
        for name in request.cookies:
            if name.startswith(f"{COOKIE_NAME}_"):
                headers.append("set-cookie", f"{name}=; Path=/; Max-Age=0; HttpOnly")
        if len(cookie) > MAX_COOKIE_BYTES:
            headers["location"] = _address("too_large")
            return
        lasts = self.sign_in.session_hours * 3600
        headers.append(
            "set-cookie",
            f"{COOKIE_NAME}={cookie}; Path=/; Max-Age={lasts}; HttpOnly; SameSite=Lax",
        )


def _read_set_cookies(lines: list[str]) -> Mapping[str, str]:
    cookies: SimpleCookie = SimpleCookie()
    for line in lines:
        try:
            cookies.load(line)
        except CookieError:
            continue
    return {name: morsel.value for name, morsel in cookies.items()}


def _address(reason: str) -> str:
    return str(URL(path_of(FORCE_HOME)).include_query_params(**{REASON: reason}))
