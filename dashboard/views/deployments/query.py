"""The deployments of a selection, row by row.

In: `Record` and a `Selection`. Out: rows with the address of their source; one row down to its
cells; the Estimates of all. Does not compute and does not draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dashboard.selection.selection import Selection
from etl.model.estimates import Estimate
from etl.model.records import Deployment
from etl.model.reference import Publication
from etl.model.row_evidence import ListedDeployment, RowEvidence
from etl.outputs.tables import list_deployments
from etl.queries.record import Record

TOTALS = ("deployments_count", "faces_seen_count", "alerts_count", "arrests_count")
_NEVER = dt.date.min


def get_rows(record: Record, selection: Selection) -> list[ListedDeployment]:
    """The deployments of the selection, newest first."""
    return list_deployments(
        record,
        selection.where_rows,
        selection.period,
        selection.search,
        counted_only=not selection.uncounted,
    )


def get_sorted_rows(record: Record, selection: Selection) -> list[ListedDeployment]:
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
            publication.publication_id: str(publication.title)
            for publication in record.table(Publication)
        },
        "deployment": {
            deployment.deployment_id: deployment.deployment_id
            for deployment in record.table(Deployment)
        },
    }


def _by_number(stage: str) -> Callable[[ListedDeployment], tuple[bool, int]]:
    return lambda row: (row.counts[stage] is None, -(row.counts[stage] or 0))


_KEYS: dict[str, Callable[[ListedDeployment], tuple[bool | int | str | dt.date, ...]]] = {
    "oldest": lambda row: (row.date is None, row.date or _NEVER, row.deployment_id),
    **{stage: _by_number(stage) for stage in ("faces_seen", "alerts", "false_alerts")},
    "file": lambda row: (row.edition_id, row.page, row.row),
}
