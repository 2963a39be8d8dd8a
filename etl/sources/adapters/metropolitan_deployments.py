"""The Metropolitan Police's LFR deployment grids and records, PDFs of 2020-22, 2023-24 and 2025.

One printed row is one deployment. What changed between vintages: 2020-22 prints true alerts and
their engagements, and "Arrests / Disposals" as one figure; from 2023 alerts are split into
confirmed and unconfirmed, and arrests stand apart; in September 2024, half-way through one file,
numbered purposes give way to named use cases.
To distrust: in 2023-24 "Other Disposal" and "No Action" repeat each other on most rows, so outcomes
are not summed there; faces seen is an estimate whose basis changed in August 2024."""

from __future__ import annotations

from pathlib import Path

from etl.formats.pdf import tables as pdf_tables
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.record_sets import Records
from etl.sources.column_maps import keep_known_tables
from etl.sources.deployment_rows import to_deployments

PUBLICATION = "metropolitan_deployments"
SUFFIX = ".pdf"


def read(path: Path) -> tuple[RawTable, ...]:
    """The tables of deployments as printed; the legends after them are left aside."""
    return keep_known_tables(path.name, PUBLICATION, pdf_tables.read_tables(path))


def to_records(edition: KeptEdition) -> Records:
    """One Deployment a row, with a Count for each stage of the funnel."""
    return to_deployments(edition)
