"""One release, opened for questions: its file, and what every kind of question needs of it.

In: a release file. Out: `OpenRelease`, which the kinds of questions build on. Does not answer anything.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from etl.warehouse.read import open_warehouse, read_table


class OpenRelease:
    """A release's file, read-only, with its forces."""

    def __init__(self, path: Path) -> None:
        self._engine = open_warehouse(path)

    def close(self) -> None:
        """Lets go of the release's file."""
        self._engine.dispose()

    @cached_property
    def _forces(self) -> dict[str, dict[str, Any]]:
        return {force["force_id"]: force for force in read_table(self._engine, "forces")}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {force_id: force["short_name"] for force_id, force in self._forces.items()}
