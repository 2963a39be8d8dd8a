"""`/.well-known/security.txt` (RFC 9116): where to report a weakness.

In: the setting LFR_SECURITY_CONTACT. Out: the file; the page "not found" without the setting."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.server.missing_page import show_missing
from etl.settings import read_contact


async def show_security(_request: Request) -> Response:
    """The contact, valid for half a year."""
    contact = read_contact("LFR_SECURITY_CONTACT")
    if not contact:
        return show_missing()
    expires = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=180)
    lines = (
        f"Contact: {contact}\nExpires: {expires:%Y-%m-%dT%H:%M:%SZ}\nPreferred-Languages: en, cy\n"
    )
    return PlainTextResponse(lines)
