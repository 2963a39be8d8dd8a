"""The few texts of the reference data that every page repeats: names of forces and regions, what
each break means, how lists of groups correspond.

In: `data/reference`. Out: each text with the file in which it stands, for the catalogue of
translations. Evidence, findings and the words of a register are not among them: they stay in the
language in which they were written."""

from __future__ import annotations

import csv
import re

from etl.settings import REFERENCE_DIR

REFERENCE = REFERENCE_DIR
_COLUMNS = {
    "forces.csv": ("short_name", "force_name"),
    "regions.csv": ("region_name",),
    "breaks.csv": ("meaning",),
    "group_counts.csv": ("note",),
    "group_crosswalks.csv": ("note",),
}


def list_record_texts() -> dict[str, str]:
    """Each text once."""
    result: dict[str, str] = {}
    for name, columns in _COLUMNS.items():
        with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for column in columns:
                    # A note is several sentences, and a table may show some of them.
                    parts = (
                        re.split(r"(?<=\.) ", row[column]) if column == "note" else [row[column]]
                    )
                    for text in filter(None, parts):
                        result.setdefault(text, f"data/reference/{name}")
    return result
