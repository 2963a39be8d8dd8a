"""The database schema, rendered from the model: types, keys, checks and comments.

In: `etl.model.tables.TABLES`. Out: SQLAlchemy tables and the DDL for DuckDB.
Does not declare a column of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateTable, SetColumnComment, SetTableComment

from etl.model.fields import Field, Unit
from etl.model.tables import TABLES, Table

_TYPES: dict[type, sa.types.TypeEngine[Any]] = {
    str: sa.Text(),
    int: sa.BigInteger(),
    float: sa.Double(),
    Decimal: sa.Numeric(38, 15),
    bool: sa.Boolean(),
    dt.date: sa.Date(),
    dt.time: sa.Time(),
}


@cache
def render_metadata() -> sa.MetaData:
    """All tables of the warehouse."""
    metadata = sa.MetaData()
    for table in TABLES:
        _render_table(table, metadata)
    return metadata


def render_statements() -> list[sa.schema.DDLElement]:
    """The statements that create the schema, in order."""
    tables = render_metadata().sorted_tables
    created: list[sa.schema.DDLElement] = [CreateTable(table) for table in tables]
    for table in tables:
        created.append(SetTableComment(table))
        created.extend(SetColumnComment(column) for column in table.columns)
    return created


@cache
def schema_version() -> str:
    """First 12 digits of the SHA-256 of everything the model declares of the tables."""
    described = [
        (table.name, table.key, field.name, field.type.__name__, field.optional, repr(field.about))
        for table in TABLES
        for field in table.fields
    ]
    return hashlib.sha256(repr(described).encode()).hexdigest()[:12]


def comment_of(field: Field) -> str:
    """The meaning of a field with its unit, as readers see it."""
    unit = field.about.unit
    return (
        field.about.meaning if unit is Unit.NONE else f"{field.about.meaning} Unit: {unit.value}."
    )


def _render_table(table: Table, metadata: sa.MetaData) -> None:
    sa.Table(
        table.name,
        metadata,
        *(_render_column(field) for field in table.fields),
        sa.PrimaryKeyConstraint(*table.key),
        *_render_checks(table),
        comment=table.meaning,
    )


def _render_column(field: Field) -> sa.Column[Any]:
    reference = [sa.ForeignKey(field.about.refers_to)] if field.about.refers_to else []
    return sa.Column(
        field.name,
        _TYPES[field.type],
        *reference,
        nullable=field.optional,
        autoincrement=False,
        comment=comment_of(field),
    )


def _render_checks(table: Table) -> list[sa.CheckConstraint]:
    checks = []
    for field in table.fields:
        column = sa.column(field.name, _TYPES[field.type])
        about = field.about
        if about.minimum is not None:
            checks.append(sa.CheckConstraint(column >= sa.literal_column(f"{about.minimum:g}")))
        if about.maximum is not None:
            checks.append(sa.CheckConstraint(column <= sa.literal_column(f"{about.maximum:g}")))
        if about.codes is not None:
            checks.append(
                sa.CheckConstraint(
                    column.in_([sa.literal_column(f"'{code}'") for code in about.codes])
                )
            )
        if about.pattern is not None:
            checks.append(
                sa.CheckConstraint(
                    sa.func.regexp_full_match(column, sa.literal_column(f"'{about.pattern}'"))
                )
            )
    return checks
