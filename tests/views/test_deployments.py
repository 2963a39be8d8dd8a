"""What a reader is told of the rows: the table, its filters,
and one row down to its printed cells."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dashboard.selection.parameters import BY_NAME
from dashboard.selection.selection import NOTHING, Selection
from dashboard.views.deployments.query import get_rows, get_sorted_rows
from dashboard.views.deployments.table import ROWS_A_PAGE
from etl.model.caveats import CAVEATS
from etl.queries.record import Record
from tests.views.drawing import read_sections

DALSTON = "metropolitan_deployments_2023_2024_0113"


def test_all_rows_are_there_in_pages_with_page_and_row_of_each(
    draw, read_html, record: Record
) -> None:
    page = draw("deployments")
    assert not page.exception
    html = read_html(page)
    count = len(record.rows.deployments())
    assert f"{count} entries" in html
    assert f"1 to {ROWS_A_PAGE} of {count}" in html
    newest = record.rows.deployments()[0]
    assert f"page {newest.page}, row {newest.row}" in html
    assert f"deployment={newest.deployment_id}" in html
    assert f"published as “{newest.date_text}”" in html


def test_the_rows_of_a_figure_add_up_to_it(draw, read_html, record: Record) -> None:
    html = read_html(draw("deployments", force="metropolitan", from_="2024", to="2024"))
    total = record.estimate(
        "faces_seen_count", where={"force_id": ["metropolitan"], "year": [2024]}
    ).only()
    assert f"{total.numerator:,} faces seen" in html
    assert CAVEATS["faces_not_people"] in unescape(html)
    assert "180 entries" in html


def test_the_second_page_goes_on_where_the_first_ends(draw, read_html) -> None:
    html = read_html(draw("deployments", page="2"))
    assert f"{ROWS_A_PAGE + 1} to {2 * ROWS_A_PAGE} of" in html


def test_a_page_past_the_last_is_the_last(draw, read_html, record: Record) -> None:
    page = draw("deployments", page="9999")
    assert not page.exception
    count = len(record.rows.deployments())
    assert f"to {count} of {count}" in read_html(page)
    last = -(-count // ROWS_A_PAGE)
    assert [item.value for item in page.warning] == [
        f"There is no page 9999 of this table: page {last}, its last, is shown."
    ]


@pytest.mark.parametrize(
    ("name", "value", "column"),
    [
        ("force", "essex", "force_id"),
        ("region", "E12000007", "region_code"),
        ("district", "E09000008", "district_code"),
        ("publication", "south_wales_events", "publication_id"),
        ("threshold", "0.62", "threshold"),
        ("use_case", "Crime Hotspot", "use_case"),
    ],
)
def test_each_filter_limits_the_rows(
    draw, read_html, record: Record, name: str, value: str, column: str
) -> None:
    page = draw("deployments", **{name: value})
    assert not page.exception
    assert not page.warning
    count = len(record.rows.deployments({column: [value]}))
    assert 0 < count < len(record.rows.deployments())
    assert f"of {count}<" in read_html(page)


def test_words_are_searched_for_in_print_place_and_district(
    draw, read_html, record: Record
) -> None:
    selection = Selection(search="oxford WESTMINSTER")
    rows = get_rows(record, selection)
    assert rows
    html = read_html(draw("deployments", place=selection.search))
    assert f"of {len(rows)}<" in html
    assert "add up to" not in html


def test_rows_that_are_kept_and_not_counted_are_shown_on_request(
    draw, read_html, record: Record
) -> None:
    every = len(record.rows.deployments(counted_only=False))
    stored_every = every - len(record.rows.deployments())
    html = read_html(draw("deployments", uncounted="yes"))
    assert f"{every} entries, {stored_every} of them are kept and not counted" in html


@pytest.mark.parametrize("order", list(BY_NAME["sorted"].choices))
def test_every_order_has_every_row_once(record: Record, order: str) -> None:
    rows = get_sorted_rows(record, NOTHING.with_changes(sorted=order))
    assert len({row.deployment_id for row in rows}) == len(record.rows.deployments())
    if order in ("faces_seen", "alerts", "false_alerts"):
        known = [row.counts[order] for row in rows if row.counts[order] is not None]
        assert known == sorted(known, reverse=True)
        assert rows[0].counts[order] is not None


def test_a_row_stands_at_its_own_address_with_every_printed_cell(
    draw, read_html, record: Record
) -> None:
    page = draw("deployments", deployment=DALSTON)
    assert not page.exception
    assert next(iter(read_sections(page).values())) == "Dalston, 11 July 2024"
    text = unescape(read_html(page))
    assert "page 4, row 15" in text
    row_evidence = record.rows.evidence(DALSTON)
    assert row_evidence is not None
    for cell in row_evidence.cells:
        assert cell.heading in text
        assert f">{cell.text}</q>" in text
    assert "Corrected: we do not use the published text." in text
    assert row_evidence.corrections[0].reason in text
    assert row_evidence.corrections[0].evidence in text
    for finding in row_evidence.findings:
        assert finding.message in text
    assert str(row_evidence.edition.file_sha256) in text
    assert "Use of LFR to support the policing of Crime Hotspots" in text


def test_a_pdf_opens_at_the_page_and_a_copy_does_not(draw, read_html) -> None:
    own = read_html(draw("deployments", deployment=DALSTON))
    assert 'lfr-deployment-grid-2023-to-2024.pdf#page=4"' in own
    copied = read_html(draw("deployments", deployment="metropolitan_transcription_2026_0001"))
    assert "#page=" not in copied
    assert "Third-party copy" in copied


def test_a_row_without_a_doubt_does_not_claim_to_be_right(draw, read_html) -> None:
    html = read_html(draw("deployments", deployment="metropolitan_deployments_2023_2024_0202"))
    assert "That does not show that it is right." in html
    assert "The whole is the sum of its printed parts." in html
    assert "The publisher does not print it." in html


def test_a_row_that_is_not_counted_says_why(draw, read_html) -> None:
    text = unescape(
        read_html(draw("deployments", deployment="reported_deployments_collected_0001"))
    )
    assert "No: falls inside the period of the South Wales table" in text


def test_ways_lead_back_and_to_the_neighbours_and_keep_the_filters(draw, read_html) -> None:
    text = unescape(read_html(draw("deployments", force="metropolitan", deployment=DALSTON)))
    assert 'href="/deployments?force=metropolitan">Back to the list' in text
    assert re.search(
        r'href="/deployments\?force=metropolitan&deployment=\w+_0112">The entry above', text
    )
    assert re.search(
        r'href="/deployments\?force=metropolitan&deployment=\w+_0114">The entry below', text
    )


def test_a_place_is_found_however_its_marks_are_typed(draw, read_html) -> None:
    for typed in ("King’s Cross", "king's cross.", "KING'S CROSS"):
        assert "No deployment here has" not in read_html(draw("deployments", place=typed))
    assert "No deployment here has" in read_html(draw("deployments", place="Queen’s Cross"))
    html = read_html(draw("deployments", place="CR0"))
    assert 'href="/places?place=CR0"' in html


def test_nonsense_is_told_and_all_rows_are_shown(draw, read_html, record: Record) -> None:
    page = draw(
        "deployments",
        deployment="nobody",
        district="x",
        publication="y",
        sorted="z",
        force="narnia",
    )
    assert not page.exception
    warned = " ".join(item.value for item in page.warning)
    for value in ("nobody", "x", "y", "z", "narnia"):
        assert f"“{value}”" in warned
    assert f"of {len(record.rows.deployments())}<" in read_html(page)


def test_a_word_that_is_nowhere_says_so_and_leads_back(draw, read_html) -> None:
    page = draw("deployments", place="<b>zzz</b>")
    assert not page.exception
    html = read_html(page)
    assert "“&lt;b&gt;zzz&lt;/b&gt;”" in html
    assert 'href="/deployments">Show all' in html


def test_a_force_without_rows_is_not_a_zero(draw, read_html) -> None:
    html = read_html(draw("deployments", force="leicestershire"))
    assert "That is not a zero" in html
    assert "nothing that it published about it was found" in html


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("deployments")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]
