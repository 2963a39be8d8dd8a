"""The content hash: what a warehouse holds, whatever the bytes of its file.

In: rows of every table. Out: SHA-256 over the schema's version and all tables in model order, rows
in order of key, values in one canonical text. Does not open a database."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from etl.model.tables import TABLES, Table
from etl.warehouse.schema import schema_version

Row = Mapping[str, Any]


def hash_content(rows_of: Mapping[str, Sequence[Row]]) -> str:
    """SHA-256 over every table but `releases`, which states it."""
    digest = hashlib.sha256(schema_version().encode())
    for table in TABLES:
        if table.name != "releases":
            digest.update(f"\x1d{table.name}".encode())
            for line in sorted(_lines(table, rows_of.get(table.name, ()))):
                digest.update(line)
    return digest.hexdigest()


def _lines(table: Table, rows: Iterable[Row]) -> Iterable[bytes]:
    names = [field.name for field in table.fields]
    for row in rows:
        yield "\x1e".join(_canonical(row[name]) for name in names).encode()


def _canonical(value: object) -> str:
    """One text a value, the same before it enters the database and after it leaves it."""
    if type(value) is str:  # most are: asked first
        return value
    if value is None:
        return "\x00"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value)
