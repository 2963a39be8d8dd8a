"""Writes files so that they are there whole or not at all.

In: paths and what to write. Out: the files. Does not know what is written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from etl.model.problems import Problem, RecordError


class NotWritableError(RecordError):
    """The place to write to cannot be written."""

    exit_code = 11
    headline = "the output cannot be written"


def refuse_output(path: Path, source: Path | None = None) -> None:
    """`NotWritableError` for a path that cannot be written, before any work is done.

    `source` is the file that is read: published bytes are never overwritten."""
    if path.is_dir():
        text, expected = "a folder", "a path of a file"
    elif path.exists() and not path.is_file():
        text, expected = "a device or a pipe", "a path of a file"
    elif not path.parent.is_dir():
        text, expected = f"no folder {path.parent}", "a folder that is there"
    elif source is not None and path.exists() and source.exists() and path.samefile(source):
        text, expected = "the file that is read", "another file"
    else:
        return
    raise NotWritableError(Problem(str(path), text, expected, "Choose another place."))


@contextmanager
def _naming(place: Path) -> Iterator[None]:
    """Any failure to write is `NotWritableError` of this place."""
    try:
        yield
    except OSError as error:
        raise NotWritableError(
            Problem(
                str(place),
                str(error.strerror),
                "a folder that can be written",
                "Choose another place.",
            )
        ) from None


def write_atomically(path: Path, write: Callable[[TextIO], object]) -> None:
    """Writes a temporary file next to `path` and renames it; UTF-8, line ends as `write` gives
    them."""
    refuse_output(path)
    with _naming(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
                write(out)
            Path(name).chmod(0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink()
            raise


def write_all_atomically(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes every file of one whole into a folder that is there,
    and moves them into place once all are written."""
    if not folder.is_dir():
        raise NotWritableError(
            Problem(
                str(folder),
                "no folder",
                "a folder that is there",
                "Make it, or choose another place.",
            )
        )
    for name in files:
        refuse_output(folder / name)
    with _naming(folder), tempfile.TemporaryDirectory(prefix=".report.", dir=folder) as home:
        for name, content in files.items():
            (Path(home) / name).write_bytes(content)
        for name in files:
            os.replace(Path(home) / name, folder / name)


def write_folder_atomically(folder: Path, files: Mapping[str, bytes], mark: str) -> None:
    """Writes a folder of files whole, in the place of an earlier one; `mark` is a file that each of
    them has, so that no other folder is written over."""
    if folder.exists() and not (
        folder.is_dir() and ((folder / mark).is_file() or not any(folder.iterdir()))
    ):
        text = f"something else than a folder with {mark}"
        raise NotWritableError(
            Problem(str(folder), text, "a new folder, or an earlier one", "Choose another place.")
        )
    with _naming(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as home:
            for name, content in files.items():
                path = Path(home) / "new" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            if folder.exists():
                os.replace(folder, Path(home) / "old")
            os.replace(Path(home) / "new", folder)
