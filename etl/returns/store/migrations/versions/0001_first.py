"""The store as it first was: every table with its rules."""

from alembic import op

from etl.returns.store.tables import METADATA, render_rules

_LATER = ("ended_sessions",)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables, then the triggers."""
    connection = op.get_bind()
    METADATA.create_all(
        connection, tables=[table for table in METADATA.sorted_tables if table.name not in _LATER]
    )
    for statement in render_rules(connection.dialect.name):
        connection.exec_driver_sql(statement)
