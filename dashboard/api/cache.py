"""Answers kept in memory, as many bytes as are allowed: what is asked for again is sent at once.

In: a key, an answer that is whole. Out: the same bytes. Never holds a part of a file. Used by one
thread, the server's own."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import OrderedDict
from dataclasses import dataclass

from starlette.requests import Request

MAX_BYTES, MAX_RESPONSES = 64 * 1024 * 1024, 4000


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """The bytes of a file with the headers that say what it is."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def etag(self) -> str:
        return dict(self.headers)["ETag"]


class ResponseCache:
    """The answers asked for last."""

    def __init__(self, limit: int = MAX_BYTES) -> None:
        self.limit = limit
        self.held = 0
        self._cached: OrderedDict[tuple[str, ...], CachedResponse] = OrderedDict()

    def find(self, key: tuple[str, ...]) -> CachedResponse | None:
        response = self._cached.get(key)
        if response is not None:
            self._cached.move_to_end(key)
        return response

    def keep(self, key: tuple[str, ...], answer: CachedResponse) -> None:
        """Lets go of the oldest; one larger than a quarter of the room is not kept."""
        if len(answer.body) > self.limit // 4 or key in self._cached:
            return
        self._cached[key] = answer
        self.held += len(answer.body)
        while self.held > self.limit or len(self._cached) > MAX_RESPONSES:
            _key, old = self._cached.popitem(last=False)
            self.held -= len(old.body)


def is_known(request: Request, etag: str) -> bool:
    """Whether the reader has it already: `If-None-Match` is a list, compared weakly,
    or `*` for any (RFC 9110, 13.1.2)."""
    header = request.headers.get("if-none-match", "")
    return header.strip() == "*" or etag in [
        part.strip().removeprefix("W/") for part in header.split(",")
    ]


def digest_headers(body: bytes) -> tuple[tuple[str, str], ...]:
    """A strong ETag and the digest of RFC 9530: both change with the bytes and with nothing
    else."""
    digest = hashlib.sha256(body).digest()
    return (
        ("ETag", f'"{digest.hex()[:32]}"'),
        ("Repr-Digest", f"sha-256=:{b64encode(digest).decode()}:"),
    )
