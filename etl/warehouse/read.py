"""The only queries: everything that reads a warehouse reads it here.

In: a release file. Out: sums over deployments, and rows of tables.
Opens read-only, with access to other files and to settings locked. Does not compute a rate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from etl.model import codes
from etl.model.calendar import CALENDAR, span_of
from etl.model.problems import BrokenSnapshotError, Problem
from etl.warehouse.any_release import AS_READERS
from etl.warehouse.build import CURRENT, FILE_NAME
from etl.warehouse.schema import render_metadata

Where = Mapping[str, Sequence[str | int]]
Period = tuple[dt.date | None, dt.date | None]
# A reader of the site may not ask for more at once.
MAX_ROWS = 200_000


def current_file(releases: Path) -> Path:
    """The file that serves now. The link is resolved,
    because one process must not open one path as two databases."""
    return (releases / CURRENT / FILE_NAME).resolve()


@lru_cache(maxsize=8)
def open_warehouse(path: Path) -> sa.Engine:
    """A read-only engine on one release; `BrokenSnapshotError` if there is no warehouse there."""
    engine = sa.create_engine(
        f"duckdb:///{path}",
        connect_args=AS_READERS,
        # nobody writes: a transaction around each question would only take time
        isolation_level="AUTOCOMMIT",
    )
    try:
        with engine.connect() as connection:
            connection.execute(sa.select(render_metadata().tables["releases"]))
    except SQLAlchemyError as error:
        engine.dispose()
        raise BrokenSnapshotError(
            Problem(
                str(path),
                str(error).splitlines()[0],
                "a warehouse of this version",
                "Run `python -m etl build`.",
            )
        ) from error
    return engine


def sum_facts(
    engine: sa.Engine,
    numerator: str,
    denominator: str | None,
    by: Sequence[str],
    where: Where,
    period: Period,
    breaks: Sequence[Mapping[str, Any]] = (),
    *,
    counted: bool = True,
    spread: bool = False,
) -> list[dict[str, Any]]:
    """Sums of counted rows by group: numerator, denominator, rows_count, used_count, outside_count,
    period, sources.

    `counted=False` sums the rows that are kept and not counted instead: only for comparing
    publications with each other.

    `spread` adds what tells how far the rows lie apart, see `etl.measures.dispersion.RowSums`,
    as `by_row_…`.

    `spans_0`, `spans_1` … tell of each of `breaks` whether used rows of its force lie on both
    sides.

    Numerator and denominator are summed over the same rows: those that lie wholly inside the period
    and have both. Rows that reach out of it (`outside_count`) are counted and not used: nothing
    says how much of them is inside."""
    facts = render_metadata().tables["facts"]
    top = facts.c[numerator]
    bottom = facts.c[denominator] if denominator else sa.literal(1)
    touching, inside = _touching(facts, where, period), _inside(facts, where, period)
    used = sa.and_(inside, top.is_not(None), bottom.is_not(None))
    groups = [facts.c[name] for name in by]
    query = (
        sa.select(
            *groups,
            sa.cast(sa.func.sum(top).filter(used), sa.BigInteger).label("numerator"),
            sa.cast(sa.func.sum(bottom).filter(used), sa.BigInteger).label("denominator"),
            sa.func.count().label("rows_count"),
            sa.func.count().filter(used).label("used_count"),
            sa.func.count().filter(sa.not_(inside)).label("outside_count"),
            _used_or_all(sa.func.min(facts.c.first_date), used).label("period_start"),
            _used_or_all(sa.func.max(facts.c.last_date), used).label("period_end"),
            sa.func.string_agg(sa.distinct(facts.c.publication_id), " ").label("sources"),
            *(
                _spans(facts, used, break_).label(f"spans_{number}")
                for number, break_ in enumerate(breaks)
            ),
            *(_by_row(top, bottom, used) if spread else ()),
        )
        .where(facts.c.counted == counted, *touching)
        .group_by(*groups)
        .order_by(*(column.nulls_last() for column in groups))
        .limit(MAX_ROWS)
    )
    return _fetch(engine, query)


def _by_row(
    top: sa.ColumnElement[Any], bottom: sa.ColumnElement[Any], used: sa.ColumnElement[bool]
) -> Iterator[sa.ColumnElement[Any]]:
    """Sums over the used rows with a denominator above zero:
    rows, events, trials, events² / trials and 1 / trials."""
    k, n = sa.cast(top, sa.Double), sa.cast(bottom, sa.Double)
    some = sa.and_(used, bottom > 0)
    yield sa.func.count().filter(some).label("by_row_rows_count")
    yield sa.func.sum(k).filter(some).label("by_row_events")
    yield sa.func.sum(n).filter(some).label("by_row_trials")
    yield sa.func.sum(k * k / n).filter(some).label("by_row_squares")
    yield sa.func.sum(1 / n).filter(some).label("by_row_inverses")


def _used_or_all(
    value: sa.Function[dt.date | None], used: sa.ColumnElement[bool]
) -> sa.ColumnElement[dt.date | None]:
    """The period of a number is that of the rows it was made of;
    if there are none, of the rows asked about."""
    return sa.func.coalesce(value.filter(used), value)


def _spans(
    facts: sa.Table, used: sa.ColumnElement[bool], row: Mapping[str, Any]
) -> sa.ColumnElement[bool]:
    own = sa.and_(used, facts.c.force_id == row["force_id"])
    before = sa.func.count().filter(own, facts.c.first_date < row["first_date"])
    after = sa.func.count().filter(own, facts.c.last_date >= row["first_date"])
    return sa.and_(before > 0, after > 0)


def read_deployments(
    engine: sa.Engine, where: Where, period: Period, *, counted_only: bool
) -> list[dict[str, Any]]:
    """Canonical rows with names and geography, one a deployment, newest first; stage columns end in
    `_count`.

    A number that may not be summed (a lower bound) is there too,
    because a row is read and not added up."""
    tables = render_metadata().tables
    d, facts, counts = tables["deployments"], tables["facts"], tables["counts"]
    stages = {
        stage: sa.func.max(counts.c.value).filter(counts.c.stage_code == stage)
        for stage in codes.STAGE
    }
    wide = (
        sa.select(
            counts.c.deployment_id,
            *(value.label(f"{stage}_count") for stage, value in stages.items()),
        )
        .group_by(counts.c.deployment_id)
        .subquery()
    )
    places, districts, regions, forces = (
        tables[name] for name in ("places", "districts", "regions", "forces")
    )
    query = (
        sa.select(
            d,
            *(wide.c[f"{stage}_count"] for stage in stages),
            forces.c.short_name.label("force_name"),
            places.c.place_name,
            places.c.precision_code,
            districts.c.district_code,
            districts.c.district_name,
            facts.c.region_code,
            regions.c.region_name,
        )
        .join(facts, facts.c.deployment_id == d.c.deployment_id)
        .join(wide, wide.c.deployment_id == d.c.deployment_id)
        .join(forces, forces.c.force_id == d.c.force_id)
        .outerjoin(places, places.c.place_id == d.c.place_id)
        .outerjoin(districts, districts.c.district_code == places.c.district_code)
        .outerjoin(regions, regions.c.region_code == facts.c.region_code)
        .where(*filter_facts(facts, where, period), *([facts.c.counted] if counted_only else []))
        .order_by(d.c.date.desc().nulls_last(), d.c.deployment_id)
        .limit(MAX_ROWS)
    )
    return _fetch(engine, query)


def read_table(engine: sa.Engine, name: str, where: Where | None = None) -> list[dict[str, Any]]:
    """The rows of one table in order of its key, filtered by equality."""
    table = render_metadata().tables[name]
    filters = [table.c[column].in_(list(values)) for column, values in (where or {}).items()]
    query = sa.select(table).where(*filters).order_by(*table.primary_key.columns).limit(MAX_ROWS)
    return _fetch(engine, query)


def read_tables_of_current(releases: Path, names: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Rows of the release that serves now; nothing if there is none,
    or it is of another version of the schema."""
    path = current_file(releases)
    if not path.exists():
        return {}
    try:
        engine = open_warehouse(path)
        return {name: read_table(engine, name) for name in names}
    except (BrokenSnapshotError, SQLAlchemyError):
        return {}
    finally:
        open_warehouse.cache_clear()


def filter_facts(facts: sa.Table, where: Where, period: Period) -> list[sa.ColumnElement[bool]]:
    """Rows that lie wholly inside the period."""
    return [*_touching(facts, where, period), _inside(facts, where, period)]


def _touching(facts: sa.Table, where: Where, period: Period) -> list[sa.ColumnElement[bool]]:
    """Rows of which any part may lie inside."""
    first, last = facts.c.first_date, facts.c.last_date
    filters: list[sa.ColumnElement[bool]] = []
    for name, values in where.items():
        if not values:
            continue
        named: sa.ColumnElement[bool] = facts.c[name].in_(list(values))
        if name in CALENDAR:
            spans = [span_of(name, value) for value in values]
            named = sa.or_(
                named,
                sa.and_(
                    facts.c[name].is_(None),
                    sa.or_(*(_overlaps(first, last, span) for span in spans)),
                ),
            )
        filters.append(named)
    return [*filters, _overlaps(first, last, period)]


def _overlaps(
    first: sa.ColumnElement[dt.date], last: sa.ColumnElement[dt.date], period: Period
) -> sa.ColumnElement[bool]:
    """A row without any date may lie anywhere."""
    start, end = period
    return sa.and_(
        sa.true() if start is None else sa.or_(last.is_(None), last >= start),
        sa.true() if end is None else sa.or_(first.is_(None), first <= end),
    )


def _inside(facts: sa.Table, where: Where, period: Period) -> sa.ColumnElement[bool]:
    start, end = period
    conditions: list[sa.ColumnElement[bool]] = [
        facts.c[name].is_not(None) for name in CALENDAR if where.get(name)
    ]
    if start is not None:
        conditions.append(sa.func.coalesce(facts.c.first_date >= start, False))
    if end is not None:
        conditions.append(sa.func.coalesce(facts.c.last_date <= end, False))
    return sa.and_(sa.true(), *conditions)


def _fetch(engine: sa.Engine, query: sa.Select[Any]) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(query)]
