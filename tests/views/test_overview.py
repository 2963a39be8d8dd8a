"""What a reader is told on the first page: by default, with a filter, with nonsense,
and with nothing to show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboard.queries.publishing import get_silent
from dashboard.queries.series import get_total
from dashboard.selection.selection import Selection
from dashboard.text.numbers import format_estimate, without_symbols
from dashboard.views.overview.query import SameDays, get_first, get_same_days
from dashboard.views.registry import list_choices
from etl.queries.record import Record, open_record
from tests.views.drawing import read_sections


def test_the_default_page_says_what_it_is_and_is_not(draw, read_html, warehouse: Path) -> None:
    page = draw()
    assert not page.exception
    html = read_html(page)
    assert "These are not official statistics." in html
    record = open_record(warehouse)
    for measure_id in ("deployments_count", "faces_seen_count", "alerts_count", "arrests_count"):
        assert f"{get_total(record, measure_id, Selection()).numerator:,}" in html
    assert record.release_id in html
    assert 'scope="col"' in html
    for silent in get_silent(record):
        assert f'class="lfr-short">{silent.force_name}</th>' in html


def test_the_first_questions_have_answers_with_both_denominators(
    draw, read_html, warehouse: Path
) -> None:
    html = read_html(draw())
    first = get_first(open_record(warehouse), list_choices(open_record(warehouse)))
    assert first is not None
    assert first.year is not None
    share, per_face = (
        first.of_year["false_share_of_alerts"],
        first.of_year["false_alerts_per_face_seen"],
    )
    assert (
        f"{without_symbols(format_estimate(share))} were false "
        f"({share.numerator:,} of {share.denominator:,.0f} alerts)"
    ) in html
    assert f"of faces seen, {without_symbols(format_estimate(per_face))}" in html
    assert f"from={first.year}&amp;to={first.year}" in html


def test_a_force_filters_the_figures(draw, read_html, warehouse: Path) -> None:
    page = draw(force="metropolitan", from_="2024")
    assert not page.exception
    assert "Metropolitan Police" in read_sections(page).values()
    total = get_total(
        open_record(warehouse), "deployments_count", Selection(("metropolitan",), first_year=2024)
    )
    assert f'<p class="lfr-figure">{total.numerator:,}' in read_html(page)
    assert dict(page.query_params) == {"force": "metropolitan", "from": "2024"}


def test_nonsense_in_the_address_gets_a_sentence_and_the_default(draw) -> None:
    page = draw(force="<b>zzz</b>", to="soon")
    assert not page.exception
    warned = " ".join(item.value for item in page.warning)
    assert "no force “<b>zzz</b>”" in warned
    assert "no figures for “soon”" in warned
    assert "All forces" in read_sections(page).values()
    assert "force" not in page.query_params


def test_what_no_page_knows_is_said_and_left_out_of_the_address(draw) -> None:
    page = draw(row="nothere", utm_source="letter")
    assert [item.value for item in page.warning] == [
        "No page here knows “row”: this part of the address is left out."
    ]
    assert dict(page.query_params) == {}


def test_too_many_forces_for_the_page_are_told(draw) -> None:
    page = draw(force=["metropolitan", "essex"])
    assert [item.value for item in page.warning] == [
        "This page shows 1 at once: Metropolitan Police. The others in the address are left out."
    ]


def test_a_period_without_rows_is_not_called_zero(draw, read_html) -> None:
    page = draw(force="surrey", from_="2017", to="2018")
    assert not page.exception
    assert "That is not a zero" in read_html(page)


def test_a_force_without_rows_says_what_is_known_of_it(draw, read_html) -> None:
    page = draw(force="avon_and_somerset")
    assert not page.exception
    html = read_html(page)
    assert "That is not a zero" in html
    assert "Says it does not use it" in html


def test_a_missing_warehouse_is_told_with_its_remedy(
    draw, read_html, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("LFR_RELEASES", str(tmp_path))
    page = draw()
    assert not page.exception
    assert [item.value for item in page.title] == ["The data has not been built yet"]
    assert "python -m etl build" in read_html(page)


def test_an_empty_warehouse_is_told_with_its_remedy(draw_empty) -> None:
    page = draw_empty()
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]


def test_a_damaged_warehouse_is_told_with_its_remedy(draw, tmp_path, monkeypatch) -> None:
    (tmp_path / "current").mkdir()
    (tmp_path / "current" / "lfr.duckdb").write_bytes(b"not a database")
    monkeypatch.setenv("LFR_RELEASES", str(tmp_path))
    page = draw()
    assert not page.exception
    assert [item.value for item in page.title] == ["The data cannot be read"]


@pytest.mark.parametrize("force_id", ["metropolitan", "south_wales", "essex", "british_transport"])
def test_the_page_of_a_force_gives_both_rates_or_their_reason(
    draw, read_html, force_id: str
) -> None:
    page = draw(force=force_id)
    assert not page.exception
    html = read_html(page)
    assert "False share of alerts" in html
    assert "False alerts per face seen" in html


def test_questions_lead_to_where_the_answer_stands(draw, read_html) -> None:
    html = read_html(draw())
    for address, question in (
        ("/method#thresholds", "At what threshold?"),
        ("/data-quality#silent", "Who does not publish?"),
    ):
        assert f'<a href="{address}">{question}</a>' in html


def test_the_message_compares_the_same_days_of_two_years(draw, read_html, record: Record) -> None:
    """Counted by hand in the published rows: 95 by 17 April 2026, 60 by 17 April 2025."""
    same = get_same_days(record, "metropolitan")
    assert same == SameDays(dt.date(2026, 4, 17), 95, 60)
    html = read_html(draw())
    assert "95 times by 17 April 2026, and 60 times by that day a year before" in html
    assert html.index("lfr-message") < html.index("lfr-find") < html.index("lfr-answers")


def test_no_message_about_days_that_no_publication_covers(record: Record) -> None:
    assert get_same_days(record, "british_transport") is None
    assert get_same_days(record, "essex") is None


def test_only_forces_that_still_list_every_deployment_are_named(draw, read_html) -> None:
    html = read_html(draw())
    assert "Only British Transport Police, Immigration Enforcement and Metropolitan" in html


def test_three_answers_have_their_denominators_and_a_dot_for_each_alert(draw, read_html) -> None:
    html = read_html(draw())
    assert "12 of 2,404 alerts of Metropolitan Police in 2025 were false" in html
    assert html.count("●") == 200
    assert "4.2 million" in html
    assert "1,130 arrests" in html
