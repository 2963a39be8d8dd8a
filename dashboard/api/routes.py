"""The addresses of data: `/api/v1/<resource>.<extension>?<question>`, bounded in rows, time, and
how many at once.

In: a request. Out: the file of the answer; 304 where the reader has it; a problem that names every
parameter that is wrong. An answer of up to `WHOLE` bytes is made whole, kept, and has an ETag; a
larger one is sent as it comes and has none, because whether it is cut is only known at its end.
Does not compute and does not read a parameter: `dashboard.exports.parameters` does."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from dashboard.api.cache import CachedResponse, ResponseCache, digest_headers, is_known
from dashboard.api.problems import (
    METHODS,
    OPEN_TO_ALL,
    answer_other_method,
    build_problem_response,
)
from dashboard.api.ranges import send_bytes
from dashboard.exports.formats import (
    DESCRIPTION,
    ENDINGS,
    PREFIX,
    AnswerFile,
    FileFormat,
    address_of,
    make_file,
    parameters_of,
)
from dashboard.exports.parameters import (
    MAX_QUERY_LENGTH,
    RELEASE,
    ApiQuery,
    InvalidQueryError,
    ParameterProblem,
    read_question,
)
from dashboard.exports.resources import RESOURCES, Resource
from etl.model.problems import RecordError
from etl.model.refusals import QueryError
from etl.model.releases import LATEST, ReleaseInfo
from etl.releases.catalogue import find_release, is_whole, list_releases, open_listed
from etl.settings import read_number

_LOG = logging.getLogger(__name__)
WHOLE = 8 * 1024 * 1024
# Two cores: more at once would only make each slower.
_AT_ONCE, _MAX_WAITING, _MAX_STREAMS = 2, 200, 8
_MAX_STREAM_SECONDS = 600.0
_PINNED, _LATEST = "public, max-age=31536000, immutable", "public, max-age=300"
# Files that are made with a release, and what they are.
RELEASE_FILES = {
    "lfr.zip": "application/zip",
    "lfr.xlsx": ENDINGS["xlsx"].media_type,
    "lfr.ods": ENDINGS["ods"].media_type,
    "metadata.json": "application/json",
}
Show = Callable[[Request], Awaitable[Response]]


@dataclass
class Bounds:
    """How much one answer and all of them together may take;
    a test or a small machine sets others."""

    max_rows: int = field(default_factory=lambda: int(read_number("LFR_MAX_ROWS")))
    seconds: float = field(default_factory=lambda: read_number("LFR_QUERY_TIMEOUT"))
    whole: int = WHOLE
    waiting: int = 0
    streams: int = 0


class DataAddresses:
    """All addresses of data, with what they share:
    the answers kept, and how many are made at once."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        self.bounds = bounds or Bounds()
        self.cache = ResponseCache()
        self._limit: CapacityLimiter | None = None

    def routes(self) -> list[Route]:
        """The addresses; those of earlier links lead to them."""
        return [
            Route(f"{PREFIX}/{{file:path}}", self.show, methods=METHODS, name="data"),
            Route("/download/{file}", _lead_to_data, methods=["GET", "HEAD"]),
        ]

    async def show(self, request: Request) -> Response:
        """An answer, or why there is none."""
        if other := answer_other_method(request.method):
            return other
        try:
            return await self._answer(request)
        except InvalidQueryError as error:
            return build_problem_response(400, str(error), error.problems)
        except QueryError as error:
            known = tuple(release.version for release in list_releases())
            return build_problem_response(
                404, str(error), [ParameterProblem(RELEASE, str(error), (LATEST, *known))]
            )
        except (RecordError, OSError) as error:
            _LOG.error("the data cannot be read: %s", error)
            return build_problem_response(
                503, "The data cannot be read at the moment.", headers={"Retry-After": "60"}
            )

    async def _answer(self, request: Request) -> Response:
        if len(request.url.query) > MAX_QUERY_LENGTH:
            return build_problem_response(
                414, f"An address has at most {MAX_QUERY_LENGTH} characters after the “?”."
            )
        if request.path_params["file"] in RELEASE_FILES:
            return await to_thread.run_sync(_send_file, request)
        name, _, ended = request.path_params["file"].partition(".")
        if name not in RESOURCES or ended not in ENDINGS:
            return _build_missing_response(name, ended)
        resource, ending = RESOURCES[name], ENDINGS[ended]
        version = _read_release(request, resource)
        release = find_release(version)
        key = (release.version, release.content_hash, name, ended, request.url.query)
        if cached := self.cache.find(key):
            return _send(request, cached)
        if self.bounds.waiting >= _MAX_WAITING:
            _LOG.warning("refused an answer: %s are waiting", self.bounds.waiting)
            return build_problem_response(
                503,
                "Too many answers are being made. Ask again in a moment.",
                headers={"Retry-After": "5"},
            )
        self.bounds.waiting += 1
        try:
            made = partial(
                self._make, request, resource, ending, release, pinned=version is not None
            )
            headers, body, rest, file = await to_thread.run_sync(made, limiter=self._limiter())
        finally:
            self.bounds.waiting -= 1
        if rest is None:
            if resource.pinned and not file.table.cut:
                self.cache.keep(key, CachedResponse(body, headers))
            return _send(request, CachedResponse(body, headers))
        return await self._stream(request, dict(headers), body, rest, file)

    def _limiter(self) -> CapacityLimiter:
        # Made when the loop runs that it belongs to.
        if self._limit is None:
            self._limit = CapacityLimiter(_AT_ONCE)
        return self._limit

    def _make(
        self,
        request: Request,
        resource: Resource,
        file_format: FileFormat,
        release: ReleaseInfo,
        *,
        pinned: bool,
    ) -> tuple[tuple[tuple[str, str], ...], bytes, Iterator[bytes] | None, AnswerFile]:
        """Headers and the first bytes; the pieces that are left if that is not all."""
        record = open_listed(release)
        parameters = parameters_of(resource, file_format)
        question = read_question(request.query_params.multi_items(), parameters, record)
        question = replace(question, as_requested=request.url.query)
        file = make_file(
            resource,
            file_format,
            question,
            record,
            release,
            self.bounds.max_rows,
            self.bounds.seconds,
        )
        held, size = [], 0
        pieces = iter(file.pieces)
        for piece in pieces:
            held.append(piece)
            size += len(piece)
            if size > self.bounds.whole:
                return (
                    _name_headers(resource, file_format, question, release, file, pinned=pinned),
                    b"".join(held),
                    pieces,
                    file,
                )
        body = b"".join(held)
        headers = _name_headers(resource, file_format, question, release, file, pinned=pinned)
        if file.table.cut:
            _LOG.info("cut an answer: %s", file.table.cut)
            return (*headers, ("Cache-Control", "no-store")), body, None, file
        stored = ("Cache-Control", _PINNED if pinned and resource.pinned else _LATEST)
        return (*headers, stored, *digest_headers(body)), body, None, file

    async def _stream(
        self,
        request: Request,
        headers: dict[str, str],
        first: bytes,
        rest: Iterator[bytes],
        file: AnswerFile,
    ) -> Response:
        if request.method == "HEAD" or self.bounds.streams >= _MAX_STREAMS:
            await to_thread.run_sync(_close, rest)
            if request.method == "HEAD":
                return Response(status_code=200, headers={**headers, "Cache-Control": "no-store"})
            return build_problem_response(
                503,
                "Too many large answers are being sent. Ask again in a moment.",
                headers={"Retry-After": "30"},
            )
        return StreamingResponse(
            self._send_pieces(first, rest, file), headers={**headers, "Cache-Control": "no-store"}
        )

    async def _send_pieces(
        self, first: bytes, rest: Iterator[bytes], file: AnswerFile
    ) -> AsyncIterator[bytes]:
        # Counted here and not before: what was never begun would never be counted off again.
        self.bounds.streams += 1
        end = time.monotonic() + _MAX_STREAM_SECONDS
        whole = False
        try:
            pieces = chain([first], rest)
            while (
                piece := await to_thread.run_sync(next, pieces, None, limiter=self._limiter())
            ) is not None:
                yield piece
                if time.monotonic() > end:
                    _LOG.info("a reader took too long over %s", file.name)
                    return
            whole = True
        finally:
            self.bounds.streams -= 1
            _close(rest)
            if not whole:
                _LOG.info("%s was not sent to its end", file.name)
            elif file.table.cut:
                _LOG.info("cut an answer: %s", file.table.cut)


def _send_file(request: Request) -> Response:
    """A file of a release as it was published: nothing is made here, and a draft has none."""
    name = request.path_params["file"]
    if strange := [query_param for query_param in request.query_params if query_param != RELEASE]:
        text = f"There is no parameter {strange[0][:40]!r} here."
        raise InvalidQueryError([ParameterProblem(strange[0][:40], text, (RELEASE,))])
    version = _read_release(request)
    release = find_release(version)
    path = release.folder / name if release.folder else None
    if path is None or not path.is_file():
        text = (
            f"Release {release.version} has no {name} here: it is made with a release, and a draft "
            "has none."
        )
        return build_problem_response(
            404,
            text,
            [
                ParameterProblem(
                    RELEASE, text, tuple(each_release.version for each_release in list_releases())
                )
            ],
        )
    if not is_whole(path, release.checksums.get(name)):
        text = f"{name} of release {release.version} is damaged here; its tables are not affected."
        return build_problem_response(503, text, headers={"Retry-After": "3600"})
    stem, _, ending = name.partition(".")
    headers = {
        "Cache-Control": _PINNED if version else _LATEST,
        "Content-Disposition": f'attachment; filename="{stem}_{release.version}.{ending}"',
        "LFR-Release": release.version,
        "X-Robots-Tag": "noindex",
        **OPEN_TO_ALL,
    }
    # What the ledger says of the bytes: they are not read to know it.
    headers |= {"ETag": f'"{release.checksums[name][:32]}"'} if name in release.checksums else {}
    if "ETag" in headers and is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=RELEASE_FILES[name], headers=headers)


def _read_release(request: Request, resource: Resource | None = None) -> str | None:
    versions = request.query_params.getlist(RELEASE)
    if len(versions) > 1:
        text = f"“{RELEASE}” stands there {len(versions)} times, and once is what it may."
        raise InvalidQueryError([ParameterProblem(RELEASE, text)])
    if versions and resource and not resource.pinned and versions[0] != LATEST:
        raise InvalidQueryError(
            [
                ParameterProblem(
                    RELEASE, f"The list of {resource.name} is the same in every release.", (LATEST,)
                )
            ]
        )
    return versions[0] if versions and versions[0] != LATEST else None


def _name_headers(
    resource: Resource,
    file_format: FileFormat,
    query: ApiQuery,
    release: ReleaseInfo,
    file: AnswerFile,
    *,
    pinned: bool,
) -> tuple[tuple[str, str], ...]:
    disposition = "inline" if file_format.shown else "attachment"
    headers = [
        ("Content-Type", file_format.media_type),
        ("Content-Disposition", f'{disposition}; filename="{file.name}"'),
        ("LFR-Release", release.version),
        ("LFR-Rows", str(min(file.table.total, file.table.max_rows))),
        ("X-Robots-Tag", "noindex"),
        *OPEN_TO_ALL.items(),
    ]
    if resource.pinned and not pinned:
        headers.append(
            (
                "Content-Location",
                address_of(resource, file_format.extension, query, release.version),
            )
        )
    if file_format.extension == "csv":
        # With the same question to the letter: it describes the address as it was asked for.
        asked = f"?{query.as_requested}" if query.as_requested else ""
        described = f"{PREFIX}/{resource.name}.{DESCRIPTION}{asked}"
        headers.append(("Link", f'<{described}>; rel="describedby"; type="application/csvm+json"'))
    if file.table.cut_at_once:
        headers.append(("LFR-Cut", f"rows; most={file.table.max_rows}; total={file.table.total}"))
    elif file.table.cut:
        headers.append(("LFR-Cut", "time"))
    return tuple(headers)


def _send(request: Request, answer: CachedResponse) -> Response:
    headers = dict(answer.headers)
    if "ETag" not in headers:
        body = b"" if request.method == "HEAD" else answer.body
        return Response(body, headers={**headers, "Content-Length": str(len(answer.body))})
    if is_known(request, headers["ETag"]):
        return Response(
            status_code=304,
            headers={
                name: value
                for name, value in headers.items()
                if not name.startswith("Content-") or name == "Content-Location"
            },
        )
    return send_bytes(request, answer.body, headers)


def _build_missing_response(name: str, ended: str) -> Response:
    if name in RESOURCES:
        endings = ", ".join(f".{ending}" for ending in ENDINGS)
        return build_problem_response(
            404,
            f"There is no {name} with the ending {'.' + ended[:40] if ended else '(none)'}. There "
            f"are: {endings}.",
        )
    there = ", ".join(RESOURCES)
    return build_problem_response(
        404, f"There is no {name[:40]!r} here. There are: {there}; all are described at {PREFIX}/."
    )


async def _lead_to_data(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{PREFIX}/{request.path_params['file']}{query}", status_code=308)


def _close(pieces: Iterator[bytes]) -> None:
    """Lets go of the database, whether or not all was read."""
    close = getattr(pieces, "close", None)
    if close is not None:
        close()
