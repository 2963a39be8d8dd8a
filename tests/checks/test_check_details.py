"""What the examples leave open: gaps, bounds, rates cut off or rounded, the edges of a file,
pairs of rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from etl.checks.counted_twice import find_common_days
from etl.checks.evidence import Evidence
from etl.checks.neighbours import find_readings
from etl.checks.overlaps import pair_rows
from etl.checks.run import check_records
from tests.checks.sample_checks import RULE, copied, line, rows, world


def list_messages(evidence: Evidence, check_id: str) -> list[str]:
    return [finding.message for finding in check_records(evidence) if finding.check_id == check_id]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_two_plain_rows_have_no_findings(two_rows: Evidence) -> None:
    assert check_records(two_rows) == ()


# Parts


def test_parts_that_are_known_may_not_exceed_the_whole() -> None:
    evidence = world(line(alerts=10, true_alerts=None, true_alerts_confirmed=9, false_alerts=2))
    assert list_messages(evidence, "whole_differs_from_parts") == [
        "Street 1, 1 March 2025: 10 is printed for alerts, but true alerts and false alerts add up "
        "to at least 11."
    ]


def test_parts_that_are_not_all_known_may_fall_short() -> None:
    evidence = world(line(alerts=10, true_alerts=None, true_alerts_confirmed=1, false_alerts=2))
    assert list_messages(evidence, "whole_differs_from_parts") == []


def test_a_lower_bound_is_not_compared() -> None:
    row, counts = line(alerts=11)
    bounded = counts | {"alerts": replace(counts["alerts"], value_status="at_least")}
    assert list_messages(world((row, bounded)), "whole_differs_from_parts") == []


# Rates: 2 false alerts in 3,000 faces seen are 0.0667%


@pytest.mark.parametrize("printed", ["0.06%", "0.07%", "0.0667", "0.1%"])
def test_a_rate_may_be_cut_off_or_rounded(printed: str) -> None:
    evidence = world(line(faces_seen=3000, published_false_alert_rate_text=printed))
    assert list_messages(evidence, "rate_contradicts_counts") == []


@pytest.mark.parametrize("printed", ["0.05%", "0.08%", "0%", "0"])
def test_a_rate_further_off_than_one_unit_is_reported(printed: str) -> None:
    evidence = world(line(faces_seen=3000, published_false_alert_rate_text=printed))
    assert len(list_messages(evidence, "rate_contradicts_counts")) == 1


def test_a_rate_without_a_false_alert_is_reported() -> None:
    evidence = world(line(alerts=8, false_alerts=0))
    assert list_messages(evidence, "rate_contradicts_counts") == [
        "Street 1, 1 March 2025: a false alert rate of 0.2% is printed although there is no false "
        "alert."
    ]


def test_a_rate_of_nothing_may_stand_for_less_than_a_thousandth_of_a_per_cent() -> None:
    evidence = world(line(faces_seen=200_001, published_false_alert_rate_text="0%"))
    assert list_messages(evidence, "rate_contradicts_counts") == []


def test_a_rate_that_no_whole_number_gives_is_reported_where_false_alerts_are_not_printed() -> None:
    unknown: dict[str, Any] = {"true_alerts": None, "false_alerts": None}
    assert list_messages(world(line(**unknown)), "rate_contradicts_counts") == []
    assert list_messages(
        world(line(published_false_alert_rate_text="0.05%", **unknown)), "rate_contradicts_counts"
    ) == [
        "Street 1, 1 March 2025: a false alert rate of 0.05% is printed, which no whole number of "
        "false alerts gives in 1,000 faces seen."
    ]


@pytest.mark.parametrize("printed", [None, "N/A", ""])
def test_a_rate_that_is_not_printed_is_not_checked(printed: str | None) -> None:
    assert (
        list_messages(
            world(line(published_false_alert_rate_text=printed)), "rate_contradicts_counts"
        )
        == []
    )


# Dates


def test_a_misprinted_year_is_named() -> None:
    evidence = world(*rows(3, {2: {"date": day("2024-03-02")}}))
    assert list_messages(evidence, "date_out_of_order") == [
        "Street 2, 2 March 2024: 2 March 2024 is printed between rows of 1 March 2025 and 3 March "
        "2025; 2 March 2025 would fit (the year misprinted)."
    ]


def test_the_first_and_the_last_row_are_held_against_two_neighbours() -> None:
    first = world(*rows(3, {1: {"date": day("2025-06-01")}}))
    last = world(*rows(3, {3: {"date": day("2025-01-01")}}))
    assert [message[:8] for message in list_messages(first, "date_out_of_order")] == ["Street 1"]
    assert [message[:8] for message in list_messages(last, "date_out_of_order")] == ["Street 3"]


def test_two_rows_of_one_day_are_in_order() -> None:
    assert (
        list_messages(world(*rows(3, {2: {"date": day("2025-03-01")}})), "date_out_of_order") == []
    )


def test_a_date_that_no_reading_explains_has_none() -> None:
    assert find_readings(day("2025-05-31"), day("2025-03-01"), day("2025-03-02")) == []


def test_the_misprinted_digit_is_named_and_the_day_is_not_reported_twice() -> None:
    evidence = world(
        *rows(
            3,
            {
                1: {"watchlist_size": 16199},
                2: {"date": day("2025-03-01"), "watchlist_size": 19199},
                3: {"watchlist_size": 16189},
            },
        )
    )
    assert list_messages(evidence, "watchlist_size_out_of_step") == [
        "Street 2, 1 March 2025: a watchlist of 19,199 is printed between rows of 16,199 and "
        "16,189; the other rows of that day have 16,199."
    ]
    assert list_messages(evidence, "watchlist_size_differs_same_day") == []


def test_a_whole_and_its_part_may_repeat_each_other() -> None:
    lines = [line(n, true_alerts=n, alerts=n, false_alerts=0, arrests=0) for n in range(1, 21)]
    assert list_messages(world(*lines), "columns_repeat") == []


def test_sessions_with_different_clock_times_are_no_repetition() -> None:
    lines = [
        line(n, date=day("2025-03-01"), location_text="Port", start_time=dt.time(hour), arrests=n)
        for n, hour in ((1, 9), (2, 14))
    ]
    assert list_messages(world(*lines), "place_repeated_same_day") == []


# Two publications


def test_faces_seen_decide_between_two_rows_of_one_place_and_day() -> None:
    there = [
        line(n, date=day("2025-03-01"), location_text="High St, Ilford", faces_seen=1000 * n)
        for n in (1, 2)
    ]
    here = [
        copied(
            n, date=day("2025-03-01"), location_text="Ilford High Street", faces_seen=1000 * (3 - n)
        )
        for n in (1, 2)
    ]
    evidence = world(*there, *here)
    pairs = pair_rows(evidence, [row for row, _ in there], [row for row, _ in here])
    assert [(a.row, b.row) for a, b in pairs] == [(1, 2), (2, 1)]


def test_streets_of_one_kind_are_not_one_place() -> None:
    there, here = (
        line(1, location_text="High St, Ilford"),
        copied(1, location_text="High St, Hounslow"),
    )
    assert pair_rows(world(there, here), [there[0]], [here[0]]) == []


def test_a_number_that_only_one_of_two_prints_is_no_difference() -> None:
    evidence = world(line(1), copied(1, arrests=None), precedence=(RULE,))
    assert check_records(evidence) == ()


def test_an_edition_is_compared_with_the_one_that_it_follows() -> None:
    evidence = world(line(1), line(1, edition="grid_2025_later", arrests=4))
    later = replace(evidence.editions["grid_2025_later"], follows_edition_id="grid_2025")
    evidence = replace(evidence, editions={**evidence.editions, "grid_2025_later": later})
    assert list_messages(evidence, "overlap_value_differs") == [
        "Street 1, 1 March 2025: arrests: 3 is printed here, but 4 in grid_2025_later, page 1, row "
        "1."
    ]


# Days that are counted twice


def test_a_row_of_a_return_beside_the_days_of_the_return_is_counted_twice_too() -> None:
    neighbouring_day = day("2024-12-30")
    evidence = world(
        line(
            1,
            publication="northshire_return_1",
            edition="northshire_return_1",
            date=neighbouring_day,
        ),
        line(2, date=neighbouring_day),
    )
    assert list_messages(evidence, "day_counted_twice") == [
        "Street 1, 30 December 2024: Grid (grid_2025) counts deployments from 30 December 2024 to "
        "30 December 2024 too."
    ]


@pytest.mark.parametrize(
    ("first", "last", "common"),
    [
        ("2024-12-01", "2024-12-29", None),  # the day before the return begins
        ("2024-12-01", "2024-12-30", ("2024-12-30", "2024-12-30")),
        ("2025-01-31", "2025-02-28", ("2025-01-31", "2025-01-31")),
        ("2025-02-01", "2025-02-28", None),  # the day after it ends
    ],
)
def test_the_first_and_the_last_day_of_a_return_are_days_of_it(
    first: str, last: str, common: tuple[str, str] | None
) -> None:
    (row,) = world(line(1, date=None)).deployments
    periods = {row.edition_id: (day(first), day(last))}
    days = (day("2024-12-30"), day("2025-01-31"))
    expected = (day(common[0]), day(common[1])) if common else None
    assert find_common_days([row], periods, days) == expected
