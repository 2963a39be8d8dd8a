"""The deployments of a selection, row by row.

In: `Answers` and a `Selection`. Out: rows with the address of their source. Does not compute and does not draw.
"""

from __future__ import annotations

from typing import Any

from dashboard.selection import Selection
from etl.answers import Answers
from etl.outputs.tables import list_deployments


def ask_rows(answers: Answers, chosen: Selection) -> list[dict[str, Any]]:
    """The deployments of the selection, newest first, with `source_address` and `edition_title` of each."""
    return list_deployments(
        answers, chosen.where, chosen.period, chosen.search, counted_only=not chosen.uncounted
    )
