"""Who uses it and publishes what, and which publications reach furthest.

In: `Answers`. Out: forces with their verdicts, editions. Does not compute and does not word.
"""

from __future__ import annotations

from typing import Any

from dashboard.text.language import _
from etl.measures.publishing import USERS, ForcePublishing
from etl.queries.record import Answers

MOST_EDITIONS = 6


def ask_users(answers: Answers) -> list[ForcePublishing]:
    """Forces known to have used it, by name."""
    found = answers.publishing().forces
    return sorted(
        (one for one in found if any(use.status_code in USERS for use in one.uses)),
        key=lambda one: _(one.force_name),
    )


def ask_silent(answers: Answers) -> list[ForcePublishing]:
    """Those of them of which no published result was found."""
    return [one for one in ask_users(answers) if one.status in ("nothing", "results_not_seen")]


def ask_latest(answers: Answers) -> list[dict[str, Any]]:
    """The files that reach furthest, the latest first."""
    dated = [one for one in answers.rows("editions") if one["period_end"]]
    return sorted(dated, key=lambda one: (one["period_end"], one["edition_id"]), reverse=True)[:MOST_EDITIONS]
