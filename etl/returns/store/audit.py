"""The log: who did what, when; each entry holds the hash of the one before, so that a change of any
shows.

In: an open transaction and what was done. Out: entries; `find_tampering` with every break, in
words. Nobody can change or delete an entry through the database. Who has the database's files can,
and is shown here, unless they write the whole chain anew: so the newest hash is also in every
publication (`anchors`), outside the store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from etl.returns.scope import Scope, require
from etl.returns.store.engine import Store
from etl.returns.store.tables import APPROVALS, AUDIT, COMMENTS, RETURNS, VERSIONS

FIRST = "0" * 64


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
    details: Mapping[str, Any]
    previous_hash: str
    hash: str


def write_entry(
    connection: sa.Connection,
    at: str,
    who: str,
    action: str,
    *,
    force_id: str | None,
    return_id: int | None,
    **details: Any,
) -> str:
    """Appends an entry in the transaction of what it tells of, and returns its hash."""
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


def hash_entry(row: Mapping[str, Any]) -> str:
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
        faults = list(find_faults(connection))
        known = set(connection.execute(sa.select(AUDIT.c.hash)).scalars())
    faults += [
        f"a publication states the entry {anchor[:12]}, which is not in the log"
        for anchor in anchors
        if anchor not in known
    ]
    return tuple(faults)


def find_faults(connection: sa.Connection) -> tuple[str, ...]:
    """The same within a transaction, without what publications state."""
    order_by = sa.select(AUDIT).order_by(AUDIT.c.number)
    entries = [dict(row) for row in connection.execute(order_by).mappings()]
    return (*_chain_faults(entries), *_state_faults(connection, entries))


def _chain_faults(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
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


def _state_faults(connection: sa.Connection, entries: Iterable[dict[str, Any]]) -> Iterator[str]:
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
                details["file_sha256"],
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
