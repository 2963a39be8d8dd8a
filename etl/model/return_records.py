"""The record of a force's own return that is not about one deployment: so many events of one kind
in the period.

In: nothing. Out: `ReturnedCount`, declared like the records of `etl.model.records`.
Does not hold what a return says of deployments and misidentifications:
those are canonical records already."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated as A

from etl.model.fields import About, Unit
from etl.model.groups import CLASSIFICATION
from etl.model.records import ID, EditionId, Page, PublicationId, Row
from etl.model.return_codes import OFFENCE, RETURNED_STATUS, RETURNED_SUBJECT, WATCHLIST_REASON

# The publication of a return: the force and the number of the return.
RETURN_ID = re.compile(r"(?P<force>[a-z]+(?:_[a-z]+)*)_return_(?P<number>\d+|new)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedCount:
    """How many events of a period, or images of a watchlist, a force's return gives for one group,
    offence or reason."""

    returned_count_id: A[str, About("Identifier of the count.", pattern=ID)]
    force_id: A[str, About("The force.", refers_to="forces.force_id")]
    publication_id: PublicationId
    edition_id: EditionId
    page: Page
    row: Row
    period_start: A[dt.date, About("First day of the period.")]
    period_end: A[dt.date, About("Last day of the period.")]
    deployment_id: A[
        str | None,
        About(
            "The deployment, where the count is about one.", refers_to="deployments.deployment_id"
        ),
    ]
    subject_code: A[str, About("What was counted.", codes=RETURNED_SUBJECT)]
    classification_code: A[
        str | None,
        About("The list to which the group belongs, where one is meant.", codes=CLASSIFICATION),
    ]
    group_code: A[str | None, About("The group, as a code of that list.")]
    offence_code: A[str | None, About("What the arrests were for.", codes=OFFENCE)]
    watchlist_reason_code: A[
        str | None, About("Why the people were on the watchlist.", codes=WATCHLIST_REASON)
    ]
    counted: A[
        int | None, About("The number; absent only where the force hid it.", Unit.EVENTS, minimum=0)
    ]
    total: A[
        int | None,
        About("All events of the kind, where the force gives it.", Unit.EVENTS, minimum=0),
    ]
    value_status: A[str, About("Given, or hidden by the force.", codes=RETURNED_STATUS)]
