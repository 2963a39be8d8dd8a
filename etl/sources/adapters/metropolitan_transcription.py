"""A third party's transcription of the Metropolitan Police's deployment records of 2025 and 2026.

One row is one printed row of the Met's PDF, typed by a third party: not verified, and without
watchlist, threshold, duration and most parts of the alerts, which were published but not typed.
Unconfirmed true alerts and confirmed false alerts stand in a note, in words.
To distrust: from January to 10 May 2025 the Met's own PDF covers the same deployments and differs
from it in places; a row of December 2025 is typed twice, once with its columns shifted."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from etl.formats.spreadsheets import read_csv_table
from etl.model.cells import RawTable
from etl.model.editions import KeptEdition
from etl.model.record_sets import Records
from etl.model.records import Count, Deployment
from etl.sources.column_maps import keep_known_tables
from etl.sources.deployment_rows import to_deployments

PUBLICATION = "metropolitan_transcription"
SUFFIX = ".csv"

# As published: "1 true alert unconfirmed", "2 true alerts unconfirmed — high volume",
# "… — 1 false alert confirmed".
_NOTED = {
    "true_alerts_unconfirmed": re.compile(r"\b(\d+) true alerts? unconfirmed\b"),
    "false_alerts_confirmed": re.compile(r"\b(\d+) false alerts? confirmed\b"),
}


def read(path: Path) -> tuple[RawTable, ...]:
    """The one table of the file, with the row numbers of the file."""
    return keep_known_tables(path.name, PUBLICATION, [read_csv_table(path, row_column="row")])


def to_records(edition: KeptEdition) -> Records:
    """One Deployment a row; numbers told in the note become Counts with the note as their printed
    text.

    Nobody noted that there was none, so these numbers enter no sum:
    a share made of them would select on its outcome."""
    records = to_deployments(edition)
    notes = {deployment.deployment_id: deployment for deployment in records.deployments}
    counts = tuple(_read_note(count, notes[count.deployment_id]) for count in records.counts)
    return replace(records, counts=counts)


def _read_note(count: Count, deployment: Deployment) -> Count:
    pattern = _NOTED.get(count.stage_code)
    match = pattern.search(deployment.note or "") if pattern else None
    if match is None:
        return count
    value = int(match.group(1))
    return replace(
        count,
        value=value,
        value_status="noted",
        value_as_printed=value,
        printed_text=deployment.note,
        column_heading="note",
    )
