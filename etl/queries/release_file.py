"""One release, opened for queries: its file, its tables, and what every kind of query needs of it.

In: a release file. Out: `ReleaseFile`, which each kind of query is given; rows of a table, whole or
in batches. Does not compute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from etl.model.tables import TABLES
from etl.warehouse.any_release import Row, stream_rows
from etl.warehouse.read import Period, Where, open_warehouse, read_table
from etl.warehouse.stream import Stream, stream_counts, stream_table


class ReleaseFile:
    """A release's file, read-only. A batch ends after `limit` rows or `seconds` of the database's
    work."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = open_warehouse(path)
        self._tables: dict[str, list[dict[str, Any]]] = {}

    def close(self) -> None:
        """Lets go of the release's file."""
        self.engine.dispose()

    def table(self, name: str, where: Where | None = None) -> list[dict[str, Any]]:
        """The rows of one table in order of its key. The rows of a whole table are read once and
        shared: they are not to be changed."""
        if where:
            return read_table(self.engine, name, where)
        if name not in self._tables:
            self._tables[name] = read_table(self.engine, name)
        return self._tables[name]

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

    @cached_property
    def forces(self) -> dict[str, dict[str, Any]]:
        """Every force of the reference, by id."""
        return {force["force_id"]: force for force in self.table("forces")}

    @cached_property
    def names(self) -> dict[str, str]:
        """Short names of the forces, by id."""
        return {force_id: force["short_name"] for force_id, force in self.forces.items()}
