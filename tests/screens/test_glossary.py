"""The words: each with its meaning and an anchor, searched, and names that are not used told as such."""

from __future__ import annotations

from html import unescape

import pytest

from etl.model.glossary import NOT_USED, WORDS


def test_every_word_has_its_meaning_and_an_anchor(draw, read_html) -> None:
    page = draw("glossary")
    assert not page.exception
    said = unescape(read_html(page))
    for one in WORDS:
        assert f'id="{one.word_id}"' in said
        assert one.meaning in said
    for other in NOT_USED:
        assert f'id="{other.name_id}"' in said
        assert other.why in said


def test_a_link_leads_only_to_a_word_that_is_there(draw, read_html) -> None:
    import re

    said = read_html(draw("glossary"))
    assert set(re.findall(r'href="#([a-z_]+)"', said)) <= set(re.findall(r'id="([a-z_]+)"', said))


@pytest.mark.parametrize(
    ("asked", "there", "missing"),
    [("similarity score", "threshold", "engagement"), ("FALSE POSITIVE", "false_alert", "threshold")],
)
def test_words_are_searched(draw, read_html, asked: str, there: str, missing: str) -> None:
    said = read_html(draw("glossary", words=asked))
    assert f'id="{there}"' in said
    assert f'id="{missing}"' not in said


def test_nothing_found_is_told(draw, read_html) -> None:
    page = draw("glossary", words="zebra")
    assert not page.exception
    assert "No word of the glossary has “zebra” in it" in unescape(read_html(page))


def test_markup_in_a_search_stays_text(draw, read_html) -> None:
    said = read_html(draw("glossary", words="<b>bold"))
    assert "<b>bold" not in said
    assert "&lt;b&gt;bold" in said


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("glossary")
    assert not page.exception
    assert [one.value for one in page.title] == ["The record is empty"]
