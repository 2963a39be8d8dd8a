"""A tiny world for the checks: rows whose arithmetic can be done in the head.

The plain row has 1,000 faces seen, 10 alerts = 8 true + 2 false, 3 arrests, and a printed rate of 2
in 1,000 = 0.2%. Row number n is on the n-th of March 2025 in row n of page 1."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from etl.checks.evidence import Evidence
from etl.checks.releases import Tables
from etl.model import codes
from etl.model.claim_measures import ClaimMeasure
from etl.model.group_records import GroupCount
from etl.model.records import Claim, Count, Deployment
from etl.model.reference import Edition, Precedence
from etl.model.return_records import ReturnedCount

FORCE = "northshire"
PLAIN = {"faces_seen": 1000, "alerts": 10, "true_alerts": 8, "false_alerts": 2, "arrests": 3}
Line = tuple[Deployment, dict[str, Count]]


def line(
    number: int = 1, *, publication: str = "grid", edition: str = "grid_2025", **changes: Any
) -> Line:
    """The plain row with changes: stages take a number, None (not printed) or "" (printed blank);
    fields their value."""
    stages = PLAIN | {name: value for name, value in changes.items() if name in codes.STAGE}
    fields = {name: value for name, value in changes.items() if name not in codes.STAGE}
    row = Deployment(
        deployment_id=f"{edition}_{number:04d}",
        force_id=FORCE,
        publication_id=publication,
        edition_id=edition,
        page=1,
        row=number,
        date=dt.date(2025, 3, 1) + dt.timedelta(days=number - 1),
        location_text=f"Street {number}",
        duration_minutes=60,
        watchlist_size=5000,
        threshold=Decimal("0.60"),
        published_false_alert_rate_text="0.2%",
        reliability="primary",
    )
    row = replace(row, **fields)
    return row, {
        stage: _count(row.deployment_id, stage, stages.get(stage)) for stage in codes.STAGE
    }


def _count(deployment_id: str, stage: str, value: int | str | None) -> Count:
    if value is None or value == "":
        return Count(
            deployment_id=deployment_id,
            stage_code=stage,
            value=None,
            value_status="not_published",
            printed_text=value,
        )
    return Count(
        deployment_id=deployment_id,
        stage_code=stage,
        value=int(value),
        value_status="published",
        value_as_printed=int(value),
        printed_text=str(value),
        column_heading=stage.title(),
    )


def returned(counted: int) -> ReturnedCount:
    """Arrests for theft as a return gives them for the year."""
    return ReturnedCount(
        returned_count_id="grid_2025_arrests_0001",
        force_id=FORCE,
        publication_id="grid",
        edition_id="grid_2025",
        page=4,
        row=1,
        period_start=dt.date(2025, 1, 1),
        period_end=dt.date(2025, 12, 31),
        deployment_id=None,
        subject_code="arrests",
        classification_code=None,
        group_code=None,
        offence_code="theft",
        watchlist_reason_code="wanted_by_court",
        counted=counted,
        total=None,
        value_status="published",
    )


def by_sex(group: str, counted: int | None) -> ReturnedCount:
    """The year's ten alerts by sex as a return gives them."""
    return replace(
        returned(0),
        returned_count_id=f"grid_2025_group_{group}",
        subject_code="alerts",
        classification_code="officer_perceived_sex",
        group_code=group,
        offence_code=None,
        watchlist_reason_code=None,
        counted=counted,
        total=10,
        value_status="published" if counted is not None else "suppressed",
    )


def world(*lines: Line, **more: Any) -> Evidence:
    """Evidence of these rows; every edition covers the year 2025."""
    names = {(row.publication_id, row.edition_id) for row, _ in lines}
    editions = {
        edition_id: edition(publication_id, edition_id) for publication_id, edition_id in names
    }
    return Evidence(
        deployments=tuple(row for row, _ in lines),
        counts={row.deployment_id: counts for row, counts in lines},
        editions=more.pop("editions", editions),
        **more,
    )


def edition(publication_id: str, edition_id: str) -> Edition:
    return Edition(
        edition_id=edition_id,
        publication_id=publication_id,
        title="Grid",
        url=None,
        retrieved_on=None,
        file_sha256="0" * 64,
        cells_sha256="0" * 64,
        period_start=dt.date(2025, 1, 1),
        period_end=dt.date(2025, 12, 31),
        rows_count=1,
    )


def rows(count: int, changed: dict[int, dict[str, Any]] | None = None, **common: Any) -> list[Line]:
    """Rows 1 to `count`, some of them changed."""
    return [
        line(number, **common | (changed or {}).get(number, {})) for number in range(1, count + 1)
    ]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def with_status(status: str) -> Evidence:
    row, counts = line()
    return world((row, counts | {"arrests": replace(counts["arrests"], value_status=status)}))


RULE = Precedence(
    precedence_id="grid_over_copy",
    force_id=FORCE,
    counts_publication_id="grid",
    kept_publication_id="copy",
    first_date=day("2025-01-01"),
    last_date=day("2025-12-31"),
    reason="The grid is primary.",
    evidence="Both list the same days.",
    declared_on=day("2026-11-24"),
)


def overlap(*copied: Line, grid: list[Line] | None = None) -> Evidence:
    return world(*(grid or rows(2)), *copied, precedence=(RULE,))


def copied(number: int, **changes: Any) -> Line:
    return line(number, publication="copy", edition="copy_2025", **changes)


def claim(stated: int, **changes: Any) -> Claim:
    """A newspaper's statement of so many arrests in March 2025."""
    plain = Claim(
        claim_id="claims_0001",
        publication_id="claims",
        edition_id="claims_2025",
        page=1,
        row=1,
        force_text="Northshire Police",
        force_id=FORCE,
        measure_text="arrests",
        value_text=str(stated),
        value=Decimal(stated),
        numerator=None,
        denominator=None,
        period_start_text="2025-03-01",
        period_end_text="2025-03-31",
        period_start=day("2025-03-01"),
        period_end=day("2025-03-31"),
        granularity_text=None,
        location_text=None,
        group_dimension=None,
        group_text=None,
        reliability="press",
        source_title="A newspaper",
        source_url=None,
        note=None,
    )
    return replace(plain, **changes)


def reading(**changes: Any) -> ClaimMeasure:
    """How that statement is read: as an exact total of arrests over all rows of the force on its
    own days."""
    plain = ClaimMeasure(
        claim_id="claims_0001",
        comparable="yes",
        reason_code="all_rows",
        reason_text=None,
        measure_id="arrests_count",
        numerator_code=None,
        denominator_code=None,
        reading_code="value",
        stated_as="exact",
        stated_value=None,
        rounded_to=None,
        force_ids=None,
        publication_id=None,
        place_id=None,
        district_code=None,
        deployment_id=None,
        window_code="stated",
        first_date=None,
        last_date=None,
        search_months=None,
    )
    return replace(plain, **changes)


def total(stated: int) -> tuple[Evidence, ClaimMeasure]:
    """Two rows of 3 arrests each on the first two days of March 2025,
    against a stated total of arrests."""
    return world(*rows(2), claims=(claim(stated),)), reading()


@dataclass(frozen=True)
class Groups:
    """Counts by group as a release would show them, and with every number."""

    shown: tuple[GroupCount, ...]
    counts: tuple[GroupCount, ...]


def counts_by_sex(women: int, men: int, *, hidden: tuple[str, ...] = (), **changes: Any) -> Groups:
    """Alerts of 2025 by sex that nobody printed; of nobody the sex is not stated."""
    plain = GroupCount(
        group_count_id="alerts",
        returned_count_id=None,
        force_id=FORCE,
        period_start=day("2025-01-01"),
        period_end=day("2025-12-31"),
        stage_code="alerts",
        classification_code="sex",
        group_code="female",
        basis_code="self_defined",
        group_count=women,
        value_status="new",
        total_count=women + men,
        claim_id="claims_0001",
        note=None,
    )
    message = (("female", women), ("male", men), ("not_stated", 0))
    counts = tuple(
        replace(plain, group_code=code, group_count=count, **changes) for code, count in message
    )
    shown = tuple(
        replace(count, group_count=None, value_status="suppressed")
        if count.group_code in hidden
        else count
        for count in counts
    )
    return Groups(shown, counts)


def release(*lines: Line) -> Tables:
    """The deployments and counts of a release of these lines."""
    return [row for row, _counts in lines], [
        count for _row, counts in lines for count in counts.values()
    ]


def in_wards(*wards: str | None) -> Evidence:
    """A row a ward, all at one place; without a ward where it is None."""
    lines = rows(len(wards), place_id="market")
    codes_of = {row.deployment_id: ward for (row, _), ward in zip(lines, wards, strict=True)}
    return world(*lines, wards={key: ward for key, ward in codes_of.items() if ward})
