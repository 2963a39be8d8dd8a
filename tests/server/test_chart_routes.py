"""Figures taken away from their pages: the same cards as on the page,
pictures with their words inside, embeds, refusals."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import anyio
import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from dashboard.api.cache import CachedResponse
from dashboard.components.card import FigureCard
from dashboard.pages import BY_SLUG
from dashboard.rendering.context import PageContext
from dashboard.selection.selection import read_address
from dashboard.server.app import app
from dashboard.server.chart_routes import ChartUrls, Write
from dashboard.views.registry import WITH_FIGURES, list_cards, list_choices
from etl.queries.record import open_record
from etl.releases.catalogue import find_release
from tests.views.drawing import draw_page, read_titles

pytestmark = pytest.mark.slow

AXES = ("apart", "together")
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
        *((slug, {}) for slug in WITH_FIGURES if slug != "places"),
        ("places", {"district": ["E09000008"]}),
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


def test_a_png_has_twice_the_pixels_and_a_description(client: TestClient) -> None:
    answer = client.get("/chart/forces/false_share_of_alerts.png?theme=dark&lang=cy")
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
        ("/chart/trends/trend.svg?theme=pink", 400, "theme"),
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
    pictures = re.findall(r'<div class="lfr-(desk|phone)">(<svg.*?</svg>)</div>', answer.text)
    assert [name for name, _svg in pictures] == ["desk", "phone"]
    assert [ET.fromstring(svg).get("width") for _name, svg in pictures] == ["720", "340"]
    assert "is kept up to date" in answer.text
    assert client.get("/trends").headers["x-frame-options"] == "DENY"


def test_an_embed_has_the_theme_that_is_requested_by_its_old_name_too(client: TestClient) -> None:
    answer = client.get("/embed/trends/trend?theme=dark")
    assert "background: #14171C" in answer.text
    old = client.get("/embed/trends/trend?lang=cy&ground=dark", follow_redirects=False)
    assert old.status_code == 308
    assert old.headers["location"] == "/embed/trends/trend?lang=cy&theme=dark"


def test_the_key_of_a_map_is_inside_its_picture(client: TestClient) -> None:
    picture = ET.fromstring(client.get("/chart/map/areas.svg?view=boroughs").text)
    words = [text.text for text in picture.iter(f"{SVG}text")]
    assert "30 or more" in words
    assert "Counted by where the cameras stood, whoever ran them." in words


def fetch(urls: ChartUrls, paths: Sequence[str]) -> list[httpx.Response]:
    """The answers to these addresses asked for at once."""

    async def fetch_all() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=Starlette(routes=urls.routes()))
        answers: dict[str, httpx.Response] = {}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://site.example"
        ) as client_of_app:

            async def fetch_path(path: str) -> None:
                answers[path] = await client_of_app.get(path, timeout=300)

            async with anyio.create_task_group() as tasks:
                for path in paths:
                    tasks.start_soon(fetch_path, path)
        return [answers[path] for path in paths]

    return anyio.run(fetch_all)


def test_two_hundred_pictures_at_once_are_drawn_or_told_to_come_again(
    warehouse: Path, monkeypatch
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    urls = ChartUrls(at_once=2, patience=3)
    cached = "/chart/trends/trend.svg"
    assert fetch(urls, [cached])[0].status_code == 200
    drawing: list[int] = []
    most: list[int] = []

    async def count_while(request: Request, write: Write) -> CachedResponse:
        def counted(*args: object) -> CachedResponse:
            drawing.append(1)
            most.append(len(drawing))
            try:
                return write(*args)
            finally:
                drawing.pop()

        return await find_or_draw(request, counted)

    find_or_draw = urls._find_or_draw
    urls._find_or_draw = count_while
    measures = ("deployments", "faces_seen", "alerts", "arrests", "true_alerts")
    choices = product(measures, range(2017, 2021), (2025, 2026), ("month", "quarter", "year"), AXES)
    paths = [
        f"/chart/trends/trend.png?measure={measure}_count&from={first}&to={last}&by={step}&axis={axis}"
        for measure, first, last, step, axis in choices
    ][:200]
    answers = fetch(urls, [*paths, cached])
    statuses = [answer.status_code for answer in answers]
    assert len(statuses) == 201
    assert set(statuses[:-1]) == {200, 503}
    assert statuses[-1] == 200
    assert max(most) <= 2
    assert len(most) == statuses[:-1].count(200)
    refused = answers[statuses.index(503)]
    assert refused.headers["Retry-After"] == "5"
    assert "try again" in refused.json()["detail"]


def test_what_is_kept_does_not_wait_for_a_turn(warehouse: Path, monkeypatch) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
    urls = ChartUrls(at_once=1, patience=0.1)
    path = "/chart/trends/trend.svg?force=essex"
    first = fetch(urls, [path])[0]
    urls._turns.acquire_nowait()
    again, other = fetch(urls, [path, "/chart/trends/trend.svg"])
    assert (again.status_code, again.content) == (200, first.content)
    assert other.status_code == 503


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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "/embed/overview/faces_seen_count?lang=cy",
            "/embed/trends/trend?measure=faces_seen_count&by=quarter&lang=cy",
        ),
        (
            "/chart/overview/false_share_of_alerts.png",
            "/chart/forces/false_share_of_alerts.png",
        ),
    ],
)
def test_a_figure_that_moved_is_still_found(client: TestClient, old: str, new: str) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer.headers["location"]) == (308, new)
    assert client.get(new).status_code == 200
