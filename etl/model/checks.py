"""Every check, declared once: what it asks, how much it matters, and what a reader should make of a
finding.

In: nothing. Out: `CHECKS`, from which the documentation, the findings page and every finding's
severity are taken. Does not check anything: the functions of `etl.checks` do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `answered_by` names fields, besides the one reported, whose correction answers a
    finding; `remedy` says what to do about an error, which stops a build."""

    check_id: str
    severity: str
    title: str
    question: str
    meaning: str
    answered_by: tuple[str, ...] = ()
    remedy: str = (
        "Compare the kept cell with the print; mend the cells, the column map or the correction."
    )


_ALERT_PARTS = (
    "alerts",
    "true_alerts",
    "true_alerts_confirmed",
    "true_alerts_unconfirmed",
    "false_alerts",
    "false_alerts_confirmed",
    "false_alerts_unconfirmed",
)

CHECKS = (
    # One record
    Check(
        "field_fault",
        "error",
        "A value that its field cannot hold",
        "Has every field a value of its type, in its range, from its code list and in its form?",
        "The row was read wrongly or the publication has a new form; nothing is published until it "
        "is settled.",
    ),
    Check(
        "gap_contradicts_value",
        "error",
        "A number and a reason for its absence",
        "Has every number a status that says where it comes from, and every gap one that says why "
        "it is empty?",
        "The row was read wrongly; nothing is published until it is settled.",
    ),
    Check(
        "date_outside_period",
        "warning",
        "A date outside the file's period",
        "Does every deployment fall in the period that the file says it covers?",
        "The date or the file's title is misprinted; totals by month may hold the deployment in "
        "the wrong place.",
    ),
    Check(
        "end_before_start",
        "warning",
        "The last day is before the first",
        "Does every deployment of several days end on or after the day on which it began?",
        "One of the two dates is misprinted.",
        ("date",),
    ),
    Check(
        "duration_implausible",
        "warning",
        "A duration of nothing, or of more than 16 hours",
        "Did the cameras run for more than no time and for at most 16 hours in a day?",
        "The duration is misprinted or covers several days; rates per hour that use it mislead.",
        ("start_time", "end_time"),
    ),
    Check(
        "duration_contradicts_times",
        "warning",
        "Duration and clock times disagree",
        "Is the printed duration the time between the printed start and end?",
        "One of the three is misprinted, or the cameras paused in between.",
        ("start_time", "end_time"),
    ),
    Check(
        "whole_differs_from_parts",
        "warning",
        "A whole that is not the sum of its parts",
        "Are all alerts the true and the false ones, and is each of these the sum of what it is "
        "split into?",
        "One of the printed numbers is wrong, and the row does not say which. Shares of alerts "
        "carry that doubt.",
        _ALERT_PARTS,
    ),
    Check(
        "more_arrests_than_true_alerts",
        "warning",
        "More arrests than true alerts",
        "Are there at most as many arrests as alerts that were true?",
        "Either arrests made beside the alerts were counted in, or people found together were "
        "arrested after one alert.",
        ("arrests_or_disposals", *_ALERT_PARTS),
    ),
    Check(
        "more_engagements_than_alerts",
        "warning",
        "More engagements than alerts",
        "Was somebody spoken to at most as often as there were alerts of that kind?",
        "One of the two numbers is misprinted, or engagements without an alert were counted in.",
        _ALERT_PARTS,
    ),
    Check(
        "fewer_faces_than_alerts",
        "warning",
        "Fewer faces seen than alerts",
        "Were at least as many faces seen as there were alerts?",
        "The number of faces is misprinted or cut short; rates per face seen cannot use the row.",
        ("alerts",),
    ),
    Check(
        "rate_contradicts_counts",
        "warning",
        "The printed “false alert rate” does not follow from the printed counts",
        "Do the printed false alerts in the printed faces seen give the printed rate, within one "
        "unit of its last place?",
        "One of the three is misprinted. We never use the printed rate; ours is computed from the "
        "counts.",
        (
            "faces_seen",
            "alerts",
            "false_alerts",
            "false_alerts_confirmed",
            "false_alerts_unconfirmed",
        ),
    ),
    Check(
        "remark_contradicts_faces",
        "warning",
        "A remark names another number of faces",
        "If a remark beside the row names a number of faces, is it the number in the row?",
        "The cells have probably slipped by one column; none of the row's numbers should be used "
        "as they stand.",
    ),
    Check(
        "remark_reports_doubt",
        "note",
        "The source itself is in doubt",
        "Does whoever typed the row remark that something in it looks odd or stands otherwise "
        "elsewhere?",
        "The remark is repeated as it stands; we cannot verify it.",
    ),
    # The rows of one file
    Check(
        "row_incomplete",
        "warning",
        "Cells left blank that other rows fill",
        "Does the row fill the columns that nearly all rows of its file fill?",
        "The row was broken off or garbled; the blanks are not zeros.",
    ),
    Check(
        "date_out_of_order",
        "warning",
        "A date out of order",
        "Does the date lie between those of the rows before and after it, which are themselves in "
        "order?",
        "The date is very probably misprinted; where one reading fits both neighbours, it is "
        "named.",
    ),
    Check(
        "threshold_out_of_step",
        "warning",
        "A threshold that was not in use at that time",
        "Is the threshold one of those of the force's three deployments before and three after "
        "that date?",
        "The threshold or the date is misprinted.",
        ("date",),
    ),
    Check(
        "threshold_new",
        "note",
        "A threshold seen for the first time",
        "Has the force used this threshold before?",
        "A change of threshold, from which on alerts are not comparable with earlier ones without "
        "care.",
        ("date",),
    ),
    Check(
        "watchlist_size_out_of_step",
        "warning",
        "A watchlist unlike both neighbours",
        "If the rows before and after have watchlists of nearly one size, is this row's near them?",
        "A digit is probably misprinted, or a different watchlist was used once.",
    ),
    Check(
        "watchlist_size_differs_same_day",
        "note",
        "Two watchlist sizes on one day",
        "Where deployments of one day normally have one watchlist size, has this day one?",
        "A last-minute change of the list, or a misprinted digit.",
    ),
    Check(
        "faces_seen_outlier",
        "note",
        "Far more or fewer faces than around that time",
        "Are the faces seen per hour in line with the 15 rows before and after?",
        "Some places are busier than others; a factor of ten or a lost digit is also possible. The "
        "row is used as printed.",
        ("duration_minutes",),
    ),
    Check(
        "faces_seen_level",
        "warning",
        "Faces seen on another level",
        "Are the faces seen per hour of ten rows within a factor of four of those of the ten rows "
        "before?",
        "Deployments moved to other places, or faces are estimated in another way from there on; "
        "rates per face seen do not compare across it.",
    ),
    Check(
        "outcomes_differ_from_true_alerts",
        "note",
        "Outcomes do not add up to the people engaged",
        "Do arrests, other disposals and no action add up to the confirmed true alerts, or to all "
        "confirmed alerts?",
        "A person may be counted under two outcomes or under none; outcomes are not summed where "
        "this is common.",
        ("arrests", "other_disposals", "no_action", *_ALERT_PARTS),
    ),
    Check(
        "columns_repeat",
        "warning",
        "Two columns that repeat each other",
        "Do two columns that mean different things hold different numbers?",
        "One column was very probably filled from the other, so what it means is unknown; neither "
        "is summed with it.",
    ),
    Check(
        "columns_repeat_broken",
        "note",
        "A row that breaks a repeating pair of columns",
        "Where two columns repeat each other in nearly all rows, do they in this one?",
        "Either this row is the one filled with care, or a digit is misprinted.",
    ),
    Check(
        "row_repeated",
        "warning",
        "A row printed twice",
        "Is there only one row with this date, place and all these numbers?",
        "One deployment is probably printed twice, and sums count it twice.",
    ),
    Check(
        "place_repeated_same_day",
        "note",
        "Several rows of one place on one day",
        "Is this the only row of its place on its day?",
        "Two sites close to each other or two shifts; both rows are counted.",
    ),
    # Two publications or editions about the same deployments
    Check(
        "overlap_value_differs",
        "warning",
        "Two publications print different numbers",
        "Where two publications cover the same deployment, do they print the same?",
        "One was typed wrongly, or the row was revised in between. The publication that counts is "
        "the one we use.",
    ),
    Check(
        "overlap_date_differs",
        "warning",
        "Two publications print different dates",
        "Where two publications cover the same deployment, do they print the same date?",
        "In copies typed by hand, day and month are often swapped. The publication that counts is "
        "the one we use.",
    ),
    Check(
        "overlap_row_missing",
        "warning",
        "A row that only one of two publications has",
        "Where two publications cover the same days, has each row its counterpart?",
        "A deployment was added, withdrawn or overlooked; only the publication that counts is "
        "counted.",
    ),
    # Stated totals
    Check(
        "total_does_not_add_up",
        "warning",
        "A stated total and the published rows",
        "Is a stated total the sum of the rows that we hold for the same force and days?",
        "It does not add up with the published rows; rows may be missing, revised or counted by "
        "another rule.",
    ),
    # Counts of people by group that nobody printed
    Check(
        "count_by_group_below_year",
        "error",
        "People by group for a part of a year",
        "Is every count by group that no publisher printed of a force and a whole calendar year?",
        "A shorter period could single out a person; nothing is published until it is settled.",
    ),
    Check(
        "count_by_group_given_away",
        "error",
        "A hidden count of people that can be worked out",
        "Does everything shown, with all earlier releases, leave every small count by group that "
        "no publisher printed as open as it would be if all such counts were hidden?",
        "Too little is hidden; nothing is published until it is settled.",
    ),
    # A return against itself
    Check(
        "returned_count_differs",
        "warning",
        "A return's table that does not add up with its deployments",
        "Do arrests by offence, images by reason and events by group add up to what the return's "
        "deployments say?",
        "The force counted the two in different ways, or one of them is incomplete; both are shown "
        "as given.",
    ),
    Check(
        "day_counted_twice",
        "error",
        "A day that a return and another publication both count",
        "Is each day of a force counted from its return or from another publication, never from "
        "both?",
        "Deployments would be counted twice; nothing is published until it is settled.",
        remedy=(
            "Declare which counts: with the return before it is published, else in "
            "data/reference/precedence.toml."
        ),
    ),
    Check(
        "returned_groups_given_away",
        "error",
        "A small count of people that a return gives away",
        "Does a return, alone and with every other source of like days that is or was public, "
        "leave every small count by group as open as the events alone leave it?",
        "Somebody could be singled out by subtracting; nothing is published until it is settled.",
        remedy=(
            "Write [c] for more groups, or leave counts by group out of a return whose days others "
            "cover in part."
        ),
    ),
    # This build against the one before
    Check(
        "release_row_removed",
        "warning",
        "A row of the previous release is gone",
        "Is every row of the previous release still there?",
        "A publisher withdrew a row, or a reading changed; the changelog says which.",
    ),
    Check(
        "release_rows_added",
        "note",
        "Rows that the previous release did not have",
        "How many rows are new?",
        "New publications or editions were added.",
    ),
    Check(
        "release_value_altered",
        "note",
        "A number or date that the previous release gave otherwise",
        "Is every number, date and place what it was in the previous release?",
        "A publisher revised it or a correction was declared; the changelog gives old and new.",
    ),
)

_BY_ID = {check.check_id: check for check in CHECKS}


def check_of(check_id: str) -> Check:
    """The declaration of a check; KeyError if there is none."""
    return _BY_ID[check_id]
