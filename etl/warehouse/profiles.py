"""The queries behind the profile of a force: why numbers are missing, and its settings.

In: a release file. Out: rows. Opens nothing and words nothing."""

from __future__ import annotations

import sqlalchemy as sa

from etl.model.force_profiles import ForceIssues, ForceSetting, StatusCount
from etl.model.queries import Period, Where
from etl.model.records import Correction, Finding
from etl.warehouse.fetch import fetch, make_records
from etl.warehouse.read import filter_facts
from etl.warehouse.schema import render_metadata


def count_statuses(engine: sa.Engine, where: Where, period: Period) -> list[StatusCount]:
    """The number of counted rows by stage and status: `stage_code`, `value_status`,
    `rows_count`."""
    tables = render_metadata().tables
    facts, counts = tables["facts"], tables["counts"]
    groups = (counts.c.stage_code, counts.c.value_status)
    query = (
        sa.select(*groups, sa.func.count().label("rows_count"))
        .join(facts, facts.c.deployment_id == counts.c.deployment_id)
        .where(facts.c.counted, *filter_facts(facts, where, period))
        .group_by(*groups)
        .order_by(*groups)
    )
    return fetch(engine, query, StatusCount)


def list_settings(engine: sa.Engine, by: str, where: Where, period: Period) -> list[ForceSetting]:
    """Counted rows by software and one field of `facts`, in order of time,
    with their watchlist sizes."""
    tables = render_metadata().tables
    facts, deployments = tables["facts"], tables["deployments"]
    size = deployments.c.watchlist_size
    first = sa.func.min(facts.c.first_date)
    query = (
        sa.select(
            sa.cast(facts.c[by], sa.Text).label("code"),
            facts.c.vendor_code,
            sa.func.count().label("rows_count"),
            first.label("period_start"),
            sa.func.max(facts.c.last_date).label("period_end"),
            sa.func.count(size).label("sized_count"),
            sa.func.min(size).label("smallest_size"),
            sa.func.quantile_disc(size, 0.5).label("middle_size"),
            sa.func.max(size).label("largest_size"),
            sa.func.string_agg(sa.distinct(facts.c.publication_id), " ").label("sources"),
        )
        .join(deployments, deployments.c.deployment_id == facts.c.deployment_id)
        .where(facts.c.counted, *filter_facts(facts, where, period))
        .group_by(facts.c[by], facts.c.vendor_code)
        .order_by(first.nulls_last(), facts.c[by].nulls_last(), facts.c.vendor_code.nulls_last())
    )
    with engine.connect() as connection:
        result = connection.execute(query)
        names = tuple(result.keys())
        rows = ((*row[:-1], tuple(sorted((row[-1] or "").split()))) for row in result)
        return list(make_records(ForceSetting, names, rows))


def list_issues(engine: sa.Engine, force_id: str) -> ForceIssues:
    """Findings and corrections that touch rows of the force,
    or files that hold rows of no other force."""
    tables = render_metadata().tables
    deployments, findings, corrections = (
        tables[name] for name in ("deployments", "findings", "corrections")
    )
    own = sa.select(deployments.c.deployment_id).where(deployments.c.force_id == force_id)
    alone = (
        sa.select(deployments.c.publication_id)
        .group_by(deployments.c.publication_id)
        .having(sa.func.bool_and(deployments.c.force_id == force_id))
    )
    where = sa.select(findings).where(
        sa.or_(
            findings.c.deployment_id.in_(own),
            sa.and_(findings.c.deployment_id.is_(None), findings.c.publication_id.in_(alone)),
        )
    )
    same_row = sa.and_(
        deployments.c.edition_id == corrections.c.edition_id,
        deployments.c.page == corrections.c.page,
        deployments.c.row == corrections.c.row,
        deployments.c.force_id == force_id,
    )
    made = sa.select(corrections).where(sa.exists().where(same_row))
    return ForceIssues(
        tuple(fetch(engine, where.order_by(findings.c.finding_id), Finding)),
        tuple(fetch(engine, made.order_by(corrections.c.correction_id), Correction)),
    )
