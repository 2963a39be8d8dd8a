"""A small world of deployments for questions, in which every sum can be done in the head."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from etl.model import codes
from etl.model.facts import make_facts
from etl.model.records import Count, Deployment
from etl.model.reference import Break, Edition, Force, Publication, Region
from etl.queries.record import Record
from etl.warehouse.build import write_warehouse
from etl.warehouse.read import current_file

# force, first day, last day, faces, alerts, false alerts, arrests, counted
Row = tuple[str, dt.date, dt.date, int | None, int | None, int | None, int | None, bool]

REGION = Region(region_code="E1", region_name="London")
FORCES = [
    Force(
        force_id=name,
        force_name=name,
        short_name=name.title(),
        ons_code=f"AREA_{name}" if name != "gamma" else None,
        region_code="E1",
        kind_code="territorial",
        nation_code="england",
    )
    for name in ("alpha", "beta", "gamma")
]
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
    period_start=dt.date(2024, 1, 1),
    period_end=dt.date(2025, 12, 31),
    rows_count=6,
)
BREAK = Break(
    break_id="alpha_faces",
    force_id="alpha",
    field="faces_seen",
    first_date=dt.date(2024, 8, 1),
    effect_code="not_comparable",
    meaning="Counted another way.",
    evidence="-",
    declared_on=dt.date(2026, 1, 1),
)


def build_history(
    rows: list[Row], home: Path, *, breaks: tuple[Break, ...] = (BREAK,), **more: list[Any]
) -> Record:
    """Answers over these rows; `more` are further tables."""
    deployments, counts = [], []
    for number, (force_id, first, last, faces, alerts, false_alerts, arrests, counted) in enumerate(
        rows, start=1
    ):
        deployment_id = f"p_1_{number:04d}"
        deployments.append(
            Deployment(
                deployment_id=deployment_id,
                force_id=force_id,
                publication_id="p",
                edition_id="p_1",
                page=1,
                row=number,
                date=first,
                end_date=None if last == first else last,
                location_text="Here",
                reliability="primary",
                counted=counted,
            )
        )
        stage_message = dict.fromkeys(codes.STAGE) | {
            "faces_seen": faces,
            "alerts": alerts,
            "false_alerts": false_alerts,
            "arrests": arrests,
        }
        counts += [
            Count(
                deployment_id=deployment_id,
                stage_code=stage,
                value=value,
                value_status="not_published" if value is None else "published",
            )
            for stage, value in stage_message.items()
        ]
    by_deployment: dict[str, dict[str, Count]] = {}
    for count in counts:
        by_deployment.setdefault(count.deployment_id, {})[count.stage_code] = count
    tables: dict[str, list[Any]] = {
        "regions": [REGION],
        "forces": FORCES,
        "publications": [PUBLICATION],
        "editions": [EDITION],
        "breaks": list(breaks),
        "deployments": deployments,
        "counts": counts,
        **more,
    }
    forces = {force.force_id: force for force in FORCES}
    tables["facts"] = make_facts(deployments, by_deployment, {"p_1": EDITION}, {}, {}, forces)
    write_warehouse(tables, home, software_version="1", sources_hash="0" * 64)
    return Record(current_file(home))
