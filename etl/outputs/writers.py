"""Who writes the public files of a release. A further kind of file is a further line here.

In: nothing. Out: `WRITERS`. A writer is given the opened data, what is known of the release, and
the release's own new folder; it writes its files below it, asks no clock and no network, and writes
the same bytes whenever it is asked again. The release step lists, hashes and verifies whatever is
there afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from etl.model.releases import ReleaseInfo
from etl.outputs.package import write_package
from etl.outputs.table_files import write_tables
from etl.queries.record import Record

Writer = Callable[[Record, ReleaseInfo, Path], None]

WRITERS: tuple[Writer, ...] = (write_tables, write_package)
