"""Which groupings of people are never given together, whatever the counts.

In: names of groupings and filters, and a period. Out: a `Refusal`, or None. Does not look at
counts: `etl.disclosure.rule` does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from etl.model.groups import CLASSIFICATIONS
from etl.model.messages import message
from etl.model.queries import Period
from etl.model.refusals import Refusal

Kind = Literal["person", "force", "year", "place", "date", "event"]

# What each grouping says about. A region splits a national force, a publication may be one day's,
# and a lender, a vendor or a threshold may be one deployment's: with force and year they can point
# to a day or a place, so they count as fine.
_NAMES: dict[Kind, str] = {
    "person": "ethnicity sex age classification_code group_code",
    "force": "force_id",
    "year": "year",
    "place": "region_code district_code place_id lender_force_id",
    "date": "quarter month date deployment_id publication_id threshold vendor_code",
    "event": "use_case reliability verdict stage_code benchmark_id",
}
_KINDS: dict[str, Kind] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_KINDS |= dict.fromkeys(CLASSIFICATIONS, "person")
REFUSED_CROSS = "attributes_by_place_or_date"


def refuse_cross(names: Iterable[str], period: Period = (None, None)) -> Refusal | None:
    """Why these groupings and filters are not given together in this period, or None.

    An unknown name is taken for a place. A period that does not begin and end with a calendar year
    is a date below the year, an open end apart."""
    kinds = {name: _KINDS.get(name, "place") for name in names}
    people = [name for name, kind in kinds.items() if kind == "person"]
    fine = [name for name, kind in kinds.items() if kind in ("place", "date")]
    start, end = period
    if (start and (start.month, start.day) != (1, 1)) or (end and (end.month, end.day) != (12, 31)):
        fine.append("part of a year")
    if not (people and fine):
        return None
    return Refusal(REFUSED_CROSS, message("never_crossed", people=people, fine=fine))
