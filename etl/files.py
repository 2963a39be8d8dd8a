"""Writes a text file so that it is there whole or not at all.

In: a path and what to write. Out: the file. Does not know what is written.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from etl.model.problems import Problem, RecordError


class Unwritable(RecordError):
    """The place to write to cannot be written."""

    exit_code = 11
    headline = "the output cannot be written"


def write_beside(path: Path, write: Callable[[TextIO], object]) -> None:
    """Writes beside `path` and moves into place; UTF-8 with the line ends that `write` gives."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise Unwritable(Problem(str(path), str(error.strerror), "a folder that can be written", "Choose another place.")) from None  # fmt: skip
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            write(out)
        Path(name).chmod(0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink()
        raise
