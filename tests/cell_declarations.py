"""Kept cells that a test changes on purpose: declared again, as whoever changes them would."""

from __future__ import annotations

import re
from pathlib import Path

from etl.formats.cell_files import read_cells
from etl.sources.publications import describe_cells, hash_file


def declare_again(cells: Path) -> None:
    """Writes the row count and the hash of this file into its `publication.toml`."""
    rows_count = sum(len(table.rows) for table in read_cells(cells))
    declaration = cells.with_name("publication.toml")
    head, mark, entry = declaration.read_text(encoding="utf-8").partition(f'cells = "{cells.name}"')
    lines = describe_cells(rows_count, hash_file(cells))
    pattern = r'rows_count = \d+\ncells_sha256 = "[0-9a-f]{64}"'
    declaration.write_text(f"{head}{mark}{re.sub(pattern, lines, entry, count=1)}", "utf-8")
