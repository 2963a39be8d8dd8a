"""What a reader is told about groups: the default, choices, refusals, nonsense,
and with nothing to show."""

from __future__ import annotations

import html

import pytest

from dashboard.descriptions.groups import describe_how_sure
from dashboard.queries.groups import count_forms, get_figure, get_publishers
from dashboard.selection.selection import Selection
from etl.queries.record import Record
from tests.views.drawing import read_titles


@pytest.fixture
def read(draw, read_html):
    """What the page says for an address, with its headings, as plain text."""

    def read_page(**query: str) -> str:
        page = draw("who-is-affected", **query)
        assert not page.exception
        return html.unescape(read_html(page))

    return read_page


def test_the_answer_comes_first_and_is_almost_nothing(read, record: Record) -> None:
    text = read()
    assert "There is 1 count: 8 of 10 false alerts" in text
    forms = count_forms(get_publishers(record))
    assert f"With any figure by group: {forms['partly']}. Without: {forms['no']}." in text


def test_ratio_and_difference_stand_together_with_the_test_in_words(read) -> None:
    text = read()
    assert (
        "5.9 (3.3 to 7.2) times as large, a difference of 66.5 (30.9 to 84.0) percentage points"
        in text
    )
    assert "about 1 in 258,000 (one-sided)" in text
    assert "about 1 in 129,000 (two-sided" in text
    assert "stops being significant once the right benchmark reaches about 44.4%" in text
    assert "with a chance of 80% is 58.1%, 4.3 times the benchmark" in text
    assert "10 events give no rate per group" in text
    assert "flags more people from a group that is over-represented on the watchlist" in text


def test_every_benchmark_is_there_best_first_and_context_is_called_so(read) -> None:
    text = read()
    places = [
        text.index(name)
        for name in (
            "1. Faces seen, by group",
            "2. Tests with people",
            "3. True alerts, by group",
            "4. Residents of the districts",
            "5. Residents of the force",
        )
    ]
    assert places == sorted(places)
    assert "5. Residents of the force's area (context)" in text
    assert "No force publishes faces seen by group." in text


def test_another_benchmark_changes_the_comparison(read, record: Record) -> None:
    figure = get_figure(record, Selection(benchmark="district_residents_by_faces_seen"))
    assert figure is not None
    assert figure.main is not None
    assert describe_how_sure(figure.main)[0] in read(benchmark="district_residents_by_faces_seen")


def test_a_benchmark_without_a_share_is_told_beside_the_share(read) -> None:
    text = read(benchmark="true_alerts_by_group")
    assert (
        "The share is not compared with the chosen benchmark. True alerts, by group: True "
        "alerts are not published"
    ) in text
    assert "80.0% (44.4% to 97.5%)" in text
    assert "gives no share to compare with" in text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"force": "essex"}, "Nobody publishes false alerts of Essex by group"),
        ({"stage": "arrests"}, "Nobody publishes arrests of Metropolitan Police by group"),
        ({"reference": "white"}, "were about: White"),
        ({"list": "officer_perceived_ic", "group": "ic4"}, "together stand beside Asian"),
        ({"list": "sex", "group": "black"}, "has no group"),
        ({"from_": "2025"}, "12 September 2024 to 11 September 2025"),
    ],
)
def test_what_has_no_answer_says_why_and_is_not_called_zero(
    read, query: dict[str, str], message: str
) -> None:
    text = read(**query)
    assert message in text
    assert "lfr-instead" in text
    assert "That is not a zero" in text


def test_nonsense_in_the_address_is_told(draw) -> None:
    page = draw("who-is-affected", group="<b>", benchmark="luck", list="zodiac")
    assert not page.exception
    warned = " ".join(item.value for item in page.warning)
    for word in ("<b>", "luck", "zodiac"):
        assert f"“{word}”" in warned


def test_tests_stand_apart_and_zero_is_a_bound(read) -> None:
    text = read()
    assert "does not show zero" in text
    assert "none in about 2,360 searches; below about 1 in 11,400 (95%)" in text
    assert "not found in any text that we read" in text
    assert "9.9%; no interval stated" in text
    assert "We found no test results for" in text
    assert "no bias" not in text.lower()


def test_an_empty_record_is_told(draw_empty) -> None:
    page = draw_empty("who-is-affected")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]


def test_only_groups_of_the_list_in_use_are_offered_and_the_choice_goes_into_the_address(
    draw,
) -> None:
    page = draw("who-is-affected", list="sex")
    offered = page.selectbox(key="who-is-affected.group")
    assert offered.options[1:] == ["Female", "Male"]
    page = offered.set_value("male").run()
    assert not page.exception
    assert page.query_params["group"] in ("male", ["male"])


def test_who_lives_near_the_cameras_is_drawn_year_by_year(draw, read_html) -> None:
    titles = read_titles(draw("who-is-affected"))
    assert titles["places-used"] == (
        "2024: 15.2% of the residents near the cameras were Black; in the whole area, 13.5%"
    )


def test_the_residents_of_a_group_and_force_of_the_selection(draw, read_html) -> None:
    page = draw("who-is-affected", force="british_transport", group="asian")
    title = read_titles(page)["places-used"]
    assert "were Asian" in title
    assert "in the whole area" not in title
