"""What is known beside the counts: the same in an answer, in a table and in the API."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from starlette.testclient import TestClient

from dashboard.descriptions.places_used import describe_chance
from dashboard.descriptions.published_by_group import list_described_arrests, list_matrix
from etl.measures.groups.disparity import share_test
from etl.model.estimates import Estimate
from etl.model.stated_figures import StatedFigure
from etl.queries.record import Record

pytestmark = pytest.mark.slow
YEAR = (dt.date(2024, 9, 11), dt.date(2025, 9, 10))
WHERE = {
    "force_id": ["metropolitan"],
    "area_kind_code": ["ward"],
    "resident_group_code": ["black"],
}


def placed(record: Record, weight: str, period: tuple[dt.date, dt.date]) -> Estimate:
    where = {**WHERE, "weight_code": [weight]}
    return record.estimate("residents_share_where_used", where=where, period=period).only()


def test_arrests_that_press_releases_describe(record: Record) -> None:
    """Added up by hand from the releases: 33 men and 6 women, 46 and 9, two of six under 18."""
    by = ("force_id", "classification_code", "group_code")
    answer = record.estimate("reported_share_of_arrests", by=by)
    counts = {
        (each.of("force_id"), each.of("group_code")): (each.numerator, each.denominator)
        for each in answer.estimates
    }
    assert counts == {
        ("metropolitan", "male"): (33, 39),
        ("metropolitan", "female"): (6, 39),
        (None, "male"): (46, 55),
        (None, "female"): (9, 55),
        ("metropolitan", "under_18"): (2, 6),
        ("metropolitan", "aged_18_and_over"): (4, 6),
    }
    women = next(
        each
        for each in answer.estimates
        if (each.of("force_id"), each.of("group_code")) == ("metropolitan", "female")
    )
    assert (women.low, women.high) == pytest.approx((0.0586, 0.3053), abs=1e-4)
    rows = list_described_arrests(record, record.file.names)
    assert [row[3] for row in rows if row[0] == "Metropolitan Police"] == [
        "6 of 39",
        "33 of 39",
        "4 of 6",
        "2 of 6",
    ]


def test_no_release_is_given_by_day_and_group(record: Record) -> None:
    """The table of releases has no count of people of a group."""
    refused = record.estimate("reported_share_of_arrests", by=("month",))
    assert refused.refusal is not None
    assert refused.refusal.code == "unknown_grouping"


def test_where_the_cameras_stood_in_2024(record: Record) -> None:
    """92 of 180 deployments were in wards above London's 13.5%; weighted by faces it is 15.2%."""
    year = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    above = record.estimate("deployments_in_areas_above_average", where=WHERE, period=year).only()
    assert (above.numerator, above.denominator) == (92, 180)
    assert "13.50%" in above.reason
    assert placed(record, "faces_seen", year).value == pytest.approx(0.152, abs=5e-4)
    assert placed(record, "deployments", year).value == pytest.approx(0.159, abs=5e-4)


def test_where_the_cameras_stood_in_the_year_of_the_stated_false_alerts(record: Record) -> None:
    estimate = placed(record, "faces_seen", YEAR)
    assert estimate.value == pytest.approx(0.143, abs=5e-4)
    assert (estimate.rows_count, estimate.used_count) == (207, 177)
    assert "81.8% of the faces seen could be placed" in estimate.reason
    assert estimate.caveats == ("residents_not_passers_by", "wards_approximate")


def test_place_alone_explains_little_of_eight_in_ten() -> None:
    assert share_test(8, 10, 0.143).p_value_above == pytest.approx(6.0e-6, rel=0.01)
    assert share_test(8, 10, 0.5).p_value_above == pytest.approx(0.0547, abs=1e-4)
    assert "5.5 times in 100" in describe_chance(0.5)
    assert "once in 170,000 times" in describe_chance(0.143)


def test_the_file_of_places_gives_the_same_as_the_answer(record: Record) -> None:
    used = record.stated.list_places_used("metropolitan", "ward")
    (row,) = (
        each
        for each in used
        if (each.year, each.weight_code, each.group_code) == (2024, "faces_seen", "black")
    )
    year = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert placed(record, "faces_seen", year).value == pytest.approx(row.share)


def test_outside_london_districts_are_used(record: Record) -> None:
    assert record.stated.list_places_used("essex", "ward") == []
    assert record.stated.list_places_used("essex", "district")


def test_a_question_that_leaves_the_area_or_the_weight_open_is_refused(record: Record) -> None:
    answer = record.estimate("residents_share_where_used", where={"force_id": ["metropolitan"]})
    assert answer.refusal is not None
    assert "area (ward or district)" in answer.refusal.reason


def test_searches_are_stated_one_by_one_and_never_added_up(record: Record) -> None:
    answer = record.estimate("retrospective_searches", by=("force_id", "claim_id"))
    values = {each.of("force_id"): each.value for each in answer.estimates}
    assert (values["metropolitan"], values["police_scotland"]) == (31_078, 650)
    refused = record.estimate("retrospective_searches")
    assert refused.refusal is not None
    assert refused.refusal.code == "several_group_counts"
    bound = next(each for each in answer.estimates if each.of("claim_id") == "claims_2026_11_0073")
    assert (bound.value, str(bound.reason)) == (250_000, "Stated as “at least” this number.")


def test_what_followed_an_arrest_covers_the_arrests_that_it_names(record: Record) -> None:
    charged = record.estimate("charged_share_of_arrests").only()
    assert (charged.numerator, charged.denominator) == (424, 587)
    assert (charged.low, charged.high) == pytest.approx((0.684, 0.758), abs=1e-3)


def test_no_figure_of_another_technology_enters_a_measure_of_deployments(record: Record) -> None:
    ids = {figure.claim_id for figure in record.table(StatedFigure)}
    compared = {claim.claim_id: claim for claim in record.claims.compare_all()}
    others = {
        figure.claim_id
        for figure in record.table(StatedFigure)
        if figure.series_code != "after_arrest"
    }
    assert ids <= compared.keys()
    assert {compared[claim_id].value for claim_id in others} <= {None}


def test_who_refuses_which_figure(record: Record) -> None:
    rows = {row[0]: row for row in list_matrix(record, record.file.names)}
    arrests = 5
    assert "asked and refused" in rows["South Wales"][arrests]
    assert "Ethnicity: partly published" in rows["Metropolitan Police"][3]


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("reported_groups", "group_count", "46"),
        ("stated_figures", "stated_count", "31078"),
        ("group_publishing", "group_publishing_code", "asked_and_refused"),
        ("edition_changes", "older_text", "Barking"),
        ("unread_publications", "unread_publication_id", "bridges_appeal"),
        ("places_used", "above_count", "92"),
    ],
)
def test_the_api_gives_the_tables(api: TestClient, name: str, field: str, value: str) -> None:
    answer = api.get(f"/api/v1/{name}.csv")
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert value in {row[field] for row in csv.DictReader(io.StringIO("\n".join(lines)))}
