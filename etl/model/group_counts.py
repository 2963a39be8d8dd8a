"""Counts by group that forces give in their returns, beside those that claims state.

In: the counts of returns. Out: `GroupCount`s, each of which names the count of the return that it repeats.
Does not add up, does not judge what a reader can work out (`etl.checks.returned_groups`), and hides nothing: what a force
hid has no number in its return.
"""

from __future__ import annotations

from collections.abc import Iterable

from etl.model import codes
from etl.model.group_records import GroupCount
from etl.model.groups import CLASSIFICATIONS
from etl.model.return_records import ReturnedCount


def to_group_counts(returned: Iterable[ReturnedCount]) -> tuple[GroupCount, ...]:
    """A count by group for each row of a return that is about a group of people and a stage of the funnel."""
    return tuple(
        GroupCount(
            group_count_id=one.returned_count_id,
            force_id=one.force_id,
            period_start=one.period_start,
            period_end=one.period_end,
            stage_code=one.subject_code,
            classification_code=one.classification_code,
            group_code=one.group_code,
            basis_code=CLASSIFICATIONS[one.classification_code].basis,
            group_count=one.counted,
            value_status="published" if one.counted is not None else "hidden_by_force",
            total_count=one.total,
            claim_id=None,
            returned_count_id=one.returned_count_id,
            note=None,
        )
        for one in returned
        if one.classification_code and one.group_code and one.subject_code in codes.STAGE
    )
