"""The records of counts by group and of how lists of groups correspond.

In: nothing. Out: `GroupCount` and `GroupCrosswalk`, declared like those of `etl.model.records`.
Does not hold data: that is in `data/reference/group_counts.csv` and `group_crosswalks.csv`, and in
the returns of forces."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated as A

from etl.model import codes
from etl.model.fields import About, Unit
from etl.model.groups import BASIS, CLASSIFICATION, GROUP_STATUS, HIDDEN_STATUSES, YES_NO
from etl.model.records import ID


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """How many events of a force and period were about people of one group: as somebody published
    it, or first shown here, where it gives nobody away. Either a claim states it or a count of a
    return does."""

    group_count_id: A[str, About("Identifier of the count.", pattern=ID)]
    force_id: A[str, About("The force.", refers_to="forces.force_id")]
    period_start: A[dt.date, About("First day of the period.")]
    period_end: A[dt.date, About("Last day of the period.")]
    stage_code: A[str, About("What was counted.", codes=codes.STAGE)]
    classification_code: A[str, About("The list to which the group belongs.", codes=CLASSIFICATION)]
    group_code: A[str, About("The group, as a code of that list.")]
    basis_code: A[str, About("Who decided the group, and how.", codes=BASIS)]
    group_count: A[
        int | None,
        About(
            "Events about people of the group; absent only where it is hidden.",
            Unit.EVENTS,
            minimum=0,
        ),
    ]
    value_status: A[
        str, About("Printed by a publisher, first shown here, or hidden.", codes=GROUP_STATUS)
    ]
    total_count: A[
        int | None,
        About(
            "All events of the stage, those of unknown group included; absent where the source "
            "does not give it.",
            Unit.EVENTS,
            minimum=0,
        ),
    ]
    claim_id: A[
        str | None,
        About(
            "The claim that states it; of a number that nobody printed, the one that says it was "
            "counted. Absent where a return gives it.",
            refers_to="claims.claim_id",
        ),
    ]
    returned_count_id: A[
        str | None,
        About(
            "The count of a return that gives it, by which its cell is found; absent where a claim "
            "states it.",
            refers_to="returned_counts.returned_count_id",
        ),
    ]
    note: A[str | None, About("What is not certain about it.")]

    @property
    def source_id(self) -> str:
        """The claim, or the count of a return, that states it."""
        return self.claim_id or self.returned_count_id or ""

    @property
    def is_hidden(self) -> bool:
        """Whether its number is kept back, by us or by the force."""
        return self.value_status in HIDDEN_STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCrosswalk:
    """Which group of one list corresponds to which of another, and whether people are lost or
    misplaced on the way."""

    from_classification_code: A[str, About("The list from which.", codes=CLASSIFICATION)]
    from_group_code: A[str, About("The group of that list.")]
    to_classification_code: A[str, About("The list into which.", codes=CLASSIFICATION)]
    to_group_code: A[
        str | None, About("The group of that list; absent where it has no counterpart.")
    ]
    lossy: A[
        str,
        About(
            "“no” only where everybody in the one group is in the other, on the same basis.",
            codes=YES_NO,
        ),
    ]
    note: A[str | None, About("What does not correspond.")]
