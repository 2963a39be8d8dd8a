"""The deployments of a selection, row by row.

In: `Answers` and a `Selection`. Out: rows with the address of their source; one row down to its cells; the Estimates of all.
Does not compute and does not draw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from dashboard.selection.selection import Selection
from dashboard.text.language import _
from dashboard.text.language import mark as N_
from etl.model.estimates import Estimate
from etl.model.row_evidence import RowEvidence
from etl.outputs.tables import list_deployments
from etl.queries.record import Answers

ORDERS = {
    "newest": N_("Newest first"),
    "oldest": N_("Oldest first"),
    "faces_seen": N_("Most faces seen"),
    "alerts": N_("Most alerts"),
    "false_alerts": N_("Most false alerts"),
    "file": N_("As in the file"),
}
TOTALS = ("deployments_count", "faces_seen_count", "alerts_count", "arrests_count")
_NEVER = dt.date.min


def ask_rows(answers: Answers, chosen: Selection) -> list[dict[str, Any]]:
    """The deployments of the selection, newest first, with `source_address` and `edition_title` of each."""
    return list_deployments(
        answers, chosen.where_rows, chosen.period, chosen.search, counted_only=not chosen.uncounted
    )


def ask_sorted_rows(answers: Answers, chosen: Selection) -> list[dict[str, Any]]:
    """The same rows in the chosen order; those without the date or number that they are sorted by come last."""
    rows = ask_rows(answers, chosen)
    return rows if chosen.row_order == "newest" else sorted(rows, key=_KEYS[chosen.row_order])


def ask_row_totals(answers: Answers, chosen: Selection) -> list[Estimate]:
    """What the counted rows of the selection add up to; nothing where words are searched for, which no measure knows."""
    if chosen.search:
        return []
    found = [answers.estimate(one, where=chosen.where_rows, period=chosen.period) for one in TOTALS]
    return [one.only() for one in found if one.estimates]


def ask_row(answers: Answers, chosen: Selection) -> RowEvidence | None:
    """The chosen deployment down to its printed cells."""
    return answers.row_evidence(chosen.deployment_id)


def ask_row_choices(answers: Answers) -> dict[str, dict[str, str]]:
    """What may be chosen of rows: publications and single deployments."""
    return {
        "publication": {one["publication_id"]: str(one["title"]) for one in answers.rows("publications")},
        "deployment": {one["deployment_id"]: one["deployment_id"] for one in answers.rows("deployments")},
        "sorted": {code: _(words) for code, words in ORDERS.items()},
    }


def _most(column: str) -> Callable[[Mapping[str, Any]], Any]:
    return lambda row: (row[column] is None, -(row[column] or 0))


_KEYS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "oldest": lambda row: (row["date"] is None, row["date"] or _NEVER, row["deployment_id"]),
    "faces_seen": _most("faces_seen_count"),
    "alerts": _most("alerts_count"),
    "false_alerts": _most("false_alerts_count"),
    "file": lambda row: (row["edition_id"], row["page"], row["row"]),
}
