"""Feeds and files of releases by address: valid, with ids that stay, and nothing of a draft."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.pages import HOME
from dashboard.server.feed_routes import news_routes
from dashboard.server.feeds import News, list_news, write_atom, write_json_feed
from dashboard.server.release_routes import release_routes
from dashboard.streamlit_internals.index_page import write_head
from etl.model.records import Correction
from etl.model.reference import Edition
from etl.model.releases import ReleaseInfo
from etl.outputs.writers import WRITERS
from etl.queries.record import open_record
from etl.releases.publish import make_release
from tests.releases.sample_releases import REGIONS, SMALL_WRITERS, build_regions, write_regions

pytestmark = pytest.mark.slow

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://record.example"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases of a small record, and a draft that serves."""
    data = write_regions(tmp_path_factory.mktemp("feeds") / "data", *REGIONS)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("etl.releases.publish.build", build_regions)
        patched.setattr("etl.releases.publish.WRITERS", SMALL_WRITERS)
        make_release(data, today=dt.date(2026, 1, 2))
        write_regions(data, REGIONS[0], ("E12000008", "=South-East"))
        patched.setattr("etl.releases.publish.WRITERS", WRITERS)  # this one with all its files
        make_release(data, today=dt.date(2026, 2, 2), reason="A name <corrected> & more.")
        patched.setattr("etl.releases.publish.WRITERS", SMALL_WRITERS)
        write_regions(data, REGIONS[0], ("E12000008", "=South-East"), ("W92000004", "Wales"))
        make_release(data, today=dt.date(2026, 3, 2), reason="Wales.")
    write_regions(data, ("E12000007", "Secret draft"))
    build_regions(data)
    return data / "releases"


@pytest.fixture
def client(releases: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("LFR_RELEASES", str(releases))
    with TestClient(Starlette(routes=[*news_routes(), *release_routes()]), base_url=SITE) as opened:
        yield opened


def read_atom(body: bytes) -> etree._Element:
    """The feed, if it has what RFC 4287 asks for."""
    feed = etree.fromstring(body)
    assert feed.tag == f"{ATOM}feed"
    for entry in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
            assert entry.findtext(f"{ATOM}{name}")
        moment = dt.datetime.fromisoformat(str(entry.findtext(f"{ATOM}updated")))
        assert moment.tzinfo is not None
        assert uuid.UUID(str(entry.findtext(f"{ATOM}id")).removeprefix("urn:uuid:")).version == 5
        links = [(part.get("rel"), part.get("type")) for part in entry.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = [item.text for item in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    return feed


def test_both_feeds_tell_every_release_and_no_draft(client: TestClient) -> None:
    atom = client.get("/feeds/news.atom")
    assert atom.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = read_atom(atom.content)
    titles = [part.findtext(f"{ATOM}title") for part in feed.findall(f"{ATOM}entry")]
    assert titles == ["Release 1.1.0", "Release 1.0.1", "Release 1.0.0"]
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{SITE}/feeds/news.atom"
    assert feed.findtext(f"{ATOM}updated") == "2026-03-02T00:00:00Z"
    response = client.get("/feeds/news.json")
    assert response.headers["content-type"].startswith("application/feed+json")
    payload = response.json()
    assert payload["version"] == "https://jsonfeed.org/version/1.1"
    assert payload["feed_url"] == f"{SITE}/feeds/news.json"
    assert [row["title"] for row in payload["items"]] == titles
    assert [row["id"] for row in payload["items"]] == [
        part.findtext(f"{ATOM}id") for part in feed.findall(f"{ATOM}entry")
    ]
    assert payload["items"][1]["content_text"] == "A name <corrected> & more."
    assert payload["items"][1]["url"] == f"{SITE}/releases?after=1.0.1#changes"
    assert "ecret draft" not in atom.text + response.text
    assert (
        client.get("/feeds/news.atom", headers={"If-None-Match": atom.headers["etag"]}).status_code
        == 304
    )


def test_corrections_and_publications_of_a_release_are_news(warehouse: Path) -> None:
    record = open_record(warehouse)
    release_info = ReleaseInfo(
        "1.0.0", "0" * 12, "0" * 64, "-", "-", dt.date(2026, 3, 1), reason="First release."
    )
    news = list_news((release_info,), record)
    kinds = {
        kind: [news_item for news_item in news if news_item.kind == kind]
        for kind in ("release", "correction", "publication")
    }
    assert len(kinds["correction"]) == len(record.table(Correction)) > 0
    assert (
        len(kinds["publication"])
        == sum(bool(row.retrieved_on) for row in record.table(Edition))
        > 0
    )
    assert list(news) == sorted(news, key=lambda news_item: news_item.day, reverse=True)
    assert any(
        "19199" in result.summary and "16199" in result.summary for result in kinds["correction"]
    )
    assert len(read_atom(write_atom(news, SITE)).findall(f"{ATOM}entry")) == len(news)
    # Ids are for good: these were given out.
    assert news[
        [news_item.name for news_item in news].index("release/1.0.0")
    ].id == "urn:uuid:" + str(
        uuid.uuid5(uuid.UUID("5f3d4a52-6c0e-5b8e-9d6a-6f1f0b2c7a11"), "release/1.0.0")
    )


def test_no_two_news_share_a_moment_and_time_keeps_their_order(warehouse: Path) -> None:
    news = list_news([], open_record(warehouse))
    moments = [item.moment for item in news]
    assert len(set(moments)) == len(news) > 3
    assert moments == sorted(moments, reverse=True)
    assert all(item.moment.startswith(f"{item.day}T00:0") for item in news)


def test_a_feed_without_news_and_one_with_odd_text_are_valid() -> None:
    assert not read_atom(write_atom((), "")).findall(f"{ATOM}entry")
    assert b'"items": []' in write_json_feed((), "")
    odd = News("a", dt.date(2026, 1, 1), "]]> <b>\x00\x1b", "&amp; \ud7ff", "/", "release")
    assert read_atom(write_atom((odd,), SITE)).findtext(f"{ATOM}entry/{ATOM}title") == "]]> <b>"


def test_every_page_names_the_feeds_in_its_head() -> None:
    head = etree.HTML(write_head(HOME, SITE, {"en": "/", "cy": "/?lang=cy"}))
    hrefs = {
        letter.get("type"): letter.get("href")
        for letter in head.iter("link")
        if letter.get("rel") == "alternate" and letter.get("type")
    }
    assert hrefs == {
        "application/atom+xml": f"{SITE}/feeds/news.atom",
        "application/feed+json": f"{SITE}/feeds/news.json",
    }


def test_the_files_of_a_release_are_served_as_they_were_made(
    client: TestClient, releases: Path
) -> None:
    sums = client.get("/releases/1.0.1/SHA256SUMS")
    assert sums.headers["cache-control"] == "public, max-age=31536000, immutable"
    for line in sums.text.splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(client.get(f"/releases/1.0.1/{name}").content).hexdigest() == digest
    database = client.get("/releases/1.0.0/lfr.duckdb").content
    assert database == (releases / "1.0.0" / "lfr.duckdb").read_bytes()
    assert "'=South-East" in client.get("/releases/1.1.0/tables/regions.csv").text
    again = client.get(
        "/releases/1.0.1/SHA256SUMS", headers={"If-None-Match": sums.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "address",
    [
        "/releases/9.9.9/SHA256SUMS",
        "/releases/1.0.0/none.csv",
        "/releases/1.0.0/tables",
        "/releases/latest/SHA256SUMS",
        "/releases/1.0.0/%2e%2e/1.0.1/SHA256SUMS",
        "/releases/1.0.0//etc/passwd",
        "/releases/current/lfr.duckdb",
    ],
)
def test_nothing_else_is_served_and_no_draft(
    client: TestClient, releases: Path, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 404, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert str(releases) not in answer.text
    draft = (releases / "current").resolve().name
    for name in (draft, f"draft-{draft}"):
        assert client.get(f"/releases/{name}/lfr.duckdb").status_code == 404


def test_what_changed_between_any_two_releases_is_one_file(client: TestClient) -> None:
    payload = client.get("/releases/changes.json?before=1.0.0&after=1.1.0").json()
    assert (payload["before"], payload["after"], payload["kind"]) == ("1.0.0", "1.1.0", "minor")
    assert payload["rows"] == {"regions": {"added": [["W92000004"]]}}
    (value,) = payload["values"]
    assert (value["old"], value["new"], value["reason"]) == (
        "South East",
        "=South-East",
        "A name <corrected> & more.",
    )
    assert list(payload["reasons"]) == ["1.0.1", "1.1.0"]
    text = client.get("/releases/changes.csv?before=1.0.0&after=1.1.0").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["change"], row["old"], row["new"]) for row in rows] == [
        ("added", "", ""),
        ("altered", "South East", "'=South-East"),
    ]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("", 400, "before"),
        ("before=1.0.0", 400, "after"),
        ("before=1.0.0&after=1.0.0", 400, "after"),
        ("before=1.1.0&after=1.0.0", 400, "after"),
        ("before=1.0.0&before=1.0.1&after=1.1.0", 400, "before"),
        ("before=9.9.9&after=1.0.0", 404, "before"),
        ("before=1.0.0&after=%3Cscript%3E", 404, "after"),
        ("before=1.0.0&after=1.1.0&x=1", 400, "x"),
    ],
)
def test_what_cannot_be_compared_names_the_parameter(
    client: TestClient, query: str, status: int, parameter: str
) -> None:
    answer = client.get(f"/releases/changes.json?{query}")
    assert (answer.status_code, answer.json()["parameter"]) == (status, parameter)


def test_without_data_the_feeds_say_that_there_is_no_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(tmp_path / "nowhere"))
    with TestClient(Starlette(routes=news_routes())) as opened:
        assert not read_atom(opened.get("/feeds/news.atom").content).findall(f"{ATOM}entry")


def test_files_whose_release_is_kept_elsewhere_are_refused(
    releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(releases.parent / "ledger", tmp_path / "ledger")
    monkeypatch.setenv("LFR_RELEASES", str(tmp_path / "releases"))
    with TestClient(Starlette(routes=release_routes())) as opened:
        answer = opened.get("/releases/1.0.0/SHA256SUMS")
        assert answer.status_code == 404
        assert opened.get("/releases/changes.json?before=1.0.0&after=1.1.0").status_code == 200
