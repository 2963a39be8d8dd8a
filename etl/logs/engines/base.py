"""What an engine does: it gives the tables of a log names, and answers a text of SQL.

In: files of a log. Out: Arrow tables. The texts of SQL are the same for every engine; `mix64` and
`unix_micros` are the only functions that an engine has to give a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class TableFile:
    """A Parquet file with a table's columns and types. `is_repeated`: some alerts are in it more
    than once, byte for byte, and are counted once."""

    table: str
    path: Path
    is_repeated: bool = False


class Engine(Protocol):
    """Counts the rows of a log."""

    def open_files(self, files: Sequence[TableFile]) -> None:
        """Names these files `scan_intervals` and `alert_events`, with a column `file_name`."""

    def query(self, text: str) -> pa.Table:
        """The answer to a text of SQL; `EngineError` if there is none."""

    def close(self) -> None:
        """Gives back what the engine holds."""
