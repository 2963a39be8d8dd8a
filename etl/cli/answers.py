"""The verbs that ask the release which serves: `answer` and `report`.

In: arguments. Out: files and messages. Does not decide anything itself.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TextIO

import typer

from etl.cli.options import DATA, DataFolder
from etl.files import write_all_beside, write_beside
from etl.measures.catalogue import CATALOGUE, GROUP_FIELDS, GROUPING_FIELDS
from etl.model.estimate_rows import estimate_header, widen_estimates
from etl.model.problems import Problem, Refused
from etl.outputs.cells import write_cell
from etl.outputs.tables import keep_own_caveats
from etl.queries.record import open_answers
from etl.releases.catalogue import name_release

WORDS = GROUPING_FIELDS | GROUP_FIELDS


def answer(
    measure: Annotated[str, typer.Argument(help="A measure of the catalogue; a wrong one lists them all.")],
    by: Annotated[
        str,
        typer.Option(
            help=f"Groupings, separated by commas: {', '.join(GROUPING_FIELDS)}; for counts by group of people "
            f"{', '.join(GROUP_FIELDS)}."
        ),
    ] = "",
    where: Annotated[
        list[str] | None, typer.Option(help="A filter such as force=metropolitan; may be repeated.")
    ] = None,
    start: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day.")] = None,
    end: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day.")] = None,
    csv_to: Annotated[str, typer.Option("--csv", help="A file, or - for standard output.")] = "-",
    data: DataFolder = DATA,
) -> None:
    """Answer a question from the release that serves: a measure, by groups, with intervals, caveats and sources."""
    groupings = [WORDS.get(name, name) for name in map(str.strip, by.split(",")) if name]
    filters = _read_filters(where or [])
    answers = open_answers(data / "releases" / "current" / "lfr.duckdb")
    period = (start.date() if start else None, end.date() if end else None)
    found = answers.estimate(measure, by=groupings, where=filters, period=period)
    if found.refusal:
        raise Refused(
            Problem("the question", str(found.refusal), "a question the record can answer", "Ask again.")
        )
    if found.nothing:
        typer.echo(found.nothing, err=True)
    asked = CATALOGUE[measure]
    told = keep_own_caveats(answers, groupings, filters, period, found.estimates)
    rows = widen_estimates(told, asked.unit, asked.numerator, asked.denominator)
    # As in every other file: 25 and not 25.0.
    cells = [[write_cell(one) for one in row] for row in rows]

    def write(out: TextIO) -> None:
        csv.writer(out, lineterminator="\n").writerows([estimate_header(groupings), *cells])

    if csv_to == "-":
        write(sys.stdout)
    else:
        write_beside(Path(csv_to), write)


def report(
    force: Annotated[str, typer.Option(help="The force's id, such as south_wales; a wrong one lists them.")],
    period: Annotated[str, typer.Option(help="2025, 2025-Q3, 2025-07 or 2025-04-01..2026-03-31.")],
    to: Annotated[Path, typer.Option("--to", help="The folder.")],
    lang: Annotated[
        str,
        typer.Option(help="en, cy or both; without it English, and Welsh too for a force of Wales."),
    ] = "",
    form: Annotated[str, typer.Option("--format", help="pdf, docx or both.")] = "both",
    data: DataFolder = DATA,
) -> None:
    """Write the report of a force and period from the release that serves: a tagged PDF and a DOCX, with the pages' figures."""
    # The words of a report are those of the pages, so the verb alone reaches over to them: docs/decisions/0013-report.md.
    from dashboard.report.make import make_reports

    answers = open_answers(data / "releases" / "current" / "lfr.duckdb")
    known = name_release(answers.release_id, data / "releases")
    made = make_reports(answers, force, period, lang, form, release=known)
    write_all_beside(to, {one.name: one.content for one in made})
    for one in made:
        typer.echo(f"{to / one.name}: {len(one.content):,} bytes", err=True)


def _read_filters(texts: Sequence[str]) -> dict[str, list[str]]:
    """`name=value`, several of one name together; all that are none are told at once."""
    parts = [(text, *map(str.strip, text.partition("="))) for text in texts]
    wrong = [text for text, name, _, value in parts if not (name and value)]
    if wrong:
        raise Refused(
            Problem("--where", text, "NAME=VALUE, such as force=metropolitan", "Ask again.") for text in wrong
        )
    filters: dict[str, list[str]] = {}
    for _, name, _, value in parts:
        filters.setdefault(WORDS.get(name, name), []).append(value)
    return filters
