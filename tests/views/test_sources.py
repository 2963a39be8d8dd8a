"""What a reader is told of the publications: all of them, those of one force,
and what to distrust."""

from __future__ import annotations

from html import unescape

from dashboard.selection.selection import Selection
from dashboard.views.sources.query import get_sources
from etl.model.codes import RELIABILITY
from etl.model.records import Finding
from etl.model.reference import Edition, Publication
from etl.queries.record import Record
from tests.views.drawing import read_sections


def test_every_publication_has_its_section_with_all_that_is_known(
    draw, read_html, record: Record
) -> None:
    page = draw("sources")
    assert not page.exception
    text = unescape(read_html(page))
    anchors = set(read_sections(page))
    for publication in record.table(Publication):
        assert publication.publication_id in anchors
        for name in ("title", "publisher", "licence", "form", "row_is", "verdict"):
            assert getattr(publication, name) in text, name
        assert RELIABILITY.entry(publication.reliability).meaning in text
        assert publication.url is None or f'href="{publication.url}"' in text
    for edition in record.table(Edition):
        assert edition.file_sha256 in text
        assert edition.title in text


def test_rows_findings_and_corrections_are_told_and_linked(draw, read_html) -> None:
    text = unescape(read_html(draw("sources")))
    assert "324 entries counted, 74 kept and not counted" in text
    assert "214 entries counted, 113 kept and not counted" in text
    assert "335 claims" in text
    assert 'href="/deployments?uncounted=yes&publication=metropolitan_transcription"' in text
    assert 'href="/data-quality?publication=metropolitan_deployments#findings"' in text


def test_headings_are_shown_with_what_each_is_read_as(draw, read_html) -> None:
    text = unescape(read_html(draw("sources")))
    assert "Engagement Outcomes / Other Disposal" in text
    assert "Other disposals" in text
    assert "not read: kept as published" in text


def test_a_force_has_its_publications_first_and_the_others_stay(
    draw, read_html, record: Record
) -> None:
    page = draw("sources", force="south_wales")
    assert not page.exception
    headers = list(read_sections(page))
    lines = get_sources(record, Selection(("south_wales",)))
    own = [line.publication_id for line in lines if line.about_force]
    assert {"south_wales_events", "reported_deployments", "claims"} <= set(own)
    assert "metropolitan_deployments" not in own
    assert (
        headers.index("south_wales_events")
        < headers.index("others")
        < headers.index("metropolitan_deployments")
    )
    assert {publication.publication_id for publication in record.table(Publication)} <= set(headers)


def test_a_force_of_which_nothing_is_held_says_so(draw, read_html) -> None:
    page = draw("sources", force="dorset")
    assert not page.exception
    html = read_html(page)
    assert "We have no publication about Dorset" in html
    assert "That does not show that it publishes nothing" in html


def test_the_table_and_the_sections_are_the_same_publications(record: Record) -> None:
    lines = get_sources(record, Selection())
    assert sorted(line.publication_id for line in lines) == sorted(
        publication.publication_id for publication in record.table(Publication)
    )
    assert sum(line.counted_count for line in lines) == len(record.rows.deployments())
    assert sum(sum(line.findings.values()) for line in lines) == len(record.table(Finding))


def test_nonsense_is_told(draw) -> None:
    page = draw("sources", force="narnia")
    assert not page.exception
    assert "“narnia”" in " ".join(item.value for item in page.warning)


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("sources")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]
