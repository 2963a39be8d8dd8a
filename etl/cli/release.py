"""The verb `release`, and what a build that is a release gets.

In: arguments. Out: a release's folder, its entry in the ledger, messages. Does not decide anything
itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.console import console, print_lines, show_steps
from etl.cli.options import DATA, DataFolder
from etl.model.problems import BrokenSnapshotError, NotReleasedError

if TYPE_CHECKING:
    from etl.model.reference import Release

DRAFT_TEXT = (
    "this content is no release: it is shown as a draft until `python -m etl release --reason …` "
    "makes one of it"
)


def release(
    reason: Annotated[
        str,
        typer.Option(
            help="For readers: why there is a new version. Needed unless it is the first."
        ),
    ] = "",
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild",
            help="A further version of content that is in the ledger: its files are other ones.",
        ),
    ] = False,
    anew: Annotated[bool, typer.Option("--anew", hidden=True)] = False,
    previous: Annotated[
        Path | None,
        typer.Option(help="The folder of the release before, if it is not in the data folder."),
    ] = None,
    with_site: Annotated[
        bool, typer.Option("--site/--no-site", help="Also write the release as a folder of pages.")
    ] = True,
    data: DataFolder = DATA,
) -> None:
    """Release the checked build: its version by rule, its folder of public files,
    its entry in the ledger, its pages as a folder."""
    from etl.cli.site import write_site_of
    from etl.releases.publish import make_release

    if anew:
        console.print(
            "--anew is now --rebuild; the old name works until the next release.", markup=False
        )
    with show_steps() as progress:
        task = progress.add_task("release", total=None)
        made = make_release(
            data,
            today=dt.datetime.now(dt.UTC).date(),
            reason=reason,
            rebuild=rebuild or anew,
            previous=previous,
            progress=lambda step: progress.update(task, description=step),
        )
    info = made.release
    console.print(
        f"release {info.version} of {info.date}, content {info.release_id}: {made.outcome}",
        markup=False,
    )
    console.print(f"{len(info.checksums)} public files in {info.folder}", markup=False)
    if made.outcome == "made":
        for table, counts in (made.changes.count_rows() if made.changes else {}).items():
            console.print(
                f"  {table}: "
                f"{', '.join(f'{number:,} {kind}' for kind, number in counts.items() if number)}",
                markup=False,
            )
        console.print(
            f"Commit data/ledger/{info.version} together with the data it was made of.",
            markup=False,
        )
    if with_site:
        write_site_of(data)


def repair(data: DataFolder = DATA) -> None:
    """Find what is damaged among the releases and the ledger,
    and make again what can be made; no published byte is changed."""
    from etl.releases.repair import repair as repair_releases

    with show_steps() as progress:
        task = progress.add_task("repair", total=None)
        repaired = repair_releases(
            data, progress=lambda step: progress.update(task, description=step)
        )
    print_lines(repaired.repaired)
    if repaired.problems:
        console.print("not repaired:", style="bold red", markup=False)
        print_lines([str(problem) for problem in repaired.problems])
        raise typer.Exit(BrokenSnapshotError.exit_code)
    console.print("every release is whole", markup=False)


def keep_known_release(data: Path, built: Release) -> None:
    """A build that is a release gets that release's folder;
    one whose files come out otherwise serves without it."""
    from etl.releases.catalogue import list_damage
    from etl.releases.publish import find_known, keep_known

    known = find_known(data, built.content_hash)
    damage = list_damage(data / "releases")
    if damage:
        console.print(
            "this build serves; damaged are (`python -m etl repair` makes again what it can):",
            style="bold red",
            markup=False,
        )
        print_lines([str(problem) for problem in damage])
        raise typer.Exit(BrokenSnapshotError.exit_code)
    if known is None:
        console.print(DRAFT_TEXT, markup=False)
        return
    try:
        made = keep_known(data, built, known)
    except NotReleasedError as error:
        console.print(
            f"this is release {known.version}, but its files are not what the ledger says:",
            style="bold",
            markup=False,
        )
        print_lines([str(problem) for problem in error.problems])
        return
    console.print(
        f"this is release {known.version} of {known.date}, {made.outcome} in {made.release.folder}",
        markup=False,
    )
