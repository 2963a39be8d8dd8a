"""The few texts of the reference data that every page repeats: names of forces and regions, and what each break means.

In: `data/reference`. Out: each text with the file in which it stands, for the catalogue of translations. Evidence, findings and
the words of a register are not among them: they stay in the language in which they were written.
"""

from __future__ import annotations

import csv
from pathlib import Path

REFERENCE = Path(__file__).parents[1] / "data" / "reference"
_COLUMNS = {
    "forces.csv": ("short_name", "force_name"),
    "regions.csv": ("region_name",),
    "breaks.csv": ("meaning",),
}


def list_record_texts() -> dict[str, str]:
    """Each text once."""
    found: dict[str, str] = {}
    for name, columns in _COLUMNS.items():
        with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for column in columns:
                    if row[column]:
                        found.setdefault(row[column], f"data/reference/{name}")
    return found
