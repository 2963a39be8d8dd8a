"""The deployments of a selection, row by row.

In: `Record` and a `Selection`. Out: rows with the address of their source; one row down to its
cells; the Estimates of all. Does not compute and does not draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from dashboard.selection.selection import Selection
from etl.model.estimates import Estimate
from etl.model.row_evidence import RowEvidence
from etl.outputs.tables import list_deployments
from etl.queries.record import Record

TOTALS = ("deployments_count", "faces_seen_count", "alerts_count", "arrests_count")
_NEVER = dt.date.min


def get_rows(record: Record, selection: Selection) -> list[dict[str, Any]]:
    """The deployments of the selection, newest first,
    with `source_address` and `edition_title` of each."""
    return list_deployments(
        record,
        selection.where_rows,
        selection.period,
        selection.search,
        counted_only=not selection.uncounted,
    )


def get_sorted_rows(record: Record, selection: Selection) -> list[dict[str, Any]]:
    """The same rows in the chosen order; those without the date or number that they are sorted by
    come last."""
    rows = get_rows(record, selection)
    order = selection.own("sorted", str)
    return rows if order == "newest" else sorted(rows, key=_KEYS[order])


def get_row_totals(record: Record, selection: Selection) -> list[Estimate]:
    """What the counted rows of the selection add up to;
    nothing where words are searched for, which no measure knows."""
    if selection.search:
        return []
    estimates = [
        record.estimate(total, where=selection.where_rows, period=selection.period)
        for total in TOTALS
    ]
    return [estimate.only() for estimate in estimates if estimate.estimates]


def get_row(record: Record, selection: Selection) -> RowEvidence | None:
    """The chosen deployment down to its printed cells."""
    return record.rows.evidence(selection.deployment_id)


def get_row_choices(record: Record) -> dict[str, dict[str, str]]:
    """What may be chosen of rows: publications and single deployments."""
    return {
        "publication": {
            publication["publication_id"]: str(publication["title"])
            for publication in record.table("publications")
        },
        "deployment": {
            deployment["deployment_id"]: deployment["deployment_id"]
            for deployment in record.table("deployments")
        },
    }


def _by_number(column: str) -> Callable[[Mapping[str, Any]], Any]:
    return lambda row: (row[column] is None, -(row[column] or 0))


_KEYS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "oldest": lambda row: (row["date"] is None, row["date"] or _NEVER, row["deployment_id"]),
    "faces_seen": _by_number("faces_seen_count"),
    "alerts": _by_number("alerts_count"),
    "false_alerts": _by_number("false_alerts_count"),
    "file": lambda row: (row["edition_id"], row["page"], row["row"]),
}
