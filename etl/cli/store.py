"""The verbs of whoever keeps the store: `python -m etl returns backup | restore | verify |
recover`.

In: arguments, run on the machine itself by somebody who may read its files. Out: files, messages,
an exit code. Does not decide anything itself."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DATA, DataFolder
from etl.model.problems import Problem

if TYPE_CHECKING:
    from etl.returns.scope import Scope
    from etl.returns.store.engine import Store

store_app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, help="Keep the store of returns."
)


@store_app.command("backup")
def backup_store(
    to: Annotated[Path, typer.Option("--to", help="A file.")], data: DataFolder = DATA
) -> None:
    """Write the whole store to one file."""
    from etl.files import refuse_output
    from etl.returns.store.backups import backup

    refuse_output(to)
    with _opened(data) as store:
        typer.echo(f"{backup(store, _keeper(), to)} rows, in {to}", err=True)


@store_app.command("restore")
def restore_store(
    file: Annotated[Path, typer.Argument(help="A backup.")], data: DataFolder = DATA
) -> None:
    """Put a backup into an empty store."""
    from etl.returns.store.backups import restore

    with _opened(data, restoring=True) as store:
        typer.echo(f"{restore(store, _keeper(), file)} rows restored", err=True)


@store_app.command("verify")
def verify_store(data: DataFolder = DATA) -> None:
    """Check that the log holds together and that the store is what it says."""
    from etl.returns.publication_folder import read_anchors
    from etl.returns.scope import StoreError
    from etl.returns.store.audit import find_tampering

    with _opened(data) as store:
        faults = find_tampering(store, read_anchors(data))
    if faults:
        raise StoreError(
            Problem(
                "the log", fault, "what was written", "Find out who changed it; restore a backup."
            )
            for fault in faults
        )
    typer.echo("the log holds together, and the store is what it says", err=True)


@store_app.command("recover")
def recover_store(data: DataFolder = DATA) -> None:
    """Finish or undo what an interrupted publishing left."""
    from etl.returns.publishing import Site, recover
    from etl.sources.reference_tables import open_force_names

    site = Site(data, open_force_names(data / "reference"))
    with _opened(data) as store:
        for line in recover(store, site, _keeper()) or ("nothing was left",):
            typer.echo(line, err=True)


@contextmanager
def _opened(data: Path, *, restoring: bool = False) -> Iterator[Store]:
    from etl.returns.store.engine import open_store, store_address

    store = open_store(store_address(data), data=data, restoring=restoring)
    try:
        yield store
    finally:
        store.close()


def _keeper() -> Scope:
    """Who runs a verb on the machine: by name in the log,
    for keeping the store and nothing else."""
    from etl.returns.scope import Scope

    return Scope(f"{getpass.getuser().lower()}@this-machine", frozenset({"admin"}), None)
