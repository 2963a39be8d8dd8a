"""The releases as a table.

In: the ledger and the folder of releases. Out: columns and rows."""

from __future__ import annotations

from etl.outputs.columns import Column, own_columns
from etl.releases.catalogue import find_release, list_releases


def release_columns() -> tuple[Column, ...]:
    """A row a release."""
    return own_columns("releases")


def list_release_rows() -> list[dict[str, object]]:
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
