"""What a reader is told on the first page: by default, with a filter, with nonsense,
and with nothing to show."""

from __future__ import annotations

import datetime as dt
import re
from base64 import b64decode

from dashboard.queries.publishing import get_silent, get_users
from dashboard.queries.series import get_total
from dashboard.selection.selection import Selection
from dashboard.views.overview.query import SameDays, get_same_days
from etl.queries.record import Record
from tests.views.drawing import read_titles


def test_the_default_page_says_what_it_is_and_is_not(draw, read_html, record: Record) -> None:
    page = draw()
    assert not page.exception
    html = read_html(page)
    assert "These are not official statistics." in html
    assert record.release_id in html
    silent, users = get_silent(record), get_users(record)
    assert (
        f"{len(silent)} of the {len(users)} forces known to have used it have published no" in html
    )


def test_a_force_in_the_address_limits_the_chart(draw, record: Record) -> None:
    page = draw(force="british_transport", from_="2026")
    assert not page.exception
    total = get_total(
        record, "deployments_count", Selection(("british_transport",), first_year=2026)
    )
    assert read_titles(page)["deployments_count"].startswith(
        f"British Transport Police: {total.numerator} deployments"
    )
    assert dict(page.query_params) == {"force": "british_transport", "from": "2026"}


def test_nonsense_in_the_address_gets_a_sentence_and_the_default(draw) -> None:
    page = draw(force="<b>zzz</b>", to="soon")
    assert not page.exception
    warned = " ".join(item.value for item in page.warning)
    assert "no force “<b>zzz</b>”" in warned
    assert "no figures for “soon”" in warned
    assert read_titles(page)["deployments_count"].startswith("Metropolitan Police: ")
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
    assert (
        "Only British Transport Police (to 6 September 2026), Immigration Enforcement (to 30 "
        "November 2025) and Metropolitan Police (to 17 April 2026) list every deployment"
    ) in html


def test_three_answers_have_their_denominators_and_a_dot_for_each_alert(draw, read_html) -> None:
    html = read_html(draw())
    assert "12 of 2,404 alerts of Metropolitan Police in 2025 were false" in html
    assert html.count("●") == 200
    assert "4.2 million" in html
    assert "1,130 arrests" in html


def test_the_map_of_the_first_page_leads_to_forces_and_places(draw, read_html) -> None:
    html = read_html(draw())
    packed = html[html.index("lfr-first-map") :]
    svg = b64decode(re.search(r'data-svg="([^"]+)"', packed)[1]).decode()
    assert re.search(r'href="/forces[^"]*essex"', svg)
    assert "North End, Croydon: 41" in svg
    assert "Essex" in svg


def test_no_link_of_the_first_page_keeps_a_filter_for_other_pages(draw, read_html) -> None:
    """A force in a link of the menu would stay on every page after it."""
    html = read_html(draw())
    menu = html[html.index("lfr-menu") :]
    assert "force=" not in menu
    assert "from=" not in html


def test_the_first_page_has_at_most_350_words(draw, read_html) -> None:
    """Without header, menu and footer; numbers and names on the pictures are not sentences."""
    html = read_html(draw())
    body = html[html.index("<h1") : html.index("<footer")]
    shown = re.sub(
        r'<(svg|style|table|template)\b.*?</\1>|<div class="lfr-panel[^>]*>.*?</div>',
        " ",
        body,
        flags=re.S,
    )
    words = re.sub(r"<[^>]*>", " ", shown).replace("●", "").split()
    assert 100 < len(words) <= 350
