"""The verbs of returns for whoever fills them: `template` and `check-return`.

In: arguments. Out: files, messages, and an exit code that is 0 only if the return may be submitted.
Does not decide anything itself."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DATA, DataFolder
from etl.model.problems import Problem, UnreadableFileError

if TYPE_CHECKING:
    from etl.returns.intake import Intake


def template(
    to: Annotated[
        Path, typer.Option("--to", help="A file: .xlsx for the workbook, .csv for one sheet.")
    ],
    lang: Annotated[str, typer.Option(help="Language of the help in it: en or cy.")] = "en",
    sheet: Annotated[str, typer.Option(help="The sheet, for .csv.")] = "deployments",
    data: DataFolder = DATA,
) -> None:
    """Write the standard return, empty, with drop-downs, definitions and examples."""
    from etl.files import refuse_output, write_atomically
    from etl.returns.template import make_workbook, save_workbook, write_template_csv
    from etl.returns.texts import open_texts
    from etl.sources.reference_tables import open_forces

    refuse_output(to)
    describe = open_texts(lang)
    if to.suffix.lower() == ".csv":
        write_atomically(to, lambda out: write_template_csv(out, sheet))
    elif to.suffix.lower() == ".xlsx":
        save_workbook(make_workbook(sorted(open_forces(data / "reference")), describe), to)
    else:
        raise UnreadableFileError(
            Problem(str(to), f"the ending {to.suffix!r}", ".xlsx or .csv", "Choose one.")
        )
    typer.echo(f"the standard return, in {to}", err=True)


def check_return_file(
    file: Annotated[Path, typer.Argument(help="A filled template, or the force's own layout.")],
    force: Annotated[
        str | None, typer.Option(help="The force that the return has to be of.")
    ] = None,
    annotated: Annotated[
        Path | None, typer.Option(help="Where to write a copy with every problem marked (.xlsx).")
    ] = None,
    layout: Annotated[
        Path | None, typer.Option(help="A saved map of the force's own columns (JSON).")
    ] = None,
    start: Annotated[
        dt.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="First day, for a file that does not say."),
    ] = None,
    end: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the problems as JSON.")] = False,
    data: DataFolder = DATA,
) -> None:
    """Check a return offline: every problem at once, with its sheet, row and column;
    nothing is kept or sent."""
    from etl.files import refuse_output
    from etl.returns.annotate import annotate_return
    from etl.returns.intake import check_return
    from etl.returns.layouts import open_layout
    from etl.returns.problems import RefusedReturnError
    from etl.returns.template import save_workbook
    from etl.sources.reference_tables import open_forces

    content = read_return_file(file)
    if annotated is not None:
        refuse_output(annotated, file)
    declared = open_layout(read_text(layout)) if layout is not None else None
    intake = check_return(
        file.name,
        content,
        today=dt.datetime.now(dt.UTC).date(),
        force_ids=open_forces(data / "reference"),
        force_id=force,
        period=(start.date(), end.date()) if start and end else None,
        layout=declared,
    )
    if annotated is not None:
        save_workbook(annotate_return(file.name, content, intake), annotated)
    if as_json:
        json.dump(
            [asdict(problem) for problem in intake.problems],
            sys.stdout,
            indent=2,
            ensure_ascii=False,
        )
        sys.stdout.write("\n")
    _describe(intake, annotated)
    if not intake.accepted:
        raise typer.Exit(RefusedReturnError.exit_code)


def read_return_file(file: Path) -> bytes:
    """The bytes of a file that may be a return; `UnreadableFileError` for what is not there or far
    too large."""
    from etl.returns.package_checks import MAX_BYTES

    if not file.is_file():
        raise UnreadableFileError(Problem(str(file), "no such file", "a return", "Check the path."))
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def read_text(file: Path) -> str:
    """The text of a file; `UnreadableFileError` if it is not there or not UTF-8."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UnreadableFileError(
            Problem(
                str(file), "no text in UTF-8 that can be read", "a saved layout", "Check the path."
            )
        ) from None


def _describe(intake: Intake, annotated: Path | None) -> None:
    lines = [str(problem) for problem in intake.problems]
    number = len(intake.errors)
    rest = len(intake.problems) - number
    deployments = len(intake.records.deployments)
    if number:
        lines.append(
            f"{number} error{'s' if number != 1 else ''} and {rest} other remarks; the return "
            "cannot be submitted yet."
        )
    else:
        lines.append(
            f"{intake.name}: {deployments} deployments of {intake.force_id}, {rest} remarks; the "
            "return may be submitted."
        )
    if annotated is not None:
        lines.append(f"a copy with the problems marked is in {annotated}")
    typer.echo("\n".join(lines), err=True)
