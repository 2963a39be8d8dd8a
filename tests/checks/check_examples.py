"""For every check one world that passes and the smallest change of it that fails, with what the
reader is told.

`test_examples.py` runs them; a check of the catalogue without an example here fails there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tests.checks.sample_checks import (
    by_sex,
    claim,
    copied,
    counts_by_sex,
    day,
    in_wards,
    line,
    overlap,
    release,
    returned,
    rows,
    total,
    with_status,
    world,
)


@dataclass(frozen=True)
class Example:
    """`passes` and `fails` are what is checked; `message` is the only finding of the failing
    one."""

    check_id: str
    passes: Any
    fails: Any
    message: str


def make_example(
    check_id: str, passes: dict[str, Any], fails: dict[str, Any], message: str
) -> Example:
    """An example of a single row."""
    return Example(
        check_id,
        world(line(**passes)),
        world(line(**passes | fails)),
        f"Street 1, 1 March 2025: {message}",
    )


TIMES = {"start_time": dt.time(10, 0), "end_time": dt.time(11, 0)}
OUTCOMES = {"true_alerts_confirmed": 8, "arrests": 3, "other_disposals": 4, "no_action": 1}
REPEATING = {number: {"other_disposals": number, "no_action": number} for number in range(1, 21)}
APART = {number: {"other_disposals": number, "no_action": number + 1} for number in range(1, 21)}
# 2 of 20 rows differ: 90%, below the 95% from which two columns repeat each other. 1 of 20: 95%.
BROKEN_ONCE = REPEATING | {20: {"other_disposals": 20, "no_action": 2}}
# Crowds of 900, 1,000 and 1,100 an hour in turn, so that there is a spread to be measured.
FACES_PER_HOUR = {
    number: {"faces_seen": 900 + 100 * (number % 3), "published_false_alert_rate_text": None}
    for number in range(1, 41)
}
# A row of a return of the force.
RETURN = {"publication": "northshire_return_1", "edition": "northshire_return_1"}
SAME_DAYS = {number: {"date": dt.date(2025, 3, (number + 1) // 2)} for number in range(1, 13)}

EXAMPLES = (
    make_example(
        "field_fault",
        {"watchlist_size": 1},
        {"watchlist_size": 0},
        "watchlist_size holds 0; expected at least 1.",
    ),
    Example(
        "gap_contradicts_value",
        with_status("published"),
        with_status("withheld"),
        "Street 1, 1 March 2025: arrests is 3 with the status withheld.",
    ),
    Example(
        "date_outside_period",
        world(line(date=day("2025-01-01"))),
        world(line(date=day("2024-12-31"))),
        "Street 1, 31 December 2024: the file covers 1 January 2025 to 31 December 2025.",
    ),
    make_example(
        "end_before_start",
        {"end_date": day("2025-03-01")},
        {"end_date": day("2025-02-28")},
        "the last day, 28 February 2025, is before the first.",
    ),
    make_example(
        "duration_implausible",
        {"duration_minutes": 960},
        {"duration_minutes": 961},
        "the cameras are said to have run for 961 minutes.",
    ),
    make_example(
        "duration_contradicts_times",
        TIMES,
        {"duration_minutes": 50},
        "50 minutes are printed, but from 10:00 to 11:00 it is 60.",
    ),
    make_example(
        "whole_differs_from_parts",
        {},
        {"alerts": 11},
        "11 is printed for alerts, but true alerts and false alerts add up to 10.",
    ),
    make_example(
        "more_arrests_than_true_alerts",
        {"arrests": 8},
        {"arrests": 9},
        "9 arrests are printed beside 8 true alerts.",
    ),
    make_example(
        "more_engagements_than_alerts",
        {"engagements_after_false_alerts": 2},
        {"engagements_after_false_alerts": 3},
        "3 engagements after false alerts are printed beside 2 false alerts.",
    ),
    make_example(
        "fewer_faces_than_alerts",
        {"faces_seen": 10, "published_false_alert_rate_text": None},
        {"faces_seen": 9},
        "9 faces seen are printed beside 10 alerts.",
    ),
    make_example(
        "rate_contradicts_counts",
        {},
        {"published_false_alert_rate_text": "0.3%"},
        "a false alert rate of 0.3% is printed, but 2 in 1,000 faces seen is 0.2000%.",
    ),
    make_example(
        "remark_contradicts_faces",
        {"note": "Partial entry (1,000 faces)"},
        {"note": "Partial entry (1,001 faces)"},
        "1,000 faces seen are printed, but the remark says “Partial entry (1,001 faces)”.",
    ),
    make_example(
        "remark_reports_doubt",
        {"note": "near the station"},
        {"note": "another copy says 2 March"},
        "the source remarks: “another copy says 2 March”.",
    ),
    Example(
        "row_incomplete",
        world(*rows(20)),
        world(*rows(20, {7: {"arrests": ""}})),
        "Street 7, 7 March 2025: the cells of arrests are blank, which nearly all other rows of "
        "the file fill.",
    ),
    Example(
        "date_out_of_order",
        world(*rows(3)),
        world(*rows(3, {2: {"date": day("2025-02-03")}})),
        "Street 2, 3 February 2025: 3 February 2025 is printed between rows of 1 March 2025 and 3 "
        "March 2025; 2 March 2025 would fit (day and month swapped).",
    ),
    Example(
        "threshold_out_of_step",
        world(*rows(7)),
        world(*rows(7, {4: {"threshold": Decimal("0.64")}})),
        "Street 4, 4 March 2025: a threshold of 0.64 is printed, while the force's deployments "
        "around that date have 0.60.",
    ),
    Example(
        "threshold_new",
        world(*rows(4)),
        world(*rows(4, {3: {"threshold": Decimal("0.64")}, 4: {"threshold": Decimal("0.64")}})),
        "Street 3, 3 March 2025: a threshold of 0.64 is printed, while the force's deployments "
        "until then have 0.60.",
    ),
    Example(
        "watchlist_size_out_of_step",
        world(*rows(3, {2: {"watchlist_size": 5500}})),
        world(*rows(3, {2: {"watchlist_size": 5501}})),
        "Street 2, 2 March 2025: a watchlist of 5,501 is printed between rows of 5,000 and 5,000.",
    ),
    Example(
        "watchlist_size_differs_same_day",
        world(*rows(6, SAME_DAYS)),
        world(*rows(6, SAME_DAYS | {4: {"date": day("2025-03-02"), "watchlist_size": 5001}})),
        "Street 4, 2 March 2025: a watchlist of 5,001 is printed, but 5,000 in other rows of that "
        "day.",
    ),
    Example(
        "faces_seen_outlier",
        world(*rows(31, FACES_PER_HOUR)),
        world(
            *rows(
                31,
                FACES_PER_HOUR | {16: {"faces_seen": 100, "published_false_alert_rate_text": None}},
            )
        ),
        "Street 16, 16 March 2025: 100 faces seen, 100 an hour, are printed, while the rows around "
        "have 1,000 an hour in the middle.",
    ),
    Example(
        "faces_seen_level",
        world(*rows(20, published_false_alert_rate_text=None)),
        world(
            *rows(10, published_false_alert_rate_text=None),
            *(
                line(number, faces_seen=5000, published_false_alert_rate_text=None)
                for number in range(11, 21)
            ),
        ),
        "From 11 March 2025 on, 5,000 faces seen an hour are printed in the middle of 10 rows, "
        "after 1,000 in the 10 rows before.",
    ),
    make_example(
        "outcomes_differ_from_true_alerts",
        OUTCOMES,
        {"no_action": 0},
        "arrests + other disposals + no action is 3 + 4 + 0 = 7, beside 8 confirmed and 0 "
        "unconfirmed true alerts and 0 confirmed false ones.",
    ),
    Example(
        "columns_repeat",
        world(*rows(20, APART)),
        world(*rows(20, REPEATING)),
        "The columns “Other_Disposals” and “No_Action” hold the same number in 20 of the 20 rows "
        "in which either is not zero.",
    ),
    Example(
        "columns_repeat_broken",
        world(*rows(20, REPEATING)),
        world(*rows(20, BROKEN_ONCE)),
        "Street 20, 20 March 2025: 20 other disposals and 2 no action are printed, while nearly "
        "all rows of the file print one number twice.",
    ),
    Example(
        "row_repeated",
        world(*rows(2)),
        world(*rows(2, {2: {"date": day("2025-03-01"), "location_text": "Street 1"}})),
        "Street 1, 1 March 2025: page 1, row 1 has the same date, place and numbers.",
    ),
    Example(
        "place_repeated_same_day",
        world(*rows(2, {2: {"location_text": "Street 1", "arrests": 4}})),
        world(
            *rows(2, {2: {"location_text": "Street 1", "arrests": 4, "date": day("2025-03-01")}})
        ),
        "Street 1, 1 March 2025: 2 rows with different numbers have this place and day.",
    ),
    Example(
        "place_in_several_wards",
        in_wards("E1", "E1", None),
        in_wards("E1", "E2", None),
        "Street 2, 2 March 2025: the deployments at this place are in 2 wards; without a ward of "
        "their own: 1.",
    ),
    Example(
        "claim_restated",
        world(line(), claims=(claim(20),)),
        world(line(), claims=(replace(claim(20), reliability="transcribed"),)),
        "A newspaper: figures restated and not read at their publisher: 1.",
    ),
    Example(
        "overlap_value_differs",
        overlap(copied(1), copied(2)),
        overlap(copied(1), copied(2, arrests=4)),
        "Street 2, 2 March 2025: arrests: 4 is printed here, but 3 in grid_2025, page 1, row 2.",
    ),
    Example(
        "overlap_date_differs",
        overlap(copied(1), copied(2)),
        overlap(
            copied(1),
            copied(2, date=day("2025-02-03")),
            grid=rows(2, {2: {"date": day("2025-03-02")}}),
        ),
        "Street 2, 3 February 2025: 3 February 2025 is printed here, but 2 March 2025 in "
        "grid_2025, page 1, row 2; day and month are swapped.",
    ),
    Example(
        "overlap_row_missing",
        overlap(copied(1), copied(2)),
        overlap(copied(1)),
        "Street 2, 2 March 2025: copy_2025 covers this day and has no such row.",
    ),
    Example(
        "total_does_not_add_up",
        total(6),
        total(7),
        "A newspaper states 7 arrests from 1 March 2025 to 31 March 2025. It does not add up with "
        "the published rows: the 2 rows from 1 March 2025 to 31 March 2025 give 6.",
    ),
    Example(
        "count_by_group_below_year",
        counts_by_sex(20, 30),
        counts_by_sex(20, 30, period_end=day("2025-12-30")),
        "northshire, 2025-01-01 to 2025-12-30, alerts by sex: a period that is not a calendar "
        "year; a count that nobody printed covers a calendar year, or is not given.",
    ),
    Example(
        "count_by_group_given_away",
        counts_by_sex(4, 30, hidden=("female", "male", "not_stated")),
        counts_by_sex(4, 30, hidden=("female",)),
        "northshire, 2025-01-01 to 2025-12-31, alerts by sex: alerts of northshire, 2025-01-01 to "
        "2025-12-31; all new counts of the same people hidden.",
    ),
    Example(
        "returned_count_differs",
        world(line(arrests=3), returned_counts=(returned(3),)),
        world(line(arrests=3), returned_counts=(returned(4),)),
        "Arrests in this table do not add up with the return's own deployments: 4 here, the rows "
        "of the deployments give 3.",
    ),
    Example(
        "day_counted_twice",
        world(line(1, **RETURN), line(2, counted=False)),
        world(
            line(1, **RETURN, date=dt.date(2025, 3, 3)), line(3), line(4, date=dt.date(2024, 3, 3))
        ),
        "Street 1, 3 March 2025: Grid (grid_2025) counts deployments from 3 March 2025 to 3 March "
        "2025 too.",
    ),
    Example(
        "returned_groups_given_away",
        world(*rows(1), returned_counts=(by_sex("female", None), by_sex("male", None))),
        world(
            *rows(1),
            returned_counts=(by_sex("female", None), by_sex("male", 8), by_sex("not_stated", 0)),
        ),
        "What this return shows leaves too little open how many alerts were about Female.",
    ),
    Example(
        "release_row_removed",
        (release(*rows(2)), release(*rows(2))),
        (release(*rows(2)), release(*rows(1))),
        "Street 2, 2025-03-02: the previous release had this row as grid_2025_0002; this one has "
        "not.",
    ),
    Example(
        "release_rows_added",
        (release(*rows(1)), release(*rows(1))),
        (release(*rows(1)), release(*rows(2))),
        "1 row is new in grid_2025.",
    ),
    Example(
        "release_value_altered",
        (release(*rows(1)), release(*rows(1))),
        (release(*rows(1)), release(line(1, arrests=4))),
        "Street 1, 2025-03-01: arrests was 3 and is now 4.",
    ),
)
