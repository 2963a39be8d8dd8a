"""What a reader is told on the About page: every promise under its anchor, and where to write."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from dashboard.components import staleness_banner as age
from dashboard.components.footer import ACCESSIBILITY, CORRECTIONS, LICENCE
from etl.model.records import Correction
from etl.model.reference import Publication
from etl.queries.record import open_record
from tests.views.drawing import read_sections

SECTIONS = {
    "who",
    "statistics",
    ACCESSIBILITY,
    CORRECTIONS,
    "releases",
    "contact",
    "privacy",
    LICENCE,
    "translation",
    "retirement",
}


def test_every_section_has_an_anchor_and_the_foot_leads_to_three(draw, read_html) -> None:
    page = draw("about")
    assert not page.exception
    assert set(read_sections(page)) == SECTIONS
    foot = set(re.findall(r'href="/about#([a-z-]+)"', read_html(page)))
    assert foot == {LICENCE, CORRECTIONS, ACCESSIBILITY} <= SECTIONS


def test_it_says_what_it_is_not(draw, read_html) -> None:
    html = read_html(draw("about"))
    assert "These are not official statistics." in html
    assert "Code of Practice for Statistics" in html
    assert "this has not been assessed" in html
    assert "No Welsh speaker has reviewed" in html
    assert "no cookies, no analytics" in html


def test_it_names_the_release_and_the_terms_of_every_publication(
    draw, read_html, warehouse: Path
) -> None:
    html, record = read_html(draw("about")), open_record(warehouse)
    assert record.release_id in html
    count = len(record.table(Correction))
    assert f"This release has {count} corrections." in html
    terms = html.partition("Terms of each publication")[2].partition("</table>")[0]
    assert terms.count("<tr") - 1 == len(record.table(Publication))
    for name in ("GeoNames", "Office for National Statistics", "World Vector Shoreline"):
        assert name in html


def test_every_fault_stands_with_its_rule_and_a_way_round_it(draw, read_html) -> None:
    table = (
        read_html(draw("about")).partition("Faults of the framework")[2].partition("</table>")[0]
    )
    rows = re.findall(r"<tr[^>]*><th[^>]*>(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>", table)
    assert len(rows) == table.count("<tr") - 1 >= 5
    for what, criterion, instead in rows:
        assert what
        assert instead
        assert re.fullmatch(r"(\d\.\d\.\d+)?", criterion)


@pytest.mark.parametrize("address", ["mailto:record@site.example", "https://site.example/report"])
def test_whoever_runs_it_can_be_written_to_without_an_account(
    draw, read_html, monkeypatch, address: str
) -> None:
    monkeypatch.setenv("LFR_CONTACT", address)
    html = read_html(draw("about"))
    assert f'href="{address}"' in html
    assert "No account is needed." in html


@pytest.mark.parametrize("address", ["", "javascript:alert(1)"])
def test_without_an_address_it_says_so(draw, read_html, monkeypatch, address: str) -> None:
    monkeypatch.setenv("LFR_CONTACT", address)
    html = read_html(draw("about"))
    assert "There is no address for reports yet" in html
    assert "javascript" not in html


def test_an_empty_record_is_told_here_too(draw_empty) -> None:
    page = draw_empty("about")
    assert not page.exception
    assert [item.value for item in page.title] == ["There are no data yet"]


def test_a_record_that_nobody_keeps_up_says_so_on_every_page(draw, read_html, monkeypatch) -> None:
    assert "no publication has been retrieved since" not in read_html(draw("about"))
    monkeypatch.setattr(age, "OLD", dt.timedelta(days=-1))
    for slug in ("about", "overview"):
        assert "no publication has been retrieved since" in read_html(draw(slug))
