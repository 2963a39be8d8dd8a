"""Writes a warehouse beside the one that serves, verifies it, and swaps it in.

In: records by table. Out: `releases/<release_id>/lfr.duckdb`, with `releases/current` pointing at
it. Readers go on with the file they opened; a build that fails or is killed leaves `current` where
it was. Does not check the records: `etl.checks` has done so."""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TextIO

import sqlalchemy as sa
from duckdb import Error as DuckError
from sqlalchemy.exc import SQLAlchemyError

from etl.model.problems import BuildError, Problem, RecordError, explain
from etl.model.reference import Release
from etl.model.tables import TABLES
from etl.warehouse.checksum import verify_checksum, write_checksum
from etl.warehouse.content import hash_content
from etl.warehouse.schema import render_metadata, render_statements, schema_version

FILE_NAME = "lfr.duckdb"
CURRENT = "current"
# What is not finished, and what a build that was killed leaves behind.
BUILDING = ".building-"
LOCK_WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.1
# Folders of releases that this task has locked.
_held: ContextVar[frozenset[Path]] = ContextVar("_held", default=frozenset())
Progress = Callable[[str], None]
WRITE_STEPS = len(TABLES) + 1
# From this many rows on they go into a table as columns,
# which is quicker than statements that spell out every value.
BY_COLUMN = {"duckdb_copy_threshold": 200}


def write_warehouse(
    records_of: Mapping[str, Sequence[Any]],
    releases: Path,
    *,
    software_version: str,
    sources_hash: str,
    serve: bool = True,
    progress: Progress = lambda table: None,
) -> Release:
    """Builds, verifies and swaps in a warehouse; returns its release row.

    Without `serve` it is built and verified, and what serves stays: `serve_release` swaps it in.
    Raises `BuildError` if the records break the schema, the disk is full,
    or another build is running."""
    rows_of = {name: [_row(record) for record in records] for name, records in records_of.items()}
    content_hash = hash_content(rows_of)
    release = Release(
        release_id=content_hash[:12],
        content_hash=content_hash,
        software_version=software_version,
        schema_version=schema_version(),
        sources_hash=sources_hash,
    )
    rows_of["releases"] = [_row(release)]
    try:
        releases.mkdir(parents=True, exist_ok=True)
        with only_build(releases):
            remove_leftovers(releases)
            path = Path(tempfile.mkdtemp(prefix=BUILDING, dir=releases))
            try:
                _write_file(path / FILE_NAME, rows_of, progress)
                progress("verify")
                verify_file(path / FILE_NAME, content_hash)
                write_checksum(path / FILE_NAME)
                _keep(path, releases / release.release_id, release)
                if serve:
                    serve_release(releases, release.release_id)
            finally:
                shutil.rmtree(path, ignore_errors=True)
    except (SQLAlchemyError, DuckError, OSError) as error:
        raise BuildError(
            Problem(
                str(releases),
                str(error).splitlines()[0],
                "a warehouse that follows the schema",
                "Mend what is named and build again.",
            )
        ) from error
    return release


def _row(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


def _write_file(
    path: Path, rows_of: Mapping[str, Sequence[Mapping[str, Any]]], progress: Progress
) -> None:
    engine = sa.create_engine(f"duckdb:///{path}")
    tables = render_metadata().tables
    try:
        with engine.begin() as connection:
            # As one script: each of the hundreds by itself takes twice as long.
            script = ";\n".join(str(statement.compile(engine)) for statement in render_statements())
            connection.exec_driver_sql(script)
        with engine.begin() as connection:
            for table in TABLES:
                progress(table.name)
                if rows := rows_of.get(table.name):
                    connection.execute(
                        sa.insert(tables[table.name]), list(rows), execution_options=BY_COLUMN
                    )
        with engine.connect() as connection:
            connection.exec_driver_sql("CHECKPOINT")
    finally:
        engine.dispose()
    with path.open("rb") as written:
        os.fsync(written.fileno())


def verify_file(path: Path, content_hash: str) -> None:
    """Reads everything back from the file: what it holds must be what was meant to be in it.
    `BuildError` if not."""
    engine = sa.create_engine(f"duckdb:///{path}", connect_args={"read_only": True})
    try:
        with engine.connect() as connection:
            rows_of = {
                table.name: [
                    dict(zip(table.columns.keys(), row, strict=True))
                    for row in connection.execute(sa.select(table)).all()
                ]
                for table in render_metadata().sorted_tables
            }
    finally:
        engine.dispose()
    content = hash_content(rows_of)
    if content != content_hash:
        raise BuildError(
            Problem(
                str(path),
                f"content {content[:12]}",
                f"content {content_hash[:12]}",
                "The database did not keep every value as given: report this.",
            )
        )


def _keep(path: Path, home: Path, release: Release) -> None:
    """A release that exists already and holds the same content stays,
    because readers may have it open."""
    if home.exists():
        try:
            verify_checksum(home / FILE_NAME)
            return verify_file(home / FILE_NAME, release.content_hash)
        except (RecordError, SQLAlchemyError, DuckError, OSError):
            os.replace(home, home.with_name(f"{BUILDING}damaged-{home.name}"))
    path.chmod(0o755)
    os.replace(path, home)


def serve_release(releases: Path, release_id: str) -> None:
    """One atomic rename decides which release serves."""
    link = releases / f"{BUILDING}{CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(release_id)
    os.replace(link, releases / CURRENT)
    directory = os.open(releases, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def remove_leftovers(releases: Path) -> None:
    """What a killed build or release left behind. Safe while `only_build` is held."""
    for leftover in releases.glob(f"{BUILDING}*"):
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()


@contextlib.contextmanager
def only_build(releases: Path, wait_seconds: float = LOCK_WAIT_SECONDS) -> Iterator[None]:
    """One build, release or publishing of a data folder at a time, in any process: held from the
    first file read to the last rename. Whoever holds it may enter again.

    The lock goes with the process, however it ends. Raises `BuildError` if another has not ended
    after `wait_seconds`, or the folder cannot be written."""
    home = releases.resolve()
    if home in _held.get():
        yield
        return
    try:
        releases.mkdir(parents=True, exist_ok=True)
        lock = (releases / ".lock").open("w")
    except OSError as error:
        raise BuildError(
            Problem(
                str(error.filename),
                *explain("folder_unwritable", why=str(error.strerror)),
            )
        ) from error
    with lock:
        _wait_for(lock, releases, wait_seconds)
        token = _held.set(_held.get() | {home})
        try:
            yield
        finally:
            _held.reset(token)


def _wait_for(lock: TextIO, releases: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < deadline:
                time.sleep(_POLL_SECONDS)
                continue
            raise BuildError(
                Problem(
                    str(releases),
                    *explain("other_build", seconds=round(wait_seconds)),
                )
            ) from None
        return
