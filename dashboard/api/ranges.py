"""A part of a file that is held whole: what readers of Parquet by address ask for (RFC 9110, 14).

In: a request, the file's ETag and bytes. Out: which bytes are meant. One part an answer: of several
ranges the whole file is sent, as the standard allows."""

from __future__ import annotations

import re
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

_RANGE = re.compile(r"bytes=[ \t]*(\d*)-(\d*)[ \t]*", re.ASCII)


def send_bytes(request: Request, body: bytes, headers: dict[str, str]) -> Response:
    """The whole file, the part of it that `Range` names, or 416; `headers` has its ETag."""
    size = len(body)
    headers = {**headers, "Accept-Ranges": "bytes"}
    asked = _find_range(request, headers["ETag"])
    if asked is None:
        return _respond(request, HTTPStatus.OK, body, headers)
    first, last = _to_places(*asked, size)
    if first > last:
        length = {"Content-Range": f"bytes */{size}"}
        return _respond(request, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", headers | length)
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _respond(request, HTTPStatus.PARTIAL_CONTENT, body[first : last + 1], headers)


def _find_range(request: Request, etag: str) -> tuple[str, str] | None:
    """The two numbers of the one range that is asked for, as texts; None for the whole file."""
    match = _RANGE.fullmatch(request.headers.get("range", ""))
    if match is None or request.method != "GET" or match.groups() == ("", ""):
        return None
    if request.headers.get("if-range", etag) != etag:
        return None
    first, last = match.groups()
    if first and last and int(last) < int(first):
        return None
    return first, last


def _to_places(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte, counted from 0; the last before the first if nothing is there."""
    if not first:
        return max(0, size - int(last)) if int(last) else size, size - 1
    return int(first), min(int(last) if last else size, size - 1)


def _respond(
    request: Request, status: HTTPStatus, body: bytes, headers: dict[str, str]
) -> Response:
    length = {"Content-Length": str(len(body))}
    return Response(b"" if request.method == "HEAD" else body, status, {**headers, **length})
