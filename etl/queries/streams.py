"""Whole tables of one release, in batches: the door of the files that are larger than a page.

In: a table, filters. Out: a `Stream`. Does not compute:
what is asked by group is an Estimate of `etl.queries.record`."""

from __future__ import annotations

from collections.abc import Sequence

from etl.queries.release_file import OpenRelease
from etl.warehouse.read import Period, Where
from etl.warehouse.stream import Stream, stream_counts, stream_table


class StreamQueries(OpenRelease):
    """The tables that `etl.queries.record.Record` gives in batches;
    each ends after `limit` rows or `seconds` of the database's work."""

    def stream(self, table: str, where: Where, limit: int, seconds: float) -> Stream:
        """The rows of one table in order of its key."""
        return stream_table(self._engine, table, where, limit, seconds)

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
        """The long table of counts, of the deployments that the filters name;
        `count_where` filters the counts themselves."""
        return stream_counts(
            self._engine,
            columns,
            where,
            period,
            count_where,
            limit,
            seconds,
            counted_only=counted_only,
        )
