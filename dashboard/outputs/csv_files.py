"""Rows of the record as CSV text that a spreadsheet and a program read alike.

In: rows as `dashboard.questions.ask_rows` gives them, and the release. Out: CSV text, UTF-8 when encoded, ISO dates.
Does not choose the rows and does not round. A text cell that a spreadsheet would run as a formula gets a leading
apostrophe; numbers and dates are never touched.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from etl.model.wide import CANONICAL_COLUMNS
from etl.outputs.cells import write_cell as write_cell

ADDED_COLUMNS = (
    "release_id",
    "force_name",
    "place_name",
    "district_code",
    "district_name",
    "region_code",
    "region_name",
    "counted",
    "not_counted_reason",
    "lower_bounds",
    "source_address",
)
COLUMNS = (*CANONICAL_COLUMNS, *ADDED_COLUMNS)


def write_deployments(
    rows: Iterable[Mapping[str, Any]], release_id: str, lower_bounds: Mapping[str, str]
) -> str:
    """CSV with a heading row; `lower_bounds` names, by deployment, the columns that hold “more than N” and are never summed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        own = {"release_id": release_id, "lower_bounds": lower_bounds.get(row["deployment_id"])}
        writer.writerow(write_cell(own.get(column, row.get(column))) for column in COLUMNS)
    return text.getvalue()


def name_file(release_id: str, parts: Iterable[str]) -> str:
    """`lfr_deployments_metropolitan_2024_2025_release_b4afa7ebf30b.csv`."""
    words = [re.sub(r"[^a-z0-9]+", "_", part.casefold()).strip("_") for part in parts]
    return "_".join(["lfr_deployments", *filter(None, words), "release", release_id]) + ".csv"
