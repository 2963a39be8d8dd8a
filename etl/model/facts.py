"""One row a deployment with everything that a question can be asked by: what the queries run on.

In: Deployments, their Counts, places, districts and editions. Out: `Fact`s, whose stage columns are
the code list's. Does not hold text or provenance beyond ids, and never a number that may not enter
a sum: a lower bound or a rounded number is absent here and stays visible in the counts."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from etl.model import codes
from etl.model.calendar import CALENDAR
from etl.model.coverage import LfrUse
from etl.model.records import Count, Deployment
from etl.model.reference import District, Edition, Force, Place

SUMMABLE = frozenset({"published", "estimate", "derived"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDimensions:
    """What a question may group and filter deployments by, and the fields that no stage counts."""

    deployment_id: str
    publication_id: str
    force_id: str
    lender_force_id: str | None
    region_code: str | None
    district_code: str | None
    place_id: str | None
    first_date: dt.date | None
    last_date: dt.date | None
    year: int | None
    quarter: str | None
    month: str | None
    use_case: str | None
    threshold: str | None
    vendor_code: str | None
    reliability: str
    counted: bool
    deployments: int | None
    minutes: int | None


Fact = dataclasses.make_dataclass(
    "Fact",
    [(stage, int | None) for stage in codes.STAGE],
    bases=(FactDimensions,),
    frozen=True,
    slots=True,
    kw_only=True,
    namespace={"__doc__": "One deployment with everything that a question can be asked by."},
)


def make_facts(
    deployments: Iterable[Deployment],
    counts: Mapping[str, Mapping[str, Count]],
    editions: Mapping[str, Edition],
    places: Mapping[str, Place],
    districts: Mapping[str, District],
    forces: Mapping[str, Force],
    uses: Iterable[LfrUse] = (),
) -> list[FactDimensions]:
    """The facts of all deployments, in order; `counts` is keyed by deployment id, then by stage."""
    facts = []
    periods = tuple(uses)
    for deployment in deployments:
        place = places.get(deployment.place_id or "")
        district = districts.get(place.district_code or "") if place else None
        edition = editions[deployment.edition_id]
        first, last = days_of(deployment, edition)
        facts.append(
            Fact(
                deployment_id=deployment.deployment_id,
                publication_id=deployment.publication_id,
                force_id=deployment.force_id,
                lender_force_id=deployment.lender_force_id,
                region_code=district.region_code
                if district
                else forces[deployment.force_id].region_code,
                district_code=district.district_code if district else None,
                place_id=deployment.place_id,
                first_date=first,
                last_date=last,
                **{name: _common_code(first, last, code_of) for name, code_of in CALENDAR.items()},
                use_case=deployment.use_case_text or deployment.use_case_code,
                threshold=None if deployment.threshold is None else f"{deployment.threshold:.2f}",
                vendor_code=_vendor(periods, deployment.force_id, first, last),
                reliability=deployment.reliability,
                counted=deployment.counted,
                deployments=deployment.covers_deployments_count,
                minutes=deployment.duration_minutes,
                **{
                    stage: count.value if count.value_status in SUMMABLE else None
                    for stage, count in counts[deployment.deployment_id].items()
                },
            )
        )
    return facts


def days_of(deployment: Deployment, edition: Edition) -> tuple[dt.date | None, dt.date | None]:
    """First and last day on which a row can have been:
    its days, its month, its year or that of its season, else the file's period."""
    if deployment.date is not None:
        return deployment.date, deployment.end_date or deployment.date
    if deployment.date_precision in ("season", "month", "year") and deployment.date_text:
        year, _, month = deployment.date_text.partition("-")
        first, last = (int(month), int(month)) if month.isdigit() else (1, 12)
        end = calendar.monthrange(int(year), last)[1]
        return dt.date(int(year), first, 1), dt.date(int(year), last, end)
    return edition.period_start, edition.period_end


def _vendor(
    periods: Iterable[LfrUse], force_id: str, first: dt.date | None, last: dt.date | None
) -> str | None:
    """Whose software the force used, its own or lent,
    where one declared period covers the whole row."""
    for period in periods:
        if period.force_id == force_id and first and last and period.covers(first, last):
            return period.vendor_code
    return None


def _common_code(
    first: dt.date | None, last: dt.date | None, part: Callable[[dt.date], str | int]
) -> str | int | None:
    """The year, quarter or month of a row, where its first and last day agree on it."""
    if first is None or last is None or part(first) != part(last):
        return None
    return part(first)
