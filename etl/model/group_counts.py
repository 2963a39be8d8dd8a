"""Counts by group that forces give in their returns, beside those that claims state.

In: the counts of returns. Out: `GroupCount`s, each of which names the count of the return that it
repeats. Does not add up, does not judge what a reader can work out (`etl.checks.returned_groups`),
and hides nothing: what a force hid has no number in its return."""

from __future__ import annotations

from collections.abc import Iterable

from etl.model import codes
from etl.model.group_records import GroupCount
from etl.model.groups import CLASSIFICATIONS
from etl.model.return_records import ReturnedCount


def to_group_counts(returned: Iterable[ReturnedCount]) -> tuple[GroupCount, ...]:
    """A count by group for each row of a return that is about a group of people and a stage of the
    funnel."""
    return tuple(
        GroupCount(
            group_count_id=returned_count.returned_count_id,
            force_id=returned_count.force_id,
            period_start=returned_count.period_start,
            period_end=returned_count.period_end,
            stage_code=returned_count.subject_code,
            classification_code=returned_count.classification_code,
            group_code=returned_count.group_code,
            basis_code=CLASSIFICATIONS[returned_count.classification_code].basis,
            group_count=returned_count.counted,
            value_status="published" if returned_count.counted is not None else "hidden_by_force",
            total_count=returned_count.total,
            claim_id=None,
            returned_count_id=returned_count.returned_count_id,
            note=None,
        )
        for returned_count in returned
        if returned_count.classification_code
        and returned_count.group_code
        and returned_count.subject_code in codes.STAGE
    )
