"""The address is the state of a view: what is written is read again,
and what is not known is told."""

from __future__ import annotations

import pytest

from dashboard.pages import HOME, PAGES
from dashboard.selection.parameters import PARAMETERS
from dashboard.selection.selection import (
    NOTHING,
    Selection,
    describe_unknown,
    keep_selection,
    read_address,
    write_address,
    write_query,
)

CHOICES = {
    "force": {"essex": "Essex", "metropolitan": "Metropolitan Police", "surrey": "Surrey"},
    "from": {str(year): str(year) for year in range(2017, 2027)},
    "to": {str(year): str(year) for year in range(2017, 2027)},
    "measure": {"deployments_count": "Deployments", "alerts_count": "Alerts"},
    "by": {"month": "Month", "quarter": "Quarter", "year": "Year"},
    "split": {"force": "Force", "use_case": "Use case"},
    "use_case": {"1, 2": "1, 2", "1,2,3": "1,2,3"},
}


def test_a_selection_is_read_as_it_was_written() -> None:
    selection = Selection(
        ("essex", "surrey"),
        first_year=2024,
        last_year=2025,
        measure_id="alerts_count",
        step="month",
        split="use_case",
        use_cases=("1, 2", "1,2,3"),
    )
    query = write_query("trends", selection)
    assert read_address("trends", query, CHOICES) == (selection, [])
    assert write_query("trends", NOTHING) == {}


def test_an_address_keeps_everything_but_the_default() -> None:
    query = write_query("trends", Selection(("essex", "surrey"), use_cases=("1, 2",)), "cy")
    assert (
        write_address("trends", query, "card")
        == "/trends?force=essex&force=surrey&use_case=1%2C+2&lang=cy#card"
    )
    assert write_address(HOME.slug, {}) == "/"


@pytest.mark.parametrize(
    "value", ["²", "٣", "1e9", "99999999999999999999", "2024; DROP TABLE", "-2024"]
)
def test_strange_years_never_raise(value: str) -> None:
    selection, text = read_address(HOME.slug, {"from": [value]}, CHOICES)
    assert selection == NOTHING
    assert len(text) == 1


def test_every_value_that_is_not_known_is_told_once_and_the_first_known_one_is_taken() -> None:
    selection, text = read_address(
        "trends", {"from": ["soon"], "to": ["soon"], "measure": ["x", "alerts_count"]}, CHOICES
    )
    assert selection == Selection(measure_id="alerts_count")
    assert text == [
        "There are no figures for “soon”: showing the usual years.",
        "There is no measure “x”: deployments are shown.",
    ]
    selection, text = read_address("trends", {"by": ["year", "month", "year"]}, CHOICES)
    assert selection.step == "year"
    assert text == ["This page shows 1 at once: Year. The others in the address are left out."]


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "²", "page"])
def test_strange_pages_are_the_first(value: str) -> None:
    selection, text = read_address("deployments", {"page": [value]}, CHOICES)
    assert selection.page == 1
    assert len(text) == 1


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    selection, text = read_address(HOME.slug, {"from": ["2025"], "to": ["2024"]}, CHOICES)
    assert (selection.first_year, selection.last_year) == (None, None)
    assert "before it starts" in text[0]


def test_a_link_takes_along_what_the_other_page_has() -> None:
    selection = Selection(
        ("essex", "surrey"), first_year=2024, step="month", measure_id="alerts_count"
    )
    assert keep_selection(HOME.slug, selection) == Selection(("essex",), first_year=2024)
    assert keep_selection("trends", selection).step == NOTHING.step
    assert keep_selection("trends", selection, ["step"]).step == "month"
    assert keep_selection("glossary", selection) == NOTHING


def test_every_parameter_is_read_on_a_page_that_is_declared() -> None:
    assert len({parameter.name for parameter in PARAMETERS}) == len(PARAMETERS)
    read = {slug for parameter in PARAMETERS for slug in parameter.limits}
    assert read <= {page.slug for page in PAGES}
    assert {page.slug for page in PAGES} - read == {"method", "about", "data"}


def test_what_no_page_knows_is_told_and_what_others_add_is_not() -> None:
    assert describe_unknown({"row": ["x"], "colour": ["red"]}) == [
        "No page here knows “row”, “colour”: this part of the address is left out."
    ]
    # Of another page, of the language, and put there by a mail program.
    assert (
        describe_unknown({"by": ["year"], "lang": ["cy"], "utm_source": ["x"], "fbclid": ["1"]})
        == []
    )
    (text,) = describe_unknown({"x" * 5000 + str(number): ["1"] for number in range(50)})
    assert len(text) < 250
