"""Editions that follow one another: which counts, what changed, and what cannot be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest

from etl.model.edition_changes import EditionChange
from etl.model.problems import InvalidReferenceError
from etl.model.records import Deployment
from etl.model.reference import Edition
from etl.pipeline.build import Report, check
from etl.pipeline.editions import apply_editions
from etl.settings import DATA_DIR

FIRST = Edition(
    edition_id="register_may",
    publication_id="register",
    title="Register to May",
    url=None,
    retrieved_on=None,
    published_on=dt.date(2025, 5, 12),
    file_sha256="0" * 64,
    cells_sha256="0" * 64,
    period_start=dt.date(2025, 1, 1),
    period_end=dt.date(2025, 5, 10),
    rows_count=1,
)
SECOND = replace(
    FIRST,
    edition_id="register_july",
    title="Register to July",
    published_on=dt.date(2025, 7, 15),
    period_end=dt.date(2025, 7, 11),
    follows_edition_id="register_may",
)
# What the Metropolitan Police's file of 15 July 2025 prints and what the copy of its later record
# has, compared with the printed page: day, place, field, printed, copied.
REVISED = [
    ("2025-02-21", "High St, Ilford", "arrests", "7", "8"),
    ("2025-03-11", "Dalston Kingsland", "alerts", "13", "12"),
    ("2025-03-19", "High St North, East Ham", "alerts", "9", "10"),
    ("2025-03-22", "Stratford Westfield", "alerts", "12", "13"),
    ("2025-04-01", "High St, Camden", "alerts", "6", "7"),
    ("2025-04-17", "Rye Lane, Peckham", "alerts", "12", "13"),
    ("2025-04-24", "Oxford Circus", "alerts", "13", "12"),
    ("2025-05-02", "London Rd, Croydon", "alerts", "22", "23"),
    ("2025-05-15", "High Street, Ilford", "alerts", "11", "10"),
    ("2025-06-12", "High St North, East Ham", "alerts", "6", "7"),
    ("2025-06-19", "Walthamstow Central", "arrests", "6", "8"),
    ("2025-07-03", "Oxford Circus", "alerts", "8", "9"),
    ("2025-07-03", "Oxford Circus", "arrests", "5", "6"),
    ("2025-07-03", "Powis St, Woolwich", "alerts", "12", "13"),
    ("2025-07-03", "Powis St, Woolwich", "arrests", "6", "5"),
    ("2025-07-09", "Kilburn High Rd", "alerts", "12", "11"),
]


def row_of(edition: Edition, day: dt.date | None) -> Deployment:
    return Deployment(
        deployment_id=f"{edition.edition_id}_1",
        force_id="metropolitan",
        publication_id=edition.publication_id,
        edition_id=edition.edition_id,
        page=1,
        row=1,
        date=day,
        location_text="Croydon",
        reliability="primary",
    )


def decide(rows: list[Deployment], *editions: Edition) -> list[bool]:
    by_id = {edition.edition_id: edition for edition in editions}
    periods = {
        edition.edition_id: (edition.period_start, edition.period_end)
        for edition in editions
        if edition.period_start and edition.period_end
    }
    return [row.counted for row in apply_editions(rows, by_id, periods)]


@cache
def report() -> Report:
    return check(DATA_DIR)


def test_the_later_edition_counts_on_the_days_that_it_covers() -> None:
    day = dt.date(2025, 3, 1)
    assert decide([row_of(FIRST, day), row_of(SECOND, day)], FIRST, SECOND) == [False, True]


def test_a_row_without_a_day_is_taken_to_be_on_any_day_of_its_file() -> None:
    assert decide([row_of(FIRST, None)], FIRST, SECOND) == [False]


def test_a_day_that_the_later_edition_no_longer_covers_still_counts() -> None:
    later = replace(SECOND, period_start=dt.date(2025, 4, 1))
    rows = [row_of(FIRST, dt.date(2025, 3, 1)), row_of(FIRST, dt.date(2025, 4, 2))]
    assert decide(rows, FIRST, later) == [True, False]


def test_the_third_edition_counts_in_place_of_the_first() -> None:
    third = replace(SECOND, edition_id="register_september", follows_edition_id="register_july")
    rows = [row_of(edition, dt.date(2025, 3, 1)) for edition in (FIRST, SECOND, third)]
    assert decide(rows, FIRST, SECOND, third) == [False, False, True]


def test_a_copy_that_follows_a_file_of_another_publication_decides_nothing() -> None:
    copy = replace(SECOND, publication_id="copy", edition_id="copy_2025")
    assert decide([row_of(FIRST, dt.date(2025, 3, 1))], FIRST, copy) == [True]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"published_on": dt.date(2025, 5, 1)}, "published_on 2025-05-01"),
        ({"period_end": dt.date(2025, 5, 1)}, "period_end 2025-05-01"),
        ({"follows_edition_id": "register_june"}, "'register_june'"),
        ({"follows_edition_id": "register_july"}, "follows itself"),
    ],
)
def test_an_edition_that_cannot_follow_is_refused(changed: dict[str, object], words: str) -> None:
    later = replace(SECOND, **changed)  # type: ignore[arg-type]
    with pytest.raises(InvalidReferenceError) as caught:
        decide([], FIRST, later)
    assert words in str(caught.value)


def test_what_the_met_changed_after_july_2025_is_what_the_pages_print() -> None:
    changes: list[EditionChange] = report().rows_of["edition_changes"]
    compared = [
        (str(row.date), row.location_text, row.field_name, row.older_text, row.newer_text)
        for row in changes
        if row.newer_edition_id == "metropolitan_transcription_2025"
        and row.field_name in ("alerts", "arrests")
    ]
    assert sorted(compared) == sorted(REVISED)  # type: ignore[type-var]


def test_between_may_and_july_2025_the_met_changed_one_place_name() -> None:
    changes: list[EditionChange] = report().rows_of["edition_changes"]
    compared = [
        (row.change_code, row.older_text, row.newer_text)
        for row in changes
        if row.newer_edition_id == "metropolitan_deployments_2025_07"
    ]
    assert compared == [("changed", "Barking", "Station Parade, Barking")]


def test_the_file_of_july_counts_with_its_printed_totals() -> None:
    """Added up by hand from the 112 printed rows."""
    rows = [
        row
        for row in report().rows_of["deployments"]
        if row.edition_id == "metropolitan_deployments_2025_07" and row.counted
    ]
    ids = {row.deployment_id for row in rows}
    sums: dict[str, int] = {}
    for count in report().rows_of["counts"]:
        if count.deployment_id in ids:
            sums[count.stage_code] = sums.get(count.stage_code, 0) + (count.value or 0)
    assert (len(rows), sums["faces_seen"], sums["alerts"]) == (112, 1_703_254, 1_161)
    assert (sums["arrests"], sums["false_alerts_confirmed"]) == (510, 7)
    assert (sums["false_alerts_unconfirmed"], sums["true_alerts_unconfirmed"]) == (0, 17)
