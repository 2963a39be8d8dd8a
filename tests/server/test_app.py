"""The site's addresses, start pages and headers, asked of the real application without a
browser."""

from __future__ import annotations

import asyncio
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import pytest
import streamlit
from starlette.testclient import TestClient

from dashboard.exports.urls import downloads_are_served
from dashboard.pages import HOME, PAGES
from dashboard.server.app import app
from dashboard.server.limits import SEATS, OpenPages, Seats
from dashboard.streamlit_internals import preload as server_preload
from dashboard.streamlit_internals.framework_text import WORDS
from dashboard.streamlit_internals.index_page import (
    TAGS,
    address_of,
    describe_title,
    make_template,
    read_index,
)
from dashboard.text.language import LANGUAGES, use_language
from etl.measures.catalogue import CATALOGUE
from etl.queries.record import open_record

PLACES = [(page, code) for page in PAGES for code in LANGUAGES]


@pytest.fixture(scope="module")
def client(warehouse: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
        patch.delenv("LFR_SITE_ADDRESS", raising=False)
        yield TestClient(app, base_url="http://site.example", follow_redirects=False)


@pytest.mark.parametrize(("page", "code"), PLACES)
def test_every_page_says_what_it_is_in_its_language(client: TestClient, page, code: str) -> None:
    answer = client.get(address_of(page, code))
    use_language(code)
    title = describe_title(page)
    use_language("en")
    assert answer.status_code == 200
    assert f'<html lang="{TAGS[code]}">' in answer.text
    assert f"<title>{title}</title>" in answer.text
    head, _, body = answer.text.partition("</head>")
    assert len(re.findall(r"<title>|name=\"description\"|rel=\"canonical\"", head)) == 3
    assert len(re.findall(r"<h1[ >]|<main ", body)) == 2
    here = f"http://site.example{address_of(page, code)}"
    assert f'<link rel="canonical" href="{here}" />' in answer.text
    assert f'<meta property="og:url" content="{here}" />' in answer.text
    for other in LANGUAGES:
        alternate = f'hreflang="{TAGS[other]}" href="http://site.example{address_of(page, other)}"'
        assert alternate in answer.text
    for each_page in PAGES:
        assert f'href="{address_of(each_page, code)}"' in answer.text


def test_search_engines_for_data_find_the_record(client: TestClient, warehouse: Path) -> None:
    page = client.get("/")
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    payload = json.loads(written)
    first, last = open_record(warehouse).period()
    assert (payload["@type"], payload["temporalCoverage"]) == ("Dataset", f"{first}/{last}")
    assert {row["name"] for row in payload["variableMeasured"]} == {
        measure.title for measure in CATALOGUE.values()
    }
    for row in payload["distribution"][:3]:
        assert row["contentUrl"].startswith("http://site.example/api/v1/")
        assert client.head(row["contentUrl"].removeprefix("http://site.example")).status_code == 200
    assert "ld+json" not in client.get("/trends").text


def test_files_offered_on_a_page_have_headings_in_its_language(client: TestClient) -> None:
    for code, heading in (("en", "measure"), ("cy", "Mesur")):
        page = client.get(address_of(HOME, code)).text
        files = [unescape(part) for part in re.findall(r'href="(/api/v1/[^"]+)"', page)]
        assert len(files) > 5
        assert {client.head(file).status_code for file in files} == {200}
        assert all(("lang=cy" in file) == (code == "cy") for file in files)
        (file,) = [file for file in files if file.startswith("/api/v1/estimates.csv")][:1]
        assert client.get(file).text.lstrip("\ufeff").startswith(heading)


def test_a_page_in_another_language_holds_words_for_those_of_the_framework(
    client: TestClient,
) -> None:
    assert 'id="framework-words"' not in client.get("/trends").text
    (written,) = re.findall(
        r'<script type="application/json" id="framework-words">(.*?)</script>',
        client.get("/trends?lang=cy").text,
    )
    payload = json.loads(written)
    assert set(WORDS) < set(payload)
    assert all(ours and ours != own for own, ours in payload.items())
    # A word that a new version of the framework says otherwise would stay English and nobody would
    # see it.
    scripts = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(streamlit.__file__).parent.glob("static/static/js/*.js")
    )
    pieces = [
        piece
        for own in payload
        for piece in re.split(r"\{\w+\}(?: options)?|[\d.]+MB| • XLSX, CSV", own)
        if piece
    ]
    assert [piece for piece in pieces if piece not in scripts] == []


def test_without_data_a_page_says_so(client: TestClient, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(tmp_path))
    answer = client.get("/trends?lang=cy")
    assert answer.status_code == 503
    assert "Nid yw’r data wedi’i adeiladu eto" in answer.text
    assert client.get("/healthz").status_code == 503
    assert client.get("/api/v1/deployments.csv").status_code == 503


def test_an_unchanged_start_page_is_not_sent_again(client: TestClient) -> None:
    etag = client.get("/").headers["etag"]
    again = client.get("/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/?lang=cy").headers["etag"] != etag


def test_a_host_that_is_no_host_stands_nowhere(client: TestClient) -> None:
    answer = client.get("/", headers={"Host": 'x"><script>alert(1)</script>'})
    assert "alert(1)" not in answer.text
    assert '<link rel="canonical" href="/" />' in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/nothing/",
        "/trends/x",
        "/static",
        "/_stcore/metrics",
        "/_stcore/nothing",
        "/_stcore/upload_file/a/b",
        "/auth/login",
        "/_stcore/agent/openapi.json",
        "/manifest.json",
    ],
)
def test_what_is_not_there_is_404_and_leads_on(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "content-security-policy" in answer.headers
    assert "<script" not in answer.text
    for page in PAGES:
        assert f'href="{address_of(page)}"' in answer.text
    assert client.head(path).status_code == 404


def test_redirects_keep_the_query(client: TestClient) -> None:
    for path, goal in (
        ("/robots.txt/", "/robots.txt"),
        ("/sitemap.xml/?a=b", "/sitemap.xml?a=b"),
        (f"/{HOME.slug}?force=essex", "/?force=essex"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (308, goal)


def test_head_answers_as_get_does(client: TestClient) -> None:
    for path in ("/", "/robots.txt", "/sitemap.xml", "/favicon.svg", "/healthz"):
        response, got = client.head(path), client.get(path)
        assert response.status_code == got.status_code == 200
        assert response.headers["content-type"] == got.headers["content-type"]


def test_the_frameworks_own_addresses_still_answer(client: TestClient) -> None:
    assert client.get("/_stcore/health").text == "ok"
    assert client.get("/_stcore/host-config").json()["blockErrorDialogs"] is False
    assert client.get("/media/none.csv").status_code == 404
    assert client.get("/static/js/none.js").status_code == 404
    plan = read_plan(client.get("/").text)
    assert client.get(plan["module"]).headers["content-encoding"] == "gzip"
    files = [plan["module"], plan["site"], *plan["styles"], *plan["preloads"]]
    assert {client.head(file).status_code for file in files} == {200}


def test_none_of_our_answers_sets_a_cookie(client: TestClient) -> None:
    # What the framework would set depends on how it is started: a browser asks the started server.
    for path in ("/", "/nothing", "/api/v1/deployments.csv?force=essex"):
        assert "set-cookie" not in client.get(path).headers


def test_sitemap_and_robots(client: TestClient) -> None:
    root = ET.fromstring(client.get("/sitemap.xml").text)
    texts = [node.text for node in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = [f"http://site.example{address_of(page, code)}" for page, code in PLACES]
    assert texts[: len(pages)] == pages
    paths = ("http://site.example/forces/", "http://site.example/places?")
    areas = texts[len(pages) :]
    assert all(text.startswith(paths) for text in areas)
    assert "http://site.example/forces/essex?lang=cy" in texts
    assert "http://site.example/places?district=E09000008" in areas
    assert "http://site.example/places?place=north_end_croydon&lang=cy" in areas
    assert len(areas) == len(set(areas)) > 400
    assert "Sitemap: http://site.example/sitemap.xml" in client.get("/robots.txt").text


def test_security_contact_is_told_only_if_there_is_one(client: TestClient, monkeypatch) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    monkeypatch.setenv("LFR_SECURITY_CONTACT", "mailto:security@site.example")
    message = client.get("/.well-known/security.txt").text
    assert "Contact: mailto:security@site.example\nExpires: " in message


def test_icons_are_ours(client: TestClient) -> None:
    assert client.get("/favicon.svg").headers["content-type"] == "image/svg+xml"
    for path in ("/favicon.png", "/favicon.ico"):
        assert client.get(path).content.startswith(b"\x89PNG")


def test_headers(client: TestClient) -> None:
    plain = client.get("/").headers
    assert "script-src 'self';" in plain["content-security-policy"]
    assert plain["x-content-type-options"] == "nosniff"
    assert (
        plain["cross-origin-opener-policy"]
        == plain["cross-origin-resource-policy"]
        == "same-origin"
    )
    assert "camera=()" in plain["permissions-policy"]
    assert "strict-transport-security" not in plain
    behind = client.get("/", headers={"X-Forwarded-Proto": "https"}).headers
    assert "max-age=31536000" in behind["strict-transport-security"]


def test_the_script_is_kept_for_ever_under_its_hash(client: TestClient) -> None:
    page = client.get("/").text
    (starter,) = re.findall(r'src="(/assets/document\.[0-9a-f]{12}\.js)"', page)
    for address in (starter, read_plan(page)["site"]):
        answer = client.get(address)
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("text/javascript")
    assert client.get("/assets/site.000000000000.js").status_code == 404


def test_a_framework_of_another_shape_stops_the_start() -> None:
    index = read_index()
    with pytest.raises(ValueError, match="root"):
        make_template(index.replace('id="root"', 'id="other"'))
    with pytest.raises(ValueError, match="2 of"):
        make_template(index.replace("<title>Streamlit</title>", "<title>Streamlit</title>" * 2))
    with pytest.raises(ValueError, match="entry scripts"):
        server_preload.read_entry("<html></html>")
    with pytest.raises(ValueError, match="no list"):
        server_preload.find_pieces("", ["Html"])
    entry = server_preload.read_entry(index)
    with pytest.raises(ValueError, match="'Nothing'"):
        server_preload.find_pieces(entry, ["Nothing"])
    assert any(name.startswith("Html.") for name in server_preload.find_pieces(entry, ["Html"]))


def test_downloads_are_known_to_be_served() -> None:
    assert downloads_are_served()


async def run_pages(open_pages: OpenPages, clients: list[str], received: list[dict]) -> list[dict]:
    """Opens a page for each client inside the page of the one before; what was sent."""
    sent: list[dict] = []

    async def receive() -> dict:
        if not received:
            await asyncio.Event().wait()
        return received.pop(0)

    async def send(message) -> None:
        sent.append(message)

    host, *open_pages_of = clients
    if open_pages_of:

        async def inner(_scope, _receive, _send) -> None:
            open_pages.app = original
            sent.extend(await run_pages(open_pages, open_pages_of, received))

        original, open_pages.app = open_pages.app, inner
    await open_pages({"type": "websocket", "client": (host, 1)}, receive, send)
    return sent


def run_in_thread(work) -> list[dict]:
    """The browser's tests keep a loop running in this thread."""
    with ThreadPoolExecutor() as threads:
        return threads.submit(asyncio.run, work).result()


async def serve_nothing(_scope, _receive, _send) -> None:
    """A page that ends at once."""


@pytest.mark.parametrize(
    ("seats", "clients", "reason"),
    [
        (Seats(1), ["192.0.2.1", "192.0.2.2"], "too many readers"),
        (Seats(9, 1), ["192.0.2.1", "192.0.2.1"], "too many pages"),
        (Seats(9, 1), ["192.0.2.1", "::ffff:192.0.2.1"], "too many pages"),
        (Seats(9, 1), ["2001:db8::1", "2001:db8::2"], "too many pages"),
        (Seats(9, 1), ["2001:db8::1", "2001:db8:0:1::1"], None),
        (Seats(2, 1), ["192.0.2.1", "192.0.2.2"], None),
    ],
)
def test_a_page_too_many_is_refused_before_it_opens(seats: Seats, clients, reason) -> None:
    open_pages = OpenPages(serve_nothing, seats)
    sent = run_in_thread(run_pages(open_pages, clients, [{"type": "websocket.connect"}]))
    refusal = {"type": "websocket.close", "code": 1013, "reason": reason}
    assert sent == ([refusal] if reason else [])
    assert seats.taken == 0
    assert not seats.clients


@pytest.mark.parametrize("speaks", [False, True])
def test_a_page_that_asks_for_nothing_is_closed(speaks: bool) -> None:
    seats, received = Seats(1), []

    async def read(_scope, receive, _send) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            received.append(message["type"])

    messages = [{"type": "websocket.connect"}]
    if speaks:
        messages += [{"type": "websocket.receive"}, {"type": "websocket.disconnect"}]
    work = run_pages(OpenPages(read, seats, silent_seconds=0.2), ["192.0.2.1"], messages)
    sent = run_in_thread(work)
    close = {"type": "websocket.close", "code": 1008, "reason": "silent"}
    assert sent == ([] if speaks else [close])
    assert received == ["websocket.connect", *(["websocket.receive"] if speaks else [])]
    assert seats.taken == 0


def test_a_page_without_a_seat_is_a_document(client: TestClient, monkeypatch) -> None:
    address = read_plan(client.get("/trends").text)["seat"]
    assert client.get(address).status_code == 204
    monkeypatch.setattr(SEATS, "limit", 0)
    answer = client.get(address)
    assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
    assert client.get("/trends").status_code == 200


def read_plan(page: str) -> dict:
    """What the script of a document needs to start the framework."""
    (written,) = re.findall(r'<script type="application/json" id="live-plan">(.*?)</script>', page)
    return json.loads(written)
