"""The newest hashes of the log, in a file of the data folder outside the store: what was lost or
cut off with the store's own files shows against it.

In: the path; a hash. Out: lines of it, oldest first. Nothing in it is ever written over; a restore
begins another file and leaves the one before beside it."""

from __future__ import annotations

import os
from pathlib import Path

HEADS = "returns-log-heads.txt"


def read_heads(path: Path) -> tuple[str, ...]:
    """Every hash that was written, oldest first; none where there is no file."""
    return tuple(path.read_text(encoding="ascii").split()) if path.exists() else ()


def add_head(path: Path, head: str) -> None:
    """Appends a hash, on the disk for sure; nothing if it is the last one already."""
    if read_heads(path)[-1:] == (head,):
        return
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{head}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def begin_again(path: Path) -> None:
    """Moves the file aside, under the next free number."""
    if path.exists():
        number = 1
        while (aside := path.with_name(f"{path.name}.{number}")).exists():
            number += 1
        path.rename(aside)
