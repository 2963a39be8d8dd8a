"""A tiny world of one force and three districts, in which every share can be worked out in the
head."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from etl.model.claim_measures import ClaimMeasure
from etl.model.facts import Fact
from etl.model.fields import fields_of
from etl.model.group_records import GroupCount, GroupCrosswalk
from etl.model.groups import CLASSIFICATIONS
from etl.model.records import Claim, Deployment
from etl.model.reference import District, Edition, Force, Population, Publication, Region
from etl.queries.record import Record
from etl.warehouse.build import Release, write_warehouse
from etl.warehouse.read import current_file

YEAR = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
PUBLICATION = Publication(
    publication_id="p",
    title="P",
    publisher="P",
    url=None,
    licence="-",
    form="-",
    reliability="primary",
    row_is="-",
    verdict="-",
)
EDITION = Edition(
    edition_id="p_1",
    publication_id="p",
    title="P",
    url=None,
    retrieved_on=None,
    file_sha256="0" * 64,
    cells_sha256="0" * 64,
    period_start=YEAR[0],
    period_end=YEAR[1],
    rows_count=1,
)
# district: Black and all other residents. D3 has no residents by group.
RESIDENTS = {"D1": (100, 300), "D2": (100, 900)}
# Black is 200 of 2,000 in the force's area, Asian 400, White 1,400.
AREA = {"Black": 200, "Asian": 400, "White": 1400}
# force, district, faces seen, day, counted
DEPLOYMENTS: list[tuple[str, str | None, int | None, dt.date, bool]] = [
    ("alpha", "D1", 1000, dt.date(2025, 3, 1), True),
    ("alpha", "D2", 1000, dt.date(2025, 3, 2), True),
    ("alpha", "D2", 2000, dt.date(2025, 3, 3), True),
    ("alpha", "D1", None, dt.date(2025, 3, 4), True),  # faces seen not published
    ("alpha", None, 500, dt.date(2025, 3, 5), True),  # district cannot be decided
    ("alpha", None, None, dt.date(2025, 3, 6), True),  # neither: left out once, for its district
    ("alpha", "D3", 700, dt.date(2025, 3, 7), True),  # no residents by group
    ("alpha", "D1", 9000, dt.date(2025, 3, 8), False),  # another publication counts it
    ("alpha", "D1", 9000, dt.date(2024, 3, 8), True),  # outside the period
    ("beta", "D1", 9000, dt.date(2025, 3, 8), True),  # another force
    ("beta", "D2", 0, dt.date(2024, 1, 1), True),
]
LEFT_OUT = {"without_district_count": 2, "without_faces_count": 1, "without_residents_count": 1}


def group_count(group: str, events: int, total: int | None, **changes: Any) -> GroupCount:
    """A count of alpha's false alerts of 2025 by officer-perceived group, with changes."""
    message: dict[str, Any] = {
        "force_id": "alpha",
        "period_start": YEAR[0],
        "period_end": YEAR[1],
        "stage_code": "false_alerts",
        "classification_code": "officer_perceived_ic",
        "group_code": group,
        "group_count": events,
        "value_status": "published",
        "total_count": total,
        "claim_id": "c_1",
        "returned_count_id": None,
        "note": None,
    }
    message |= changes
    names = (
        "force_id",
        "period_start",
        "period_end",
        "stage_code",
        "classification_code",
        "group_code",
        "claim_id",
    )
    message.setdefault(
        "group_count_id", "_".join(str(message[name]).replace("-", "") for name in names)
    )
    return GroupCount(**message, basis_code=CLASSIFICATIONS[message["classification_code"]].basis)


def new_counts(listed: str, stage: str, counts: dict[str, int]) -> list[GroupCount]:
    """A whole table of alpha's counts of 2025 that nobody printed."""
    total = sum(counts.values())
    return [
        group_count(
            group, count, total, stage_code=stage, classification_code=listed, value_status="new"
        )
        for group, count in counts.items()
    ]


def claim(claim_id: str = "c_1", **changes: Any) -> Claim:
    message: dict[str, Any] = {field.name: None for field in fields_of(Claim)}
    message |= {
        "publication_id": "p",
        "edition_id": "p_1",
        "page": 1,
        "row": 1,
        "force_text": "Alpha",
        "force_id": "alpha",
    }
    message |= {
        "measure_text": "m",
        "value_text": "1",
        "reliability": "press",
        "source_title": "S",
        "claim_id": claim_id,
    }
    return Claim(**(message | changes))


IC = {
    "ic1": "white",
    "ic2": "white",
    "ic3": "black",
    "ic4": "asian",
    "ic5": "asian",
    "ic6": "other",
    "ic9": "not_stated",
}
CROSSWALKS = [
    GroupCrosswalk(
        from_classification_code="officer_perceived_ic",
        from_group_code=source,
        to_classification_code="self_defined_5",
        to_group_code=target,
        lossy="yes",
        note="A perception.",
    )
    for source, target in IC.items()
]


def build_history(home: Path, counts: list[GroupCount]) -> Record:
    """Answers to the tiny world with these counts by group."""
    write_world(home, counts)
    return Record(current_file(home))


def write_world(home: Path, counts: list[GroupCount]) -> Release:
    """The tiny world with these counts by group as a build in this folder of releases."""
    deployments, facts = [], []
    for number, (force_id, district, faces, day, counted) in enumerate(DEPLOYMENTS, start=1):
        message = {"deployment_id": f"p_1_{number}", "publication_id": "p", "force_id": force_id}
        message |= {"reliability": "primary", "counted": counted}
        deployments.append(
            Deployment(**message, edition_id="p_1", page=1, row=number, date=day, location_text="-")
        )
        absent = {field.name: None for field in fields_of(Fact)}
        known = {
            "district_code": district,
            "faces_seen": faces,
            "first_date": day,
            "last_date": day,
        }
        facts.append(Fact(**(absent | message | known)))
    rows: dict[str, list[Any]] = {
        "regions": [Region(region_code="R1", region_name="R")],
        "forces": [
            Force(
                force_id=force_id,
                force_name=force_id,
                short_name=force_id.title(),
                ons_code=code,
                region_code="R1",
                kind_code="territorial",
                nation_code="england",
            )
            for force_id, code in (("alpha", "F1"), ("beta", None))
        ],
        "districts": [
            District(district_code=code, district_name=code, force_id="alpha", region_code="R1")
            for code in ("D1", "D2", "D3")
        ],
        "populations": [
            *(_residents("F1", group, people) for group, people in AREA.items()),
            *(_residents(code, "Black", black) for code, (black, _) in RESIDENTS.items()),
            *(_residents(code, "White", others) for code, (_, others) in RESIDENTS.items()),
        ],
        "publications": [PUBLICATION],
        "editions": [EDITION],
        "deployments": deployments,
        "facts": facts,
        "claims": [claim("c_1"), claim("c_2")],
        "claim_measures": [_not_compared("c_1"), _not_compared("c_2")],
        "group_counts": counts,
        "group_crosswalks": CROSSWALKS,
    }
    return write_warehouse(rows, home, software_version="1", sources_hash="0" * 64)


def _not_compared(claim_id: str) -> ClaimMeasure:
    absent: dict[str, Any] = {field.name: None for field in fields_of(ClaimMeasure)}
    return ClaimMeasure(
        **(absent | {"claim_id": claim_id, "comparable": "no", "reason_code": "group"})
    )


def _residents(area: str, group: str, people: int) -> Population:
    return Population(
        area_kind="-",
        area_code=area,
        area_name=area,
        dimension="ethnic_group_5",
        group_text=group,
        people_count=people,
        reference_date="2021-03-21",
        source="Census",
        licence="-",
    )
