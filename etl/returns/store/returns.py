"""Reads and writes returns in the store; the only queries of them.

In: a `Scope` and what is asked. Out: `Return`s, their versions, comments and saved layouts. A
return that the user may not see and one that is not there are refused in the same words. Every
write is one transaction with its entry in the log, and is refused where the return has changed
since the user opened it.
Does not decide which step follows which (`etl.returns.workflow`)."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from etl.model.messages import message
from etl.model.problems import Problem, explain
from etl.returns.checked_copy import copy_checked
from etl.returns.intake import Intake
from etl.returns.layouts import Layout, open_layout
from etl.returns.personal import find_personal_text
from etl.returns.problems import write_problems
from etl.returns.scope import (
    NOT_YET_SENT,
    InvalidStateError,
    Scope,
    ScopeError,
    StaleSaveError,
    require,
)
from etl.returns.store.audit import hash_layouts, sha256, write_entry
from etl.returns.store.engine import Store
from etl.returns.store.tables import APPROVALS, AUDIT, COMMENTS, JOURNAL, LAYOUTS, RETURNS, VERSIONS


@dataclass(frozen=True, slots=True)
class Return:
    """A return in its current state. `revision` goes with every write: the one that the user
    saw."""

    return_id: int
    force_id: str
    title: str
    state: str
    revision: int
    version: int
    created_by: str
    created_at: str
    embargo_date: dt.date | None
    publication_id: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One saved file of a return."""

    return_id: int
    number: int
    author: str
    saved_at: str
    file_name: str
    file_sha256: str
    content: bytes
    cells: str
    template_version: str
    period_start: dt.date | None
    period_end: dt.date | None
    errors_count: int
    problems_json: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote about a return."""

    comment_id: int
    author: str
    written_at: str
    text: str


def visible(scope: Scope) -> sa.ColumnElement[bool]:
    """The rows of `returns` that a user may see, as a condition of every query."""
    if scope.sees_unsent_of_all:
        return sa.true()
    own = RETURNS.c.force_id == scope.force_id if scope.force_id is not None else sa.false()
    return sa.or_(own, RETURNS.c.state.not_in(NOT_YET_SENT)) if scope.sees_all_forces else own


def not_for_you(return_id: int) -> ScopeError:
    """The same words whether a return is not there or is another force's."""
    return ScopeError(
        Problem(
            message("return_number", number=return_id),
            *explain("not_yours"),
        )
    )


def list_returns(store: Store, scope: Scope, state: str | None = None) -> tuple[Return, ...]:
    """The returns that the user may see, newest first."""
    require(scope, "read", "the returns")
    order_by = sa.select(RETURNS).where(visible(scope)).order_by(RETURNS.c.return_id.desc())
    if state is not None:
        order_by = order_by.where(RETURNS.c.state == state)
    with store.reading() as connection:
        return tuple(Return(**row) for row in connection.execute(order_by).mappings())


def open_return(store: Store, scope: Scope, return_id: int) -> Return:
    """One return; `ScopeError` if the user may not see it."""
    with store.reading() as connection:
        return read_single(connection, scope, return_id)


def read_single(connection: sa.Connection, scope: Scope, return_id: int) -> Return:
    """One return within a transaction."""
    require(scope, "read", message("return_number", number=return_id))
    where = sa.select(RETURNS).where(RETURNS.c.return_id == return_id, visible(scope))
    row = connection.execute(where).mappings().first()
    if row is None:
        raise not_for_you(return_id)
    return Return(**row)


def open_version(store: Store, scope: Scope, return_id: int, number: int | None = None) -> Version:
    """A saved file of a return, the newest without a number."""
    with store.reading() as connection:
        single = read_single(connection, scope, return_id)
        return read_version(connection, single, number or single.version)


def read_version(connection: sa.Connection, saved_return: Return, number: int) -> Version:
    """A version within a transaction, of a return that the user was found to see."""
    where = sa.select(VERSIONS).where(
        VERSIONS.c.return_id == saved_return.return_id, VERSIONS.c.number == number
    )
    row = connection.execute(where).mappings().first()
    if row is None:
        raise InvalidStateError(
            Problem(
                message("return_number", number=saved_return.return_id),
                *explain("no_version", number=number),
            )
        )
    return Version(**row)


def list_comments(store: Store, scope: Scope, return_id: int) -> tuple[Comment, ...]:
    """What was written about a return, oldest first."""
    with store.reading() as connection:
        read_single(connection, scope, return_id)
        order_by = (
            sa.select(COMMENTS)
            .where(COMMENTS.c.return_id == return_id)
            .order_by(COMMENTS.c.comment_id)
        )
        return tuple(
            Comment(row.comment_id, row.author, row.written_at, row.text)
            for row in connection.execute(order_by)
        )


def create_return(store: Store, scope: Scope, title: str) -> Return:
    """A new draft of the user's force, without a file yet."""
    require(scope, "edit", message("new_return"))
    if scope.force_id is None or not scope.may("edit", scope.force_id):
        raise ScopeError(Problem(message("new_return"), *explain("not_of_a_force")))
    refuse_text(message("the_title"), title, 200)
    at = store.format_now()
    with store.writing() as connection:
        row = {
            "force_id": scope.force_id,
            "title": title,
            "state": "draft",
            "revision": 1,
            "version": 0,
            "created_by": scope.user,
            "created_at": at,
        }
        made = connection.execute(
            sa.insert(RETURNS).returning(RETURNS.c.return_id), row
        ).scalar_one()
        write_entry(
            connection,
            at,
            scope.user,
            "create",
            force_id=scope.force_id,
            return_id=made,
            state="draft",
            title=title,
        )
        return read_single(connection, scope, made)


def save_version(
    store: Store, scope: Scope, saved_return: Return, intake: Intake, content: bytes
) -> Return:
    """Keeps a file as the next version of a draft, with what the intake told of it. A file with
    errors may be kept, not sent.

    Kept is a copy written anew from the cells (`etl.returns.checked_copy`), with the hash of the
    file and a name of the store's own: a file's name may be about a person. What may hold personal
    data or cannot be opened is refused whole: nothing of it is kept."""
    if intake.force_id != saved_return.force_id and intake.force_id is not None:
        raise ScopeError(
            Problem(
                intake.name,
                *explain(
                    "return_of_other_force", name=intake.force_id, wanted=saved_return.force_id
                ),
            )
        )
    if intake.file_sha256 != sha256(content):
        raise InvalidStateError(
            Problem(
                intake.name,
                *explain("other_file"),
            )
        )
    if whole := [problem for problem in intake.errors if not intake.tables or problem.personal]:
        raise InvalidStateError(problem.to_problem() for problem in whole)
    number = saved_return.version + 1
    stored = copy_checked(intake.name, content)
    suffix = ".csv" if intake.name.lower().endswith(".csv") else ".xlsx"
    row: dict[str, Any] = {
        "return_id": saved_return.return_id,
        "number": number,
        "author": scope.user,
        "saved_at": store.format_now(),
        "file_name": f"return_{saved_return.return_id}_{number}{suffix}",
        "file_sha256": intake.file_sha256,
        "content": stored,
        "cells": intake.to_cells(),
        "template_version": intake.version,
        "period_start": intake.period[0] if intake.period else None,
        "period_end": intake.period[1] if intake.period else None,
        "errors_count": len(intake.errors),
        "problems_json": write_problems(intake.problems),
    }
    with store.writing() as connection:
        current = change_return(
            connection, scope, saved_return, "edit", ("draft", "changes_asked"), version=number
        )
        connection.execute(sa.insert(VERSIONS), [row])
        write_entry(
            connection,
            row["saved_at"],
            scope.user,
            "save",
            force_id=current.force_id,
            return_id=current.return_id,
            version=number,
            file_sha256=row["file_sha256"],
            content_sha256=sha256(stored),
            cells_sha256=sha256(str(row["cells"]).encode()),
            errors=row["errors_count"],
        )
        return current


def change_return(
    connection: sa.Connection,
    scope: Scope,
    saved_return: Return,
    action: str,
    states: tuple[str, ...],
    *,
    finishing: bool = False,
    **values: Any,
) -> Return:
    """Changes a return that is as the user last saw it; `StaleSaveError` if somebody was quicker,
    and nothing is written.

    While it is being published or withdrawn, only that (`finishing`) may change it."""
    current = read_single(connection, scope, saved_return.return_id)
    if not scope.may(action, current.force_id):
        raise ScopeError(
            Problem(
                message("return_number", number=saved_return.return_id),
                *explain("role_lacks", names=sorted(scope.roles), action=action),
            )
        )
    going_on = sa.select(JOURNAL.c.kind).where(
        JOURNAL.c.return_id == saved_return.return_id, JOURNAL.c.outcome.is_(None)
    )
    if not finishing and (kind := connection.execute(going_on).scalar()):
        raise InvalidStateError(
            Problem(
                message("return_number", number=saved_return.return_id),
                *explain("step_not_ended", kind=kind),
            )
        )
    done = connection.execute(
        sa.update(RETURNS)
        .where(
            RETURNS.c.return_id == saved_return.return_id,
            RETURNS.c.revision == saved_return.revision,
            visible(scope),
        )
        .values(revision=saved_return.revision + 1, **values)
    )
    if done.rowcount != 1:
        raise StaleSaveError(
            Problem(
                message("return_number", number=saved_return.return_id),
                *explain(
                    "stale_revision",
                    number=current.revision,
                    state=current.state,
                    own=saved_return.revision,
                ),
            )
        )
    if current.state not in states:
        raise InvalidStateError(
            Problem(
                message("return_number", number=saved_return.return_id),
                *explain("other_state", state=current.state, states=" or ".join(states)),
            )
        )
    return read_single(connection, scope, saved_return.return_id)


def approve_version(connection: sa.Connection, at: str, scope: Scope, saved_return: Return) -> None:
    """Signs the newest version; the database refuses its author, and every author before."""
    version = read_version(connection, saved_return, saved_return.version)
    row = {
        "return_id": saved_return.return_id,
        "number": version.number,
        "approver": scope.user,
        "author": version.author,
        "approved_at": at,
    }
    connection.execute(sa.insert(APPROVALS), [row])


def was_sent(store: Store, version: Version) -> bool:
    """Whether a version was sent to a second person once."""
    where = sa.select(AUDIT.c.details).where(
        AUDIT.c.return_id == version.return_id, AUDIT.c.action == "submit"
    )
    with store.reading() as connection:
        return any(
            json.loads(row)["version"] == version.number
            for row in connection.execute(where).scalars()
        )


def read_signed(connection: sa.Connection, saved_return: Return) -> tuple[str, str]:
    """When the newest version was approved, and the hash of the log's entry by which its publishing
    began."""
    signed = sa.select(APPROVALS.c.approved_at).where(
        APPROVALS.c.return_id == saved_return.return_id, APPROVALS.c.number == saved_return.version
    )
    begun = sa.select(AUDIT.c.hash).where(
        AUDIT.c.return_id == saved_return.return_id, AUDIT.c.action == "begin_publish"
    )
    newest = begun.order_by(AUDIT.c.number.desc()).limit(1)
    return connection.execute(signed).scalar_one(), connection.execute(newest).scalar_one()


def list_authors(connection: sa.Connection, saved_return: Return) -> frozenset[str]:
    """Everybody who wrote a version of a return, and who began it."""
    where = sa.select(VERSIONS.c.author).where(VERSIONS.c.return_id == saved_return.return_id)
    return frozenset(connection.execute(where).scalars()) | {saved_return.created_by}


def add_comment(store: Store, scope: Scope, return_id: int, text: str) -> Comment:
    """Writes a comment; it never changes the return."""
    at = store.format_now()
    with store.writing() as connection:
        return write_comment(connection, at, scope, return_id, text)


def write_comment(
    connection: sa.Connection, at: str, scope: Scope, return_id: int, text: str
) -> Comment:
    """The same within a transaction."""
    refuse_text(message("the_comment"), text, 2000)
    single = read_single(connection, scope, return_id)
    if not scope.may("comment", single.force_id):
        raise ScopeError(
            Problem(
                message("return_number", number=return_id),
                *explain("only_reads"),
            )
        )
    row = {"return_id": return_id, "author": scope.user, "written_at": at, "text": text}
    made = connection.execute(
        sa.insert(COMMENTS).returning(COMMENTS.c.comment_id), row
    ).scalar_one()
    write_entry(
        connection,
        at,
        scope.user,
        "comment",
        force_id=single.force_id,
        return_id=return_id,
        comment_id=made,
        text_sha256=sha256(text.encode()),
    )
    return Comment(made, scope.user, at, text)


def save_layout(store: Store, scope: Scope, layout: Layout) -> None:
    """Keeps a force's map of its own columns; earlier ones of the same name stay."""
    require(scope, "edit", "a layout")
    if layout.force_id != scope.force_id:
        raise ScopeError(
            Problem(
                message("layout_name", name=layout.layout_id),
                *explain("other_layout_force"),
            )
        )
    open_layout(layout.to_json())  # whatever made it, it is refused with its faults
    at = store.format_now()
    key = (LAYOUTS.c.force_id == layout.force_id) & (LAYOUTS.c.layout_id == layout.layout_id)
    with store.writing() as connection:
        last = connection.execute(sa.select(sa.func.max(LAYOUTS.c.number)).where(key)).scalar() or 0
        row = {
            "force_id": layout.force_id,
            "layout_id": layout.layout_id,
            "number": last + 1,
            "saved_by": scope.user,
            "saved_at": at,
            "layout_json": layout.to_json(),
        }
        connection.execute(sa.insert(LAYOUTS), [row])
        write_entry(
            connection,
            at,
            scope.user,
            "save_layout",
            force_id=layout.force_id,
            return_id=None,
            layout_id=layout.layout_id,
            number=last + 1,
            layout_sha256=sha256(layout.to_json().encode()),
            layouts=hash_layouts(connection, layout.force_id),
        )


def list_layouts(store: Store, scope: Scope) -> tuple[Layout, ...]:
    """The newest of each layout of the user's force."""
    require(scope, "read", "the layouts")
    order_by = (
        sa.select(LAYOUTS).where(LAYOUTS.c.force_id == scope.force_id).order_by(LAYOUTS.c.number)
    )
    with store.reading() as connection:
        newest = {row.layout_id: row.layout_json for row in connection.execute(order_by)}
    return tuple(open_layout(text) for text in newest.values())


def refuse_text(what: str, text: str, limit: int) -> None:
    """`InvalidStateError` for a text that is blank, too long or may be about a person."""
    if not text.strip() or len(text) > limit:
        raise InvalidStateError(Problem(what, *explain("text_length", count=len(text), most=limit)))
    if personal_text := find_personal_text(text):
        raise InvalidStateError(
            Problem(
                what,
                *explain("text_about_person", words=personal_text),
            )
        )
