"""The command line `python -m etl`: its verbs, and how a failure is reported.

In: arguments. Out: an exit code that is 0 only if all is well. A verb imports what it needs when it
runs, so that help and small verbs start quickly."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from etl.cli import data
from etl.cli.answers import answer
from etl.cli.console import MAX_LINES, console, print_lines, reporting, write_json
from etl.cli.release import release, repair
from etl.cli.report import report
from etl.cli.returns import check_return_file, template
from etl.cli.rollup import rollup
from etl.cli.site import site
from etl.cli.store import store_app
from etl.model.problems import RecordError
from etl.settings import COMMANDS, refuse_faulty_settings

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def read_options(
    all_problems: Annotated[
        bool, typer.Option("--all", help=f"Tell every problem, not only the first {MAX_LINES}.")
    ] = False,
) -> None:
    """The reference record of live facial recognition in UK policing:
    from published files to one checked warehouse."""
    reporting.everything, reporting.as_json = all_problems, False


app.command()(data.fetch)
app.command()(data.extract)
app.command()(data.read)
app.command()(data.build)
app.command()(release)
app.command()(repair)
app.command()(data.check)
app.command()(data.dictionary)
app.command()(answer)
app.command()(report)
app.command()(site)
app.command()(template)
app.command("check-return")(check_return_file)
app.command()(rollup)
app.add_typer(store_app, name="returns")


def main() -> None:
    """Runs the verb; a failure is told in full and without a traceback."""
    if "--help" not in sys.argv:
        refuse_faulty_settings(COMMANDS)
    try:
        app()
    except OSError as error:
        console.print(
            f"a file cannot be used: {error.filename}: {error.strerror}. Check that it is there.",
            markup=False,
        )
        sys.exit(1)
    except RecordError as error:
        console.print(f"{error.headline}:", style="bold red", markup=False)
        print_lines([str(problem) for problem in error.problems])
        if reporting.as_json:
            write_json([asdict(problem) for problem in error.problems])
        number = len(error.problems)
        console.print(
            f"{number} problem{'s' if number != 1 else ''}; nothing was written.", markup=False
        )
        sys.exit(error.exit_code)
