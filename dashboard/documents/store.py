"""Documents that are kept: each is written once for a release, a page, a selection and a language.

In: what an address asks for. Out: a response's bytes and headers. Bounded in bytes; who asks for
what is being written waits for it. Used by one thread, the server's own; documents are written in
others, few at once."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import logging

from anyio import CapacityLimiter, to_thread

from dashboard.api.cache import CachedResponse, ResponseCache
from dashboard.documents.page import (
    SITE_MARK,
    DocumentRequest,
    Live,
    list_defaults,
    write_document,
)
from dashboard.text.language import DEFAULT, use_language
from etl.settings import read_site_url

_LOG = logging.getLogger("uvicorn.error")
_MAX_BYTES = 64 * 1024 * 1024
_LEVEL = 6
_Key = tuple[str, ...]


class DocumentStore:
    """The documents asked for last; `writers` of them are written at once."""

    def __init__(self, live: Live, limit: int = _MAX_BYTES, writers: int = 2) -> None:
        self.live = live
        # As they are written, and as they are sent: packed, with the URL of the site.
        self.written, self.packed = ResponseCache(limit), ResponseCache(limit)
        self._writing: dict[_Key, asyncio.Task[CachedResponse]] = {}
        self._limiter = CapacityLimiter(writers)
        self._warming: asyncio.Task[None] | None = None
        self._warmed = ""

    async def get(self, request: DocumentRequest, site: str) -> CachedResponse:
        """The document for a site, packed with gzip; its only header is its ETag without quotes."""
        key = (*request.key, site)
        if answer := self.packed.find(key):
            return answer
        task = self._writing.get(key)
        if task is None:
            task = self._writing[key] = asyncio.create_task(self._make(key, request, site))
        # A reader who goes away does not take it from the others who wait.
        return await asyncio.shield(task)

    async def _make(self, key: _Key, request: DocumentRequest, site: str) -> CachedResponse:
        try:
            written = self.written.find(request.key)
            if written is None:
                text = await to_thread.run_sync(_write, request, self.live, limiter=self._limiter)
                written = CachedResponse(text, ())
                self.written.keep(request.key, written)
            body, etag = await to_thread.run_sync(_pack, written.body, site, limiter=self._limiter)
            answer = CachedResponse(body, (("ETag", etag),))
            self.packed.keep(key, answer)
            return answer
        finally:
            del self._writing[key]

    def warm(self, release_id: str) -> None:
        """Has the default views of a release written, once, while readers are served."""
        if release_id != self._warmed:
            self._warmed = release_id
            self._warming = asyncio.create_task(self._write_defaults(release_id))

    async def _write_defaults(self, release_id: str) -> None:
        try:
            requests = await to_thread.run_sync(lambda: list(list_defaults()))
            for request in requests:
                if self._warmed == release_id:
                    await self.get(request, read_site_url())
            _LOG.info("%s documents of release %s are written", len(requests), release_id)
        # What fails here fails again, visibly, for the reader whom it concerns.
        except Exception:  # noqa: BLE001
            _LOG.exception("the documents of the default views could not be written")


def _write(request: DocumentRequest, live: Live) -> bytes:
    try:
        return write_document(request, live).encode()
    finally:
        use_language(DEFAULT)


def _pack(written: bytes, site: str) -> tuple[bytes, str]:
    body = written.replace(SITE_MARK.encode(), site.encode())
    return gzip.compress(body, _LEVEL, mtime=0), hashlib.sha256(body).hexdigest()[:32]
