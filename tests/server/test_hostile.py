"""Requests that nobody sends by mistake: every route answers with its own words, its headers,
and nobody else's host."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from dashboard.api.cache import is_known
from dashboard.server.app import app
from dashboard.server.limits import OwnPages

HEADERS = (
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
)
# Below the folders of our routes, and no address of any:
# the framework would answer with its start page.
OUTSIDE_THE_ROUTES = (
    "/releases/1.0.0",
    "/releases/x",
    "/chart/x",
    "/chart/a/b/c.svg",
    "/chart/trends/trend",
    "/embed/x",
    "/embed/a/b/c",
    "/embed/trends/%3Cscript%3Ealert(1)%3C/script%3E",
    "/cite/1.0.0",
    "/cite/a/b/c",
    "/download/a/b",
    "/download//site.example",
    "/assets/x.js",
    "/feeds/x",
    "/api/v1/estimates.%0d%0ax",
    "/releases/1.0.0/%0d%0aSet-Cookie:x=1",
    "/embed/",
)
NAMING = (
    "/feeds/news.atom",
    "/feeds/news.json",
    "/sitemap.xml",
    "/robots.txt",
    "/",
    "/trends",
    "/api/v1/",
)
NOT_NAMING = (
    "/embed/trends/trend?force=metropolitan",
    "/embed/map/areas",
    "/api/v1/deployments.json?force=essex",
    "/api/v1/openapi.json",
    "/nothing",
    "/api/v1/nothing.csv",
)


@pytest.fixture(scope="module")
def client(warehouse: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
        patch.delenv("LFR_SITE_ADDRESS", raising=False)
        yield TestClient(app, base_url="http://site.example", follow_redirects=False)


@pytest.mark.parametrize("path", OUTSIDE_THE_ROUTES)
def test_no_address_below_our_folders_is_the_frameworks_start_page(
    client: TestClient, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'id="root"' not in answer.text
    assert "<script" not in answer.text
    assert all(name in answer.headers for name in HEADERS)


@pytest.mark.parametrize("path", NAMING)
def test_an_answer_that_repeats_a_host_is_kept_by_no_cache_for_several_readers(
    client: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.get(path, headers={"Host": "other.example"})
    assert "http://other.example" in answer.text
    selection = answer.headers["cache-control"]
    assert selection.split(",")[0] in {"private", "no-cache"}
    assert "public" not in selection
    monkeypatch.setenv("LFR_SITE_ADDRESS", "https://lfr.example")
    named = client.get(path, headers={"Host": "other.example"})
    assert "other.example" not in named.text
    assert "https://lfr.example" in named.text


@pytest.mark.parametrize("path", NOT_NAMING)
def test_other_answers_repeat_no_host(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "other.example"})
    assert "other.example" not in f"{answer.text}{dict(answer.headers)}"


def test_an_embed_leads_to_this_site_only(client: TestClient) -> None:
    answer = client.get("/embed/trends/trend?force=metropolitan", headers={"Host": "other.example"})
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert 'href="/trends?force=metropolitan#trend"' in answer.text
    assert "://" not in answer.text.replace('xmlns="http://www.w3.org/2000/svg"', "")


@pytest.mark.parametrize("name", ["release", "lang", "theme"])
def test_a_figure_is_asked_for_one_way_only(client: TestClient, name: str) -> None:
    value = {"release": "latest", "lang": "en", "theme": "light"}[name]
    for path in ("/embed/trends/trend", "/chart/trends/trend.svg"):
        answer = client.get(f"{path}?{name}={value}&{name}=other")
        assert (answer.status_code, answer.json()["parameter"]) == (400, name)


@pytest.mark.parametrize(
    ("sent", "known"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", W/"abc" , "y"', True),
        ("*", True),
        (" * ", True),
        ('"abcd"', False),
        ('"xabc"', False),
        ("abc", False),
        ('W/W/"abc"', False),
        ("-", False),
        ("", False),
        ('"' * 5000, False),
    ],
)
def test_an_etag_is_compared_as_a_whole(sent: str, known: bool) -> None:
    request = Request({"type": "http", "headers": [(b"if-none-match", sent.encode())]})
    assert is_known(request, '"abc"') is known


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/trends?lang=cy",
        "/api/v1/",
        "/api/v1/openapi.json",
        "/api/v1/deployments.csv?force=essex",
        "/feeds/news.atom",
    ],
)
def test_every_kept_answer_is_known_again(client: TestClient, path: str) -> None:
    etag = client.get(path).headers["etag"]
    for sent in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        again = client.get(path, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": etag[:-2]}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "NONSENSE"])
@pytest.mark.parametrize(
    "path", ["/", "/api/v1/deployments.csv", "/feeds/news.atom", "/embed/trends/trend", "/nothing"]
)
def test_nothing_but_reading(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path)
    assert 400 <= answer.status_code < 500
    assert all(name in answer.headers for name in HEADERS)


@pytest.mark.parametrize(
    ("origin", "opens"),
    [
        (None, True),
        ("http://site.example", True),
        ("https://site.example", True),
        ("https://lfr.example", True),
        ("http://other.example", False),
        ("http://site.example:1", False),
        ("http://site.example.other.example", False),
        ("http://localhost", False),
        ("null", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_only_pages_of_this_site_connect(
    origin: str | None, opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LFR_SITE_ADDRESS", "https://lfr.example")
    opened, sent = [], []

    async def inner(scope, _receive, _send) -> None:
        opened.append(scope)

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message) -> None:
        sent.append(message)

    headers = [
        (b"host", b"site.example"),
        *([(b"origin", origin.encode())] if origin is not None else []),
    ]
    # In a thread: the browser's tests keep a loop running in this one.
    with ThreadPoolExecutor() as threads:
        threads.submit(
            asyncio.run, OwnPages(inner)({"type": "websocket", "headers": headers}, receive, send)
        ).result()
    assert bool(opened) is opens
    assert [row["code"] for row in sent] == ([] if opens else [1008])


def test_a_broken_ledger_is_named_and_mends_without_a_restart(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "releases").symlink_to(warehouse.parents[1])
    entry = tmp_path / "ledger" / "1.0.0"
    entry.mkdir(parents=True)
    monkeypatch.setenv("LFR_RELEASES", str(tmp_path / "releases"))
    client = TestClient(app)
    for broken in (b"{", b"[]", b"\xff\xfe", b""):
        (entry / "release.json").write_bytes(broken)
        os.utime(tmp_path / "ledger", ns=(0, time.time_ns()))
        for path, status in (
            ("/healthz", 200),
            ("/api/v1/deployments.csv?force=essex", 200),
            ("/feeds/news.atom", 200),
            ("/releases/1.0.0/SHA256SUMS", 503),
            ("/api/v1/", 200),
        ):
            answer = client.get(path)
            assert answer.status_code == status, (broken, path)
            assert str(tmp_path) not in answer.text
        assert client.get("/healthz").json()["status"] == "degraded"
    (entry / "release.json").unlink()
    entry.rmdir()
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/api/v1/deployments.csv?force=essex").status_code == 200
