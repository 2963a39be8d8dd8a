"""The publications with everything that is known of each: files, rows, forces, findings, headings.

In: `Record` and a `Selection`. Out: one `SourceLine` a publication.
Does not compute and does not word."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.selection.selection import Selection
from etl.model.codes import RELIABILITY
from etl.model.records import Claim, Misidentification, TestResult
from etl.model.reference import Edition, Publication
from etl.model.row_evidence import PrintedColumn
from etl.queries.record import Record


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A publication, its files in order, and what of it is in the record.

    `other_rows` names the tables in which rows that are no deployments stand, with how many.
    `columns` are the headings of its files as printed. `about_force` says whether any row is about
    the force that is chosen."""

    publication: Publication
    editions: tuple[Edition, ...]
    counted_count: int
    stored_count: int
    other_rows: Mapping[str, int]
    force_ids: tuple[str, ...]
    findings: Mapping[str, int]
    corrections_count: int
    columns: tuple[PrintedColumn, ...]
    about_force: bool

    @property
    def publication_id(self) -> str:
        return str(self.publication.publication_id)

    @property
    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """First and last day that its files cover."""
        starts = [edition.period_start for edition in self.editions if edition.period_start]
        ends = [edition.period_end for edition in self.editions if edition.period_end]
        return min(starts, default=None), max(ends, default=None)


def get_sources(record: Record, selection: Selection) -> list[SourceLine]:
    """Every publication: those about the chosen force first,
    then in order of reliability and title."""
    editions: dict[str, list[Edition]] = {}
    for edition in record.table(Edition):
        editions.setdefault(edition.publication_id, []).append(edition)
    counts = record.rows.count_by_edition()
    columns: dict[str, list[PrintedColumn]] = {}
    for column in record.rows.printed_columns():
        columns.setdefault(column.edition_id, []).append(column)
    findings: dict[str, Counter[str]] = {}
    for finding in record.rows.findings():
        findings.setdefault(finding.publication_id, Counter())[finding.status_code] += 1
    corrections = Counter(correction.publication_id for correction in record.rows.corrections())
    others: dict[str, Sequence[Claim | Misidentification | TestResult]] = {
        "claims": record.table(Claim),
        "misidentifications": record.table(Misidentification),
        "test_results": record.table(TestResult),
    }
    lines = []
    for publication in record.table(Publication):
        own_id = publication.publication_id
        own = [count for count in counts if count.publication_id == own_id]
        neighbouring_rows = {
            table: [row for row in rows if row.publication_id == own_id]
            for table, rows in others.items()
        }
        named = {count.force_id for count in own} | {
            getattr(row, "force_id", None) for rows in neighbouring_rows.values() for row in rows
        }
        force_ids = tuple(sorted(force_id for force_id in named if force_id))
        lines.append(
            SourceLine(
                publication=publication,
                editions=tuple(editions.get(own_id, ())),
                counted_count=sum(count.counted_count for count in own),
                stored_count=sum(count.stored_count for count in own),
                other_rows={table: len(rows) for table, rows in neighbouring_rows.items() if rows},
                force_ids=force_ids,
                findings=dict(findings.get(own_id, {})),
                corrections_count=corrections[own_id],
                columns=tuple(
                    column
                    for edition in editions.get(own_id, ())
                    for column in columns.get(edition.edition_id, ())
                ),
                about_force=selection.force_id is None or selection.force_id in force_ids,
            )
        )
    order = list(RELIABILITY)
    return sorted(
        lines,
        key=lambda line: (
            not line.about_force,
            not line.counted_count,
            order.index(line.publication.reliability),
            line.publication.title,
        ),
    )
