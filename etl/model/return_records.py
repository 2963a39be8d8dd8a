"""The record of a force's own return that is not about one deployment: so many events of one kind
in the period.

In: nothing. Out: `ReturnedCount`, declared like the records of `etl.model.records`.
Does not hold what a return says of deployments and misidentifications:
those are canonical records already."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

# The publication of a return: the force and the number of the return.
RETURN_ID = re.compile(r"(?P<force>[a-z]+(?:_[a-z]+)*)_return_(?P<number>\d+|new)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedCount:
    """How many events of a period, or images of a watchlist, a force's return gives for one group,
    offence or reason."""

    returned_count_id: str
    force_id: str
    publication_id: str
    edition_id: str
    page: int
    row: int
    period_start: dt.date
    period_end: dt.date
    deployment_id: str | None
    subject_code: str
    classification_code: str | None
    group_code: str | None
    offence_code: str | None
    watchlist_reason_code: str | None
    arrest_outcome_code: str | None = None
    counted: int | None
    total: int | None
    value_status: str
