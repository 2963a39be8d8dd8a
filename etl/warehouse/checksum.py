"""The checksum of a warehouse's file, written when it was built, next to it.

A file that was cut short or changed on the disk may still open, and fail or be wrong in the middle
of an answer. A warehouse without a checksum, of an earlier version of the software, is not checked.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from etl.model.problems import BrokenSnapshotError, Problem

SUFFIX = ".sha256"


def checksum_file(path: Path) -> Path:
    """Where the checksum of a warehouse is."""
    return path.with_name(path.name + SUFFIX)


def write_checksum(path: Path) -> None:
    """Writes it in the format of `sha256sum`."""
    checksum_file(path).write_text(f"{_hash(path)}  {path.name}\n", encoding="utf-8")


def verify_checksum(path: Path) -> None:
    """`BrokenSnapshotError` if the file is not what was built."""
    expected = checksum_file(path)
    if not expected.is_file():
        return
    stated = expected.read_text(encoding="utf-8", errors="replace")[:64]
    actual = _hash(path)
    if actual != stated:
        raise BrokenSnapshotError(
            Problem(
                f"{path.parent.name}/{path.name}",
                f"SHA-256 {actual[:12]}",
                f"{stated[:12]}, as when it was built",
                "Run `python -m etl repair`.",
            )
        )


def _hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
