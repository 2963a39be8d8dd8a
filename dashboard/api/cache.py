"""Answers kept in memory, as many bytes as are allowed: what is asked for again is sent at once.

In: a key, an answer that is whole. Out: the same bytes. Never holds a part of a file. Used by one thread, the server's own.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import OrderedDict
from dataclasses import dataclass

from starlette.requests import Request

MOST_BYTES, MOST_ANSWERS = 64 * 1024 * 1024, 4000


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The bytes of a file with the headers that say what it is."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def etag(self) -> str:
        return dict(self.headers)["ETag"]


class KeptAnswers:
    """The answers asked for last."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self.held = 0
        self._kept: OrderedDict[tuple[str, ...], KeptAnswer] = OrderedDict()

    def find(self, key: tuple[str, ...]) -> KeptAnswer | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: tuple[str, ...], answer: KeptAnswer) -> None:
        """Lets go of the oldest; one larger than a quarter of the room is not kept."""
        if len(answer.body) > self.most // 4 or key in self._kept:
            return
        self._kept[key] = answer
        self.held += len(answer.body)
        while self.held > self.most or len(self._kept) > MOST_ANSWERS:
            _key, old = self._kept.popitem(last=False)
            self.held -= len(old.body)


def is_known(request: Request, etag: str) -> bool:
    """Whether the reader has it already: `If-None-Match` is a list, compared weakly, or `*` for any (RFC 9110, 13.1.2)."""
    asked = request.headers.get("if-none-match", "")
    return asked.strip() == "*" or etag in [one.strip().removeprefix("W/") for one in asked.split(",")]


def digest_headers(body: bytes) -> tuple[tuple[str, str], ...]:
    """A strong ETag and the digest of RFC 9530: both change with the bytes and with nothing else."""
    digest = hashlib.sha256(body).digest()
    return (("ETag", f'"{digest.hex()[:32]}"'), ("Repr-Digest", f"sha-256=:{b64encode(digest).decode()}:"))
