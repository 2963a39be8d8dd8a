"""The words: each with its meaning and an anchor, searched,
and names that are not used told as such."""

from __future__ import annotations

from html import unescape

import pytest

from etl.model.glossary import NOT_USED, WORDS


def test_every_word_has_its_meaning_and_an_anchor(draw, read_html) -> None:
    page = draw("glossary")
    assert not page.exception
    text = unescape(read_html(page))
    for word in WORDS:
        assert f'id="{word.word_id}"' in text
        assert word.meaning in text
    for other in NOT_USED:
        assert f'id="{other.name_id}"' in text
        assert other.why in text


def test_a_link_leads_only_to_a_word_that_is_there(draw, read_html) -> None:
    import re

    html = read_html(draw("glossary"))
    assert set(re.findall(r'href="#([a-z_]+)"', html)) <= set(re.findall(r'id="([a-z_]+)"', html))


@pytest.mark.parametrize(
    ("query", "there", "missing"),
    [
        ("similarity score", "threshold", "engagement"),
        ("FALSE POSITIVE", "false_alert", "threshold"),
    ],
)
def test_words_are_searched(draw, read_html, query: str, there: str, missing: str) -> None:
    html = read_html(draw("glossary", words=query))
    assert f'id="{there}"' in html
    assert f'id="{missing}"' not in html


def test_nothing_found_is_told(draw, read_html) -> None:
    page = draw("glossary", words="zebra")
    assert not page.exception
    assert "No word of the glossary has “zebra” in it" in unescape(read_html(page))


def test_markup_in_a_search_stays_text(draw, read_html) -> None:
    html = read_html(draw("glossary", words="<b>bold"))
    assert "<b>bold" not in html
    assert "&lt;b&gt;bold" in html


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("glossary")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]


@pytest.mark.parametrize("slug", ["glossary", "other-technologies"])
def test_the_three_technologies_have_a_picture_each(draw, read_html, slug: str) -> None:
    html = read_html(draw(slug))
    part = html[html.index("lfr-technologies") :]
    assert part[: part.index("</ul>")].count("data-svg=") == 3


def test_a_search_shows_words_and_no_pictures(draw, read_html) -> None:
    assert "lfr-technologies" not in read_html(draw("glossary", words="watchlist"))
