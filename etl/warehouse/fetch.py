"""Rows of a query as records: every row that leaves a release has a class, which declares its
fields once.

In: an engine, a query, a class. Out: a list of its records. Does not build a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any, TypeVar

import sqlalchemy as sa

from etl.model.fields import DataRecord

T = TypeVar("T", bound=DataRecord)
Column = sa.ColumnElement[Any]
Row = sa.Row[*tuple[Any, ...]]
Query = sa.Select[*tuple[Any, ...]]


def fetch(engine: sa.Engine, query: Query, kind: type[T]) -> list[T]:
    """The rows of a query whose columns are the fields of a frozen class with slots, in any order;
    TypeError if they are not."""
    with engine.connect() as connection:
        result = connection.execute(query)
        names = tuple(result.keys())
        if {*names} != {field.name for field in fields(kind)}:
            raise TypeError(f"{kind.__name__} has other fields than {', '.join(names)}")
        return list(make_records(kind, names, result))


def make_records(
    kind: type[T], names: Iterable[str], rows: Iterable[Sequence[object]]
) -> Iterator[T]:
    """A record for each row of values in the order of `names`.

    Slots are set as `__init__` of a frozen class sets them, in a third of its time."""
    setters: list[Callable[[T, object], None]] = [getattr(kind, name).__set__ for name in names]
    new = object.__new__
    for row in rows:
        record = new(kind)
        for assign, value in zip(setters, row, strict=True):
            assign(record, value)
        yield record
