"""What a reader is told of the publications: all of them, those of one force, and what to distrust."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from dashboard.selection.selection import Selection
from dashboard.views.sources.query import ask_sources
from etl.model.codes import RELIABILITY
from etl.queries.record import Answers, open_answers
from tests.screens.conftest import read_sections


@pytest.fixture
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def test_every_publication_has_its_section_with_all_that_is_known(draw, read_html, answers: Answers) -> None:
    page = draw("sources")
    assert not page.exception
    said = unescape(read_html(page))
    anchors = set(read_sections(page))
    for one in answers.rows("publications"):
        assert one["publication_id"] in anchors
        for name in ("title", "publisher", "licence", "form", "row_is", "verdict"):
            assert one[name] in said, name
        assert RELIABILITY.entry(one["reliability"]).meaning in said
        assert one["url"] is None or f'href="{one["url"]}"' in said
    for edition in answers.rows("editions"):
        assert edition["file_sha256"] in said
        assert edition["title"] in said


def test_rows_findings_and_corrections_are_told_and_linked(draw, read_html) -> None:
    said = unescape(read_html(draw("sources")))
    assert "286 rows counted" in said
    assert "252 rows counted, 75 kept and not counted" in said
    assert "246 claims" in said
    assert 'href="/deployments?uncounted=yes&publication=metropolitan_transcription"' in said
    assert 'href="/data-quality?publication=metropolitan_deployments#findings"' in said


def test_headings_are_shown_with_what_each_is_read_as(draw, read_html) -> None:
    said = unescape(read_html(draw("sources")))
    assert "Engagement Outcomes / Other Disposal" in said
    assert "Other disposals" in said
    assert "not read: kept as printed" in said


def test_a_force_has_its_publications_first_and_the_others_stay(draw, read_html, answers: Answers) -> None:
    page = draw("sources", force="south_wales")
    assert not page.exception
    headers = list(read_sections(page))
    lines = ask_sources(answers, Selection(("south_wales",)))
    own = [one.publication_id for one in lines if one.about_force]
    assert {"south_wales_events", "reported_deployments", "claims"} <= set(own)
    assert "metropolitan_deployments" not in own
    assert headers.index("south_wales_events") < headers.index("others") < headers.index("metropolitan_deployments")  # fmt: skip
    assert {one["publication_id"] for one in answers.rows("publications")} <= set(headers)


def test_a_force_of_which_nothing_is_held_says_so(draw, read_html) -> None:
    page = draw("sources", force="dorset")
    assert not page.exception
    said = read_html(page)
    assert "No publication in the record is about Dorset" in said
    assert "That does not show that it publishes nothing" in said


def test_the_table_and_the_sections_are_the_same_publications(answers: Answers) -> None:
    lines = ask_sources(answers, Selection())
    assert sorted(one.publication_id for one in lines) == sorted(
        one["publication_id"] for one in answers.rows("publications")
    )
    assert sum(one.counted_count for one in lines) == len(answers.deployments())
    assert sum(sum(one.findings.values()) for one in lines) == len(answers.rows("findings"))


def test_nonsense_is_told(draw) -> None:
    page = draw("sources", force="narnia")
    assert not page.exception
    assert "“narnia”" in " ".join(one.value for one in page.warning)


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("sources")
    assert not page.exception
    assert [one.value for one in page.title] == ["The record is empty"]
