"""How the verbs talk: messages and progress on standard error, results on standard output.

In: lines, findings. Out: text on the terminal. Does not decide anything itself."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress

MAX_LINES = 30
console = Console(stderr=True, highlight=False, soft_wrap=True)


@dataclass(slots=True)
class ErrorReporting:
    """How problems are reported, as the arguments ask for."""

    everything: bool = False
    as_json: bool = False


reporting = ErrorReporting()


def print_lines(lines: Sequence[str]) -> None:
    """Each on a line of its own; of a long list the first, and how many more there are."""
    shown = lines if reporting.everything else lines[:MAX_LINES]
    for line in shown:
        console.print(f"  {line}", markup=False)
    if more := len(lines) - len(shown):
        console.print(
            f"  and {more:,} more: `python -m etl --all VERB ...` tells them all", markup=False
        )


def write_json(entries: Sequence[dict[str, object]]) -> None:
    """A list of objects on standard output."""
    json.dump(entries, sys.stdout, indent=2, default=str, ensure_ascii=False)
    sys.stdout.write("\n")


def show_transfer() -> Progress:
    """Progress of a download, in bytes."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    text = TextColumn("{task.description}")
    return Progress(text, BarColumn(), DownloadColumn(), console=console, transient=True)


def show_steps() -> Progress:
    """Progress of a build, in steps."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.description}")
    return Progress(BarColumn(), text, TimeElapsedColumn(), console=console, transient=True)


@contextlib.contextmanager
def show_rows() -> Iterator[Callable[[int, int], None]]:
    """Progress of counting: rows, rows a second, time left."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class SpeedColumn(ProgressColumn):
        """Rows a second, once there are any."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f} rows a second" if task.speed else "")

    columns = (BarColumn(), MofNCompleteColumn(), SpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        def report(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield report
