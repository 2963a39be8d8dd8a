"""The log: who did what, when; each entry holds the hash of the one before, so that a change of any
shows, and of every field of the rows that it tells of, so that a change of those shows too.

In: an open transaction and what was done. Out: entries; `find_tampering` with every break, in
words. Nobody can change or delete an entry through the database. Who has the database's files can,
and is shown here, unless they write the whole chain anew: so the newest hash is also in a file
beside the store (`etl.returns.store.anchor`) and in every publication (`anchors`)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from etl.model.json_values import Json
from etl.returns.scope import Scope, require
from etl.returns.store.anchor import read_heads
from etl.returns.store.engine import Store
from etl.returns.store.tables import (
    APPROVALS,
    AUDIT,
    COMMENTS,
    ENDED,
    JOURNAL,
    LAYOUTS,
    RETURNS,
    VERSIONS,
    render_rules,
)

FIRST = "0" * 64
SEAL, SIGN_OUT = "seal", "sign_out"
_OF_RETURN = (RETURNS, VERSIONS, APPROVALS, COMMENTS, JOURNAL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `details` is what was done,
    in names and numbers that never hold the text of a return."""

    number: int
    at: str
    who: str
    force_id: str | None
    return_id: int | None
    action: str
    details: Mapping[str, Json]
    previous_hash: str
    hash: str


LogRow = dict[str, Any]  # a row of the log, by column


def write_entry(
    connection: sa.Connection,
    at: str,
    who: str,
    action: str,
    *,
    force_id: str | None,
    return_id: int | None,
    **details: Json,
) -> str:
    """Appends an entry in the transaction of what it tells of, after it, and returns its hash.

    It holds the hashes of all rows of its return, as they are then."""
    if return_id is not None:
        details["rows"] = _hash_return(connection, return_id)
    last = connection.execute(
        sa.select(AUDIT.c.number, AUDIT.c.hash).order_by(AUDIT.c.number.desc()).limit(1)
    ).first()
    number, previous = (last.number + 1, last.hash) if last else (1, FIRST)
    row = {
        "number": number,
        "at": at,
        "who": who,
        "force_id": force_id,
        "return_id": return_id,
        "action": action,
    }
    row |= {
        "details": json.dumps(details, sort_keys=True, ensure_ascii=False, default=str),
        "previous_hash": previous,
    }
    row["hash"] = hash_entry(row)
    connection.execute(sa.insert(AUDIT), [row])
    return str(row["hash"])


def hash_rows(connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> str:
    """SHA-256 of every field of every row, in order of the primary key; bytes by their hash."""
    digest = hashlib.sha256()
    for row in connection.execute(sa.select(table).where(where).order_by(*table.primary_key)):
        values = [sha256(value) if isinstance(value, bytes) else value for value in row]
        digest.update(f"{json.dumps(values, ensure_ascii=False, default=str)}\n".encode())
    return digest.hexdigest()


def hash_layouts(connection: sa.Connection, force_id: str) -> str:
    """The same of every column map of a force."""
    return hash_rows(connection, LAYOUTS, LAYOUTS.c.force_id == force_id)


def _hash_return(connection: sa.Connection, return_id: int) -> dict[str, str]:
    return {
        table.name: hash_rows(connection, table, table.c.return_id == return_id)
        for table in _OF_RETURN
    }


def seal_rows(connection: sa.Connection, at: str, who: str) -> None:
    """Entries that hold what is there, for a store whose log did not: an older one."""
    for row in connection.execute(sa.select(RETURNS.c.return_id, RETURNS.c.force_id)).all():
        write_entry(connection, at, who, SEAL, force_id=row.force_id, return_id=row.return_id)
    for force_id in connection.execute(sa.select(LAYOUTS.c.force_id).distinct()).scalars().all():
        layouts = hash_layouts(connection, force_id)
        write_entry(connection, at, who, SEAL, force_id=force_id, return_id=None, layouts=layouts)
    for row in connection.execute(sa.select(ENDED)).all():
        write_entry(
            connection,
            at,
            who,
            SIGN_OUT,
            force_id=None,
            return_id=None,
            session=row.session,
            until=row.until,
        )


def is_sealed(connection: sa.Connection) -> bool:
    """Whether any entry holds hashes of rows."""
    details = connection.execute(sa.select(AUDIT.c.details)).scalars()
    return any({"rows", "layouts"} & json.loads(text).keys() for text in details)


def hash_entry(row: LogRow) -> str:
    """SHA-256 of everything in an entry but its own hash."""
    names = ("number", "at", "who", "force_id", "return_id", "action", "details", "previous_hash")
    return hashlib.sha256(
        json.dumps([row[name] for name in names], ensure_ascii=False).encode()
    ).hexdigest()


def read_log(store: Store, scope: Scope, return_id: int | None = None) -> tuple[Entry, ...]:
    """The entries that the user may see, oldest first:
    an approver those of the force, an admin all."""
    require(scope, "audit", "the log")
    order_by = sa.select(AUDIT).order_by(AUDIT.c.number)
    if not scope.sees_unsent_of_all:
        order_by = order_by.where(AUDIT.c.force_id == scope.force_id)
    if return_id is not None:
        order_by = order_by.where(AUDIT.c.return_id == return_id)
    with store.reading() as connection:
        rows = connection.execute(order_by).mappings().all()
    return tuple(Entry(**{**row, "details": json.loads(row["details"])}) for row in rows)


def find_tampering(store: Store, anchors: Iterable[str] = ()) -> tuple[str, ...]:
    """Everything in which the log does not hold together or the store differs from it; nothing if
    all is well.

    `anchors` are hashes of entries that publications state:
    one that is not in the log shows that its end was cut off."""
    with store.reading() as connection:
        faults = list(find_faults(connection, store.now().timestamp()))
        known = set(connection.execute(sa.select(AUDIT.c.hash)).scalars())
    if store.anchor is not None:
        anchored = read_heads(store.anchor)
        if known and not anchored:
            faults.append(f"{store.anchor}: the heads of the log are not there")
        faults += [
            f"{store.anchor}: states the entry {head[:12]}, which is not in the log"
            for head in anchored
            if head not in known
        ]
    faults += [
        f"a publication states the entry {anchor[:12]}, which is not in the log"
        for anchor in anchors
        if anchor not in known
    ]
    return tuple(faults)


def find_faults(connection: sa.Connection, now: float) -> tuple[str, ...]:
    """The same within a transaction, without what is stated outside of the store.
    `now` in seconds since 1970."""
    order_by = sa.select(AUDIT).order_by(AUDIT.c.number)
    entries = [dict(row) for row in connection.execute(order_by).mappings()]
    return (
        *_database_faults(connection),
        *_chain_faults(entries),
        *_state_faults(connection, entries),
        *_row_faults(connection, entries, now),
    )


def _database_faults(connection: sa.Connection) -> Iterator[str]:
    """Whether the file is whole and the rules are unchanged."""
    dialect = connection.dialect.name
    if dialect == "sqlite":
        for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if line != "ok":
                yield f"the database file: {line}"
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        held = set(connection.exec_driver_sql(query).scalars())
        expected = set(render_rules(dialect))
    else:
        triggers = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O' "
            "AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = "
            "current_schema()::regnamespace)"
        )
        held = set(connection.exec_driver_sql(triggers).scalars())
        bodies = "SELECT prosrc FROM pg_proc WHERE proname IN ('refuse','second_person','approved')"
        held |= {text.strip() for text in connection.exec_driver_sql(bodies).scalars()}
        expected = {_name_rule(rule) for rule in render_rules(dialect)}
    for rule in sorted(expected - held):
        yield f"a rule of the database is gone: {rule[:80]}"
    for rule in sorted(held - expected):
        yield f"a rule of the database that is none of ours: {rule[:80]}"


def _name_rule(statement: str) -> str:
    """The name of a trigger; the body of a function."""
    body = re.search(r"\$\$(.*)\$\$", statement, re.DOTALL)
    return body[1].strip() if body else statement.split()[2]


def _row_faults(connection: sa.Connection, entries: Iterable[LogRow], now: float) -> Iterator[str]:
    """Every field of every row against the hashes that the log holds of them."""
    rows: dict[int, dict[str, str]] = {}
    layouts: dict[str, str] = {}
    ended: dict[str, float] = {}
    for entry in entries:
        details = json.loads(entry["details"])
        if "rows" in details:
            rows[entry["return_id"]] = details["rows"]
        if "layouts" in details:
            layouts[entry["force_id"]] = details["layouts"]
        if entry["action"] == SIGN_OUT:
            ended[details["session"]] = details["until"]
    return_ids = set(rows).union(
        *(connection.execute(sa.select(table.c.return_id)).scalars() for table in _OF_RETURN)
    )
    for return_id in sorted(return_ids):
        for table, digest in _hash_return(connection, return_id).items():
            if rows.get(return_id, {}).get(table) != digest:
                yield f"return {return_id}: its {table} are not what the log says"
    force_ids = set(connection.execute(sa.select(LAYOUTS.c.force_id)).scalars())
    for force_id in sorted(force_ids | set(layouts)):
        if layouts.get(force_id) != hash_layouts(connection, force_id):
            yield f"{force_id}: its column maps are not what the log says"
    held = {row.session: row.until for row in connection.execute(sa.select(ENDED))}
    for session in sorted(held.keys() | ended.keys()):
        forgotten = session not in held and ended[session] < now
        if not forgotten and held.get(session) != ended.get(session):
            yield f"the sign-in {session[:12]}: its end is not what the log says"


def _chain_faults(entries: Iterable[LogRow]) -> Iterator[str]:
    previous = FIRST
    for expected, entry in enumerate(entries, start=1):
        if entry["number"] != expected:
            yield f"entry {entry['number']}: entry {expected} is missing"
            return
        if entry["previous_hash"] != previous:
            yield f"entry {entry['number']}: does not follow the entry before it"
        if entry["hash"] != hash_entry(entry):
            yield f"entry {entry['number']}: is not what was written"
        previous = entry["hash"]


def _state_faults(connection: sa.Connection, entries: Iterable[LogRow]) -> Iterator[str]:
    """What the store holds against what the log says was put there."""
    states: dict[int, str] = {}
    files: dict[tuple[int, int], tuple[str, str, str]] = {}
    approvals: set[tuple[int, int, str]] = set()
    comments: dict[int, str] = {}
    for entry in entries:
        details = json.loads(entry["details"])
        if "state" in details:
            states[entry["return_id"]] = details["state"]
        if entry["action"] == "save":
            files[entry["return_id"], details["version"]] = (
                details.get("content_sha256", details["file_sha256"]),
                details["cells_sha256"],
                entry["who"],
            )
        if entry["action"] == "approve":
            approvals.add((entry["return_id"], details["version"], entry["who"]))
        if entry["action"] == "comment":
            comments[details["comment_id"]] = details["text_sha256"]
    stored = {
        row.return_id: row.state
        for row in connection.execute(sa.select(RETURNS.c.return_id, RETURNS.c.state))
    }
    for return_id in sorted(states.keys() | stored.keys()):
        if states.get(return_id) != stored.get(return_id):
            yield (
                f"return {return_id}: is {stored.get(return_id, 'not there')}; the log says "
                f"{states.get(return_id, 'nothing of it')}"
            )
    held = {}
    for row in connection.execute(sa.select(VERSIONS)):
        held[row.return_id, row.number] = (
            sha256(row.content),
            sha256(row.cells.encode()),
            row.author,
        )
    for key in sorted(files.keys() | held.keys()):
        if files.get(key) != held.get(key):
            yield (
                f"return {key[0]}, version {key[1]}: the file, its cells or its author are not "
                "what the log says"
            )
    signed = {
        (row.return_id, row.number, row.approver)
        for row in connection.execute(sa.select(APPROVALS))
    }
    for approval in sorted(signed ^ approvals):
        yield (
            f"return {approval[0]}, version {approval[1]}: the approval by {approval[2]} is not "
            "what the log says"
        )
    written = {
        row.comment_id: sha256(row.text.encode()) for row in connection.execute(sa.select(COMMENTS))
    }
    for comment_id in sorted(written.keys() | comments.keys()):
        if written.get(comment_id) != comments.get(comment_id):
            yield f"comment {comment_id}: is not what the log says"


def sha256(content: bytes | str) -> str:
    """SHA-256 in hexadecimal; of a text, in UTF-8."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()
