"""One release, opened for queries: its file, its tables, and what every kind of query needs of it.

In: a release file. Out: `ReleaseFile`, which each kind of query is given; rows of a table, whole or
in batches. Does not compute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import cast

from etl.model.queries import Period, Sums, Where
from etl.model.reference import Break, Force
from etl.model.tables import TABLES, table_of
from etl.warehouse.any_release import Row, stream_rows
from etl.warehouse.fetch import T
from etl.warehouse.read import open_warehouse, read_table, sum_facts
from etl.warehouse.stream import Stream, stream_counts, stream_table

# Sums that are kept: of so many questions, with so many groups at most.
MAX_STORED, MAX_GROUPS = 1000, 100


class ReleaseFile:
    """A release's file, read-only. A batch ends after `limit` rows or `seconds` of the database's
    work."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = open_warehouse(path)
        self._tables: dict[type, object] = {}
        self._by_id: dict[type, object] = {}
        self._sums: dict[str, list[Sums]] = {}
        self._lock = Lock()

    def close(self) -> None:
        """Lets go of the release's file."""
        self.engine.dispose()

    def table(self, kind: type[T], where: Where | None = None) -> list[T]:
        """The records of one class in order of the key of their table. Those of a whole table are
        read once and shared: the list is not to be changed."""
        if where:
            return read_table(self.engine, kind, where)
        if kind not in self._tables:
            self._tables[kind] = read_table(self.engine, kind)
        return cast("list[T]", self._tables[kind])

    def by_id(self, kind: type[T]) -> dict[str, T]:
        """The records of one class by the one field that is the key of their table."""
        if kind not in self._by_id:
            (key,) = table_of(kind).key
            self._by_id[kind] = {getattr(record, key): record for record in self.table(kind)}
        return cast("dict[str, T]", self._by_id[kind])

    def sum_facts(
        self,
        numerator: str,
        denominator: str | None,
        by: Sequence[str],
        where: Where,
        period: Period,
        breaks: Sequence[Break] = (),
        *,
        spread: bool = False,
    ) -> list[Sums]:
        """As `etl.warehouse.read.sum_facts`. A file does not change, and pages ask the same again
        in another language, format or chart: the last answers are kept."""
        spanned = [break_.break_id for break_ in breaks]
        key = repr((numerator, denominator, tuple(by), where, period, spanned, spread))
        with self._lock:
            sums = self._sums.get(key)
        if sums is None:
            question = (numerator, denominator, by, where, period, breaks)
            sums = sum_facts(self.engine, *question, spread=spread)
            if len(sums) <= MAX_GROUPS:
                with self._lock:
                    self._sums[key] = sums
                    if len(self._sums) > MAX_STORED:
                        del self._sums[next(iter(self._sums))]
        return list(sums)

    def whole_table(self, name: str) -> Iterator[list[Row]]:
        """All rows of one table in order of its key, in batches: values in the order of the table's
        fields. KeyError if there is no such table."""
        table = {each_table.name: each_table for each_table in TABLES}[name]
        return stream_rows(self.engine, name, [field.name for field in table.fields], table.key)

    def stream(self, table: str, where: Where, limit: int, seconds: float) -> Stream:
        """The rows of one table in order of its key."""
        return stream_table(self.engine, table, where, limit, seconds)

    def stream_counts(
        self,
        columns: Sequence[str],
        where: Where,
        period: Period,
        count_where: Where,
        limit: int,
        seconds: float,
        *,
        counted_only: bool = True,
    ) -> Stream:
        """The long table of counts, of the deployments that the filters name; `count_where` filters
        the counts themselves."""
        return stream_counts(
            self.engine,
            columns,
            where,
            period,
            count_where,
            limit,
            seconds,
            counted_only=counted_only,
        )

    @property
    def forces(self) -> dict[str, Force]:
        """Every force of the reference, by id."""
        return self.by_id(Force)

    @cached_property
    def names(self) -> dict[str, str]:
        """Short names of the forces, by id."""
        return {force_id: force.short_name for force_id, force in self.forces.items()}
