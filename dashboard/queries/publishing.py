"""Who uses it and publishes what, and which publications reach furthest.

In: `Record`. Out: forces with their verdicts, editions. Does not compute and does not word."""

from __future__ import annotations

from dashboard.text.language import _
from etl.measures.publishing import USERS, ForcePublishing
from etl.queries.record import Record


def get_users(record: Record) -> list[ForcePublishing]:
    """Forces known to have used it, by name."""
    forces = record.publishing.describe().forces
    return sorted(
        (force for force in forces if any(use.status_code in USERS for use in force.uses)),
        key=lambda force: _(force.force_name),
    )


def get_silent(record: Record) -> list[ForcePublishing]:
    """The users without a published result."""
    return [user for user in get_users(record) if user.status in ("nothing", "results_not_seen")]
