"""Names that the glossary rules out stand in no text of the project,
but for quotations and the glossary's own entries."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard.pages import PAGES
from etl.model.codes import VALUE_STATUS
from etl.model.estimates import STATUS
from etl.model.glossary import NOT_USED
from etl.model.symbols import SYMBOL
from scripts.translations.catalogues import collect_texts

# `match` and `hit` as nouns and verbs; a “matcher” is a machine, and is no name of a figure.
FORBIDDEN = re.compile(
    r"\b(accuracy|match|matches|matched|hits?|false positive rates?|false alert rates?)\b",
    re.IGNORECASE,
)
OWN = {text for not_used in NOT_USED for text in (not_used.name, not_used.why)}
QUOTED = re.compile(r"“[^”]*”")


def find_forbidden(text: str) -> list[str]:
    """The names that are used, not quoted."""
    return FORBIDDEN.findall(QUOTED.sub(" ", text))


def test_the_search_finds_each_name_and_spares_a_quotation() -> None:
    for item in NOT_USED:
        assert find_forbidden(f"Its {item.name.lower()} is high.")
    assert not find_forbidden("“False alert rate” has been used for both.")
    assert not find_forbidden("A matcher without bias; one architect.")


def test_no_text_that_a_reader_sees_uses_one() -> None:
    places = {}
    for message in collect_texts():
        for text in [message.id] if isinstance(message.id, str) else list(message.id):
            if text and text not in OWN and find_forbidden(text):
                places[text] = [place for place, _line in message.locations]
    assert not places


@pytest.mark.parametrize("slug", [page.slug for page in PAGES if page.slug != "glossary"])
def test_no_page_uses_one_outside_of_what_publications_print(draw, slug: str) -> None:
    # In another language, what publications print says that it is English,
    # and so can be told from our own words.
    page = draw(slug, lang="cy")
    assert not page.exception
    body = " ".join(str(item.proto.body) for item in page.get("html"))
    ours = re.sub(r'<span lang="en">.*?</span>', " ", body, flags=re.DOTALL)
    ours = re.sub(r"<style>.*?</style>|<[^>]+>", " ", ours, flags=re.DOTALL)
    heads = " ".join(item.value for item in page.markdown)
    assert not find_forbidden(unescape(f"{ours} {heads}"))


def test_every_symbol_in_use_is_declared() -> None:
    declared = {f"[{item}]" for item in SYMBOL}
    used = {
        label
        for codes in (VALUE_STATUS, STATUS, SYMBOL)
        for entry in codes.entries
        for label in re.findall(r"\[[a-z]\]", entry.label)
    }
    assert used <= declared
    assert all(SYMBOL.label(item).startswith(f"[{item}] ") for item in SYMBOL)
