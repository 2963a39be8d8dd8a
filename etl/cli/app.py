"""The verbs: fetch, extract, read, build, check, release, and those of other modules. Each calls
one function and says what came of it.

In: arguments. Out: files, messages and an exit code that is 0 only if all is well.
Does not decide anything itself."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from etl.archive.fetch import fetch as fetch_file
from etl.archive.fetch import keep_file
from etl.cli import returns as return_verbs
from etl.cli.answers import answer
from etl.cli.options import DATA, DataFolder
from etl.cli.report import report as report_verb
from etl.cli.store import store_app
from etl.cli.summary import summarise
from etl.files import refuse_output, write_atomically
from etl.formats.cell_files import write_cells
from etl.measures.measure_reference import render_measures
from etl.model.dictionary import render_dictionary
from etl.model.problems import NotReleasedError, RecordError
from etl.model.reference import Release
from etl.model.wide import CANONICAL_COLUMNS, widen_deployments
from etl.pipeline import build as journey
from etl.pipeline.recognise import addresses_of, read_edition, read_published, refuse_no_deployments
from etl.pipeline.warnings import find_warnings
from etl.releases.publish import find_known, keep_known, make_release

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
describe = Console(stderr=True, highlight=False, soft_wrap=True)

File = Annotated[Path, typer.Argument(help="A published file: PDF, HTML or CSV.")]
Publication = Annotated[
    str | None,
    typer.Option(help="The publication's id; without it the file is recognised by its headings."),
]
To = Annotated[Path, typer.Option("--to", help="Where to write.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")]

MAX_LINES = 30
DRAFT_TEXT = (
    "this content is no release: it is shown as a draft until `python -m etl release --reason …` "
    "makes one of it"
)


@dataclass(slots=True)
class _ErrorReporting:
    """How problems are told, as the arguments ask for."""

    everything: bool = False
    as_json: bool = False


_telling = _ErrorReporting()


@app.callback()
def translate_message(
    all_problems: Annotated[
        bool, typer.Option("--all", help=f"Tell every problem, not only the first {MAX_LINES}.")
    ] = False,
) -> None:
    """The reference record of live facial recognition in UK policing:
    from published files to one checked warehouse."""
    _telling.everything, _telling.as_json = all_problems, False


@app.command()
def fetch(
    publication: Annotated[str, typer.Option(help="The publication's id.")],
    url: Annotated[
        str | None, typer.Option(help="The file's address; without it, those in publication.toml.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="A file that you saved from a browser, kept instead.")
    ] = None,
    data: DataFolder = DATA,
) -> None:
    """Fetch a published file, or keep one saved by hand, under its hash and date;
    nothing is ever overwritten."""
    now = dt.datetime.now(dt.UTC)
    archive = data / "shelf"
    if file is not None:
        fetched = [keep_file(file, archive, publication, now=now, url=url)]
    else:
        fetched = []
        for address in [url] if url else addresses_of(data / "publications", publication):
            with _transfer() as progress:
                task = progress.add_task(address.rpartition("/")[2], total=None)
                fetched.append(
                    fetch_file(
                        address,
                        archive,
                        publication,
                        now=now,
                        progress=lambda done, total: progress.update(
                            task,  # noqa: B023
                            completed=done,
                            total=total,
                        ),
                    )
                )
    for stored_file in fetched:
        describe.print(f"{stored_file.outcome}: {stored_file.edition.path}", markup=False)


@app.command()
def extract(file: File, to: To, publication: Publication = None) -> None:
    """Write the cells of a published file exactly as printed, with page and row."""
    refuse_output(to, file)
    publication_id, tables = read_published(file, publication)
    write_atomically(to, lambda out: write_cells(tables, out))
    describe.print(
        f"{file.name}: {publication_id}, {sum(len(table.rows) for table in tables)} rows as "
        f"printed, in {to}"
    )


@app.command()
def read(file: File, to: To, publication: Publication = None, data: DataFolder = DATA) -> None:
    """Write the canonical deployments of a published file; nothing is corrected."""
    refuse_output(to, file)
    edition, records = read_edition(file, data / "publications", publication)
    refuse_no_deployments(file.name, edition, records)
    doubts = find_warnings(edition, records, dt.datetime.now(dt.UTC).date())
    rows = widen_deployments(records.deployments, records.counts)

    def write(out: TextIO) -> None:
        writer = csv.DictWriter(out, CANONICAL_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

    write_atomically(to, write)
    if doubts:
        describe.print(f"doubts, to be compared with the print ({len(doubts)}):", markup=False)
        _format_lines(doubts)
    describe.print(f"{file.name}: {len(rows)} deployments, in {to}", markup=False)


@app.command()
def build(data: DataFolder = DATA, as_json: AsJson = False) -> None:
    """Build the warehouse from the kept cells, check it, and swap it in."""
    _telling.as_json = as_json
    with _progress() as progress:
        task = progress.add_task("build", total=journey.BUILD_STEPS)
        report = journey.build(
            data, progress=lambda step: progress.update(task, advance=1, description=step)
        )
    _describe_report(report, as_json)
    if report.release is not None:
        _keep_known(data, report.release)


@app.command()
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
            "--anew",
            help="A further version of content that is in the ledger: its files are other ones.",
        ),
    ] = False,
    previous: Annotated[
        Path | None,
        typer.Option(help="The folder of the release before, if it is not in the data folder."),
    ] = None,
    data: DataFolder = DATA,
) -> None:
    """Release the checked build: its version by rule, its folder of public files,
    its entry in the ledger."""
    with _progress() as progress:
        task = progress.add_task("release", total=None)
        made = make_release(
            data,
            today=dt.datetime.now(dt.UTC).date(),
            reason=reason,
            rebuild=rebuild,
            previous=previous,
            progress=lambda step: progress.update(task, description=step),
        )
    result = made.release
    describe.print(
        f"release {result.version} of {result.date}, content {result.release_id}: {made.outcome}",
        markup=False,
    )
    describe.print(f"{len(result.checksums)} public files in {result.folder}", markup=False)
    if made.outcome == "made":
        for table, counts in (made.changes.count_rows() if made.changes else {}).items():
            describe.print(
                f"  {table}: "
                f"{', '.join(f'{number:,} {kind}' for kind, number in counts.items() if number)}",
                markup=False,
            )
        describe.print(
            f"Commit data/ledger/{result.version} together with the data it was made of.",
            markup=False,
        )


@app.command()
def check(data: DataFolder = DATA, as_json: AsJson = False) -> None:
    """Run every check on the record without building; findings of severity error fail."""
    _telling.as_json = as_json
    with _progress() as progress:
        task = progress.add_task("check", total=journey.CHECK_STEPS)
        report = journey.check(
            data, progress=lambda step: progress.update(task, advance=1, description=step)
        )
    _describe_report(report, as_json)


@app.command()
def dictionary(
    to: Annotated[Path, typer.Option("--to", help="The folder.")] = DATA.parent / "docs",
) -> None:
    """Write the data dictionary and the reference of measures, rendered from the declarations."""
    for name, rendered in (
        ("dictionary.md", render_dictionary()),
        ("measures.md", render_measures()),
    ):
        write_atomically(to / name, lambda out, rendered=rendered: out.write(rendered))  # type: ignore[misc]
    describe.print(f"the dictionary and the measures, in {to}", markup=False)


app.command()(answer)
app.command("report")(report_verb)
app.command()(return_verbs.template)
app.command("check-return")(return_verbs.check_return_file)
app.add_typer(store_app, name="returns")


def _keep_known(data: Path, built: Release) -> None:
    """A build that is a release gets that release's folder;
    one whose files come out otherwise serves without it."""
    known = find_known(data, built.content_hash)
    if known is None:
        describe.print(DRAFT_TEXT, markup=False)
        return
    try:
        made = keep_known(data, built, known)
    except NotReleasedError as error:
        describe.print(
            f"this is release {known.version}, but its files are not what the ledger says:",
            style="bold",
            markup=False,
        )
        _format_lines([str(problem) for problem in error.problems])
        return
    describe.print(
        f"this is release {known.version} of {known.date}, {made.outcome} in {made.release.folder}",
        markup=False,
    )


def _describe_report(report: journey.Report, as_json: bool) -> None:
    if as_json:
        _write_json([asdict(finding) for finding in report.findings])
    else:
        summarise(report, Console(highlight=False, soft_wrap=True))


def _write_json(entries: list[dict[str, object]]) -> None:
    json.dump(entries, sys.stdout, indent=2, default=str, ensure_ascii=False)
    sys.stdout.write("\n")


def _format_lines(lines: Sequence[str]) -> None:
    """Each on a line of its own; of a long list the first, and how many more there are."""
    shown = lines if _telling.everything else lines[:MAX_LINES]
    for line in shown:
        describe.print(f"  {line}", markup=False)
    if more := len(lines) - len(shown):
        describe.print(
            f"  and {more:,} more: `python -m etl --all VERB ...` tells them all", markup=False
        )


def _transfer() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        console=describe,
        transient=True,
    )


def _progress() -> Progress:
    return Progress(
        BarColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=describe,
        transient=True,
    )


def main() -> None:
    """Runs the verb; a failure is told in full and without a traceback."""
    try:
        app()
    except OSError as error:
        describe.print(
            f"a file cannot be used: {error.filename}: {error.strerror}. Check that it is there.",
            markup=False,
        )
        sys.exit(1)
    except RecordError as error:
        describe.print(f"{error.headline}:", style="bold red", markup=False)
        _format_lines([str(problem) for problem in error.problems])
        if _telling.as_json:
            _write_json([asdict(problem) for problem in error.problems])
        number = len(error.problems)
        describe.print(
            f"{number} problem{'s' if number != 1 else ''}; nothing was written.", markup=False
        )
        sys.exit(error.exit_code)
