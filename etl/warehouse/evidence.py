"""The queries behind findings, corrections and publications: each with the force and the row that
it is about.

In: a release file. Out: rows. Opens nothing and words nothing."""

from __future__ import annotations

import sqlalchemy as sa

from etl.model.row_evidence import EditionRows, PlacedCorrection, PlacedFinding, PrintedColumn
from etl.warehouse.fetch import fetch
from etl.warehouse.schema import render_metadata


def list_all_findings(engine: sa.Engine) -> list[PlacedFinding]:
    """Every finding with `force_id`: of its row, of the claim in its place,
    or of a file that holds rows of one force only."""
    tables = render_metadata().tables
    findings, claims = tables["findings"], tables["claims"]
    rows = _rows_in_place("finding_row")
    own = tables["deployments"].alias("own")
    alone = _forces_alone()
    claim_place = sa.and_(
        claims.c.edition_id == findings.c.edition_id,
        claims.c.page == findings.c.page,
        claims.c.row == findings.c.row,
    )
    query = (
        sa.select(
            findings,
            sa.func.coalesce(
                own.c.force_id, rows.c.force_id, claims.c.force_id, alone.c.force_id
            ).label("force_id"),
            sa.func.coalesce(findings.c.deployment_id, rows.c.deployment_id).label(
                "row_deployment_id"
            ),
            claims.c.claim_id,
        )
        .outerjoin(own, own.c.deployment_id == findings.c.deployment_id)
        .outerjoin(rows, _same_place(rows, findings))
        .outerjoin(claims, claim_place)
        .outerjoin(alone, alone.c.publication_id == findings.c.publication_id)
        .order_by(findings.c.finding_id)
    )
    return fetch(engine, query, PlacedFinding)


def list_all_corrections(engine: sa.Engine) -> list[PlacedCorrection]:
    """Every correction with `force_id` and `row_deployment_id` of the row that it is about,
    where there is one."""
    corrections = render_metadata().tables["corrections"]
    rows = _rows_in_place("corrected_row")
    query = (
        sa.select(corrections, rows.c.force_id, rows.c.deployment_id.label("row_deployment_id"))
        .outerjoin(rows, _same_place(rows, corrections))
        .order_by(corrections.c.correction_id)
    )
    return fetch(engine, query, PlacedCorrection)


def count_edition_rows(engine: sa.Engine) -> list[EditionRows]:
    """Deployments of each edition and force: `counted_count`, `stored_count` of those not counted,
    first and last day."""
    tables = render_metadata().tables
    deployments, facts = tables["deployments"], tables["facts"]
    groups = (deployments.c.publication_id, deployments.c.edition_id, deployments.c.force_id)
    counted = deployments.c.counted
    query = (
        sa.select(
            *groups,
            sa.func.count().filter(counted).label("counted_count"),
            sa.func.count().filter(sa.not_(counted)).label("stored_count"),
            sa.func.min(facts.c.first_date).label("first_date"),
            sa.func.max(facts.c.last_date).label("last_date"),
        )
        .join(facts, facts.c.deployment_id == deployments.c.deployment_id)
        .group_by(*groups)
        .order_by(*groups)
    )
    return fetch(engine, query, EditionRows)


def list_columns(engine: sa.Engine) -> list[PrintedColumn]:
    """Every layout of every edition: its headings in order, the field each is read into,
    how many cells are filled."""
    cells = render_metadata().tables["printed_cells"]
    groups = (cells.c.edition_id, cells.c.column, cells.c.heading, cells.c.field_name)
    query = (
        sa.select(
            *groups,
            sa.func.count().label("cells_count"),
            sa.func.count().filter(cells.c.text != "").label("filled_count"),
            sa.func.min(cells.c.page).label("first_page"),
            sa.func.max(cells.c.page).label("last_page"),
        )
        .group_by(*groups)
        .order_by(cells.c.edition_id, sa.func.min(cells.c.page), cells.c.column)
    )
    return fetch(engine, query, PrintedColumn)


def _rows_in_place(name: str) -> sa.FromClause:
    return render_metadata().tables["deployments"].alias(name)


def _same_place(rows: sa.FromClause, about: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(
        rows.c.edition_id == about.c.edition_id,
        rows.c.page == about.c.page,
        rows.c.row == about.c.row,
    )


def _forces_alone() -> sa.Subquery:
    """Publications that hold rows of one force only, with that force."""
    deployments = render_metadata().tables["deployments"]
    return (
        sa.select(
            deployments.c.publication_id, sa.func.min(deployments.c.force_id).label("force_id")
        )
        .group_by(deployments.c.publication_id)
        .having(sa.func.count(sa.distinct(deployments.c.force_id)) == 1)
        .subquery()
    )
