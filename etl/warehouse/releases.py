"""What releases before this one showed: their counts by group, whatever version of the tables they
have.

In: the folder of releases. Out: rows of `group_counts` by release. Does not judge them."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from duckdb import Error as DuckError
from sqlalchemy.exc import SQLAlchemyError

from etl.model.fields import fields_of
from etl.model.group_records import GroupCount
from etl.model.problems import BrokenSnapshotError, Problem
from etl.warehouse.any_release import AS_READERS, open_any, stream_rows
from etl.warehouse.build import FILE_NAME
from etl.warehouse.checksum import verify_checksum

# Before rows said so, every count was one that a publisher had printed.
_BEFORE = {"value_status": "published", "group_count_id": "", "returned_count_id": None}


def verify_content_hash(path: Path) -> str:
    """The content hash that a release states of itself, once its checksum has been compared;
    `BrokenSnapshotError` if the file is damaged."""
    try:
        verify_checksum(path)
        with open_any(path) as engine:
            ((content_hash,),) = next(stream_rows(engine, "releases", ("content_hash",), ()))
        return str(content_hash)
    except (SQLAlchemyError, DuckError, OSError, ValueError) as error:
        raise BrokenSnapshotError(
            Problem(str(path), str(error).splitlines()[0], "a whole database", "Restore the file.")
        ) from error


def read_group_counts(releases: Path) -> dict[str, tuple[GroupCount, ...]]:
    """The rows of every release in the folder, once each, in order of its id; none of a release
    from before there were any.

    Raises BrokenSnapshot for a release that cannot be read:
    what it showed would not be reckoned with."""
    names = [field.name for field in fields_of(GroupCount)]
    group_counts: dict[str, tuple[GroupCount, ...]] = {}
    for path in sorted(releases.glob(f"[!.]*/{FILE_NAME}")):
        if path.parent.is_symlink():
            continue
        engine = sa.create_engine(f"duckdb:///{path.resolve()}", connect_args=AS_READERS)
        try:
            with engine.connect() as connection:
                known = sa.text(
                    "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'group_counts'"
                )
                if not connection.execute(known).scalar_one():
                    continue
                rows = connection.execute(sa.text("SELECT * FROM group_counts")).mappings()
                message = [{**_BEFORE, **row} for row in rows]
            shown = tuple(GroupCount(**{name: count[name] for name in names}) for count in message)
            # a release and the build it was made of show the same
            if shown not in group_counts.values():
                group_counts[path.parent.name] = shown
        except (SQLAlchemyError, KeyError) as error:
            raise BrokenSnapshotError(
                Problem(
                    str(path),
                    str(error).splitlines()[0],
                    "a release whose counts by group can be read",
                    "Restore the file, or remove the release if it was never public.",
                )
            ) from error
        finally:
            engine.dispose()
    return group_counts
