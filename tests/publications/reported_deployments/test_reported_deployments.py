"""Reported deployments: rows read by a person against what was collected, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from etl.formats.printed_values import UnparseableError
from etl.model import codes
from etl.model.editions import KeptEdition
from etl.model.fields import fields_of
from etl.model.problems import InvalidValueError
from etl.model.record_sets import Records
from etl.model.records import Count, Deployment
from etl.pipeline.derivations import derive_counts
from etl.sources.adapters import reported_deployments
from etl.sources.publications import open_publication

FOLDER = Path(__file__).parents[3] / "data" / "publications" / "reported_deployments"


@pytest.fixture(scope="module")
def edition() -> KeptEdition:
    return open_publication(FOLDER).editions[0]


@pytest.fixture(scope="module")
def records(edition: KeptEdition) -> Records:
    return reported_deployments.to_records(edition)


@pytest.fixture(scope="module")
def deployments(records: Records) -> dict[int, Deployment]:
    return {deployment.row: deployment for deployment in records.deployments}


def stated(records: Records, row: int) -> dict[str, tuple[int | None, str]]:
    """The numbers that a row states, by stage."""
    deployment_id = f"reported_deployments_collected_{row:04d}"
    counts = [count for count in records.counts if count.deployment_id == deployment_id]
    return {
        count.stage_code: (count.value, count.value_status)
        for count in counts
        if count.value is not None
    }


def with_cells(edition: KeptEdition, row: int, **cells: str) -> KeptEdition:
    """The edition with some cells of one row typed otherwise."""
    (table,) = edition.tables
    rows = list(table.rows)
    typed = dict(zip(table.headings, rows[row - 1].cells, strict=True)) | cells
    rows[row - 1] = replace(rows[row - 1], cells=tuple(typed.values()))
    return replace(edition, tables=(replace(table, rows=tuple(rows)),))


def test_every_row_is_one_deployment_with_every_stage_and_valid(records):
    assert len(records.deployments) == 32
    assert len({deployment.force_id for deployment in records.deployments}) == 14
    assert [count.stage_code for count in records.counts] == list(codes.STAGE) * 32
    for record in (*records.deployments, *records.counts):
        for field in fields_of(type(record)):
            assert field.faults(getattr(record, field.name)) == [], (record, field.name)


def test_a_row_with_a_lender_and_a_lower_bound(deployments, records):
    assert deployments[15] == Deployment(
        deployment_id="reported_deployments_collected_0015",
        force_id="suffolk",
        lender_force_id="essex",
        publication_id="reported_deployments",
        edition_id="reported_deployments_collected",
        page=1,
        row=15,
        date=dt.date(2025, 2, 22),
        date_text="2025-02-22",
        duration_minutes=360,
        duration_text="360",
        location_text="Cornhill, Ipswich",
        reliability="primary",
        source_url=(
            "https://www.suffolk.police.uk/news/suffolk/news/news/2025/february/suffolk-to-trial-"
            "use-of-live-facial-recognition-tech/"
        ),
        note='faces "just over 47,000"; equipment from Essex Police',
    )
    assert stated(records, 15) == {"faces_seen": (47000, "at_least"), "arrests": (5, "published")}


def test_lower_bounds_are_exactly_those_stated_as_such(records):
    bounds = {
        row: value
        for row in range(1, 33)
        for value, status in stated(records, row).values()
        if status == "at_least"
    }
    assert bounds == {4: 160000, 15: 47000, 16: 72000, 22: 35000, 23: 34600, 27: 40000}


def test_positive_alerts_are_true_alerts_and_all_alerts_follow_by_derivation(deployments, records):
    assert stated(records, 7) == {
        "true_alerts": (5, "published"),
        "false_alerts": (0, "published"),
        "arrests": (3, "published"),
    }
    assert stated(records, 29) == {"true_alerts": (5, "published"), "arrests": (2, "published")}
    derived = derive_counts(records.deployments, records.counts)
    alerts = {
        count.deployment_id: (count.value, count.value_status)
        for count in derived
        if count.stage_code == "alerts"
    }
    assert alerts[deployments[7].deployment_id] == (5, "derived")
    assert alerts[deployments[29].deployment_id] == (None, "not_published")


def test_days_reported_together(deployments):
    clacton = deployments[7]
    assert (clacton.date, clacton.end_date, clacton.date_precision) == (
        dt.date(2024, 8, 22),
        dt.date(2024, 8, 23),
        "days",
    )
    assert clacton.date_text == "2024-08-22/2024-08-23"
    assert clacton.covers_deployments_count is None
    assert deployments[10].covers_deployments_count == 5
    assert deployments[21].covers_deployments_count == 4
    assert deployments[27].covers_deployments_count == 2


def test_a_season_has_no_day(deployments, records):
    concerts = deployments[3]
    assert (concerts.date, concerts.end_date, concerts.date_precision) == (None, None, "season")
    assert concerts.covers_deployments_count == 4
    assert stated(records, 3) == {
        "alerts": (11, "published"),
        "false_alerts": (0, "published"),
        "arrests": (7, "published"),
    }


@pytest.mark.parametrize(
    ("text", "precision"), [("2020", "year"), ("2024-09", "month"), ("2024-summer", "season")]
)
def test_a_month_or_a_year_is_no_day(text, precision):
    assert reported_deployments.read_dates(text) == {"date": None, "date_precision": precision}


def test_two_rows_that_may_be_in_the_undated_table_are_not_counted(deployments):
    reason = (
        "falls inside the period of the South Wales table of 2017-18, whose rows carry no dates, "
        "so it cannot be shown to be another deployment"
    )
    not_counted = {
        row: deployment.not_counted_reason
        for row, deployment in deployments.items()
        if not deployment.counted
    }
    assert not_counted == {1: reason, 2: reason}


def test_a_watchlist_that_was_added_up_is_left_blank(deployments):
    arena = deployments[2]
    assert arena.watchlist_size is None
    assert (arena.start_time, arena.end_time, arena.duration_minutes) == (
        dt.time(8, 30),
        dt.time(16, 0),
        450,
    )
    assert {
        row: deployment.watchlist_size
        for row, deployment in deployments.items()
        if deployment.watchlist_size
    } == {20: 790, 25: 3389}


def test_borrowed_equipment_names_its_lender(deployments):
    lent = {
        row: deployment.lender_force_id
        for row, deployment in deployments.items()
        if deployment.lender_force_id
    }
    assert lent == {
        5: "south_wales",
        6: "south_wales",
        15: "essex",
        16: "essex",
        20: "south_wales",
        21: "bedfordshire",
        22: "south_wales",
        32: "greater_manchester",
    }


def test_grades_become_reliability_row_by_row(deployments):
    counted = Counter(deployment.reliability for deployment in deployments.values())
    assert counted == {"press": 21, "primary": 7, "transcribed": 4}


def test_a_count_keeps_its_cell(records):
    faces = next(count for count in records.counts if count.value == 26560)
    assert faces == Count(
        deployment_id="reported_deployments_collected_0018",
        stage_code="faces_seen",
        value=26560,
        value_status="published",
        value_as_printed=26560,
        printed_text="26560",
        column_heading="faces_seen",
    )


def test_all_faults_of_a_file_are_told_at_once(edition):
    wrong = with_cells(
        edition, 1, force="Wessex Police", grade="Z", alerts="ten", covers_deployments="0"
    )
    wrong = with_cells(wrong, 2, date_text="27/03/2018", start_time="8:30", faces_seen="100")
    wrong = with_cells(wrong, 3, force="England and Wales", faces_seen_qualifier="about")
    with pytest.raises(InvalidValueError) as refused:
        reported_deployments.to_records(wrong)
    assert [
        (problem.where.split(", ", 1)[1], problem.found, problem.expected)
        for problem in refused.value.problems
    ] == [
        (
            'page 1, row 1, column "force"',
            "'Wessex Police'",
            "a name declared in etl/sources/force_names.csv",
        ),
        (
            'page 1, row 1, column "covers_deployments"',
            "'0'",
            "a whole number from 1, or blank where the source does not say",
        ),
        ('page 1, row 1, column "grade"', "'Z'", "one of the grades A, B, C, D, X"),
        ('page 1, row 1, column "alerts"', "'ten'", "a whole number such as 1234 or 1,234"),
        (
            'page 1, row 2, column "date_text"',
            "'27/03/2018'",
            "a date that is in the calendar, as year-month-day such as 2025-11-27",
        ),
        ('page 1, row 2, column "start_time"', "'8:30'", "a time such as 08:30"),
        (
            'page 1, row 2, column "faces_seen_qualifier"',
            "a blank cell",
            "one of exact, at_least, about, because there is a number of faces seen",
        ),
        (
            'page 1, row 3, column "force"',
            "'England and Wales'",
            "the name of one force, because cameras are run by one force",
        ),
        (
            'page 1, row 3, column "faces_seen_qualifier"',
            "'about'",
            "no qualifier, because there is no number of faces seen",
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-monsoon",
        "2024-08-23/2024-08-22",
        "2024-08-22/2024-08-22",
        "2024-13",
        "24-08",
        "22 Aug 2024",
    ],
)
def test_what_is_no_date(text):
    with pytest.raises(UnparseableError):
        reported_deployments.read_dates(text)


def test_the_kept_table_reads_back_as_it_is_kept(edition):
    assert reported_deployments.read(FOLDER / "reported.cells.csv") == edition.tables
