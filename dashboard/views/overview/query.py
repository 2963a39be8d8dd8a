"""What a reader most often comes to ask, answered for the force with most rows in its last whole year.

In: `Answers`, what may be chosen. Out: Estimates and counts of rows. Does not compute, word or draw.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.queries.changes import Change, ask_changes
from dashboard.queries.rates import PER_FACE_SEEN, SHARE_OF_ALERTS
from dashboard.queries.series import ask_by_force, ask_total
from dashboard.selection.selection import NOTHING, Choices
from etl.model.estimates import Estimate
from etl.queries.record import Answers

MEASURES_OF_A_YEAR = (
    "faces_seen_count",
    SHARE_OF_ALERTS,
    PER_FACE_SEEN,
    "true_alerts_count",
    "arrests_count",
)


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """Of the force with most deployments: how they changed, its measures in the last whole year, its thresholds.

    `year` is None, and `of_year` empty, where no two years in a row are covered. `verdicts` counts the claims.
    """

    force_id: str
    change: Change
    year: int | None
    of_year: Mapping[str, Estimate]
    thresholds: tuple[str, ...]
    verdicts: Mapping[str, int]


def ask_first(answers: Answers, choices: Choices) -> FirstAnswers | None:
    """None for a record without deployments."""
    counts = {
        force_id: one.numerator or 0
        for force_id, one in ask_by_force(answers, "deployments_count", NOTHING).items()
    }
    if not counts:
        return None
    force_id = max(counts, key=lambda one: counts[one])
    own = NOTHING.only("forces", force_id)
    (change,) = ask_changes(answers, own, choices)
    year = change.last.first_day.year if change.last else None
    of_year = own.in_year(year) if year else None
    return FirstAnswers(
        force_id,
        change,
        year,
        {one: ask_total(answers, one, of_year) for one in MEASURES_OF_A_YEAR} if of_year else {},
        tuple(sorted({one.code for one in answers.settings(force_id, "threshold") if one.code})),
        Counter(one.verdict for one in answers.compare_claims()),
    )
