"""A release as a folder of pages: whole by itself, and the same as the pages that are served."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from dashboard.documents.page import SITE_MARK, list_places
from dashboard.pages import PAGES
from dashboard.server.app import app
from dashboard.server.static_site import write_site
from dashboard.streamlit_internals.index_page import address_of
from dashboard.text.language import LANGUAGES
from etl.files import NotWritableError, write_folder_atomically
from etl.settings import REFERENCE_DIR


@pytest.fixture(scope="module")
def folder(first_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("static") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LFR_RELEASES", "")
        patch.delenv("LFR_SITE_ADDRESS", raising=False)
        count, size = write_site(first_release / "releases", home)
    assert count == len([path for path in home.rglob("*") if path.is_file()])
    assert size == sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    return home


def list_pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_every_page_and_force_is_there_in_both_languages(folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in list_pages(folder)}
    names = {name for name in names if "places/" not in name}
    slugs = ["index", *(page.slug for page in PAGES[1:])]
    forces = (REFERENCE_DIR / "forces.csv").read_text(encoding="utf-8").splitlines()[1:]
    slugs += [f"forces/{line.partition(',')[0]}" for line in forces]
    assert names == {f"{home}{slug}.html" for slug in slugs for home in ("", "cy/")}


def test_every_district_has_a_page_that_others_lead_to(
    folder: Path, first_release: Path, monkeypatch
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(first_release / "releases"))
    named = {query["district"][0] for query in list_places() if "district" in query}
    assert named
    for home in (folder, folder / "cy"):
        assert {path.stem for path in (home / "places").glob("*.html")} == named
        listed = (home / "places.html").read_text(encoding="utf-8")
        for path in (home / "places").glob("*.html"):
            assert f'href="places/{path.name}"' in listed
        district = next((home / "places").glob("*.html")).read_text(encoding="utf-8")
        assert "1.0.0" in district
        assert 'href="../sources.html' in district


def test_no_link_leads_out_of_the_folder_and_none_to_nothing(folder: Path) -> None:
    for path in list_pages(folder):
        page = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?! type=\"application/ld\+json\")|<noscript|<iframe", page)
        assert SITE_MARK not in page
        links = re.findall(r"(?:href|src)=\"([^\"#]+)", page) + re.findall(r"url\(\"([^\"]+)", page)
        fetched = re.findall(r"<(?:link|img|source)[^>]*(?:href|src)=\"([^\"#]+)", page)
        assert not [link for link in fetched if link.startswith("http")]
        for link in links:
            if not link.startswith(("http", "mailto:")):
                place = posixpath.normpath(posixpath.join(path.parent.as_posix(), link))
                assert not link.startswith("/")
                assert Path(place).is_file(), (path.name, link)
                assert Path(place).is_relative_to(folder)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_of_the_folder_says_what_the_served_page_says(
    folder: Path, first_release: Path, monkeypatch, code: str
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(first_release / "releases"))
    client = TestClient(app, base_url="http://site.example")
    home = folder if code == "en" else folder / code
    for page in PAGES:
        name = "index" if page is PAGES[0] else page.slug
        ours = read((home / f"{name}.html").read_text(encoding="utf-8"))
        served = read(client.get(address_of(page, code)).text)
        # What comes before is that it belongs to a release.
        assert "1.0.0" in ours["words"][0]
        assert ours["words"][1:] == served["words"]
        for part in ("headings", "tables", "drawings"):
            assert ours[part] == served[part], (page.slug, part)


def read(page: str) -> dict[str, list[str]]:
    document = html.fromstring(page)

    def texts(path: str) -> list[str]:
        return [" ".join(node.text_content().split()) for node in document.xpath(path)]

    blocks = "//main//*[contains(@class, 'stHtml') or contains(@class, 'lfr-note')][not(ancestor::"
    return {
        "words": [words for words in texts(f"{blocks}*[contains(@class, 'stHtml')])]") if words],
        "headings": texts("//main//h1 | //main//h2 | //main//h3"),
        "tables": texts("//main//table"),
        "drawings": [
            # A link leads to a page of the folder, or to the address of a page.
            re.sub(r' href="[^"]*"', "", html.tostring(node).decode())
            for node in document.xpath("//*[local-name()='svg']")
        ],
    }


def test_each_page_names_a_preview_that_is_there(folder: Path) -> None:
    images = [
        path.parent / image
        for path in list_pages(folder)
        for image in re.findall(
            r'property="og:image" content="([^"]+)"', path.read_text(encoding="utf-8")
        )
    ]
    assert images
    for image in images:
        assert image.read_bytes().startswith(b"\x89PNG")


def test_another_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(NotWritableError):
        write_folder_atomically(tmp_path / "letters", {"index.html": b"new"}, "index.html")
    for content in (b"one", b"two"):
        write_folder_atomically(tmp_path / "site", {"index.html": content}, "index.html")
        assert (tmp_path / "site" / "index.html").read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letters", "site"]
