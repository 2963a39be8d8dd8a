"""What is doubtful, corrected, missing and late, for one force or all.

In: `Record` and a `Selection`. Out: findings with what answers them, corrections, forms of
publication, completeness. Does not compute and does not word, but for what may be chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.selection.selection import Selection
from dashboard.text.language import _
from etl.measures.publishing import ForcePublishing, Form
from etl.model.checks import CHECKS, Check, check_of
from etl.model.codes import FINDING_STATUS, SEVERITY
from etl.model.completeness import Coverage
from etl.model.records import Correction, Finding
from etl.model.reference import Break, Edition, Precedence
from etl.model.row_evidence import PlacedCorrection, PlacedFinding
from etl.queries.record import Record


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding, its correction or break, the title of its file, its message and what it
    expected."""

    finding: PlacedFinding
    correction: Correction | None
    explained_by: Break | None
    file: str
    message: str
    expected: str


@dataclass(frozen=True, slots=True)
class KindLine:
    """A check that found something, with its findings by status."""

    check: Check
    by_status: Mapping[str, int]

    @property
    def count(self) -> int:
        return sum(self.by_status.values())


def get_quality_choices(record: Record) -> dict[str, dict[str, str]]:
    """The filters of findings: statuses, and kinds that occur."""
    check_ids = {finding.check_id for finding in record.table(Finding)}
    return {
        "status": {code: _(FINDING_STATUS.label(code)) for code in FINDING_STATUS},
        "check": {
            check.check_id: _(check.title) for check in CHECKS if check.check_id in check_ids
        },
    }


def get_findings(record: Record, selection: Selection) -> list[FindingLine]:
    """The findings of the selection: warnings before notes, what is open first, then by file,
    page and row."""
    corrections = record.by_id(Correction)
    breaks = record.by_id(Break)
    titles = list_titles(record)
    findings = [
        finding
        for finding in record.rows.findings(selection.force_id, selection.publication_id or None)
        if selection.status in ("", finding.status_code)
        and selection.check_id in ("", finding.check_id)
    ]
    return [
        make_line(finding, corrections, breaks, titles) for finding in sorted(findings, key=_order)
    ]


def make_line(
    finding: PlacedFinding,
    corrections: Mapping[str, Correction],
    breaks: Mapping[str, Break],
    titles: Mapping[str, str],
) -> FindingLine:
    """A finding with what belongs to it, each found by its id."""
    return FindingLine(
        finding,
        corrections.get(finding.correction_id or ""),
        breaks.get(finding.break_id or ""),
        titles.get(finding.edition_id or "", ""),
        name_files(finding.message, titles),
        name_files(finding.expected_text, titles),
    )


def get_kinds(record: Record, selection: Selection) -> list[KindLine]:
    """The checks that found something in the selection, whatever became of it;
    most findings first within a severity."""
    by_check: dict[str, dict[str, int]] = {}
    for finding in record.rows.findings(selection.force_id, selection.publication_id or None):
        by_status = by_check.setdefault(finding.check_id, dict.fromkeys(FINDING_STATUS, 0))
        by_status[finding.status_code] += 1
    lines = [KindLine(check_of(check_id), by_status) for check_id, by_status in by_check.items()]
    severities = list(SEVERITY)
    return sorted(
        lines,
        key=lambda line: (severities.index(line.check.severity), -line.count, line.check.check_id),
    )


def get_corrections(record: Record, selection: Selection) -> list[PlacedCorrection]:
    """The declared corrections of the selection, by file, page and row."""
    corrections = record.rows.corrections(selection.force_id, selection.publication_id or None)
    return sorted(
        corrections,
        key=lambda correction: (correction.edition_id, correction.page, correction.row),
    )


def get_set_aside(record: Record, selection: Selection) -> list[Precedence]:
    """Which of two publications counts where both cover the same deployments."""
    return [
        precedence
        for precedence in record.table(Precedence)
        if selection.force_id in (None, precedence.force_id)
    ]


def get_publishers(record: Record, selection: Selection) -> list[tuple[ForcePublishing, Form]]:
    """The forms in which forces publish, one line a form, by name of the force."""
    forces = record.publishing.describe(selection.forces).forces
    forms = [
        (force, form)
        for force in forces
        for form in force.forms
        if form.publishing.form_code != "none"
    ]
    return sorted(forms, key=lambda pair: (pair[0].force_name, pair[1].publishing.publishing_id))


def get_completeness(record: Record, selection: Selection) -> list[Coverage]:
    """How complete the rows are, by force and year; only where there are rows."""
    return [row for row in record.publishing.coverage(selection.forces).rows if row.rows_count]


def list_titles(record: Record) -> dict[str, str]:
    """Titles of files by edition."""
    return {edition.edition_id: str(edition.title) for edition in record.table(Edition)}


def name_files(text: str, titles: Mapping[str, str]) -> str:
    """The message of a finding with titles of files in place of their ids."""
    return re.sub(
        r"\w+", lambda match: f"“{titles[match[0]]}”" if match[0] in titles else match[0], text
    )


def _order(row: PlacedFinding) -> tuple[int | str, ...]:
    return (
        list(SEVERITY).index(row.severity_code),
        list(FINDING_STATUS).index(row.status_code),
        row.claim_id or "",
        row.edition_id or "",
        row.page or 0,
        row.row or 0,
        row.finding_id,
    )
