"""A record small enough to be released many times: regions from a CSV, written into a real
warehouse.

Everything after the build is the project's own."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from etl.model.reference import Region
from etl.outputs.table_files import write_tables
from etl.pipeline.build import Report
from etl.warehouse.build import write_warehouse

# The package of everything has tests of its own and takes seconds,
# which many small releases would pay for.
SMALL_WRITERS = (write_tables,)
REGIONS = (("E12000007", "London"), ("E12000008", "South East"))


def write_regions(data: Path, *regions: tuple[str, str]) -> Path:
    """The data folder with these regions."""
    data.mkdir(exist_ok=True)
    with (data / "regions.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(regions)
    return data


def build_regions(
    data: Path, *, serve: bool = True, progress: Callable[[str], None] = lambda step: None
) -> Report:
    """As `etl.pipeline.build.build`, of regions alone."""
    with (data / "regions.csv").open(encoding="utf-8", newline="") as opened:
        regions = [Region(region_code=code, region_name=name) for code, name in csv.reader(opened)]
    rows_of = {"regions": regions}
    built = write_warehouse(
        rows_of,
        data / "releases",
        software_version="1.2.3",
        sources_hash="0" * 64,
        serve=serve,
        progress=progress,
    )
    return Report(rows_of, (), (), built)
