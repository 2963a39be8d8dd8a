"""The verb `report`: the report of one force, in the words of the pages.

In: arguments. Out: files and messages. The only module of etl that knows the dashboard:
docs/decisions/0013-report.md."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.cli.options import DATA, DataFolder


def report(
    force: Annotated[
        str, typer.Option(help="The force's id, such as south_wales; a wrong one lists them.")
    ],
    period: Annotated[str, typer.Option(help="2025, 2025-Q3, 2025-07 or 2025-04-01..2026-03-31.")],
    to: Annotated[Path, typer.Option("--to", help="The folder.")],
    lang: Annotated[
        str,
        typer.Option(
            help="en, cy or both; without it English, and Welsh too for a force of Wales."
        ),
    ] = "",
    form: Annotated[str, typer.Option("--format", help="pdf, docx or both.")] = "both",
    data: DataFolder = DATA,
) -> None:
    """Write the report of a force and period from the release that serves:
    a tagged PDF and a DOCX, with the pages' figures."""
    from dashboard.report.make import make_reports
    from etl.files import write_all_atomically
    from etl.queries.record import open_record
    from etl.releases.catalogue import name_release

    record = open_record(data / "releases" / "current" / "lfr.duckdb")
    known = name_release(record.release_id, data / "releases")
    made = make_reports(record, force, period, lang, form, release=known)
    write_all_atomically(to, {report_file.name: report_file.content for report_file in made})
    for report_file in made:
        typer.echo(f"{to / report_file.name}: {len(report_file.content):,} bytes", err=True)
