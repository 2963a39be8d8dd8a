"""What a reader is told of forces: all of them, one of each kind, several side by side, nonsense,
nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.selection.selection import NOTHING
from dashboard.text.language import DEFAULT, use_language
from dashboard.views.forces.query_forces import get_lines
from etl.queries.record import open_record
from tests.views.drawing import read_sections


def test_every_force_and_body_is_in_the_list_and_leads_to_its_profile(
    draw, read_html, warehouse: Path
) -> None:
    page = draw("forces")
    assert not page.exception
    html = read_html(page)
    for force in open_record(warehouse).publishing.describe().forces:
        assert f'<a href="/forces?force={force.force_id}">{force.force_name}</a>' in html
    assert "Publishes nothing" in html
    assert "[x] none published that we found" in html
    assert ">0 rows<" not in html
    assert "a question to ask, not a verdict" in html


def test_the_list_is_searched_and_an_unknown_name_is_told(draw, read_html) -> None:
    html = read_html(draw("forces", find="wales"))
    assert ">South Wales</a>" in html
    assert ">Essex</a>" not in html.partition('id="comparison"')[0]
    assert "No force or body is called “zzz”" in read_html(draw("forces", find="zzz"))


@pytest.mark.parametrize(
    ("find", "lang"), [("de CYMRU", "en"), ("gogledd cymru", "en"), ("South Wales", "cy")]
)
def test_a_force_is_found_by_its_name_in_either_language(
    warehouse: Path, find: str, lang: str
) -> None:
    use_language(lang)
    try:
        force_ids = [
            line.publishing.force_id
            for line in get_lines(open_record(warehouse), NOTHING.with_changes(find=find))
        ]
    finally:
        use_language(DEFAULT)
    assert force_ids == (["north_wales"] if "gogledd" in find else ["south_wales"])


@pytest.mark.parametrize(
    ("force_id", "message"),
    [
        ("metropolitan", "Only deployments since 6 August 2024"),
        ("south_wales", "their days are not published"),
        ("essex", "Corsight"),
        ("british_transport", "[x] not transcribed"),
        ("immigration_enforcement", "Arrests or disposals"),
        ("northamptonshire", "not a complete list"),
    ],
)
def test_a_profile_says_what_is_published_and_what_is_not(
    draw, read_html, force_id: str, message: str
) -> None:
    page = draw("forces", force=force_id)
    assert not page.exception
    html = read_html(page)
    assert message in html
    headings = list(read_sections(page).values())
    assert ("After the arrest" in headings) == (force_id in ("metropolitan", "south_wales"))
    headings = [heading for heading in headings if heading != "After the arrest"]
    assert headings == [
        "Quarter by quarter",
        "False alerts, both ways of counting",
        "False alerts of faces seen",
        "Beside other forces",
        "From faces to arrests",
        "Use and publishing",
        "Software, thresholds and watchlists",
        "Places",
        "What it publishes, field by field",
        "Announced, and results: promise and practice",
        "Open findings and corrections",
        "What was stated about it",
        "Documented misidentifications",
    ]


def test_a_force_that_publishes_nothing_is_told_as_such_and_not_as_zero(draw, read_html) -> None:
    page = draw("forces", force="leicestershire")
    assert not page.exception
    html = read_html(page)
    assert "no result that it published was found. That is not a zero" in html
    assert "Quarter by quarter" not in read_sections(page).values()


def test_a_force_without_known_use_is_no_gap(draw, read_html) -> None:
    html = read_html(draw("forces", force="west_midlands"))
    assert "No use is known, so there is nothing to publish." in html


def test_years_without_rows_are_told(draw, read_html) -> None:
    html = read_html(draw("forces", force="surrey", from_="2017", to="2018"))
    assert "The record has no deployment of it in these years. That is not a zero" in html


def test_software_of_different_vendors_gives_no_ratio(draw, read_html) -> None:
    page = draw("forces", force=["metropolitan", "essex"], from_="2024")
    assert not page.exception
    html = read_html(page)
    assert "Refused: the software is of different vendors." in html
    assert "Thresholds of different vendors are on different scales and do not compare." in html


def test_a_break_cuts_a_force_in_two(draw, read_html) -> None:
    page = draw(
        "forces", force=["metropolitan", "british_transport"], rate="false_alerts_per_face_seen"
    )
    assert not page.exception
    html = read_html(page)
    assert "Metropolitan Police is shown twice, before and after 6 August 2024" in html


def test_nonsense_in_the_address_gets_a_sentence_and_the_default(draw) -> None:
    page = draw("forces", force="zzz", rate="speed", sort="best")
    assert not page.exception
    warned = " ".join(item.value for item in page.warning)
    assert "no force “zzz”" in warned
    assert "No measure with an interval is called “speed”" in warned
    assert "no order “best”" in warned


def test_an_empty_record_is_told(draw_empty) -> None:
    page = draw_empty("forces")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]


def test_beside_a_figure_of_one_force_nothing_is_said_of_another(draw, read_html) -> None:
    text = "changed how it estimates faces seen in August 2024"

    def notes(force_id: str) -> str:
        page = read_html(draw("forces", force=force_id))
        return " ".join(re.findall(r'<details class="lfr-notes">(.*?)</details>', page, re.DOTALL))

    assert text in notes("metropolitan")
    assert notes("british_transport")
    assert text not in notes("british_transport")


@pytest.mark.parametrize(
    ("force_id", "figure"),
    [("essex", "383,356"), ("south_wales", "2,500,000"), ("south_wales", "150")],
)
def test_a_card_has_the_total_that_the_force_stated(
    draw, read_html, force_id: str, figure: str
) -> None:
    html = read_html(draw("forces", force=force_id))
    stated = [part.split("</p>")[0] for part in html.split('<p class="lfr-stated">')[1:]]
    assert any(figure in line and "/claims?claim=" in line for line in stated), stated
    assert all("not listed one by one" in line for line in stated)


def test_a_force_that_lists_everything_has_no_stated_total_beside_it(draw, read_html) -> None:
    assert 'lfr-stated">' not in read_html(draw("forces", force="metropolitan"))
