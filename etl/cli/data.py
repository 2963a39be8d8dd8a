"""The verbs of the data: fetch, extract, read, check, build, dictionary. Each imports what it
needs when it runs, calls one function and reports the result.

In: arguments. Out: files and messages. Does not decide anything itself."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from etl.cli.console import console, print_lines, reporting, show_steps, show_transfer, write_json
from etl.cli.options import DATA, DataFolder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.model.cells import RawTable
    from etl.pipeline.build import Report

File = Annotated[Path, typer.Argument(help="A published file: PDF, HTML or CSV.")]
Publication = Annotated[
    str | None,
    typer.Option(help="The publication's id; without it the file is recognised by its headings."),
]
To = Annotated[Path, typer.Option("--to", help="Where to write.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")]


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
    from etl.archive.fetch import fetch as fetch_url
    from etl.archive.fetch import keep_file
    from etl.pipeline.recognise import addresses_of, kind_of

    now = dt.datetime.now(dt.UTC)
    archive = data / "shelf"
    if file is not None:
        fetched = [keep_file(file, archive, publication, now=now, url=url)]
    else:
        fetched = []
        for address in [url] if url else addresses_of(data / "publications", publication):
            with show_transfer() as progress:
                task = progress.add_task(address.rpartition("/")[2], total=None)
                fetched.append(
                    fetch_url(
                        address,
                        archive,
                        publication,
                        now=now,
                        expected_kind=kind_of(publication),
                        progress=lambda done, total: progress.update(
                            task,  # noqa: B023
                            completed=done,
                            total=total,
                        ),
                    )
                )
    for stored_file in fetched:
        console.print(f"{stored_file.outcome}: {stored_file.edition.path}", markup=False)


def extract(file: File, to: To, publication: Publication = None) -> None:
    """Write the cells of a published file exactly as printed, with page and row."""
    from etl.files import refuse_output, write_atomically
    from etl.formats.cell_files import write_cells
    from etl.pipeline.recognise import read_published
    from etl.sources.publications import describe_cells, hash_file

    refuse_output(to, file)
    publication_id, tables = read_published(file, publication)
    write_atomically(to, lambda out: write_cells(tables, out))
    rows_count = sum(len(table.rows) for table in tables)
    _print_remarks(tables)
    console.print(f"{file.name}: {publication_id}, {rows_count} rows as printed, in {to}")
    console.print("for its [[edition]] in publication.toml, once compared with the print:")
    console.print(describe_cells(rows_count, hash_file(to)), markup=False)


def _print_remarks(tables: Sequence[RawTable]) -> None:
    """The cells that another engine reads otherwise."""
    remarks = [remark for table in tables for remark in table.remarks]
    if remarks:
        console.print(f"cells that another engine reads otherwise ({len(remarks)}):", markup=False)
        print_lines(remarks)


def read(file: File, to: To, publication: Publication = None, data: DataFolder = DATA) -> None:
    """Write the canonical deployments of a published file; nothing is corrected."""
    from etl.files import refuse_output, write_atomically
    from etl.model.wide import CANONICAL_COLUMNS, widen_deployments
    from etl.pipeline.recognise import read_edition, refuse_no_deployments
    from etl.pipeline.warnings import find_warnings

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
    _print_remarks(edition.tables)
    if doubts:
        console.print(f"doubts, to be compared with the print ({len(doubts)}):", markup=False)
        print_lines(doubts)
    console.print(f"{file.name}: {len(rows)} deployments, in {to}", markup=False)


def build(data: DataFolder = DATA, as_json: AsJson = False) -> None:
    """Build the warehouse from the kept cells, check it, and swap it in."""
    from etl.cli.release import keep_known_release
    from etl.pipeline.build import BUILD_STEPS
    from etl.pipeline.build import build as build_release
    from etl.warehouse.build import only_build

    reporting.as_json = as_json
    with only_build(data / "releases"):
        with show_steps() as progress:
            task = progress.add_task("build", total=BUILD_STEPS)
            report = build_release(
                data, progress=lambda step: progress.update(task, advance=1, description=step)
            )
        _describe_report(report, as_json)
        if report.release is not None:
            keep_known_release(data, report.release)


def check(data: DataFolder = DATA, as_json: AsJson = False) -> None:
    """Run every check on the record without building; findings of severity error fail."""
    from etl.pipeline.build import CHECK_STEPS
    from etl.pipeline.build import check as check_record

    reporting.as_json = as_json
    with show_steps() as progress:
        task = progress.add_task("check", total=CHECK_STEPS)
        report = check_record(
            data, progress=lambda step: progress.update(task, advance=1, description=step)
        )
    _describe_report(report, as_json)
    if not as_json:
        _compare_engines(data / "shelf")


def _compare_engines(archive: Path) -> None:
    from etl.pipeline.second_reading import compare_engines

    compared, remarks = compare_engines(archive)
    console.print(f"PDFs in the archive read by a second engine too: {compared}", markup=False)
    if remarks:
        console.print(f"cells and files that read otherwise ({len(remarks)}):", markup=False)
        print_lines(remarks)


def dictionary(
    to: Annotated[Path, typer.Option("--to", help="The folder.")] = DATA.parent / "docs",
) -> None:
    """Write the data dictionary, the reference of measures and the tables of settings, rendered
    from the declarations."""
    from etl.files import write_atomically
    from etl.measures.measure_reference import render_measures
    from etl.model.dictionary import render_dictionary
    from etl.settings import fill_tables

    pages = {"dictionary.md": render_dictionary(), "measures.md": render_measures()}
    if (to / "settings.md").exists():
        pages["settings.md"] = fill_tables((to / "settings.md").read_text(encoding="utf-8"))
    for name, rendered in pages.items():
        write_atomically(to / name, lambda out, rendered=rendered: out.write(rendered))  # type: ignore[misc]
    console.print(f"the dictionary and the measures, in {to}", markup=False)


def _describe_report(report: Report, as_json: bool) -> None:
    from rich.console import Console

    from etl.cli.summary import summarise

    if as_json:
        write_json([asdict(finding) for finding in report.findings])
    else:
        summarise(report, Console(highlight=False, soft_wrap=True))
