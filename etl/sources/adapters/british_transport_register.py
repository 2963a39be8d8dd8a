"""The British Transport Police's register of LFR deployments, through a third party.

One row is one deployment at a London station. The force overwrites one PDF in place, with the same
columns as the Met's; what reached us is a third party's copy of 22 rows without the confirmed true
and unconfirmed false alerts and without outcomes, and with gaps that are the copyist's, not the
publisher's.
To distrust: one date stands differently in another copy; three rows have neither watchlist,
duration nor faces seen."""

from __future__ import annotations

from pathlib import Path

from etl.formats.spreadsheets import read_csv_table
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.record_sets import Records
from etl.sources.column_maps import keep_known_tables
from etl.sources.deployment_rows import to_deployments

PUBLICATION = "british_transport_register"
SUFFIX = ".csv"


def read(path: Path) -> tuple[RawTable, ...]:
    """The one table of the third party's copy."""
    return keep_known_tables(path.name, PUBLICATION, [read_csv_table(path)])


def to_records(edition: KeptEdition) -> Records:
    """One Deployment a row."""
    return to_deployments(edition)
