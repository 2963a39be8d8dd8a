"""The verb that asks the release which serves: `answer`.

In: arguments. Out: files and messages. Does not decide anything itself."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TextIO

import typer

from etl.cli.options import DATA, DataFolder
from etl.measures.catalogue import CATALOGUE, GROUP_FIELDS, GROUPING_FIELDS
from etl.model.problems import Problem, RefusedQueryError

WORDS = GROUPING_FIELDS | GROUP_FIELDS


def answer(
    measure: Annotated[
        str, typer.Argument(help="A measure of the catalogue; a wrong one lists them all.")
    ],
    by: Annotated[
        str,
        typer.Option(
            help=(
                f"Groupings, separated by commas: {', '.join(GROUPING_FIELDS)}; for counts by "
                f"group of people {', '.join(GROUP_FIELDS)}."
            )
        ),
    ] = "",
    where: Annotated[
        list[str] | None, typer.Option(help="A filter such as force=metropolitan; may be repeated.")
    ] = None,
    start: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day.")
    ] = None,
    end: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day.")] = None,
    csv_to: Annotated[str, typer.Option("--csv", help="A file, or - for standard output.")] = "-",
    data: DataFolder = DATA,
) -> None:
    """Answer a question from the release that serves:
    a measure, by groups, with intervals, caveats and sources."""
    from etl.files import write_atomically
    from etl.model.estimate_rows import estimate_header, widen_estimates
    from etl.outputs.cells import write_cell
    from etl.outputs.tables import drop_foreign_caveats
    from etl.queries.record import open_record

    groupings = [WORDS.get(name, name) for name in map(str.strip, by.split(",")) if name]
    filters = _read_filters(where or [])
    record = open_record(data / "releases" / "current" / "lfr.duckdb")
    period = (start.date() if start else None, end.date() if end else None)
    estimate = record.estimate(measure, by=groupings, where=filters, period=period)
    if estimate.refusal:
        raise RefusedQueryError(
            Problem(
                "the question",
                str(estimate.refusal),
                "a question the record can answer",
                "Ask again.",
            )
        )
    if estimate.nothing:
        typer.echo(estimate.nothing, err=True)
    requested_measure = CATALOGUE[measure]
    drop_foreign_caveats_message = drop_foreign_caveats(
        record, groupings, filters, period, estimate.estimates
    )
    rows = widen_estimates(
        drop_foreign_caveats_message,
        requested_measure.unit,
        requested_measure.numerator,
        requested_measure.denominator,
    )
    # As in every other file: 25 and not 25.0.
    cells = [[write_cell(cell) for cell in row] for row in rows]

    def write(out: TextIO) -> None:
        csv.writer(out, lineterminator="\n").writerows([estimate_header(groupings), *cells])

    if csv_to == "-":
        write(sys.stdout)
    else:
        write_atomically(Path(csv_to), write)


def _read_filters(texts: Sequence[str]) -> dict[str, list[str]]:
    """`name=value`, several of one name together; all that are none are told at once."""
    parts = [(text, *map(str.strip, text.partition("="))) for text in texts]
    wrong = [text for text, name, _, value in parts if not (name and value)]
    if wrong:
        raise RefusedQueryError(
            Problem("--where", text, "NAME=VALUE, such as force=metropolitan", "Ask again.")
            for text in wrong
        )
    filters: dict[str, list[str]] = {}
    for _, name, _, value in parts:
        filters.setdefault(WORDS.get(name, name), []).append(value)
    return filters
