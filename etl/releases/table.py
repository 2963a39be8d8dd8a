"""The releases as a table.

In: the ledger and the folder of releases. Out: columns and rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from etl.outputs.columns import Column
from etl.releases.catalogue import find_release, list_releases


def release_columns() -> tuple[Column, ...]:
    """A row a release."""
    return (
        Column(
            "version",
            str,
            "Version",
            "Version by rule: major for a removed or renamed field, minor for new rows or fields, "
            "patch for corrected values. A build that was never released is a draft.",
            optional=False,
        ),
        Column(
            "release_id", str, "Release", "First 12 digits of the content hash.", optional=False
        ),
        Column("date", dt.date, "Date", "Day on which it was made; a draft has none."),
        Column("serves", bool, "Serves", "Whether it is what “latest” gives now.", optional=False),
        Column("kept", bool, "Kept", "Whether its data can be asked for here.", optional=False),
        Column("previous", str, "Previous version", "The version before it."),
        Column("reason", str, "Reason", "Why it was made."),
        Column(
            "content_hash",
            str,
            "Content hash",
            "SHA-256 of all rows of all tables.",
            optional=False,
        ),
        Column(
            "schema_version",
            str,
            "Schema version",
            "First 12 digits of the SHA-256 of the schema.",
            optional=False,
        ),
        Column(
            "software", str, "Software", "Version of this project that built it.", optional=False
        ),
    )


def list_release_rows() -> list[dict[str, Any]]:
    """Every release, newest first; before them a draft, if one serves."""
    serving = find_release()
    known = list_releases()
    return [
        {
            **{
                column.name: getattr(release_info, column.name, None)
                for column in release_columns()
            },
            "serves": release_info == serving,
            "kept": release_info.folder is not None,
            "reason": release_info.reason or None,
        }
        for release_info in ((serving, *known) if serving not in known else known)
    ]
