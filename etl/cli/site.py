"""The verb `site`: the release that serves as a folder of pages, for any file server.

In: arguments. Out: files and messages. With `etl.cli.report` the only module of etl that knows the
dashboard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.cli.console import console, show_steps
from etl.cli.options import DATA, DataFolder


def site(
    to: Annotated[
        Path | None, typer.Option("--to", help="The folder; DATA/sites/VERSION without it.")
    ] = None,
    data: DataFolder = DATA,
) -> None:
    """Write the release that serves as a static site: every page in both languages,
    every force, with their files."""
    write_site_of(data, to)


def write_site_of(data: Path, to: Path | None = None) -> None:
    """Writes the folder and says where it is and how large."""
    from dashboard.server.static_site import write_site
    from etl.queries.record import open_record
    from etl.releases.catalogue import name_release

    releases = data / "releases"
    record = open_record(releases / "current" / "lfr.duckdb")
    known = name_release(record.release_id, releases)
    folder = to or data / "sites" / (known.version if known else record.release_id)
    with show_steps() as progress:
        task = progress.add_task("site", total=None)
        count, size = write_site(
            releases, folder, lambda step: progress.update(task, description=step)
        )
    console.print(f"{count:,} files, {size / 1e6:,.1f} MB in {folder}", markup=False)
