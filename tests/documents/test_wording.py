"""Public pages speak plain English: none has a word of the workshop in a sentence
(docs/wording.md)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from dashboard.pages import BY_SLUG, PAGES
from dashboard.server.app import app
from dashboard.streamlit_internals.index_page import address_of
from etl.measures.catalogue import CATALOGUE
from etl.model.caveats import CAVEATS

# Words that the public has no use for, and the symbols of tables.
FORBIDDEN = re.compile(
    r"\b(rows?|printed|the record|told|stands?|stood|bears? out|of which|anew|whoever|nobody"
    r"|beside)\b|\[[a-z]\]",
    re.IGNORECASE,
)
# The place of a figure in its source; quotations; names of terms of the glossary.
ALLOWED = re.compile(r"page(s)? and row|pages? [\d–, ]+, rows? [\d–, ]+|“[^”]*”|See also: .*|^Row$")
SENTENCES = ("p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "summary", "legend", "label")
LEFT_OUT = "|".join(
    f".//{name}"
    for name in (
        "table",
        "script",
        "style",
        "svg",
        "noscript",
        "select",
        "pre",
        "code",
        "blockquote",
    )
)
# The panel of a table, where marks are explained; text of publications, which only a page in
# another language marks as English.
TABLES = ".//*[contains(@class, 'lfr-of-table')]"
QUOTED = ".//*[@lang='en']"
ROOT = Path(__file__).parents[2]
DATA_TEXTS = (
    ROOT / "data" / "reference" / "breaks.csv",
    ROOT / "data" / "reference" / "group_counts.csv",
    ROOT / "etl" / "model" / "fields.csv",
)
# Pages whose sentences are still to be written again.
NOT_YET = frozenset({"claims", "map"})


@pytest.fixture(scope="module")
def client(warehouse: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LFR_RELEASES", str(warehouse.parents[1]))
        yield TestClient(app, base_url="http://site.example")


def read_main(client: TestClient, slug: str, code: str) -> html.HtmlElement:
    (main,) = html.fromstring(client.get(address_of(BY_SLUG[slug], code)).text).xpath("//main")
    return main


def squeeze(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def list_quoted(page: html.HtmlElement) -> list[str]:
    """Text of publications on a page in Welsh; notes of the reference tables, meanings of fields,
    caveats and questions of measures, which are in the files of a release and change with the next;
    the longest first."""
    notes = {
        cell
        for path in DATA_TEXTS
        for row in csv.DictReader(path.open(encoding="utf-8"))
        for cell in row.values()
        if cell and " " in cell
    }
    notes |= {
        *CAVEATS.values(),
        *(text for measure in CATALOGUE.values() for text in (measure.question, measure.title)),
    }
    return sorted({squeeze(item) for item in page.xpath(QUOTED)} - {""} | notes, key=len)[::-1]


def find_words(page: html.HtmlElement, quoted: Sequence[str] = ()) -> list[str]:
    """The forbidden words of a page, each with its sentence."""
    for element in page.xpath(f"{LEFT_OUT}|{TABLES}"):
        element.drop_tree()
    found = []
    for element in page.iter(*SENTENCES):
        if element.xpath(".//p|.//li|.//dd"):
            continue
        text = squeeze(element)
        for each_quoted in quoted:
            text = text.replace(each_quoted, " ")
        text = ALLOWED.sub(" ", text)
        found += [f"{match.group()}: {text.strip()[:200]}" for match in FORBIDDEN.finditer(text)]
    return found


def test_the_search_finds_words_and_leaves_tables_and_quotations() -> None:
    page = html.fromstring(
        "<main><p>Two rows.</p><p>“As printed”, page 4, row 2</p><ul><li>None [x]</li></ul>"
        "<table><tr><td>row</td></tr></table></main>"
    )
    assert [text.split(":")[0] for text in find_words(page)] == ["rows", "[x]"]


@pytest.mark.parametrize("slug", [page.slug for page in PAGES if page.slug not in NOT_YET])
def test_no_sentence_of_a_page_has_a_word_of_the_workshop(client: TestClient, slug: str) -> None:
    quoted = list_quoted(read_main(client, slug, "cy"))
    assert find_words(read_main(client, slug, "en"), quoted) == []


def test_pages_left_to_be_written_again_are_few() -> None:
    assert len(NOT_YET) <= 2
