"""The URL of the site, for answers that name it.

In: a request; the setting LFR_SITE_ADDRESS. Out: the URL without a path,
and how long an answer may be cached."""

from __future__ import annotations

import re

from starlette.requests import Request

from etl.settings import read_site_url

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:]{2,45}\](:\d{1,5})?")


def name_site(request: Request) -> str:
    """The site's URL without a path: LFR_SITE_ADDRESS, or the host of this request; empty if that
    is no valid host."""
    named = read_site_url()
    host = request.headers.get("host", "")
    return named or (f"{request.url.scheme}://{host}" if _HOST.fullmatch(host) else "")


def keep_named(text: str) -> str:
    """`Cache-Control` of an answer that names the site. Without LFR_SITE_ADDRESS it repeats the
    host that one reader sent, which may be any: no cache that serves several readers may keep it,
    and hand it to the others."""
    return text if read_site_url() else text.replace("public", "private", 1)
