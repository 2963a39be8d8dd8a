"""A ZIP whose bytes depend on its files alone: no clock, no user, one order.

In: files by path. Out: bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def write_archive(files: Mapping[str, bytes], *, stored: Collection[str] = ()) -> bytes:
    """The files in the order given; those of `stored` are not compressed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_STORED if path in stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, content, compresslevel=_LEVEL)
    return held.getvalue()
