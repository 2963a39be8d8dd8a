"""The record in a notebook: `open_record().estimates("false_share_of_alerts", by=["force"])`.

In: a release file, or the one that serves. Out: pandas data frames, see `etl.outputs.frames`.
Worked examples: docs/analysis.md. Does not compute: the figures are those of pages, files and
API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from etl.measures.catalogue import CATALOGUE, GROUP_FIELDS, GROUPING_FIELDS
from etl.model.problems import Problem, RefusedQueryError
from etl.outputs import tables
from etl.outputs.frames import describe_columns, to_frame
from etl.queries.record import Record
from etl.queries.record import open_record as open_release_record

__all__ = ["Analysis", "describe_columns", "open_record"]

_FIELDS = GROUPING_FIELDS | GROUP_FIELDS
Filters = Mapping[str, str | int | Sequence[str | int]]


def open_record(path: Path | None = None) -> Analysis:
    """The release in `path`, or the one that serves now."""
    return Analysis(open_release_record(path))


class Analysis:
    """One release as data frames. Filters take names or fields: `{"force": "essex"}`."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def estimates(
        self,
        measure: str,
        *,
        by: str | Sequence[str] = (),
        where: Filters | None = None,
        start: dt.date | None = None,
        end: dt.date | None = None,
    ) -> pd.DataFrame:
        """A row a group: value, limits of the 95% interval, numerator, denominator, status, rows,
        caveats and sources.

        `by` are groupings such as `force`, `year`, `quarter`; rows that do not lie wholly from
        `start` to `end` are not used. RefusedQueryError, with the reason and what there is, for an
        unknown measure, grouping, filter or value."""
        groups = tuple(_FIELDS.get(name, name) for name in ([by] if isinstance(by, str) else by))
        filters, period = _to_fields(where), (start, end)
        answer = self.record.estimate(measure, by=groups, where=filters, period=period)
        if answer.refusal:
            raise RefusedQueryError(
                Problem("the question", str(answer.refusal), "a question that can be answered", "")
            )
        estimates = tables.drop_foreign_caveats(
            self.record, groups, filters, period, answer.estimates
        )
        frame = to_frame(tables.tabulate_estimates(measure, groups, estimates))
        declared = CATALOGUE[measure]
        for name in ("value", "value_low", "value_high"):
            frame.attrs["columns"][name] |= {
                "unit": declared.unit,
                "denominator": declared.denominator,
                "caveats": list(declared.caveats),
                "source": "See sources of the same row.",
            }
        return frame

    def deployments(
        self,
        where: Filters | None = None,
        start: dt.date | None = None,
        end: dt.date | None = None,
        *,
        counted_only: bool = False,
    ) -> pd.DataFrame:
        """A row a deployment with all published numbers, newest first."""
        table = tables.tabulate_deployments(
            self.record, _to_fields(where), (start, end), counted_only=counted_only
        )
        return to_frame(table)

    def counts(
        self,
        where: Filters | None = None,
        start: dt.date | None = None,
        end: dt.date | None = None,
        *,
        counted_only: bool = False,
    ) -> pd.DataFrame:
        """A row a deployment and stage of the funnel; `value_status` says where a number is from,
        or why there is none."""
        table = tables.tabulate_counts(
            self.record, _to_fields(where), (start, end), counted_only=counted_only
        )
        return to_frame(table)

    def claims(self, where: Filters | None = None) -> pd.DataFrame:
        """A row a claim, with what the rows add up to beside it."""
        return to_frame(tables.tabulate_claims(self.record, _to_fields(where)))

    def misidentifications(self) -> pd.DataFrame:
        """A row a documented misidentification: those that became public, not how many there
        were."""
        return self.table("misidentifications")

    def table(self, name: str, where: Filters | None = None) -> pd.DataFrame:
        """One table of the record as it is kept; KeyError if there is no such table."""
        return to_frame(tables.tabulate_table(self.record, name, _to_fields(where)))


def _to_fields(where: Filters | None) -> dict[str, list[str | int]]:
    return {
        _FIELDS.get(name, name): [value] if isinstance(value, str | int) else list(value)
        for name, value in (where or {}).items()
    }
