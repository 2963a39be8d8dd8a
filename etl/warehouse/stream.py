"""Rows of the warehouse as they come: in batches of columns, with an end in rows and in seconds.

In: a release file, a question. Out: a `Stream` of Arrow batches. Does not hold more than a batch;
does not compute a rate. Decimals leave as numbers of the kind that every program has."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from etl.model import codes
from etl.model.queries import Period, Where
from etl.warehouse.fetch import Query
from etl.warehouse.read import filter_facts
from etl.warehouse.schema import render_metadata

BATCH = 20_000
_SHORTEST_WAIT = 0.01


@dataclass
class Stream:
    """Batches of at most `limit` of `total` rows; `late` is set if the time was up before the last
    one came.

    `seconds` bound the time that the database works, not the time that a reader takes to receive.
    """

    engine: sa.Engine
    query: Query
    max_rows: int
    seconds: float
    total: int = 0
    late: bool = False

    def __post_init__(self) -> None:
        counted = sa.select(sa.func.count()).select_from(self.query.order_by(None).subquery())
        with self.engine.connect() as connection:
            self.total = connection.execute(counted).scalar_one()

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        left = self.seconds
        with self.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            start = time.monotonic()
            reader = None
            while True:
                clock = threading.Timer(max(left, _SHORTEST_WAIT), driver.interrupt)
                clock.start()
                start = time.monotonic()
                try:
                    if reader is None:
                        rows = connection.execute(self.query.limit(self.max_rows))
                        cursor: Any = rows.cursor
                        reader = cursor.to_arrow_reader(BATCH)
                    batch = reader.read_next_batch()
                except StopIteration:
                    return
                except (SQLAlchemyError, pa.ArrowException, RuntimeError, OSError) as error:
                    if "nterrupt" not in str(error):
                        raise
                    self.late = True
                    return
                finally:
                    clock.cancel()
                    left -= time.monotonic() - start
                yield batch
                if left <= 0:
                    self.late = True
                    return


def stream_table(engine: sa.Engine, name: str, where: Where, limit: int, seconds: float) -> Stream:
    """A table in order of its key, filtered by equality."""
    table = render_metadata().tables[name]
    filters = [table.c[column].in_(list(values)) for column, values in where.items()]
    query = sa.select(*(_plain(column) for column in table.c)).where(*filters)
    return Stream(engine, query.order_by(*table.primary_key.columns), limit, seconds)


def stream_counts(
    engine: sa.Engine,
    columns: Sequence[str],
    where: Where,
    period: Period,
    count_where: Where,
    limit: int,
    seconds: float,
    *,
    counted_only: bool,
) -> Stream:
    """Counts with what their deployment says of where and when, newest deployment first,
    stages in their own order."""
    tables = render_metadata().tables
    counts, deployments, facts = (tables[name] for name in ("counts", "deployments", "facts"))
    there = {**dict(deployments.c.items()), **dict(counts.c.items())}
    order = sa.case(
        {stage: number for number, stage in enumerate(codes.STAGE)}, value=counts.c.stage_code
    )
    query = (
        sa.select(*(_plain(there[name]) for name in columns))
        .join_from(counts, deployments, deployments.c.deployment_id == counts.c.deployment_id)
        .join(facts, facts.c.deployment_id == counts.c.deployment_id)
        .where(
            *filter_facts(facts, where, period),
            *([facts.c.counted] if counted_only else []),
            *(counts.c[name].in_(list(values)) for name, values in count_where.items()),
        )
        .order_by(deployments.c.date.desc().nulls_last(), deployments.c.deployment_id, order)
    )
    return Stream(engine, query, limit, seconds)


def _plain(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    if isinstance(column.type, sa.Numeric) and not isinstance(column.type, sa.Double):
        return sa.cast(column, sa.Double).label(column.name)
    return column
