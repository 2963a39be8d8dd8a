"""Entries of the log with the hashes of all rows that were there before the log held them."""

import datetime as dt

from alembic import op

from etl.returns.store.audit import seal_rows

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Writes them; a new store has none."""
    at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    seal_rows(op.get_bind(), at, "migration@this-machine")
