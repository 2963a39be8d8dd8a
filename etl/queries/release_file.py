"""One release, opened for questions: its file, and what every kind of question needs of it.

In: a release file. Out: `OpenRelease`, which the kinds of questions build on.
Does not answer anything."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from etl.model.tables import TABLES
from etl.warehouse.any_release import Row, stream_rows
from etl.warehouse.read import open_warehouse, read_table


class OpenRelease:
    """A release's file, read-only, with its forces."""

    def __init__(self, path: Path) -> None:
        self._engine = open_warehouse(path)

    def close(self) -> None:
        """Lets go of the release's file."""
        self._engine.dispose()

    def whole_table(self, name: str) -> Iterator[list[Row]]:
        """All rows of one table in order of its key, in batches: values in the order of the table's
        fields. KeyError if there is no such table."""
        table = {each_table.name: each_table for each_table in TABLES}[name]
        return stream_rows(self._engine, name, [field.name for field in table.fields], table.key)

    @cached_property
    def _forces(self) -> dict[str, dict[str, Any]]:
        return {force["force_id"]: force for force in read_table(self._engine, "forces")}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {force_id: force["short_name"] for force_id, force in self._forces.items()}
