"""The query behind completeness: how many rows have each expected field, and why the others do not.

In: a release file. Out: counts of (row, field) pairs by force, year, publication, field and status.
Does not decide what an absence means: `etl.measures.coverage` does."""

from __future__ import annotations

import sqlalchemy as sa

from etl.model.codes import ABSENT, STAGE, VALUE_STATUS
from etl.model.completeness import FieldCount
from etl.model.coverage import EXPECTED_FIELDS
from etl.warehouse.fetch import fetch
from etl.warehouse.schema import render_metadata

# A field of Deployment is there or not; only counts carry a reason.
NO_REASON = "absent"
# The best status of the parts of a field is the field's:
# a value first, then a stated reason, then none.
_WITH_VALUE = tuple(status for status in VALUE_STATUS if status not in ABSENT)
_WITHOUT = tuple(
    status for status in VALUE_STATUS if status in ABSENT and status != "not_published"
)
STATUS_ORDER = (*_WITH_VALUE, *_WITHOUT, "not_published", NO_REASON)


def count_fields(engine: sa.Engine) -> list[FieldCount]:
    """Pairs of counted rows."""
    facts = render_metadata().tables["facts"]
    parts = _parts()
    rank = sa.case(
        *((parts.c.status == status, number) for number, status in enumerate(STATUS_ORDER))
    )
    of_part = {part: field.field_id for field in EXPECTED_FIELDS for part in field.parts}
    field_id = sa.case(*((parts.c.part == part, name) for part, name in of_part.items()))
    pairs = (
        sa.select(
            parts.c.deployment_id,
            field_id.label("field_id"),
            sa.func.min(rank).label("status_number"),
        )
        .group_by(parts.c.deployment_id, field_id)
        .subquery()
    )
    own = (facts.c.force_id, facts.c.year, facts.c.publication_id, pairs.c.field_id)
    groups = (*own, pairs.c.status_number)
    status = sa.case(
        *((pairs.c.status_number == number, name) for number, name in enumerate(STATUS_ORDER))
    )
    query = (
        sa.select(
            *own,
            status.label("status"),
            sa.func.count().label("pairs_count"),
            sa.func.min(facts.c.first_date).label("period_start"),
            sa.func.max(facts.c.last_date).label("period_end"),
        )
        .join(facts, facts.c.deployment_id == pairs.c.deployment_id)
        .where(facts.c.counted)
        .group_by(*groups)
        .order_by(*(column.nulls_last() for column in groups))
    )
    return fetch(engine, query, FieldCount)


def _parts() -> sa.Subquery:
    """One row a deployment and part of a field, with its status."""
    tables = render_metadata().tables
    deployments, counts = tables["deployments"], tables["counts"]
    named = [part for field in EXPECTED_FIELDS for part in field.parts]
    stages = [part for part in named if part in STAGE]
    selects = [
        sa.select(
            counts.c.deployment_id,
            counts.c.stage_code.label("part"),
            counts.c.value_status.label("status"),
        ).where(counts.c.stage_code.in_(stages))
    ]
    for part in named:
        if part not in STAGE:
            status = sa.case((deployments.c[part].is_(None), NO_REASON), else_="published")
            selects.append(
                sa.select(
                    deployments.c.deployment_id,
                    sa.literal(part).label("part"),
                    status.label("status"),
                )
            )
    return sa.union_all(*selects).subquery()
