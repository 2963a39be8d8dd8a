"""Writes the committed geography: `python -m scripts.geography PACKAGES`, where PACKAGES holds the
declared files.

In: the folder of package files. Out: `data/reference/outlines/*.geojson`, `postcode_districts.csv`
and `towns.csv`. Does not fetch: `data/reference/outlines/sources.toml` says how each file is
fetched and what it is."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from etl.files import write_atomically
from etl.model.problems import RecordError
from etl.model.reference import District, Force
from etl.model.tables import TABLES
from scripts.geography import packages
from scripts.geography.outlines import draw_outlines
from scripts.geography.search_tables import count_postcode_districts, place_towns

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
# As published: districts that were given a new code in 2025; our districts are those of April 2024.
NEW_CODES = {"E08000038": "E08000016", "E08000039": "E08000019"}

describe = Console(stderr=True, highlight=False, soft_wrap=True)


def main(
    folder: Annotated[Path, typer.Argument(help="The folder with the package files.")],
    reference: Annotated[Path, typer.Option(help="The reference folder to write to.")] = REFERENCE,
) -> None:
    """Make outlines, postcode districts and towns from the package files; a minute or three."""
    declared = packages.open_sources(reference / "outlines")
    paths = {key: packages.open_package(folder, entry) for key, entry in declared.items()}
    districts = {
        row["district_code"]: District(**row) for row in _rows(reference / "districts.csv")
    }
    district_of = districts | {new: districts[old] for new, old in NEW_CODES.items()}
    forces = [
        Force(**{name: value or None for name, value in row.items()})  # type: ignore[arg-type]
        for row in _rows(reference / "forces.csv")
    ]
    regions = {row["region_code"]: row["region_name"] for row in _rows(reference / "regions.csv")}
    postcodes = packages.read_postcodes(paths["postcodes"])
    describe.print(f"{len(postcodes.outward)} postcodes with a position and a district")
    _write(reference / "postcode_districts.csv", count_postcode_districts(postcodes, district_of))
    _write(
        reference / "towns.csv",
        place_towns(packages.read_towns(paths["towns"]), postcodes, district_of),
    )
    texts = draw_outlines(
        postcodes,
        district_of,
        forces,
        regions,
        packages.read_shoreline(paths["shoreline"]),
        packages.read_boroughs(paths["boroughs"]),
    )
    for kind, text in texts.items():
        path = reference / "outlines" / f"{kind}.geojson"
        write_atomically(path, lambda out, text=text: out.write(text))  # type: ignore[misc]
        describe.print(f"{path.name}: {len(text.encode())} bytes")


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Sequence[Iterable[object]]) -> None:
    headings = next(
        tuple(field.name for field in table.fields) for table in TABLES if table.name == path.stem
    )
    write_atomically(
        path, lambda out: csv.writer(out, lineterminator="\n").writerows([headings, *rows])
    )
    describe.print(f"{path.name}: {len(rows)} rows")


if __name__ == "__main__":
    try:
        typer.run(main)
    except RecordError as error:
        describe.print(f"{error.headline}: {error}", markup=False)
        sys.exit(error.exit_code)
