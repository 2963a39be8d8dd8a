"""Backup and restore: the whole store in one file that fits SQLite and PostgreSQL alike.

In and out: gzip of one JSON line a row, with a last line that holds the SHA-256 of all before. A
backup is read in one transaction and written beside, then moved. A restore goes into an empty store
only, and all or nothing: it is undone if the log does not hold together afterwards."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import json
import os
import zlib
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from etl.model.problems import Problem
from etl.returns.scope import Scope, StoreError, require
from etl.returns.store.anchor import begin_again
from etl.returns.store.audit import find_faults, is_sealed, seal_rows
from etl.returns.store.engine import Store
from etl.returns.store.tables import METADATA, RETURNS

FORMAT = "lfr returns 1"


def backup(store: Store, scope: Scope, to: Path) -> int:
    """Writes every row of the store to a file and returns how many there are."""
    require(scope, "maintain", "a backup")
    with_name = to.with_name(f".{to.name}.part")
    digest, number = hashlib.sha256(), 0
    try:
        with with_name.open("wb") as raw:
            os.fchmod(raw.fileno(), 0o600)
            with (
                gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as out,
                store.reading() as connection,
            ):
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                digest.update(_write(out, {"format": FORMAT}))
                for table in METADATA.sorted_tables:
                    for row in connection.execute(
                        sa.select(table).order_by(*table.primary_key)
                    ).mappings():
                        digest.update(
                            _write(
                                out,
                                {
                                    "table": table.name,
                                    "row": {name: _to_json(value) for name, value in row.items()},
                                },
                            )
                        )
                        number += 1
                _write(out, {"sha256": digest.hexdigest(), "rows": number})
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(with_name, to)
    except OSError as error:
        raise _failed(to, str(error.strerror), "a place with room for it") from error
    finally:
        with_name.unlink(missing_ok=True)
    return number


def restore(store: Store, scope: Scope, source: Path) -> int:
    """Puts a backup into an empty store; refuses a file that is not whole,
    and a store that holds anything."""
    require(scope, "maintain", "a restore")
    rows = _read(source)
    with store.writing() as connection:
        if any(
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            for table in METADATA.sorted_tables
        ):
            raise _failed(
                source, "a store that is not empty", "an empty store: nothing is written over"
            )
        states: dict[int, str] = {}
        for table in METADATA.sorted_tables:
            values = [_from_json(table, row) for name, row in rows if name == table.name]
            # the database lets no return be approved before its approval is there
            if table is RETURNS:
                states = {row["return_id"]: row["state"] for row in values}
                values = [{**row, "state": "draft"} for row in values]
            if values:
                connection.execute(sa.insert(table), values)
        for return_id, state in states.items():
            connection.execute(
                sa.update(RETURNS).where(RETURNS.c.return_id == return_id).values(state=state)
            )
        if connection.dialect.name == "postgresql":
            _set_sequences(connection)
        if not is_sealed(connection):  # a backup of an older store
            seal_rows(connection, store.format_now(), scope.user)
        if faults := find_faults(connection, store.now().timestamp()):
            raise StoreError(
                Problem(str(source), fault, "a log that holds together", "Use another backup.")
                for fault in faults
            )
        if store.anchor is not None:
            begin_again(store.anchor)
    return len(rows)


def _set_sequences(connection: sa.Connection) -> None:
    for table in METADATA.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            highest = connection.execute(sa.select(sa.func.max(column))).scalar()
            sequence = connection.execute(
                sa.select(sa.func.pg_get_serial_sequence(table.name, column.name))
            ).scalar()
            if sequence and highest:
                connection.execute(sa.select(sa.func.setval(sequence, highest)))


Row = dict[str, Any]  # by column


def _write(out: gzip.GzipFile, entry: dict[str, object]) -> bytes:
    line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
    out.write(line)
    return line


def _read(source: Path) -> list[tuple[str, Row]]:
    try:
        lines = gzip.decompress(source.read_bytes()).splitlines(keepends=True)
        last = json.loads(lines[-1])
        whole = last.get("sha256") == hashlib.sha256(b"".join(lines[:-1])).hexdigest()
        if not whole or json.loads(lines[0]) != {"format": FORMAT}:
            raise ValueError("it is not whole")
        entries = [json.loads(line) for line in lines[1:-1]]
        return [(entry["table"], entry["row"]) for entry in entries]
    except (
        OSError,
        EOFError,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        zlib.error,
    ) as error:
        raise _failed(source, f"a file that is no whole backup ({error})", "a backup") from None


def _to_json(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value.isoformat() if isinstance(value, dt.date) else value


def _from_json(table: sa.Table, row: Row) -> Row:
    return {name: _from_text(table.c[name].type, value) for name, value in row.items()}


def _from_text(kind: sa.types.TypeEngine[object], value: Any) -> object:
    if value is None:
        return None
    if isinstance(kind, sa.LargeBinary):
        return base64.b64decode(value)
    return dt.date.fromisoformat(value) if isinstance(kind, sa.Date) else value


def _failed(path: Path, text: str, expected: str) -> StoreError:
    return StoreError(
        Problem(str(path), text, expected, "Nothing was changed; choose another file or store.")
    )
