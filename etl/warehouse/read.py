"""The only queries: everything that reads a warehouse reads it here.

In: a release file. Out: sums over deployments, and rows of tables.
Opens read-only, with access to other files and to settings locked. Does not compute a rate."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from etl.model import codes
from etl.model.calendar import CALENDAR, span_of
from etl.model.problems import BrokenSnapshotError, Problem
from etl.model.queries import Period, RowSum, RowSums, Sums, Where
from etl.model.reference import Break
from etl.model.row_evidence import ListedDeployment
from etl.model.tables import table_of
from etl.warehouse.any_release import AS_READERS
from etl.warehouse.build import CURRENT, FILE_NAME
from etl.warehouse.fetch import Column, Row, T, fetch, make_records
from etl.warehouse.schema import render_metadata

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
    breaks: Sequence[Break] = (),
    *,
    spread: bool = False,
) -> list[Sums]:
    """Sums of counted rows by group. `spread` adds what tells how far the rows lie apart.

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
            *(_spans(facts, used, break_) for break_ in breaks),
            *(_by_row(top, bottom, used) if spread else ()),
        )
        .where(facts.c.counted, *touching)
        .group_by(*groups)
        .order_by(*(column.nulls_last() for column in groups))
        .limit(MAX_ROWS)
    )
    with engine.connect() as connection:
        return [_to_sums(row, by, breaks) for row in connection.execute(query)]


def _to_sums(row: Row, by: Sequence[str], breaks: Sequence[Break]) -> Sums:
    """The columns of `sum_facts`, in its order."""
    values = iter(row)
    group = tuple(zip(by, values, strict=False))
    numerator, denominator, rows, used, outside, start, end, sources = itertools.islice(values, 8)
    spanned = tuple(break_.break_id for break_, spans in zip(breaks, values, strict=False) if spans)
    by_row = tuple(values)
    return Sums(
        group=group,
        period_start=start,
        period_end=end,
        numerator=numerator,
        denominator=denominator,
        rows_count=rows,
        used_count=used,
        sources=tuple(sorted((sources or "").split())),
        outside_count=outside,
        breaks=spanned,
        by_row=RowSums(*by_row) if by_row and by_row[0] else None,
    )


def sum_rows(
    engine: sa.Engine, numerator: str, denominator: str | None, *, counted: bool
) -> list[RowSum]:
    """Each deployment by itself, of those that are counted or of those that are kept and not
    counted; the denominator is 1 if there is none."""
    facts = render_metadata().tables["facts"]
    top, bottom = facts.c[numerator], facts.c[denominator] if denominator else sa.literal(1)
    used = sa.and_(top.is_not(None), bottom.is_not(None))
    query = (
        sa.select(
            *(facts.c[name] for name in RowSum.__slots__[:8]),
            sa.case((used, top)).label("numerator"),
            sa.case((used, bottom)).label("denominator"),
            used.label("used"),
        )
        .where(facts.c.counted == counted)
        .order_by(facts.c.deployment_id)
        .limit(MAX_ROWS)
    )
    return fetch(engine, query, RowSum)


def _by_row(top: Column, bottom: Column, used: sa.ColumnElement[bool]) -> Iterator[Column]:
    """Sums over the used rows with a denominator above zero:
    rows, events, trials, events² / trials and 1 / trials."""
    k, n = sa.cast(top, sa.Double), sa.cast(bottom, sa.Double)
    some = sa.and_(used, bottom > 0)
    yield sa.func.count().filter(some)
    yield sa.func.sum(k).filter(some)
    yield sa.func.sum(n).filter(some)
    yield sa.func.sum(k * k / n).filter(some)
    yield sa.func.sum(1 / n).filter(some)


def _used_or_all(
    value: sa.Function[dt.date | None], used: sa.ColumnElement[bool]
) -> sa.ColumnElement[dt.date | None]:
    """The period of the used rows; if there are none, of all given rows."""
    return sa.func.coalesce(value.filter(used), value)


def _spans(facts: sa.Table, used: sa.ColumnElement[bool], break_: Break) -> sa.ColumnElement[bool]:
    own = sa.and_(used, facts.c.force_id == break_.force_id)
    before = sa.func.count().filter(own, facts.c.first_date < break_.first_date)
    after = sa.func.count().filter(own, facts.c.last_date >= break_.first_date)
    return sa.and_(before > 0, after > 0)


def read_deployments(
    engine: sa.Engine, where: Where, period: Period, *, counted_only: bool
) -> list[ListedDeployment]:
    """Canonical rows with names, geography, source and the number of every stage, newest first.

    A number that may not be summed (a lower bound) is there too,
    because a row is read and not added up."""
    tables = render_metadata().tables
    d, facts, counts = tables["deployments"], tables["facts"], tables["counts"]
    stages = [
        sa.func.max(counts.c.value).filter(counts.c.stage_code == stage).label(stage)
        for stage in codes.STAGE
    ]
    wide = sa.select(counts.c.deployment_id, *stages).group_by(counts.c.deployment_id).subquery()
    places, districts, regions, forces, editions, publications = (
        tables[name]
        for name in ("places", "districts", "regions", "forces", "editions", "publications")
    )
    query = (
        sa.select(
            d,
            forces.c.short_name.label("force_name"),
            places.c.place_name,
            places.c.precision_code,
            districts.c.district_code,
            districts.c.district_name,
            facts.c.region_code,
            regions.c.region_name,
            sa.func.coalesce(d.c.source_url, editions.c.url, publications.c.url).label(
                "source_address"
            ),
            editions.c.title.label("edition_title"),
            *(wide.c[stage] for stage in codes.STAGE),
        )
        .join(facts, facts.c.deployment_id == d.c.deployment_id)
        .join(wide, wide.c.deployment_id == d.c.deployment_id)
        .join(forces, forces.c.force_id == d.c.force_id)
        .join(editions, editions.c.edition_id == d.c.edition_id)
        .join(publications, publications.c.publication_id == d.c.publication_id)
        .outerjoin(places, places.c.place_id == d.c.place_id)
        .outerjoin(districts, districts.c.district_code == places.c.district_code)
        .outerjoin(regions, regions.c.region_code == facts.c.region_code)
        .where(*filter_facts(facts, where, period), *([facts.c.counted] if counted_only else []))
        .order_by(d.c.date.desc().nulls_last(), d.c.deployment_id)
        .limit(MAX_ROWS)
    )
    with engine.connect() as connection:
        result = connection.execute(query)
        known, stage_codes = len(stages), tuple(codes.STAGE)
        names = (*tuple(result.keys())[:-known], "counts")
        rows = (
            (*row[:-known], dict(zip(stage_codes, row[-known:], strict=True))) for row in result
        )
        return list(make_records(ListedDeployment, names, rows))


def read_table(engine: sa.Engine, kind: type[T], where: Where | None = None) -> list[T]:
    """The records of one class in order of the key of their table, filtered by equality."""
    table = render_metadata().tables[table_of(kind).name]
    filters = [table.c[column].in_(list(values)) for column, values in (where or {}).items()]
    query = sa.select(table).where(*filters).order_by(*table.primary_key.columns).limit(MAX_ROWS)
    return fetch(engine, query, kind)


def read_current(releases: Path, kind: type[T]) -> list[T]:
    """Records of the release that serves now; nothing if there is none,
    or it is of another version of the schema."""
    path = current_file(releases)
    if not path.exists():
        return []
    try:
        return read_table(open_warehouse(path), kind)
    except (BrokenSnapshotError, SQLAlchemyError):
        return []
    finally:
        open_warehouse.cache_clear()


def filter_facts(facts: sa.Table, where: Where, period: Period) -> list[sa.ColumnElement[bool]]:
    """Rows that lie wholly inside the period."""
    return [*_touching(facts, where, period), _inside(facts, where, period)]


def _touching(facts: sa.Table, where: Where, period: Period) -> list[sa.ColumnElement[bool]]:
    """Rows with any part inside."""
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
