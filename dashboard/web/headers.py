"""Security headers on every answer of the public site.

In: the served start page, whose inline scripts are the only ones allowed. Out: an ASGI middleware.
The policy is computed from the page that is served, because the inline script changes with
Streamlit's versions."""

from __future__ import annotations

import base64
import hashlib
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_FIXED = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), microphone=(), payment=(), usb=()"
    ),
}
# What other sites may show inside their pages: pictures and a caption, nothing that runs.
FRAMED = "/embed/"
_FRAMED_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors *; base-uri "
    "'none'; form-action 'none'"
)
_YEAR = 365 * 24 * 60 * 60


def make_policy(index: str) -> str:
    """The content security policy: everything from this origin, inline styles of the framework,
    named inline scripts."""
    digests = [hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(index)]
    hashes = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'self'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' "
        "blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
    )


class SecurityHeaders:
    """Sets the headers; what an answer has set itself stays, but for the policy."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self.policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # Over plain HTTP a browser would ignore it,
        # and on a machine of one's own it would lock the port's neighbours in.
        encrypted = "https" in (scope.get("scheme"), Headers(scope=scope).get("x-forwarded-proto"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                framed = scope["path"].startswith(FRAMED)
                headers["Content-Security-Policy"] = _FRAMED_POLICY if framed else self.policy
                for name, value in _FIXED.items():
                    if not (framed and name == "X-Frame-Options"):
                        headers.setdefault(name, value)
                if encrypted:
                    headers.setdefault(
                        "Strict-Transport-Security", f"max-age={_YEAR}; includeSubDomains"
                    )
            await send(message)

        await self.app(scope, receive, send_with_headers)
