"""Pages as documents, asked of the real application without a browser: what they hold, what an
address may ask, what is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from lxml import html
from starlette.testclient import TestClient

from dashboard.pages import PAGES
from dashboard.server.app import app
from dashboard.server.page_routes import DOCUMENTS
from dashboard.streamlit_internals.index_page import address_of
from dashboard.text.language import LANGUAGES
from dashboard.text.numbers import format_total
from etl.queries.record import open_record

PLACES = [(page, code) for page in PAGES for code in LANGUAGES]


@pytest.fixture(scope="module")
def client(warehouse: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
        patch.delenv("LFR_SITE_ADDRESS", raising=False)
        yield TestClient(app, base_url="http://site.example", follow_redirects=False)


def read(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def read_form(document: html.HtmlElement) -> list[tuple[str, str]]:
    """What a browser would send, nothing having been changed."""
    pairs = []
    for field in document.xpath("//*[@form='filters' or ancestor::form[@id='filters']][@name]"):
        if field.tag == "select":
            selected = field.xpath("./option[@selected]") or field.xpath("./option[1]")
            pairs.append((field.get("name"), selected[0].get("value")))
        elif field.get("type") != "checkbox" or field.get("checked") is not None:
            pairs.append((field.get("name"), field.get("value")))
    return pairs


def text_of(document: html.HtmlElement) -> str:
    (main,) = document.xpath("//main")
    return " ".join(main.text_content().split())


@pytest.mark.parametrize(("page", "code"), PLACES)
def test_every_page_is_a_whole_document(client: TestClient, page, code: str) -> None:
    document = read(client, address_of(page, code))
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert len(document.xpath("//footer")) == len(document.xpath("//h1")) == 1
    assert len(document.xpath("//nav//a[@aria-current='page']")) == 1
    # Each chart is drawn for a desk and a phone, has words for who does not see it, and a table.
    for chart in document.xpath("//div[contains(@class, 'lfr-drawing')]"):
        assert chart.get("aria-label")
        assert len(chart.xpath(".//*[local-name()='svg']")) == 2
        assert chart.xpath("following::table")
    # Every field has a label, and a button sends them.
    for field in document.xpath("//select | //input[@type='text']"):
        assert document.xpath(f"//label[@for='{field.get('id')}']")
    if document.xpath("//form[@id='filters']"):
        assert document.xpath("//button[@form='filters']")


@pytest.mark.parametrize(
    "address",
    [
        "/trends?lang=cy",
        "/trends?measure=alerts_count&force=essex&force=metropolitan&threshold=0.64&from=2024",
        "/forces/essex?view=compare",
        "/map?view=boroughs&place=Croydon",
        "/deployments?force=metropolitan&uncounted=yes&sorted=alerts",
        "/claims?force=metropolitan",
        "/data-quality?check=date_out_of_order",
    ],
)
def test_a_form_sends_what_its_page_shows(client: TestClient, address: str) -> None:
    document = read(client, address)
    (action,) = document.xpath("//form[@id='filters']/@action")
    sent = read(client, f"{action}?{urlencode(read_form(document))}")
    assert text_of(sent) == text_of(document)


def test_a_force_has_an_address_of_its_own(client: TestClient) -> None:
    old = client.get("/forces?force=essex&from=2025&lang=cy", follow_redirects=False)
    assert old.status_code == 308
    assert old.headers["location"] == "/forces/essex?from=2025&lang=cy"
    document = read(client, "/forces/essex")
    assert document.xpath("//h1/text()") == ["Essex Police"]
    assert document.xpath("string(//title)").startswith("Essex Police – ")
    assert document.xpath("//meta[@property='og:title']/@content")[0].startswith("Essex Police")
    assert document.xpath("//link[@rel='canonical']/@href") == ["http://site.example/forces/essex"]
    assert client.get("/forces/nobody").status_code == 404
    assert "http://site.example/forces/essex</loc>" in client.get("/sitemap.xml").text


def test_a_heading_sorts_the_table_of_forces_and_the_own_row_stays_first(
    client: TestClient,
) -> None:
    table = "//table[.//th[@aria-sort]]"
    for order, expected in (("deployments_count", "Metropolitan"), ("name", "Bedfordshire")):
        document = read(client, f"/forces/essex?rank={order}")
        names = document.xpath(f"{table}/tbody/tr/th//text()")
        assert names[0] == "Essex"
        assert names[1].startswith(expected)


def test_a_filter_changes_the_figures(client: TestClient, warehouse: Path) -> None:
    record = open_record(warehouse)
    document = read(client, "/deployments")
    pairs = dict(read_form(document)) | {"force": "south_wales"}
    changed = text_of(read(client, f"/deployments?{urlencode(pairs)}"))
    for force_id in ("metropolitan", "south_wales"):
        total = record.estimate("alerts_count", where={"force_id": [force_id]}).only()
        assert (format_total(total) in changed) is (force_id == "south_wales")


def test_an_unchanged_selection_has_one_canonical_address(client: TestClient) -> None:
    for address in ("/trends?force=essex", "/trends?by=quarter&force=essex&axis=apart&force="):
        document = read(client, address)
        (canonical,) = document.xpath("//link[@rel='canonical']/@href")
        assert canonical == "http://site.example/trends?force=essex"
        (welsh,) = document.xpath("//link[@hreflang='cy']/@href")
        assert welsh == "http://site.example/trends?force=essex&lang=cy"
        (image,) = document.xpath("//meta[@property='og:image']/@content")
        assert image == "http://site.example/chart/trends/trend.png?force=essex"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("force=zzz", "“zzz”"),
        ("zzz=1", "“zzz”"),
        ("lang=xx", "“xx”"),
        ("from=2030&to=2020", "2030"),
        (
            "force=essex&force=metropolitan&force=kent&force=surrey&force=sussex&by=fortnight",
            "fort",
        ),
        ("force=%3Cscript%3Ealert(1)%3C/script%3E", "<script>alert(1)"),
        ("force=" + "x" * 5000, "x" * 40 + "…"),
        ("&".join(f"n{number}=1" for number in range(3000)), "“n0”"),
    ],
)
def test_what_is_not_understood_is_said(client: TestClient, query: str, sentence: str) -> None:
    answer = client.get(f"/trends?{query}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    document = html.fromstring(answer.text)
    warnings = [node.text_content() for node in document.xpath("//*[@role='alert']")]
    assert any(sentence in warning for warning in warnings)
    assert len(answer.text) < 400_000


def test_a_postcode_stands_in_no_address(client: TestClient) -> None:
    answer = client.get("/places?place=SW9%208PS&lang=cy")
    assert answer.status_code == 303
    assert dict(parse_qsl(answer.headers["location"].partition("?")[2])) == {
        "place": "SW9",
        "lang": "cy",
    }
    assert "8PS" not in client.get(answer.headers["location"]).text


def test_nothing_of_one_reader_is_in_anothers_document(client: TestClient) -> None:
    own = client.get(
        "/trends?force=essex&utm_source=secret",
        headers={
            "Host": "one.example",
            "Cookie": "a=secret",
            "Referer": "https://secret.example/",
            "User-Agent": "secret",
            "Accept-Language": "cy",
        },
    )
    other = client.get("/trends?force=essex", headers={"Host": "other.example"})
    assert "secret" not in own.text
    assert "one.example" not in other.text
    assert own.text.replace("one.example", "other.example") == other.text
    assert "set-cookie" not in own.headers


def test_readers_at_once_get_each_their_own(client: TestClient) -> None:
    forces = ("essex", "metropolitan", "south_wales", "bedfordshire")
    addresses = [f"/forces/{force}{language}" for force in forces for language in ("", "?lang=cy")]
    single = {address: client.get(address).text for address in addresses}
    with ThreadPoolExecutor(8) as threads:
        for address, text in threads.map(
            lambda address: (address, client.get(address).text), addresses * 3
        ):
            assert text == single[address]
    assert len(set(single.values())) == len(addresses)


def test_what_is_kept_is_bounded(client: TestClient, monkeypatch) -> None:
    for cache in (DOCUMENTS.packed, DOCUMENTS.written):
        monkeypatch.setattr(cache, "limit", 2_000_000)
    for number in range(30):
        client.get(f"/trends?from={2016 + number % 10}&force=essex&zzz{number}=1")
    assert DOCUMENTS.packed.held <= 2_000_000
    assert DOCUMENTS.written.held <= 2_000_000


def test_a_document_is_packed_and_known_again(client: TestClient) -> None:
    packed = client.get("/trends", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/trends", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert packed.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]
    for answer, encoding in ((packed, "gzip"), (plain, "identity")):
        sent = {"If-None-Match": answer.headers["etag"], "Accept-Encoding": encoding}
        again = client.get("/trends", headers=sent)
        assert (again.status_code, again.content) == (304, b"")


def test_links_to_other_pages_keep_the_selection(client: TestClient) -> None:
    text = client.get("/trends?force=essex&lang=cy").text
    links = {unescape(link) for link in re.findall(r'<a href="(/[^"#]*)"', text)}
    assert {"/?force=essex&lang=cy", "/forces/essex?lang=cy"} <= links
