"""Counts by group that nobody printed, as tables: what is hidden, what follows from rows,
what stops a build."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pytest

from etl.checks.disclosure import check_disclosure
from etl.disclosure.group_tables import InvalidTableError, ShownCounts, hide_counts
from etl.model.group_records import GroupCrosswalk
from etl.model.groups import CLASSIFICATIONS
from tests.measures.groups.sample_groups import claim, group_count, new_counts

CLAIMS = [claim("c_1")]
SEEN = {"ic1": 21, "ic2": 2, "ic3": 16, "ic4": 3, "ic5": 12, "ic6": 0, "ic9": 6}
ARRESTS = {"female": 2, "male": 7919, "not_stated": 0}
TRUTH = [
    *new_counts("officer_perceived_ic", "false_alerts", SEEN),
    *new_counts("sex", "arrests", ARRESTS),
]


def test_the_same_counts_again_are_shown_the_same() -> None:
    shown = hide_counts(TRUTH)
    assert hide_counts(TRUTH, [ShownCounts("r1", shown)]) == shown


def test_a_release_that_hides_only_the_small_is_stopped() -> None:
    counts = new_counts("sex", "arrests", ARRESTS)
    careless = [
        dataclasses.replace(row, group_count=None, value_status="suppressed")
        if row.group_count == 2
        else row
        for row in counts
    ]
    (disclosure,) = check_disclosure(careless, counts, CLAIMS)
    assert (disclosure.check_id, disclosure.severity_code) == ("count_by_group_given_away", "error")
    # Numbers that changed are not shown beside those of the release before, however large.
    later = new_counts("sex", "no_action", {"female": 20, "male": 31, "not_stated": 0})
    before = [
        ShownCounts(
            "r1", tuple(new_counts("sex", "no_action", {"female": 20, "male": 30, "not_stated": 0}))
        )
    ]
    assert {row.value_status for row in hide_counts(later, before)} == {"suppressed"}
    assert [
        each_disclosure.check_id
        for each_disclosure in check_disclosure(later, later, CLAIMS, before)
    ] == [disclosure.check_id]


def test_a_list_within_a_list_is_protected_with_it(data: Path) -> None:
    """The 18 groups add up to the five: a rest of one of the five would give the only small one
    away."""
    with (data / "reference" / "group_crosswalks.csv").open(encoding="utf-8", newline="") as file:
        crosswalks = [
            GroupCrosswalk(**{name: text or None for name, text in row.items()})
            for row in csv.DictReader(file)
        ]  # type: ignore[arg-type]
    fine = dict.fromkeys(CLASSIFICATIONS["self_defined_18_1"].groups, 20) | {
        "black_other": 3,
        "black_african": 9,
    }
    wide: dict[str, int] = dict.fromkeys(CLASSIFICATIONS["self_defined_5"].groups, 0)
    for row in crosswalks:
        if (row.from_classification_code, row.to_classification_code) == (
            "self_defined_18_1",
            "self_defined_5",
        ):
            wide[str(row.to_group_code)] += fine[row.from_group_code]
    counts = [
        *new_counts("self_defined_18_1", "arrests", fine),
        *new_counts("self_defined_5", "arrests", wide),
    ]
    shown = hide_counts(counts)
    hidden = {row.group_code for row in shown if row.value_status == "suppressed"}
    # In doubt the finer list and the wider one are hidden together.
    assert hidden == {row.group_code for row in counts}
    assert check_disclosure(shown, counts, CLAIMS) == ()


def test_a_small_rest_of_two_shown_counts_is_a_small_count() -> None:
    """22 of the alerts are about women and 20 of the false ones:
    so that 2 were true is not given away."""
    verdicts = {
        "alerts": {"female": 22, "male": 60, "not_stated": 0},
        "false_alerts": {"female": 20, "male": 30, "not_stated": 0},
    }
    counts = [
        row for stage, verdict in verdicts.items() for row in new_counts("sex", stage, verdict)
    ]
    assert [disclosure.check_id for disclosure in check_disclosure(counts, counts, CLAIMS)] == [
        "count_by_group_given_away"
    ]
    shown = hide_counts(counts)
    women = {row.stage_code: row.group_count for row in shown if row.group_code == "female"}
    assert None in women.values()
    assert check_disclosure(shown, counts, CLAIMS) == ()


def test_a_small_sum_of_two_hidden_counts_is_a_small_count() -> None:
    """IC4 and IC5 are 1 each: the total less all others would say that 2 stand beside Asian."""
    counts = new_counts("officer_perceived_ic", "arrests", SEEN | {"ic2": 0, "ic4": 1, "ic5": 1})
    shown = hide_counts(counts)
    assert all(row.value_status == "suppressed" for row in shown)
    assert check_disclosure(shown, counts, CLAIMS) == ()


def test_counts_that_share_days_with_printed_ones_are_hidden() -> None:
    """Today's and those of an earlier release: whoever kept them can subtract."""
    counts = new_counts("sex", "arrests", {"female": 20, "male": 30, "not_stated": 0})
    january = {"period_end": counts[0].period_end.replace(month=1), "claim_id": "c_2"}
    printed = group_count("ic3", 9, 12, stage_code="arrests", **january)
    for rows, before in (([*counts, printed], ()), (counts, [ShownCounts("r1", (printed,))])):
        shown = hide_counts(rows, before)
        assert [row.group_count for row in shown if row.classification_code == "sex"] == [None] * 3
        assert check_disclosure(rows, rows, CLAIMS, before) != ()
        assert check_disclosure(shown, rows, CLAIMS, before) == ()
    other = dataclasses.replace(printed, stage_code="alerts")
    assert hide_counts([*counts, other]) == (*counts, other)


def test_a_small_rest_of_people_under_18_is_up_to_nine() -> None:
    groups = dict.fromkeys(CLASSIFICATIONS["age_band_8"].groups, 40)
    (child, *_) = CLASSIFICATIONS["age_band_8"].under_18
    for false, is_hidden in ((30, False), (31, True), (40, True)):
        counts = [
            *new_counts("age_band_8", "alerts", groups),
            *new_counts("age_band_8", "false_alerts", dict.fromkeys(groups, 30) | {child: false}),
        ]
        statuses = {row.value_status for row in hide_counts(counts)}
        assert statuses == {"suppressed" if is_hidden else "new"}, false


def test_what_was_hidden_once_stays_hidden() -> None:
    small, large = (
        new_counts("sex", "arrests", {"female": women, "male": 30, "not_stated": 0})
        for women in (3, 20)
    )
    first = ShownCounts("r1", hide_counts(small))
    assert {row.group_count for row in first.counts} == {None}
    assert {row.group_count for row in hide_counts(large, [first])} == {None}


def test_readers_are_told_the_same_of_every_hidden_count() -> None:
    small, other, nobody = hide_counts(new_counts("sex", "arrests", ARRESTS))
    assert (small.group_count, small.value_status) == (None, "suppressed")
    assert small.total_count == sum(ARRESTS.values())
    for row in (other, nobody):
        names = {"group_code": small.group_code, "group_count_id": small.group_count_id}
        assert dataclasses.replace(row, **names) == small  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "false",
    [
        {"female": 40, "male": 30, "not_stated": 0},  # more of them than alerts
        {"female": 20, "male": 30, "not_stated": 0},  # and 12 true ones are not the rest
    ],
)
def test_counts_that_contradict_each_other_are_refused(false: dict[str, int]) -> None:
    alerts = {"female": 30, "male": 60, "not_stated": 0}
    counts = [
        *new_counts("sex", "alerts", alerts),
        *new_counts("sex", "false_alerts", false),
        *new_counts("sex", "true_alerts", {"female": 12, "male": 30, "not_stated": 0}),
    ]
    with pytest.raises(InvalidTableError):
        hide_counts(counts)


def test_two_counts_for_one_group_are_refused() -> None:
    counts = new_counts("sex", "arrests", {"female": 20, "male": 30, "not_stated": 0})
    again = [dataclasses.replace(row, claim_id="c_2") for row in counts]
    assert hide_counts([*counts, *again]) == (*counts, *again)
    again[0] = dataclasses.replace(again[0], group_count=21)
    with pytest.raises(InvalidTableError, match="20 and 21"):
        hide_counts([*counts, *again])
