"""Counts by group that nobody printed, as tables: what is hidden, what follows from rows,
what stops a build."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

from etl.checks.disclosure import check_disclosure
from etl.disclosure.group_tables import ShownCounts, hide_counts
from etl.model.group_records import GroupCrosswalk
from etl.model.groups import CLASSIFICATIONS
from tests.measures.groups.sample_groups import CROSSWALKS, claim, new_counts

CLAIMS = [claim("c_1")]
SEEN = {"ic1": 21, "ic2": 2, "ic3": 16, "ic4": 3, "ic5": 12, "ic6": 0, "ic9": 6}
ARRESTS = {"female": 2, "male": 7919, "not_stated": 0}
TRUTH = [
    *new_counts("officer_perceived_ic", "false_alerts", SEEN),
    *new_counts("sex", "arrests", ARRESTS),
]


def test_the_same_counts_again_are_shown_the_same() -> None:
    shown = hide_counts(TRUTH, CROSSWALKS)
    assert hide_counts(TRUTH, CROSSWALKS, [ShownCounts("r1", shown)]) == shown


def test_a_release_that_hides_only_the_small_is_stopped() -> None:
    counts = new_counts("sex", "arrests", ARRESTS)
    careless = [
        dataclasses.replace(row, group_count=None, value_status="suppressed")
        if row.group_count == 2
        else row
        for row in counts
    ]
    (disclosure,) = check_disclosure(careless, counts, CROSSWALKS, CLAIMS)
    assert (disclosure.check_id, disclosure.severity_code) == ("count_by_group_given_away", "error")
    # Numbers that changed are not shown beside those of the release before, however large.
    later = new_counts("sex", "no_action", {"female": 20, "male": 31, "not_stated": 0})
    before = [
        ShownCounts(
            "r1", tuple(new_counts("sex", "no_action", {"female": 20, "male": 30, "not_stated": 0}))
        )
    ]
    assert {row.value_status for row in hide_counts(later, CROSSWALKS, before)} == {"suppressed"}
    assert [
        each_disclosure.check_id
        for each_disclosure in check_disclosure(later, later, CROSSWALKS, CLAIMS, before)
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
    shown = hide_counts(counts, crosswalks)
    hidden = {row.group_code for row in shown if row.value_status == "suppressed"}
    assert hidden == {"black_other", "black_african"}
    assert check_disclosure(shown, counts, crosswalks, CLAIMS) == ()


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
    assert [disclosure.check_id for disclosure in check_disclosure(counts, counts, (), CLAIMS)] == [
        "count_by_group_given_away"
    ]
    shown = hide_counts(counts, ())
    women = {row.stage_code: row.group_count for row in shown if row.group_code == "female"}
    assert None in women.values()
    assert check_disclosure(shown, counts, (), CLAIMS) == ()


def test_a_small_sum_of_two_hidden_counts_is_a_small_count() -> None:
    """IC4 and IC5 are 1 each: the total less all others would say that 2 stand beside Asian."""
    counts = new_counts("officer_perceived_ic", "arrests", SEEN | {"ic2": 0, "ic4": 1, "ic5": 1})
    shown = hide_counts(counts, CROSSWALKS)
    assert len([row for row in shown if row.value_status == "suppressed"]) == 3
    assert check_disclosure(shown, counts, CROSSWALKS, CLAIMS) == ()
