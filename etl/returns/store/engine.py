"""Opens the store: SQLite beside the data unless LFR_STORE names a PostgreSQL database.

The file of SQLite is its owner's alone. After each transaction that wrote, the newest hash of the
log goes to a file of the data folder; a store that is empty where that file says it was not, is
refused.

In: an address such as `sqlite:////srv/returns.sqlite` or `postgresql+psycopg://user@host/name`.
Out: `Store`, its schema up to date. Does not know returns: `etl.returns.store.returns` reads and
writes them."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from etl.model.messages import message
from etl.model.problems import Problem, explain
from etl.returns.scope import StoreError
from etl.returns.store.anchor import HEADS, add_head, read_heads
from etl.returns.store.tables import AUDIT
from etl.settings import read_setting

SETTING = "LFR_STORE"
_WRITES = "lfr_writes"
# Any number that is the same in every process: who holds it may write the log.
_LOG_LOCK = 7_110_612


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. `now` is the clock, so that a test can set it."""

    engine: sa.Engine
    now: Callable[[], dt.datetime] = _now
    anchor: Path | None = None

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that only reads; `StoreError` if it cannot."""
        with _translating_errors(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes, one at a time: all of it, or nothing."""
        engine = self.engine.execution_options(**{_WRITES: True})
        with _translating_errors(), engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOG_LOCK)))
            yield connection
            head = _read_head(connection)
        if self.anchor is not None and head is not None:
            with _translating_errors():
                add_head(self.anchor, head)

    def format_now(self) -> str:
        """The time as the log writes it."""
        return self.now().astimezone(dt.UTC).isoformat(timespec="milliseconds")

    def close(self) -> None:
        """Gives back every connection."""
        self.engine.dispose()


def store_address(data: Path) -> str:
    """The setting LFR_STORE, else a file next to the data."""
    return read_setting(SETTING) or f"sqlite:///{(data / 'returns' / 'returns.sqlite').resolve()}"


def open_store(
    address: str,
    *,
    now: Callable[[], dt.datetime] = _now,
    data: Path | None = None,
    restoring: bool = False,
) -> Store:
    """The store at an address, with its schema brought up to date; `StoreError` where it cannot be,
    and for an empty one where one was, unless it is to be restored.

    `data` is the folder that holds the newest hashes of the log; without it none are kept."""
    anchor = data / HEADS if data is not None else None
    engine = _make_engine(address)
    try:
        with (
            _translating_errors(),
            engine.execution_options(**{_WRITES: True}).begin() as connection,
        ):
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOG_LOCK)))
            before = (
                _read_head(connection) if sa.inspect(connection).has_table(AUDIT.name) else None
            )
            migrations = Config()
            migrations.set_main_option(
                "script_location", str(Path(__file__).with_name("migrations"))
            )
            migrations.attributes["connection"] = connection
            command.upgrade(migrations, "head")
            after = _read_head(connection)
            if anchor is not None and after is None and read_heads(anchor) and not restoring:
                raise _refuse_empty(anchor)
        if anchor is not None and after is not None and after != before:
            with _translating_errors():
                add_head(anchor, after)
    except StoreError:
        engine.dispose()
        raise
    return Store(engine, now, anchor)


def _read_head(connection: sa.Connection) -> str | None:
    newest = sa.select(AUDIT.c.hash).order_by(AUDIT.c.number.desc()).limit(1)
    return connection.execute(newest).scalar()


def _refuse_empty(anchor: Path) -> StoreError:
    return StoreError(
        Problem(
            "the store of returns",
            "an empty store",
            f"the log whose newest entry {anchor} states",
            "Check LFR_STORE; if the store is lost, restore a backup with `python -m etl returns "
            "restore`.",
        )
    )


def _make_private(path: Path) -> None:
    """The file, its journal and its index for their owner alone; made if it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        each = path.with_name(name)
        if each.exists() and each.stat().st_mode & 0o077:
            each.chmod(0o600)


def _make_engine(address: str) -> sa.Engine:
    try:
        url = sa.make_url(address)
    except sa.exc.ArgumentError:
        raise _refuse_address("an address that cannot be read") from None
    if url.drivername == "sqlite":
        if not url.database:
            raise _refuse_address("no file")
        with _translating_errors():
            _make_private(Path(url.database))
        engine = sa.create_engine(url, poolclass=NullPool, connect_args={"timeout": 20})
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    if url.drivername in {"postgresql", "postgresql+psycopg"}:
        return sa.create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    raise _refuse_address(f"the kind {url.drivername}")


def _refuse_address(text: str) -> StoreError:
    return StoreError(
        Problem(
            SETTING,
            text,
            "sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME",
            "Mend the setting, or unset it for a file beside the data.",
        )
    )


def _set_up_sqlite(connection: sqlite3.Connection, record: object) -> None:  # noqa: ARG001
    # the statements of `_begin_sqlite` begin a transaction, not the driver
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that will write takes its place in the queue at once,
    # instead of failing half-way.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _translating_errors() -> Iterator[None]:
    """Failures of the database in words; nothing of a transaction that failed stays."""
    try:
        yield
    except DBAPIError as error:
        words = str(error.orig).strip().splitlines()[0]
        full = any(sign in str(error.orig) for sign in ("full", "disk I/O", "No space"))
        raise _unusable("store_full" if full else "store_unusable", words) from error
    except SQLAlchemyError as error:
        raise _unusable("store_unusable", str(error).splitlines()[0]) from error
    except OSError as error:
        raise _unusable("store_full", str(error.strerror)) from error


def _unusable(code: str, why: str) -> StoreError:
    return StoreError(Problem(message("the_store"), *explain(code, why=why)))
