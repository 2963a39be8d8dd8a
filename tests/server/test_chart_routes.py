"""Figures taken away from their pages: the same cards as on the page,
pictures with their words inside, embeds, refusals."""

from __future__ import annotations

import io
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from dashboard.components.card import FigureCard
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext
from dashboard.selection.selection import read_address
from dashboard.server.app import app
from dashboard.views.registry import WITH_FIGURES, list_cards, list_choices
from etl.queries.record import open_record
from etl.releases.catalogue import find_release
from tests.views.drawing import draw_page, read_titles

pytestmark = pytest.mark.slow

chromium = pytest.mark.skipif(
    not shutil.which("chromium"), reason="no chromium: apt-get install chromium"
)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def client(warehouse: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
        patch.delenv("LFR_SITE_ADDRESS", raising=False)
        yield TestClient(app, base_url="http://site.example", follow_redirects=False)


@pytest.mark.parametrize(
    ("slug", "query"),
    [
        *((slug, {}) for slug in WITH_FIGURES),
        ("forces", {"force": ["metropolitan"]}),
        ("trends", {"force": ["essex"]}),
    ],
)
def test_the_cards_are_those_of_the_page(
    slug: str, query: dict, warehouse: Path, monkeypatch
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    record = open_record(warehouse)
    choices = list_choices(record)
    selection, wrong = read_address(slug, query, choices)
    assert not wrong
    cards = list_cards(
        PageContext(
            BY_SLUG[slug],
            record,
            choices,
            selection,
            "en",
            False,
            find_release(None, warehouse.parents[1]),
        )
    )
    page = draw_page(slug, **query)
    shown = read_titles(page)
    assert cards
    for card in cards:
        assert shown[card.card_id] == card.title


@chromium
@pytest.mark.browser
def test_a_picture_has_its_words_inside(client: TestClient, warehouse: Path) -> None:
    answer = client.get("/chart/trends/trend.svg?force=metropolitan&measure=faces_seen_count")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    picture = ET.fromstring(answer.text)
    text = " ".join(" ".join(picture.itertext()).split())
    for words in (
        "faces seen",
        "MPS LFR Deployments",
        "Date of retrieval",
        open_record(warehouse).release_id,
        "These are not official statistics.",
        "http://site.example/trends?force=metropolitan",
    ):
        assert words in text, words
    assert picture.get("role") == "img"
    assert "Faces seen" in (picture.findtext(f"{SVG}title") or "") + (
        picture.findtext(f"{SVG}desc") or ""
    )
    assert (
        client.get(
            answer.url.path + "?" + answer.url.query.decode(),
            headers={"If-None-Match": answer.headers["etag"]},
        ).status_code
        == 304
    )


@chromium
@pytest.mark.browser
def test_a_png_has_twice_the_pixels_and_a_description(client: TestClient) -> None:
    answer = client.get("/chart/overview/false_share_of_alerts.png?ground=dark&lang=cy")
    assert answer.status_code == 200
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size[0] == 2000
    assert picture.getpixel((2, 2))[:3] == (0x14, 0x17, 0x1C)
    assert len(picture.info["Description"]) > 100


@pytest.mark.parametrize(
    ("address", "status", "names"),
    [
        ("/chart/trends/trend.svg?force=zzz", 400, "zzz"),
        ("/chart/trends/trend.svg?colour=red", 400, "colour"),
        ("/chart/trends/trend.svg?lang=fr", 400, "lang"),
        ("/chart/trends/trend.svg?ground=pink", 400, "ground"),
        ("/chart/trends/trend.svg?release=99.0.0", 404, "99.0.0"),
        ("/chart/trends/trend.gif", 404, "svg"),
        ("/chart/trends/nothing.svg", 404, "trend"),
        ("/chart/nowhere/trend.svg", 404, "who-is-affected"),
        ("/chart/map/areas.svg", 404, "cells"),
        (f"/chart/trends/trend.svg?from={'9' * 2500}", 414, "long"),
        ("/embed/trends/trend?force=<script>", 400, "script"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    client: TestClient, address: str, status: int, names: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert names in str(answer.json())


def test_an_embed_may_stand_in_other_pages_and_runs_nothing(client: TestClient) -> None:
    answer = client.get("/embed/trends/trend?force=metropolitan")
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
    assert "<script" not in answer.text
    assert 'src="/chart/trends/trend.svg?force=metropolitan"' in answer.text
    assert "follows the record" in answer.text
    assert client.get("/trends").headers["x-frame-options"] == "DENY"


def test_an_embed_of_cells_is_a_table(client: TestClient) -> None:
    answer = client.get("/embed/map/areas")
    assert answer.status_code == 200
    assert '<th scope="col"' in answer.text


def test_every_card_of_the_forces_page_has_all_its_parts(warehouse: Path) -> None:
    record = open_record(warehouse)
    choices = list_choices(record)
    selection, _ = read_address("forces", {"force": ["metropolitan"]}, choices)
    cards = list_cards(
        PageContext(
            BY_SLUG["forces"],
            record,
            choices,
            selection,
            "en",
            False,
            find_release(None, warehouse.parents[1]),
        )
    )
    assert all(isinstance(card, FigureCard) and card.alt and card.sources for card in cards)
