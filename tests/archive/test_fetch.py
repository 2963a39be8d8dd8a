"""Fetching from a real server on this machine: what is kept, what is tried again,
what is refused and in which words."""

from __future__ import annotations

import datetime as dt
import json
import socket
import ssl
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from etl import __version__
from etl.archive.archive import Fetched, list_editions, open_stored
from etl.archive.fetch import Limits, expect_kind, fetch
from etl.model.problems import BrokenSnapshotError, FetchError

NOW = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
PDF = b"%PDF-1.7\nten deployments\n%%EOF\n"
OTHER_PDF = b"%PDF-1.7\neleven deployments\n%%EOF\n"
PAGE = b"<!doctype html><html><title>Deployments</title><table></table></html>\n"
REFUSAL = (
    b"<!doctype html><html><head><title>Access\n Denied \x1b[31m</title></head>"
    b"<body>No</body></html>"
)

Answer = Callable[[BaseHTTPRequestHandler], None]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site = self.server
        assert isinstance(site, Site)
        site.asked.append(self.headers)
        answers = site.answers[self.path]
        try:
            (answers.pop(0) if len(answers) > 1 else answers[0])(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the fetcher hung up, as some tests mean it to

    def log_message(self, *_: Any) -> None:
        """Keeps the test output clean."""


class Site(ThreadingHTTPServer):
    """A publisher's site: each path gives its answers in turn, the last one for ever."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[Message] = []
        self.address = f"http://127.0.0.1:{self.server_port}"

    def put(self, path: str, *answers: Answer) -> str:
        self.answers[path] = list(answers)
        return self.address + path


def give(body: bytes = PDF, status: int = 200, length: int | None = -1, **headers: str) -> Answer:
    """An answer with that body. `length` None: the header is left out; -1: the truth."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if length is not None:
            request.send_header("Content-Length", str(len(body) if length == -1 else length))
        request.end_headers()
        request.wfile.write(body)

    return answer


def give_if_changed(body: bytes, etag: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        known = request.headers["If-None-Match"] == etag
        give(b"" if known else body, 304 if known else 200, ETag=etag)(request)

    return answer


def drip(first: bytes) -> Answer:
    """The start of an answer, and then one byte at a time:
    every single read is in time, the whole never is."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(first)
        for _ in range(1000):
            request.wfile.write(b"x")
            time.sleep(0.01)

    return answer


def serve(site: Site) -> Iterator[Site]:
    thread = threading.Thread(
        target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    yield site
    site.shutdown()
    site.server_close()
    thread.join()


@pytest.fixture
def site(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv(
        "SSL_CERT_FILE", str(certificate)
    )  # reading the world's authorities takes most of a fetch
    yield from serve(Site())


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1 with its key, in one file."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]),
    )
    today = dt.datetime.now(dt.UTC)  # TLS itself reads the clock
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "site.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@pytest.fixture
def secure_site(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    site = Site()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site.socket = context.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    site.address = site.address.replace("http:", "https:")
    yield from serve(site)


class Waits(list[float]):
    """Stands in for sleeping and notes how long it would have been."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


def get(url: str, archive: Path, **more: Any) -> Fetched:
    usual: dict[str, Any] = {"now": NOW, "expected_kind": "pdf", "sleep": Waits()}
    return apart(url, archive, "met_2026", **usual | more)


def apart(*args: Any, **kwargs: Any) -> Fetched:
    """Fetches in a thread of its own: a browser that other tests hold open keeps an event loop
    running in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(fetch, *args, **kwargs).result()


def refuse(url: str, archive: Path, **more: Any) -> str:
    """Fetches what must fail, sees that nothing is left on the shelf, and gives the message."""
    with pytest.raises(FetchError) as failure:
        get(url, archive, **more)
    assert not [path for path in archive.rglob("*") if path.is_file()]
    (problem,) = failure.value.problems
    assert problem.where == f"met_2026, {url}"
    assert all((problem.found, problem.expected, problem.remedy))
    return str(problem)


def test_what_is_fetched_is_kept_with_where_it_came_from(site: Site, archive: Path) -> None:
    modified, seen = "Sun, 01 Mar 2026 08:00:00 GMT", list[tuple[int, int | None]]()
    url = site.put(
        "/record.pdf?v=2", give(ETag='"a"', Last_Modified=modified, Content_Type="application/pdf")
    )
    fetched = get(url, archive, progress=lambda done, total: seen.append((done, total)))
    assert fetched.outcome == "new"
    opened = open_stored(fetched.edition.path, archive)
    assert opened.content == PDF
    assert (opened.edition.retrieved, opened.edition.size_bytes) == (NOW, len(PDF))
    origin = opened.edition.origin
    assert (origin.url, origin.final_url, origin.how, origin.original_name) == (
        url,
        url,
        "fetched",
        "record.pdf",
    )
    assert (origin.content_type, origin.etag, origin.last_modified) == (
        "application/pdf",
        '"a"',
        modified,
    )
    assert seen[-1] == (len(PDF), len(PDF))
    agent = f"lfr-record/{__version__} (+statistics from published police records; see README)"
    assert site.asked[0]["User-Agent"] == agent


def test_a_file_that_has_not_changed_is_not_sent_again(site: Site, archive: Path) -> None:
    url = site.put("/record.pdf", give_if_changed(PDF, '"a"'))
    first, second = get(url, archive), get(url, archive, now=NOW + dt.timedelta(days=1))
    assert (second.outcome, second.edition) == ("not_modified", first.edition)
    assert len(list_editions("met_2026", archive)) == 1
    checks = (archive / "met_2026" / "checks.jsonl").read_text().splitlines()
    assert json.loads(checks[-1])["checked"] == "2026-03-02T09:30:00+00:00"


def test_the_date_of_the_last_change_is_sent_where_there_is_no_etag(
    site: Site, archive: Path
) -> None:
    modified = "Sun, 01 Mar 2026 08:00:00 GMT"
    url = site.put("/record.pdf", give(Last_Modified=modified), give(b"", 304))
    get(url, archive)
    assert get(url, archive).outcome == "not_modified"
    assert site.asked[1]["If-Modified-Since"] == modified


def test_what_identified_one_address_is_not_sent_to_another(site: Site, archive: Path) -> None:
    get(site.put("/old.pdf", give(ETag='"a"')), archive)
    url = site.put("/new.pdf", give(b"", 304))
    with pytest.raises(FetchError, match="304"):
        get(url, archive)
    assert site.asked[1]["If-None-Match"] is None


def test_a_redirect_that_now_leads_elsewhere_is_asked_afresh(site: Site, archive: Path) -> None:
    site.put("/first.pdf", give(ETag='"a"'))
    site.put("/second.pdf", give(b"", 304))
    url = site.put(
        "/latest", *(give(b"", 302, Location=f"/{name}.pdf") for name in ("first", "second"))
    )
    get(url, archive)
    with pytest.raises(FetchError, match="304"):
        get(url, archive)


def test_a_page_kept_as_a_page_is_not_the_file(site: Site, archive: Path) -> None:
    url = site.put("/record.pdf", give_if_changed(PAGE, '"a"'))
    get(url, archive, expected_kind="html")
    with pytest.raises(FetchError, match="expected a PDF"):
        get(url, archive)


def test_a_damaged_kept_file_is_not_vouched_for(site: Site, archive: Path) -> None:
    url = site.put("/record.pdf", give_if_changed(PDF, '"a"'))
    path = get(url, archive).edition.path
    path.chmod(0o644)
    path.write_bytes(OTHER_PDF)
    with pytest.raises(BrokenSnapshotError, match="sha256"):
        get(url, archive)
    path.with_name(path.name + ".json").unlink()
    path.unlink()
    assert get(url, archive).outcome == "new"


def test_a_register_overwritten_in_place_keeps_its_history(site: Site, archive: Path) -> None:
    url = site.put("/register.pdf", give(ETag='"a"'), give(OTHER_PDF, ETag='"b"'), give(ETag='"c"'))
    first, second, third = get(url, archive), get(url, archive), get(url, archive)
    assert [fetched.outcome for fetched in (first, second, third)] == ["new", "new", "same_bytes"]
    assert len(list_editions("met_2026", archive)) == 2
    assert open_stored(first.edition.path, archive).content == PDF
    assert open_stored(second.edition.path, archive).content == OTHER_PDF
    assert third.edition == first.edition
    get(url, archive)
    assert site.asked[-1]["If-None-Match"] == '"c"'


@pytest.mark.parametrize(
    ("status", "words"), [(403, "in a browser"), (404, "present https address"), (202, "202")]
)
def test_a_refusal_is_not_tried_again(site: Site, archive: Path, status: int, words: str) -> None:
    message = refuse(site.put("/record.pdf", give(REFUSAL, status)), archive)
    assert f"the answer {status}" in message
    assert words in message
    assert 'titled "Access Denied [31m"' in message
    assert len(site.asked) == 1


def test_a_server_error_that_passes_is_waited_for(site: Site, archive: Path) -> None:
    waits = Waits()
    url = site.put("/record.pdf", give(b"", 500), give(b"", 503), give())
    assert get(url, archive, sleep=waits).outcome == "new"
    assert 0.5 <= waits[0] <= 1 <= waits[1] <= 2


def test_a_server_error_that_stays_is_given_up(site: Site, archive: Path) -> None:
    message = refuse(site.put("/record.pdf", give(b"", 500)), archive, limits=Limits(max_retries=2))
    assert "500 Internal Server Error (3 of 3 attempts)" in message
    assert len(site.asked) == 3


@pytest.mark.parametrize("text", ["7", "Sun, 01 Mar 2026 09:30:07 GMT"])
def test_a_server_that_asks_to_wait_is_obeyed(site: Site, archive: Path, text: str) -> None:
    waits = Waits()
    get(site.put("/record.pdf", give(b"", 429, Retry_After=text), give()), archive, sleep=waits)
    assert waits == [7]


def test_a_server_that_asks_to_wait_too_long_is_left_alone(site: Site, archive: Path) -> None:
    message = refuse(site.put("/record.pdf", give(b"", 429, Retry_After="3600")), archive)
    assert "asking to wait 3600 seconds (1 of 4 attempts)" in message


@pytest.mark.parametrize(
    ("answer", "limits", "words"),
    [
        (
            give(PDF, length=1000),
            Limits(max_retries=1),
            f"received {len(PDF)} bytes, expected 1000) (2 of 2",
        ),
        (give(PDF[:-7], length=None), Limits(), "a PDF of 24 bytes that is cut off"),
        (give(REFUSAL), Limits(), 'titled "Access Denied [31m", likely a block page'),
        (give(b"{}"), Limits(), "starts with b'{}'; expected a PDF"),
        (give(b""), Limits(), "an empty file"),
        (give(PDF * 9), Limits(max_bytes=90), "279 bytes; expected at most 90 bytes"),
        (give(length=10**10), Limits(), "10000000000 bytes; expected at most 67108864 bytes"),
        (
            give(PDF * 9, length=None),
            Limits(max_bytes=90),
            "more than 90 bytes; expected at most 90 bytes",
        ),
        (
            drip(b"HTTP/1.0 200 OK\r\n\r\n%PDF-"),
            Limits(total_seconds=0.2),
            "no whole answer in 0.2 seconds",
        ),
        (
            drip(b"HTTP/1.0 200 OK\r\nX: "),
            Limits(total_seconds=0.2),
            "no whole answer in 0.2 seconds",
        ),
        (
            lambda _: time.sleep(0.3),
            Limits(read_seconds=0.05, max_retries=0),
            "in time (ReadTimeout)",
        ),
        (give(PDF, Content_Encoding="gzip"), Limits(), "cannot be decoded"),
        (
            give(b"", 302, Location="/record.pdf"),
            Limits(max_redirects=3),
            "3 redirects and one more",
        ),
        (give(b"", 302, Location="ftp://met.example/record.pdf"), Limits(), "a redirect to 'ftp:"),
        (give(b"", 302, Location="http://met.example/record.pdf"), Limits(), "open to tampering"),
        (give(b"", 302, Location="https://me:secret@met.example/"), Limits(), "without a password"),
        (give(b"", 302), Limits(), "the answer 302"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_whole_published_file_is_refused(
    site: Site, archive: Path, answer: Answer, limits: Limits, words: str
) -> None:
    started = time.monotonic()
    assert words in refuse(site.put("/record.pdf", answer), archive, limits=limits)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "url",
    [
        "http://met.example/a.pdf",
        "ftp://met.example/a.pdf",
        "https://[",
        "https:///a.pdf",
        "a.pdf",
        "https://me:x@met.example/a",
    ],
)
def test_only_protected_addresses_are_asked(archive: Path, url: str) -> None:
    assert "https" in refuse(url, archive)


def test_http_beyond_this_machine_needs_leave(archive: Path) -> None:
    assert (
        get("http://met.example/a.pdf", archive, client=answer_with(PDF), allow_http=True).outcome
        == "new"
    )


def test_a_publication_id_cannot_leave_the_shelf(site: Site, archive: Path) -> None:
    with pytest.raises(FetchError, match="lower-case words"):
        apart(site.put("/record.pdf", give()), archive, "../met", now=NOW)
    assert not site.asked


def test_a_redirect_is_followed_and_the_last_address_recorded(site: Site, archive: Path) -> None:
    end = site.put("/new/record-2026.pdf", give_if_changed(PDF, '"a"'))
    url = site.put("/record.pdf", give(b"", 301, Location="/new/record-2026.pdf"))
    origin = get(url, archive).edition.origin
    assert (origin.url, origin.final_url, origin.original_name) == (url, end, "record-2026.pdf")
    assert get(url, archive).outcome == "not_modified"


def test_nobody_answering_is_said_after_the_retries(archive: Path) -> None:
    # bound and not listening: the port is free of others and refuses
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        message = refuse(f"http://127.0.0.1:{closed.getsockname()[1]}/a.pdf", archive)
    assert "no working connection to 127.0.0.1" in message
    assert "(4 of 4 attempts)" in message


def test_a_certificate_nobody_vouches_for_is_refused_at_once(
    secure_site: Site, archive: Path
) -> None:
    waits = Waits()
    message = refuse(secure_site.put("/record.pdf", give()), archive, sleep=waits)
    assert "a certificate of 127.0.0.1 that cannot be trusted (self-signed certificate)" in message
    assert not waits
    assert not secure_site.asked


def test_https_is_not_left_for_http(
    site: Site, secure_site: Site, archive: Path, certificate: Path
) -> None:
    def trust() -> httpx.AsyncClient:
        return httpx.AsyncClient(verify=ssl.create_default_context(cafile=str(certificate)))

    away = give(b"", 302, Location=site.put("/record.pdf", give()))
    message = refuse(secure_site.put("/away.pdf", away), archive, client=trust(), allow_http=True)
    assert "https:// all the way" in message
    assert not site.asked
    assert get(secure_site.put("/record.pdf", give()), archive, client=trust()).outcome == "new"


def test_unusable_network_settings_are_said(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(archive / "missing.pem"))
    assert "Correct SSL_CERT_FILE" in refuse("https://met.example/a.pdf", archive)


def test_an_endless_answer_is_not_read_to_its_end(site: Site, archive: Path) -> None:
    written = []

    def pour(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n%PDF-")
        for _ in range(2000):
            request.wfile.write(bytes(2**16))
            written.append(2**16)

    assert "more than 1048576 bytes" in refuse(
        site.put("/a.pdf", pour), archive, limits=Limits(max_bytes=2**20)
    )
    assert sum(written) < 2**26


def answer_with(content: bytes | AsyncIterator[bytes], **headers: str) -> httpx.AsyncClient:
    """A client whose every question is answered with that, without a network."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, content=content, headers=named))
    )


def test_a_proxy_that_hands_on_less_than_announced_is_found_out(archive: Path) -> None:
    client = answer_with(PDF, Content_Length="99")
    message = refuse("https://met.example/a.pdf", archive, client=client)
    assert "received 31 bytes, expected 99" in message


@pytest.mark.parametrize(
    "stop", [KeyboardInterrupt(), httpx.ReadError("gone"), OSError("gone")], ids=type
)
def test_an_interrupted_fetch_leaves_nothing(archive: Path, stop: BaseException) -> None:
    async def break_off() -> AsyncIterator[bytes]:
        yield PDF[:10]
        raise stop

    with pytest.raises((KeyboardInterrupt, FetchError)):
        get(
            "https://met.example/a.pdf",
            archive,
            client=answer_with(break_off()),
            limits=Limits(max_retries=0),
        )
    assert not list(archive.rglob("*"))


def test_a_web_page_is_kept_as_one(site: Site, archive: Path) -> None:
    fetched = apart(site.put("/results", give(PAGE)), archive, "essex", now=NOW)
    assert (fetched.edition.kind, fetched.edition.path.suffix) == ("html", ".html")


def test_the_ending_of_an_address_says_the_kind() -> None:
    assert [expect_kind(name) for name in ("a/B.PDF?v=1.2#page", "a.csv", "gov.uk/page", "x")] == [
        *("pdf", "csv", "html", "html")
    ]
