"""Questions that reach out of what is known: rows on the edge of a period, values that are none,
breaks, residents, groups."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.measures.catalogue import CATALOGUE, MEASURES
from etl.model.calendar import CALENDAR, code_of, span_of
from etl.model.reference import Population
from etl.model.refusals import REFUSAL
from etl.queries.record import Record
from tests.queries.sample_record import Row, build_history

ROWS: list[Row] = [
    ("alpha", dt.date(2024, 11, 3), dt.date(2024, 11, 3), 1000, 10, 1, 4, True),
    ("alpha", dt.date(2024, 11, 28), dt.date(2024, 12, 6), 3000, 20, 2, 6, True),
    ("alpha", dt.date(2025, 2, 1), dt.date(2025, 2, 1), 4000, 30, 25, 5, True),
    ("gamma", dt.date(2024, 12, 28), dt.date(2025, 1, 2), None, 5, 1, 0, True),
]
RESIDENTS = [
    {
        "area_kind": "force_area",
        "area_code": "AREA_alpha",
        "area_name": "Alpha",
        "dimension": "all",
        "group_text": "all",
        "people_count": 200_000,
        "reference_date": "2021-03-21",
        "source": "census",
        "licence": "OGL",
    }
]
NOVEMBER = (dt.date(2024, 11, 1), dt.date(2024, 11, 30))
ALPHA = {"force_id": ["alpha"]}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:

    people = [Population(**row) for row in RESIDENTS]
    return build_history(ROWS, tmp_path_factory.mktemp("releases"), breaks=(), populations=people)


def test_a_row_on_the_edge_leaves_the_count_unknown_and_is_told(record: Record) -> None:
    only = record.estimate("alerts_count", where=ALPHA, period=NOVEMBER).only()
    assert (only.value, only.numerator, only.status) == (None, 10, "incomplete")
    assert (
        only.reason
        == "1 of 2 rows reaches out of the period: how much of it is inside is not published."
    )


def test_a_rate_is_of_the_rows_inside_and_says_what_is_not(record: Record) -> None:
    only = record.estimate("false_share_of_alerts", where=ALPHA, period=NOVEMBER).only()
    assert (only.numerator, only.denominator, only.value) == (1, 10, 0.1)
    assert "1 of 2 rows reaches out of the period" in only.reason


def test_a_selection_of_edges_only_is_not_nothing(record: Record) -> None:
    only = record.estimate(
        "alerts_count", where={"force_id": ["gamma"]}, period=(dt.date(2025, 1, 1), None)
    ).only()
    assert (only.status, only.rows_count, only.used_count) == ("not_available", 1, 0)
    assert "reaches out of the period" in only.reason


@pytest.mark.parametrize(
    ("where", "numerator", "used", "rows"),
    [
        ({"month": ["2024-11"]}, 10, 1, 2),
        # a row of two months has no month of its own
        ({"month": ["2024-11", "2024-12"]}, 10, 1, 3),
        ({"quarter": ["2024-Q4"]}, 30, 2, 3),
        ({"year": [2024]}, 30, 2, 3),
        ({"year": ["2024"]}, 30, 2, 3),
        ({"year": [2025]}, 30, 1, 2),
    ],
)
def test_a_filter_for_a_month_quarter_or_year_tells_the_rows_on_its_edge(
    record: Record, where: dict[str, Any], numerator: int, used: int, rows: int
) -> None:
    only = record.estimate("alerts_count", where=where).only()
    assert (only.numerator, only.used_count, only.rows_count) == (numerator, used, rows)
    assert only.value is None


def test_nothing_is_lost_between_the_groups_of_a_period(record: Record) -> None:
    estimates = record.estimate("alerts_count", by=("force_id", "month"), period=NOVEMBER).estimates
    assert {
        (estimate.of("force_id"), estimate.of("month")): estimate.numerator
        for estimate in estimates
    } == {("alpha", "2024-11"): 10, ("alpha", None): None}


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ({"year": [2024.5]}, "2024.5 is not a year. Write it as 2024."),
        ({"year": ["abc"]}, "'abc' is not a year"),
        ({"year": [99999999999]}, "is not a year"),
        ({"month": ["2024-13"]}, "'2024-13' is not a month. Write it as 2024-09."),
        ({"quarter": ["2024Q3"]}, "Write it as 2024-Q3."),
        ({"region_code": ["E9"]}, "The record has no region_code 'E9'"),
        ({"place_id": ["nowhere"]}, "The record has no place_id 'nowhere'"),
        ({"vendor_code": ["acme"]}, "The record has no vendor_code 'acme'"),
        ({"threshold": ["0.655"]}, "The record has no threshold '0.655'"),
        ({"force_id": ["alpah"]}, "There is no force 'alpah'. Did you mean 'alpha'?"),
        ({"camera_type": ["van"]}, "which kind of camera"),
    ],
)
def test_a_value_that_is_none_is_refused_and_never_guessed(
    record: Record, where: dict[str, Any], text: str
) -> None:
    answer = record.estimate("alerts_count", where=where)
    assert answer.refusal is not None
    assert answer.refusal.code in REFUSAL
    assert text in answer.refusal.reason
    assert answer.estimates == ()


def test_a_month_without_rows_is_no_mistake(record: Record) -> None:
    only = record.estimate("alerts_count", where={"month": ["2031-01"]}).only()
    assert (only.status, only.value) == ("no_rows", None)


def test_an_attribute_of_people_never_meets_a_place(record: Record) -> None:
    answer = record.estimate("alerts_count", by=("district_code", "group_code"))
    assert answer.refusal is not None
    assert answer.refusal.code == "attributes_by_place_or_date"


def test_residents_are_those_of_the_area_and_never_of_a_force_without_one(record: Record) -> None:
    estimates = record.estimate(
        "deployments_per_100000_residents", by=("force_id", "year")
    ).estimates
    by_group = {(estimate.of("force_id"), estimate.of("year")): estimate for estimate in estimates}
    alpha = by_group["alpha", 2024]
    assert (alpha.numerator, alpha.denominator, alpha.value) == (2, 200_000, 1.0)
    assert alpha.low is not None
    assert alpha.low < 1.0
    assert by_group["gamma", None].status == "not_available"
    only = record.estimate("faces_per_1000_residents", where=ALPHA).only()
    assert (only.value, only.low) == (8000 / 200_000 * 1000, None)
    assert "residents_not_passers_by" in only.caveats


@pytest.mark.parametrize("by", [(), ("year",), ("force_id", "region_code")])
def test_residents_need_areas_of_one_kind(record: Record, by: tuple[str, ...]) -> None:
    answer = record.estimate("faces_per_1000_residents", by=by)
    assert answer.refusal is not None
    assert "needs residents" in answer.refusal.reason


def test_every_measure_names_what_it_needs() -> None:
    assert len(MEASURES) >= 23
    for measure_id, measure in CATALOGUE.items():
        assert measure_id == measure.measure_id
        assert measure.question.endswith("?")
        assert measure.interval
        assert measure.unit
        assert measure.numerator in measure.fields


days = st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2900, 12, 31))


@given(days, st.sampled_from(sorted(CALENDAR)))
def test_a_day_lies_in_the_span_of_its_own_code(day: dt.date, name: str) -> None:
    code = CALENDAR[name](day)
    first, last = span_of(name, code)
    assert first <= day <= last
    assert CALENDAR[name](first) == CALENDAR[name](last) == code == code_of(name, str(code))
    assert CALENDAR[name](last + dt.timedelta(days=1)) != code


@given(st.text(max_size=12), st.sampled_from(sorted(CALENDAR)))
def test_any_other_text_is_refused(text: str, name: str) -> None:
    try:
        code = code_of(name, text)
    except ValueError:
        return
    assert str(code) == text
