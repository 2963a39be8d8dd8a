"""What a reader is told of the rows: the table, its filters, and one row down to its printed cells."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from dashboard.selection.selection import Selection
from dashboard.views.deployments.query import ORDERS, ask_rows, ask_sorted_rows
from dashboard.views.deployments.table import ROWS_A_PAGE
from etl.model.caveats import CAVEATS
from etl.queries.record import Answers, open_answers
from tests.screens.conftest import read_sections

DALSTON = "metropolitan_deployments_2023_2024_0113"


@pytest.fixture
def answers(warehouse: Path) -> Answers:
    return open_answers(warehouse)


def test_all_rows_are_there_in_pages_with_page_and_row_of_each(draw, read_html, answers: Answers) -> None:
    page = draw("deployments")
    assert not page.exception
    said = read_html(page)
    count = len(answers.deployments())
    assert f"{count} rows" in said
    assert f"rows 1 to {ROWS_A_PAGE} of {count}" in said
    newest = answers.deployments()[0]
    assert f"page {newest['page']}, row {newest['row']}" in said
    assert f"deployment={newest['deployment_id']}" in said
    assert f"printed “{newest['date_text']}”" in said


def test_the_rows_of_a_figure_add_up_to_it(draw, read_html, answers: Answers) -> None:
    said = read_html(draw("deployments", force="metropolitan", from_="2024", to="2024"))
    total = answers.estimate("faces_seen_count", where={"force_id": ["metropolitan"], "year": [2024]}).only()
    assert f"{total.numerator:,} faces seen" in said
    assert CAVEATS["faces_not_people"] in unescape(said)
    assert "180 rows" in said


def test_the_second_page_goes_on_where_the_first_ends(draw, read_html) -> None:
    said = read_html(draw("deployments", page="2"))
    assert f"rows {ROWS_A_PAGE + 1} to {2 * ROWS_A_PAGE} of" in said


def test_a_page_past_the_last_is_the_last(draw, read_html, answers: Answers) -> None:
    page = draw("deployments", page="9999")
    assert not page.exception
    count = len(answers.deployments())
    assert f"to {count} of {count}" in read_html(page)
    last = -(-count // ROWS_A_PAGE)
    assert [one.value for one in page.warning] == [
        f"There is no page 9999 of this table: page {last}, its last, is shown."
    ]


@pytest.mark.parametrize(("name", "value", "column"), [
    ("force", "essex", "force_id"), ("region", "E12000007", "region_code"), ("district", "E09000008", "district_code"),
    ("publication", "south_wales_events", "publication_id"), ("threshold", "0.62", "threshold"), ("use_case", "Crime Hotspot", "use_case"),
])  # fmt: skip
def test_each_filter_limits_the_rows(draw, read_html, answers: Answers, name: str, value: str, column: str) -> None:  # fmt: skip
    page = draw("deployments", **{name: value})
    assert not page.exception
    assert not page.warning
    count = len(answers.deployments({column: [value]}))
    assert 0 < count < len(answers.deployments())
    assert f"of {count}<" in read_html(page)


def test_words_are_searched_for_in_print_place_and_district(draw, read_html, answers: Answers) -> None:
    chosen = Selection(search="oxford WESTMINSTER")
    rows = ask_rows(answers, chosen)
    assert rows
    said = read_html(draw("deployments", place=chosen.search))
    assert f"of {len(rows)}<" in said
    assert "add up to" not in said


def test_rows_that_are_kept_and_not_counted_are_shown_on_request(draw, read_html, answers: Answers) -> None:
    every = len(answers.deployments(counted_only=False))
    kept = every - len(answers.deployments())
    said = read_html(draw("deployments", uncounted="yes"))
    assert f"{every} rows, {kept} of them are kept and not counted" in said


@pytest.mark.parametrize("order", list(ORDERS))
def test_every_order_has_every_row_once(answers: Answers, order: str) -> None:
    rows = ask_sorted_rows(answers, Selection(row_order=order))
    assert len({one["deployment_id"] for one in rows}) == len(answers.deployments())
    if order in ("faces_seen", "alerts", "false_alerts"):
        known = [one[f"{order}_count"] for one in rows if one[f"{order}_count"] is not None]
        assert known == sorted(known, reverse=True)
        assert rows[0][f"{order}_count"] is not None


def test_a_row_stands_at_its_own_address_with_every_printed_cell(draw, read_html, answers: Answers) -> None:
    page = draw("deployments", deployment=DALSTON)
    assert not page.exception
    assert next(iter(read_sections(page).values())) == "Dalston, 11 July 2024"
    said = unescape(read_html(page))
    assert "page 4, row 15" in said
    found = answers.row_evidence(DALSTON)
    assert found is not None
    for one in found.cells:
        assert one.heading in said
        assert f">{one.text}</q>" in said
    assert "Corrected: the printed text is not what is used." in said
    assert found.corrections[0]["reason"] in said
    assert found.corrections[0]["evidence"] in said
    for finding in found.findings:
        assert finding["message"] in said
    assert str(found.edition["file_sha256"]) in said
    assert "Use of LFR to support the policing of Crime Hotspots" in said


def test_a_pdf_opens_at_the_page_and_a_copy_does_not(draw, read_html) -> None:
    own = read_html(draw("deployments", deployment=DALSTON))
    assert 'lfr-deployment-grid-2023-to-2024.pdf#page=4"' in own
    copied = read_html(draw("deployments", deployment="metropolitan_transcription_2026_0001"))
    assert "#page=" not in copied
    assert "Third-party copy" in copied


def test_a_row_without_a_doubt_does_not_claim_to_be_right(draw, read_html) -> None:
    said = read_html(draw("deployments", deployment="metropolitan_deployments_2023_2024_0202"))
    assert "That does not show that it is right." in said
    assert "The whole is the sum of its printed parts." in said
    assert "The publisher does not print it." in said


def test_a_row_that_is_not_counted_says_why(draw, read_html) -> None:
    said = unescape(read_html(draw("deployments", deployment="reported_deployments_collected_0001")))
    assert "No: falls inside the period of the South Wales table" in said


def test_ways_lead_back_and_to_the_neighbours_and_keep_the_filters(draw, read_html) -> None:
    said = unescape(read_html(draw("deployments", force="metropolitan", deployment=DALSTON)))
    assert 'href="/deployments?force=metropolitan">Back to the rows' in said
    assert re.search(r'href="/deployments\?force=metropolitan&deployment=\w+_0112">The row above', said)
    assert re.search(r'href="/deployments\?force=metropolitan&deployment=\w+_0114">The row below', said)


def test_a_place_is_found_however_its_marks_are_typed(draw, read_html) -> None:
    for typed in ("King’s Cross", "king's cross.", "KING'S CROSS"):
        assert "No row" not in read_html(draw("deployments", place=typed))
    assert "No row" in read_html(draw("deployments", place="Queen’s Cross"))
    said = read_html(draw("deployments", place="CR0"))
    assert 'href="/map?place=CR0"' in said


def test_nonsense_is_told_and_all_rows_are_shown(draw, read_html, answers: Answers) -> None:
    page = draw("deployments", deployment="nobody", district="x", publication="y", sorted="z", force="narnia")
    assert not page.exception
    warned = " ".join(one.value for one in page.warning)
    for value in ("nobody", "x", "y", "z", "narnia"):
        assert f"“{value}”" in warned
    assert f"of {len(answers.deployments())}<" in read_html(page)


def test_a_word_that_is_nowhere_says_so_and_leads_back(draw, read_html) -> None:
    page = draw("deployments", place="<b>zzz</b>")
    assert not page.exception
    said = read_html(page)
    assert "“&lt;b&gt;zzz&lt;/b&gt;”" in said
    assert 'href="/deployments">Show all rows' in said


def test_a_force_without_rows_is_not_a_zero(draw, read_html) -> None:
    said = read_html(draw("deployments", force="leicestershire"))
    assert "That is not a zero" in said
    assert "nothing that it published about it was found" in said


def test_an_empty_record_says_so(draw_empty) -> None:
    page = draw_empty("deployments")
    assert not page.exception
    assert [one.value for one in page.title] == ["The record is empty"]
