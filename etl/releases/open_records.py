"""Records that are kept open: a few, each opened anew when its file is another one.

A file is known by its inode, size and time of change. Before a file is opened its checksum is
compared, so a damaged one is refused before the first answer and not in the middle of one. What is
opened beyond the limit closes the record that was used longest ago."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from etl.model.problems import BrokenSnapshotError, Problem
from etl.queries.record import Record, open_record
from etl.warehouse.checksum import verify_checksum

Stamp = tuple[int, int, int]


class OpenRecords:
    """At most `limit` open records, by path."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._records: OrderedDict[Path, tuple[Stamp, Record]] = OrderedDict()

    def open(self, path: Path) -> Record:
        """The record of this file. `BrokenSnapshotError` if it is damaged, cannot be read or is of
        another version."""
        try:
            stat = path.stat()
            with self._lock:
                return self._open(path, (stat.st_ino, stat.st_size, stat.st_mtime_ns))
        except OSError as error:
            raise BrokenSnapshotError(
                Problem(
                    f"{path.parent.name}/{path.name}",
                    str(error.strerror),
                    "a file that can be read",
                    "Run `python -m etl repair`.",
                )
            ) from error

    def _open(self, path: Path, stamp: Stamp) -> Record:
        known = self._records.get(path)
        if known and known[0] == stamp:
            self._records.move_to_end(path)
            return known[1]
        if known:
            del self._records[path]
            known[1].close()
        verify_checksum(path)
        record = open_record(path)
        self._records[path] = (stamp, record)
        while len(self._records) > self._limit:
            self._records.popitem(last=False)[1][1].close()
        return record
