"""Stands before everything that the force site serves: pages of this site only, uploads
only by who is signed in, safe cookies, nothing kept by others.

In: requests. Out: the request handed on, or refused. The framework's folder of files (`/media/`)
has addresses that anybody could open who knows them, so it is closed: files go out by
`dashboard.force_site.file_routes`, through the scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.force_site.auth.cookies import read_claims
from dashboard.force_site.auth.identity import NoRoleError, NotSignedInError, Person
from dashboard.force_site.auth.settings import SignIn
from etl.model.problems import RecordError

# The framework tells anybody how many sessions there are and what is kept in memory.
_CLOSED = ("/media/", "/component/", "/app/static/", "/_stcore/metrics")
_UPLOADS = "/_stcore/upload_file/"
_COOKIES = ("_streamlit_user", "_streamlit_session", "_streamlit_xsrf")
# Neither holds anything of a return; each has the hash of its content in its name.
_CACHED_FOR_EVER = ("/static/", "/assets/")
_REFUSED = 1008  # RFC 6455: against our policy


class AccessMiddleware:
    """Refuses what is closed and uploads of strangers;
    makes cookies Secure and as short as a sign-in."""

    def __init__(
        self, app: ASGIApp, sign_in: SignIn, find_person: Callable[[Mapping[str, object]], Person]
    ) -> None:
        self.app = app
        self.sign_in = sign_in
        self.find_person = find_person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "websocket"
            and Headers(scope=scope).get("origin") != self.sign_in.site_address
        ):
            # The framework would ask a server elsewhere for its own address before it refuses.
            await receive()
            await send(
                {"type": "websocket.close", "code": _REFUSED, "reason": "not a page of this site"}
            )
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope.get("path", "")
        if path.startswith(_CLOSED):
            await PlainTextResponse("Not found", 404, {"Cache-Control": "no-store"})(
                scope, receive, send
            )
            return
        if (
            path.startswith(_UPLOADS)
            and scope["method"] != "OPTIONS"
            and not await to_thread.run_sync(self._is_known, scope)
        ):
            await PlainTextResponse("Sign in first", 403, {"Cache-Control": "no-store"})(
                scope, receive, send
            )
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if not path.startswith(_CACHED_FOR_EVER):
                    headers["Cache-Control"] = "no-store"
                message["headers"] = [
                    (name, self._make_safe(value) if name.lower() == b"set-cookie" else value)
                    for name, value in message["headers"]
                ]
            await send(message)

        await self.app(scope, receive, send_safely)

    def _is_known(self, scope: Scope) -> bool:
        try:
            self.find_person(read_claims(HTTPConnection(scope).cookies, self.sign_in))
        except (NotSignedInError, NoRoleError, RecordError):
            return False
        return True

    def _make_safe(self, value: bytes) -> bytes:
        """The framework's cookies would last thirty days, and over plain connections too."""
        if not value.decode("latin-1").startswith(_COOKIES):
            return value
        parts = [part.strip() for part in value.decode("latin-1").split(";")]
        longest = self.sign_in.session_hours * 3600
        for number, part in enumerate(parts):
            name, _equals, lasts = part.partition("=")
            if name.lower() == "max-age" and lasts.isdigit():
                parts[number] = f"Max-Age={min(int(lasts), longest)}"
        if self.sign_in.encrypted and "secure" not in [part.lower() for part in parts]:
            parts.append("Secure")
        if not any(part.lower().startswith("samesite") for part in parts):
            parts.append("SameSite=Lax")
        return "; ".join(parts).encode("latin-1")
