"""Every page in Welsh: no sentence of the catalogue is left in English,
and what is English by nature says so."""

from __future__ import annotations

import html
import json
import re
import string
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from dashboard.pages import PAGES
from scripts.translations.catalogues import read_catalogue

# Fewer words in a row could be a name, or stand in both languages.
MIN_WORDS = 4
ENGLISH = re.compile(r'<(\w+)[^>]*\slang="en"[^>]*>.*?</\1>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
VIEWS: list[tuple[str, dict[str, str | list[str]]]] = [
    *((page.slug, {}) for page in PAGES),
    ("overview", {"force": "essex"}),
    ("forces", {"force": "south_wales"}),
    ("forces", {"force": "kent"}),
    ("forces", {"force": ["essex", "metropolitan"]}),
    ("map", {"view": "regions"}),
    ("trends", {"force": "nonsense", "by": "nonsense", "from_": "1066"}),
    ("trends", {"measure": "false_share_of_alerts", "by": "year"}),
    ("misidentifications", {"force": "metropolitan"}),
]


@cache
def list_english() -> tuple[str, ...]:
    """The runs of words of all texts that have another translation,
    as they would stand on a page."""
    result, welsh = set(), set()
    for message in read_catalogue("cy"):
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        strings = (
            (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        )
        for text, string_message in zip(ids, strings, strict=True):
            if text and text != string_message:
                result |= set(_runs(text))
                welsh |= set(_runs(string_message))
    return tuple(sorted(item for item in result if not any(item in other for other in welsh)))


def _runs(text: str) -> Iterator[str]:
    for words, _name, _format, _conversion in string.Formatter().parse(text):
        if len(words.split()) >= MIN_WORDS:
            yield words.strip(" .,:;()“”")


def read_texts(page: AppTest) -> str:
    """All that a page says, HTML without its tags; what is marked as English is left out."""
    sentences = []
    for text in _walk(page._tree):
        plain = TAGS.sub(" ", ENGLISH.sub(" ", text))
        sentences.append(html.unescape(plain.replace("<br>", " ")))
    return re.sub(r"\s+", " ", " ".join(sentences))


def _walk(node: Any) -> Iterator[str]:
    for child in getattr(node, "children", {}).values():
        yield from _walk(child)
    proto = getattr(node, "proto", None)
    if proto is not None and not getattr(node, "children", None):
        yield from _strings(MessageToDict(proto))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            if name == "spec":
                yield from _strings(json.loads(item))
            elif name != "id":
                yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize(
    ("slug", "query"), VIEWS, ids=lambda case: case if isinstance(case, str) else ",".join(case)
)
def test_no_sentence_is_left_in_english(draw, slug: str, query: dict[str, str | list[str]]) -> None:
    page = draw(slug, lang="cy", **query)
    assert not page.exception
    texts = read_texts(page)
    assert len(texts) > 500
    assert [item for item in list_english() if item in texts] == []


def test_the_same_page_in_english_would_be_found(draw) -> None:
    """What the test looks for does stand on the page in the other language."""
    texts = read_texts(draw("overview"))
    assert len([item for item in list_english() if item in texts]) > 20
