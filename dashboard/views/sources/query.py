"""The publications with everything that is known of each: files, rows, forces, findings, headings.

In: `Answers` and a `Selection`. Out: one `SourceLine` a publication. Does not compute and does not word.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.selection.selection import Selection
from etl.model.codes import RELIABILITY
from etl.model.row_evidence import Row
from etl.queries.record import Answers


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A publication, its files in order, and what of it is in the record.

    `other_rows` names the tables in which rows that are no deployments stand, with how many. `columns` are the headings
    of its files as printed. `about_force` says whether any row is about the force that is chosen.
    """

    publication: Row
    editions: tuple[Row, ...]
    counted_count: int
    kept_count: int
    other_rows: Mapping[str, int]
    force_ids: tuple[str, ...]
    findings: Mapping[str, int]
    corrections_count: int
    columns: tuple[Row, ...]
    about_force: bool

    @property
    def publication_id(self) -> str:
        return str(self.publication["publication_id"])

    @property
    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """First and last day that its files cover."""
        starts = [one["period_start"] for one in self.editions if one["period_start"]]
        ends = [one["period_end"] for one in self.editions if one["period_end"]]
        return min(starts, default=None), max(ends, default=None)


def ask_sources(answers: Answers, chosen: Selection) -> list[SourceLine]:
    """Every publication: those about the chosen force first, then in order of reliability and title."""
    editions: dict[str, list[Row]] = {}
    for one in answers.rows("editions"):
        editions.setdefault(one["publication_id"], []).append(one)
    counts = answers.edition_rows()
    columns: dict[str, list[Row]] = {}
    for column in answers.printed_columns():
        columns.setdefault(column["edition_id"], []).append(column)
    findings: dict[str, Counter[str]] = {}
    for finding in answers.findings():
        findings.setdefault(finding["publication_id"], Counter())[finding["status_code"]] += 1
    corrections = Counter(one["publication_id"] for one in answers.corrections())
    others = {table: answers.rows(table) for table in ("claims", "misidentifications", "test_results")}
    lines = []
    for publication in answers.rows("publications"):
        own_id = publication["publication_id"]
        own = [one for one in counts if one["publication_id"] == own_id]
        beside = {
            table: [one for one in rows if one["publication_id"] == own_id] for table, rows in others.items()
        }
        named = {one["force_id"] for one in own} | {
            one.get("force_id") for rows in beside.values() for one in rows
        }
        force_ids = tuple(sorted(one for one in named if one))
        lines.append(
            SourceLine(
                publication=publication,
                editions=tuple(editions.get(own_id, ())),
                counted_count=sum(one["counted_count"] for one in own),
                kept_count=sum(one["kept_count"] for one in own),
                other_rows={table: len(rows) for table, rows in beside.items() if rows},
                force_ids=force_ids,
                findings=dict(findings.get(own_id, {})),
                corrections_count=corrections[own_id],
                columns=tuple(
                    one
                    for edition in editions.get(own_id, ())
                    for one in columns.get(edition["edition_id"], ())
                ),
                about_force=chosen.force_id is None or chosen.force_id in force_ids,
            )
        )
    order = list(RELIABILITY)
    return sorted(
        lines,
        key=lambda one: (not one.about_force, not one.counted_count, order.index(one.publication["reliability"]), one.publication["title"]),
    )  # fmt: skip
