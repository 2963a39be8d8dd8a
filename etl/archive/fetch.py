"""Fetches a published file and puts it on the shelf: the only code of the project that uses the
network.

In: an address or a file that a person saved, and a publication id. Out: the edition on the shelf.
Does not read the date (`now` is handed in), does not crawl, and does not get round a publisher's
refusal: what a site does not give to a script, a person saves in a browser and `keep_file` takes.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from random import SystemRandom

import httpx

from etl import __version__
from etl.archive import archive as shelves
from etl.archive.archive import ExpectedKind, Fetched, Origin
from etl.model.problems import FetchError, Problem, UnreadableFileError

Progress = Callable[[int, int | None], None]
Sleep = Callable[[float], Awaitable[object]]

_AGENT = f"lfr-record/{__version__} (+statistics from published police records; see README)"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_FIND = "Look for the file's present https address on the publisher's site."


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much. `total_seconds` covers everything:
    every attempt, redirect and wait."""

    total_seconds: float = 180
    connect_seconds: float = 10
    read_seconds: float = 30
    max_bytes: int = 64 * 2**20
    max_redirects: int = 5
    max_retries: int = 3
    first_wait_seconds: float = 1
    max_wait_seconds: float = 60


class _TransientError(Exception):
    """A failure that may pass: a server error, a time-out, a broken connection."""

    def __init__(self, problem: Problem, wait_seconds: float = 0) -> None:
        super().__init__(str(problem))
        self.problem, self.wait_seconds = problem, wait_seconds


@dataclass(frozen=True, slots=True)
class _Errand:
    """One fetch: the URL, its limits, and the result of the last time."""

    url: str
    publication_id: str
    limits: Limits
    now: dt.datetime
    allow_http: bool
    progress: Progress | None
    last: Fetched | None

    @property
    def by_hand(self) -> str:
        return shelves.describe_manual_download(self.publication_id)

    def problem(self, text: str, expected: str, remedy: str = "") -> Problem:
        return Problem(f"{self.publication_id}, {self.url}", text, expected, remedy or self.by_hand)

    def failed(self, text: str, expected: str, remedy: str = "") -> FetchError:
        return FetchError(self.problem(text, expected, remedy))


def fetch(
    url: str,
    archive: Path,
    publication_id: str,
    *,
    now: dt.datetime,
    expected_kind: ExpectedKind | None = None,
    client: httpx.AsyncClient | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    allow_http: bool = False,
    sleep: Sleep = asyncio.sleep,
) -> Fetched:
    """Fetches one published file, conditionally if this URL was fetched before, and archives what
    is new.

    `progress` gets the bytes so far and in all (None if the server does not say). The call closes
    `client`. Not for a running event loop. Raises `FetchError`, or `BrokenSnapshotError` if an
    archived file of the publication is damaged."""
    kind, last = expected_kind or expect_kind(url), shelves.find_last(url, publication_id, archive)
    last = last if last and last.edition.kind == kind else None
    errand = _Errand(url, publication_id, limits or Limits(), now, allow_http, progress, last)
    content, origin = asyncio.run(_run(errand, client or _open_client(errand), sleep))
    if content is None and last:
        fetched = Fetched(last.edition, "not_modified", origin)
        shelves.note_check(fetched, archive, now=now)
        return fetched
    return shelves.keep_bytes(
        content or b"", archive, publication_id, kind=kind, origin=origin, now=now
    )


def keep_file(
    path: Path,
    archive: Path,
    publication_id: str,
    *,
    now: dt.datetime,
    expected_kind: ExpectedKind | None = None,
    url: str | None = None,
    limits: Limits | None = None,
) -> Fetched:
    """Archives a file that a person saved by hand, with the checks of a fetched one.

    Raises `UnreadableFileError`, or `FetchError` and `BrokenSnapshotError` as `keep_bytes` does."""
    remedy, most = (
        "Check the name, and save the published file again.",
        (limits or Limits()).max_bytes,
    )
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        text = f"nothing that can be opened ({error.strerror})"
        raise UnreadableFileError(
            Problem(str(path), text, "a file saved from a browser", remedy)
        ) from error
    if len(content) > most:
        raise UnreadableFileError(
            Problem(str(path), f"more than {most} bytes", f"at most {most} bytes", remedy)
        )
    if url is not None and not url.startswith(("https://", "http://")):
        raise UnreadableFileError(
            Problem(str(path), f"the address {url!r}", "a web address or none", remedy)
        )
    origin = Origin(url or "saved by hand", url or "saved by hand", "by_hand", path.name)
    kind = expected_kind or expect_kind(path.name)
    return shelves.keep_bytes(content, archive, publication_id, kind=kind, origin=origin, now=now)


def expect_kind(address: str) -> ExpectedKind:
    """The kind that the ending of a name or an address promises;
    without a known ending, a web page."""
    ending = address.lower().partition("?")[0].partition("#")[0].rpartition(".")[2]
    return "pdf" if ending == "pdf" else "csv" if ending == "csv" else "html"


def _open_client(errand: _Errand) -> httpx.AsyncClient:
    """A client that verifies TLS; the network's proxy and authorities come from the usual
    variables."""
    try:
        return httpx.AsyncClient()
    except (OSError, ValueError, ImportError, httpx.InvalidURL) as error:
        remedy = "Correct SSL_CERT_FILE, SSL_CERT_DIR or the ..._PROXY variables."
        raise errand.failed(
            f"unusable network settings ({error})", "usable ones", remedy
        ) from error


async def _run(
    errand: _Errand, client: httpx.AsyncClient, sleep: Sleep
) -> tuple[bytes | None, Origin]:
    """Tries until there is a response or no point in trying. No content: the archived file is still
    the published one."""
    limits, attempt = errand.limits, 0
    with suppress(TimeoutError):
        async with client, asyncio.timeout(limits.total_seconds) as timer:
            while True:
                attempt += 1
                try:
                    return await _follow(errand, client)
                except _TransientError as failure:
                    backoff = (
                        limits.first_wait_seconds
                        * 2 ** (attempt - 1)
                        * SystemRandom().uniform(0.5, 1)
                    )
                    wait = max(failure.wait_seconds, min(backoff, limits.max_wait_seconds))
                    left = (timer.when() or 0) - asyncio.get_running_loop().time()
                    if attempt > limits.max_retries or wait > min(limits.max_wait_seconds, left):
                        text = (
                            f"{failure.problem.found} ({attempt} of {limits.max_retries + 1} "
                            "attempts)"
                        )
                        raise FetchError(replace(failure.problem, found=text)) from failure
                await sleep(wait)
    raise errand.failed(
        f"no whole answer in {limits.total_seconds:g} seconds", "the file in that time"
    )


async def _follow(errand: _Errand, client: httpx.AsyncClient) -> tuple[bytes | None, Origin]:
    """One attempt: from the address through its redirects to an answer."""
    url = _check_address(errand, errand.url)
    for _ in range(errand.limits.max_redirects + 1):
        try:
            response = await client.send(
                _build_request(errand, client, url), stream=True, follow_redirects=False
            )
            try:
                if not response.has_redirect_location:
                    return await _read_answer(errand, response)
            finally:
                await response.aclose()
        except (httpx.HTTPError, OSError) as error:
            raise _explain(errand, url, error) from error
        url = _check_address(errand, response.headers["location"], url)
    raise errand.failed(
        f"{errand.limits.max_redirects} redirects and one more to {url}", "the file", _FIND
    )


def _build_request(errand: _Errand, client: httpx.AsyncClient, url: httpx.URL) -> httpx.Request:
    # Bytes are kept as the publisher stores them, so no compression on the way is asked for.
    headers = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
    # A validator belongs to the address that answered;
    # elsewhere "not modified" would vouch for another file.
    if errand.last and errand.last.origin.final_url == str(url):
        origin = errand.last.origin
        validators = {"If-None-Match": origin.etag, "If-Modified-Since": origin.last_modified}
        headers |= {name: value for name, value in validators.items() if value and value.isascii()}
    timeout = httpx.Timeout(errand.limits.read_seconds, connect=errand.limits.connect_seconds)
    return client.build_request("GET", url, headers=headers, timeout=timeout)


def _check_address(errand: _Errand, address: str, base: httpx.URL | None = None) -> httpx.URL:
    """A URL that may be fetched: https, or http on this machine or by explicit leave; no
    password."""
    what = "a redirect to" if base else "the address"
    try:
        url = base.join(address) if base else httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(
            errand.problem(f"{what} {address!r} ({error})", "a web address", _FIND)
        ) from error
    if url.scheme not in ("https", "http") or not url.host or url.userinfo:
        raise errand.failed(f"{what} {address!r}", "a web address without a password", _FIND)
    may_be_open = errand.allow_http or url.host in _LOOPBACK
    if url.scheme == "http" and (not may_be_open or (base and base.scheme == "https")):
        raise errand.failed(f"{what} {url}, open to tampering", "https:// all the way", _FIND)
    return url


async def _read_answer(errand: _Errand, response: httpx.Response) -> tuple[bytes | None, Origin]:
    """The bytes of the file, or None if they are the known ones; any other answer is a failure."""
    status, headers = response.status_code, response.headers
    is_requested = not {"if-none-match", "if-modified-since"}.isdisjoint(response.request.headers)
    if status == 304 and errand.last and is_requested:
        return None, errand.last.origin
    if status == 200:
        name = response.url.path.rpartition("/")[2] or response.url.host
        kind, etag, modified = (
            headers.get(key) for key in ("content-type", "etag", "last-modified")
        )
        origin = Origin(errand.url, str(response.url), "fetched", name, kind, etag, modified)
        return await _read_body(errand, response), origin
    title = None
    if not response.is_server_error:
        # the refusal is what matters; its page only explains it
        with suppress(httpx.HTTPError, OSError):
            async for chunk in response.aiter_bytes(2**16):
                title = shelves.read_title(chunk)
                break
    text = f"the answer {status} {response.reason_phrase}" + (
        f', a page titled "{title}"' if title else ""
    )
    if status == 429 or response.is_server_error:
        wait = _read_retry_after(headers.get("retry-after", ""), errand.now)
        text += f", asking to wait {wait:.0f} seconds" if wait else ""
        raise _TransientError(
            errand.problem(text, "the file", f"Try again later. {errand.by_hand}"), wait
        )
    raise errand.failed(text, "the file", _FIND if status in (404, 410) else "")


def _read_retry_after(text: str, now: dt.datetime) -> float:
    """The seconds that a server wants us to wait, given as a number or as a date; 0 without one."""
    with suppress(ValueError, TypeError):
        if text.strip().isdecimal():
            return float(text)
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    return 0.0


async def _read_body(errand: _Errand, response: httpx.Response) -> bytes:
    """The whole body, in memory and so bounded: an announced size is believed,
    and counted all the same."""
    most = errand.limits.max_bytes
    announced = response.headers.get("content-length", "")
    total = (
        int(announced)
        if announced.isdecimal() and "content-encoding" not in response.headers
        else None
    )
    body = bytearray()
    if total is None or total <= most:
        async for chunk in response.aiter_bytes():
            body += chunk
            if errand.progress:
                errand.progress(len(body), total)
            if len(body) > most:
                break
    if len(body) > most or (total or 0) > most:
        raise errand.failed(f"{total or f'more than {most}'} bytes", f"at most {most} bytes")
    if total is not None and len(body) != total:
        text = f"an answer that broke off (received {len(body)} bytes, expected {total})"
        raise _TransientError(errand.problem(text, "the whole file"))
    return bytes(body)


def _explain(errand: _Errand, url: httpx.URL, error: Exception) -> Exception:
    """A failure of the connection in words, and whether it may pass."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            text = f"a certificate of {url.host} that cannot be trusted ({cause.verify_message})"
            remedy = (
                "If your network inspects TLS, let SSL_CERT_FILE name its authority. Never go "
                "round this."
            )
            return errand.failed(text, "a certificate from a known authority", remedy)
        cause = cause.__cause__ or cause.__context__
    sentence = str(error) or type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        text = f"no answer from {url.host} in time ({type(error).__name__})"
    elif isinstance(error, (httpx.RemoteProtocolError, httpx.DecodingError)):
        text = f"an answer that broke off or cannot be decoded: {sentence}"
    else:
        text = f"no working connection to {url.host}: {sentence}"
    problem = errand.problem(text, "the whole file", f"Check the network. {errand.by_hand}")
    return (
        _TransientError(problem)
        if isinstance(error, (httpx.TransportError, OSError))
        else FetchError(problem)
    )
