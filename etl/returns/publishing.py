"""Publishes and withdraws returns: the journal, the folder, the build, and the return's state, so
that any step may be the last. The lock of builds is held over all of it.

In: an approved or published return. Out: a release with it, or without it.
Steps, each whole on the disk before the next:

    journal entry -> folder written beside -> one rename -> build,
    one rename -> state and end of the journal entry

What readers see changes in the build's rename alone. A process that is killed leaves an open
journal entry: `recover` goes on from there, or back if the build refuses. One publishing at a time.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.model.messages import message
from etl.model.problems import Problem, RecordError, explain
from etl.pipeline import build as journey
from etl.returns.overlaps import find_overlaps, require_declared, to_precedence
from etl.returns.publication_folder import (
    PublishingError,
    ReturnPublication,
    is_in,
    move_back,
    move_in,
    move_out,
    name_publication,
    undo_move_in,
    write_folder,
)
from etl.returns.scope import InvalidStateError, Scope, require
from etl.returns.store.audit import write_entry
from etl.returns.store.engine import Store
from etl.returns.store.journal import Open, begin, end, list_open
from etl.returns.store.returns import (
    Return,
    change_return,
    open_version,
    read_signed,
    read_single,
    read_version,
)
from etl.warehouse.build import only_build

Step = Callable[[str], None]
# Every step's name, told before it is taken: for a bar, and for a test that ends the process there.
STEPS = ("begin", "write", "move", "build", "end", "done")


@dataclass(frozen=True, slots=True)
class Site:
    """Where returns are published to: the data folder, the names of the forces,
    and how a release is built."""

    data: Path
    force_names: dict[str, str]
    build: Callable[[Path], object] = journey.build


def publish(
    store: Store, site: Site, scope: Scope, saved_return: Return, *, at: Step = lambda step: None
) -> Return:
    """Puts an approved return under the publications and builds a release with it;
    raises, with nothing changed, if it may not."""
    with only_build(site.data / "releases"):
        _finish_open(store, site, at)
        _refuse_unready(store, site, scope, saved_return)
        return _run(store, site, scope, saved_return, "publish", "", at)


def _refuse_unready(store: Store, site: Site, scope: Scope, saved_return: Return) -> None:
    """Refuses before the embargo, and while days are covered twice without a declaration."""
    today = store.now().date()
    if saved_return.embargo_date is not None and today < saved_return.embargo_date:
        raise InvalidStateError(
            Problem(
                message("return_number", number=saved_return.return_id),
                *explain("embargo", day=saved_return.embargo_date),
            )
        )
    version = (
        open_version(store, scope, saved_return.return_id, saved_return.version)
        if saved_return.version
        else None
    )
    if version is not None:
        require_declared(
            find_overlaps(
                store,
                site.data,
                version,
                saved_return.force_id,
                name_publication(saved_return.force_id, saved_return.return_id),
            )
        )


def withdraw(
    store: Store,
    site: Site,
    scope: Scope,
    saved_return: Return,
    reason: str,
    *,
    at: Step = lambda step: None,
) -> Return:
    """Takes a published return out and builds a release without it;
    its bytes and its history stay."""
    if not reason.strip():
        raise InvalidStateError(
            Problem(
                message("return_number", number=saved_return.return_id),
                *explain("no_reason"),
            )
        )
    with only_build(site.data / "releases"):
        _finish_open(store, site, at)
        return _run(store, site, scope, saved_return, "withdraw", reason, at)


def recover(
    store: Store, site: Site, scope: Scope, *, at: Step = lambda step: None
) -> tuple[str, ...]:
    """Finishes or undoes what a killed process left, and returns a line about each. Safe at any
    time."""
    require(scope, "maintain", "the journal")
    messages: list[str] = []
    if not list_open(store):
        return ()
    with only_build(site.data / "releases"):
        for entry in list_open(store):
            try:
                _finish(store, site, entry, at)
                messages.append(f"{entry.publication_id}: {entry.kind} finished")
            except RecordError as error:
                messages.append(f"{entry.publication_id}: {entry.kind} undone: {error.problems[0]}")
    return tuple(messages)


def _finish_open(store: Store, site: Site, at: Step) -> None:
    """What a killed process left comes first."""
    for left in list_open(store):
        with contextlib.suppress(PublishingError):
            _finish(store, site, left, at)


def _run(
    store: Store, site: Site, scope: Scope, saved_return: Return, kind: str, reason: str, at: Step
) -> Return:
    publication_id = name_publication(saved_return.force_id, saved_return.return_id)
    at("begin")
    time = store.format_now()
    with store.writing() as connection:
        state = "approved" if kind == "publish" else "published"
        current = change_return(
            connection, scope, saved_return, "decide", (state,), publication_id=publication_id
        )
        begin(connection, current.return_id, kind, publication_id, scope.user, reason, time)
        write_entry(
            connection,
            time,
            scope.user,
            f"begin_{kind}",
            force_id=current.force_id,
            return_id=current.return_id,
            publication_id=publication_id,
            reason=reason,
        )
    (entry,) = [
        each_open for each_open in list_open(store) if each_open.return_id == saved_return.return_id
    ]
    _finish(store, site, entry, at)
    with store.reading() as connection:
        return read_single(connection, scope, saved_return.return_id)


def _finish(store: Store, site: Site, entry: Open, at: Step) -> None:
    """The steps after the journal entry; each may have been taken before.
    Goes back if the build refuses."""
    try:
        at("write")
        if entry.kind == "publish" and not is_in(site.data, entry.publication_id):
            write_folder(site.data, _describe(store, site, entry))
        at("move")
        if entry.kind == "publish":
            move_in(site.data, entry.publication_id)
        else:
            move_out(site.data, entry.publication_id)
        at("build")
        _build(site)
    except RecordError as error:
        _go_back(store, site, entry, error)
        raise PublishingError([*error.problems]) from error
    at("end")
    _settle(store, entry, "done", "published" if entry.kind == "publish" else "withdrawn", "")
    at("done")


def _build(site: Site) -> None:
    try:
        site.build(site.data)
    except OSError as error:
        raise PublishingError(
            Problem(
                str(error.filename or site.data),
                *explain("full_disk", why=str(error.strerror)),
            )
        ) from error


def _go_back(store: Store, site: Site, entry: Open, error: RecordError) -> None:
    """As it was before: the folder where it was, the state unchanged, the reason in the log."""
    if entry.kind == "publish" and is_in(site.data, entry.publication_id):
        undo_move_in(site.data, entry.publication_id)
    if entry.kind == "withdraw" and not is_in(site.data, entry.publication_id):
        move_back(site.data, entry.publication_id)
    _settle(store, entry, "undone", None, str(error.problems[0])[:500])


def _settle(store: Store, entry: Open, outcome: str, state: str | None, reason: str) -> None:
    time = store.format_now()
    # The machine finishes what the user was allowed to begin.
    scope = Scope(entry.who, frozenset({"approver"}), entry.force_id)
    with store.writing() as connection:
        current = read_single(connection, scope, entry.return_id)
        if state is not None:
            current = change_return(
                connection,
                scope,
                current,
                "decide",
                ("approved", "published"),
                finishing=True,
                state=state,
            )
        end(connection, entry, outcome)
        action = entry.kind if state else f"undo_{entry.kind}"
        details = {"state": state} if state else {}
        write_entry(
            connection,
            time,
            entry.who,
            action,
            force_id=entry.force_id,
            return_id=entry.return_id,
            publication_id=entry.publication_id,
            reason=reason or entry.reason,
            **details,
        )


def _describe(store: Store, site: Site, entry: Open) -> ReturnPublication:
    scope = Scope(entry.who, frozenset({"approver"}), entry.force_id)
    with store.reading() as connection:
        single = read_single(connection, scope, entry.return_id)
        version = read_version(connection, single, single.version)
        signed, anchor = read_signed(connection, single)
    overlaps = find_overlaps(store, site.data, version, single.force_id, entry.publication_id)
    if version.period_start is None or version.period_end is None:
        raise PublishingError(
            Problem(
                message("return_number", number=single.return_id),
                *explain("no_period"),
            )
        )
    days = (version.period_start, version.period_end)
    return ReturnPublication(
        publication_id=entry.publication_id,
        force_id=single.force_id,
        force_name=site.force_names.get(single.force_id, single.force_id),
        title=single.title,
        cells=version.cells,
        file_sha256=version.file_sha256,
        period_start=str(version.period_start),
        period_end=str(version.period_end),
        approved_on=signed[:10],
        anchor=anchor,
        precedence=to_precedence(entry.publication_id, single.force_id, days, overlaps),
    )
