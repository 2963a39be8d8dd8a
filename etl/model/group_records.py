"""The records of counts by group and of how lists of groups correspond.

In: nothing. Out: `GroupCount` and `GroupCrosswalk`, declared like those of `etl.model.records`.
Does not hold data: that is in `data/reference/group_counts.csv` and `group_crosswalks.csv`, and in
the returns of forces."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from etl.model.groups import HIDDEN_STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """How many events of a force and period were about people of one group: as somebody published
    it, or first shown here, where it gives nobody away. Either a claim states it or a count of a
    return does."""

    group_count_id: str
    force_id: str
    period_start: dt.date
    period_end: dt.date
    stage_code: str
    classification_code: str
    group_code: str
    basis_code: str
    group_count: int | None
    value_status: str
    total_count: int | None
    claim_id: str | None
    returned_count_id: str | None
    note: str | None

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

    from_classification_code: str
    from_group_code: str
    to_classification_code: str
    to_group_code: str | None
    lossy: str
    note: str | None
