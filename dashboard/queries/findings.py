"""What is doubtful, corrected, missing and late, for one force or all.

In: `Answers` and a `Selection`. Out: findings with what answers them, corrections, forms of publication, completeness.
Does not compute and does not word, but for what may be chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.selection.selection import Selection
from dashboard.text.language import _
from etl.measures.publishing import ForcePublishing, Form
from etl.model.checks import CHECKS, Check, check_of
from etl.model.codes import FINDING_STATUS, SEVERITY
from etl.model.completeness import Coverage
from etl.model.row_evidence import Row
from etl.queries.record import Answers


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding, the correction or the break that answers it, the title of its file, and what it says and expected."""

    finding: Row
    correction: Row | None
    explained_by: Row | None
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


def ask_quality_choices(answers: Answers) -> dict[str, dict[str, str]]:
    """What findings may be limited to: a status, and a kind of which there is one."""
    found = {one["check_id"] for one in answers.rows("findings")}
    return {
        "status": {code: _(FINDING_STATUS.label(code)) for code in FINDING_STATUS},
        "check": {one.check_id: _(one.title) for one in CHECKS if one.check_id in found},
    }


def ask_findings(answers: Answers, chosen: Selection) -> list[FindingLine]:
    """The findings of the selection: warnings before notes, what is open first, then by file, page and row."""
    corrections = {one["correction_id"]: one for one in answers.rows("corrections")}
    breaks = {one["break_id"]: one for one in answers.rows("breaks")}
    titles = list_titles(answers)
    found = [
        one
        for one in answers.findings(chosen.force_id, chosen.publication_id or None)
        if chosen.status in ("", one["status_code"]) and chosen.check_id in ("", one["check_id"])
    ]
    return [make_line(one, corrections, breaks, titles) for one in sorted(found, key=_order)]


def make_line(
    finding: Row, corrections: Mapping[str, Row], breaks: Mapping[str, Row], titles: Mapping[str, str]
) -> FindingLine:
    """A finding with what belongs to it, each found by its id."""
    return FindingLine(
        finding,
        corrections.get(finding["correction_id"] or ""),
        breaks.get(finding["break_id"] or ""),
        titles.get(finding["edition_id"] or "", ""),
        name_files(finding["message"], titles),
        name_files(finding["expected_text"], titles),
    )


def ask_kinds(answers: Answers, chosen: Selection) -> list[KindLine]:
    """The checks that found something in the selection, whatever became of it; most findings first within a severity."""
    by_check: dict[str, dict[str, int]] = {}
    for one in answers.findings(chosen.force_id, chosen.publication_id or None):
        by_status = by_check.setdefault(one["check_id"], dict.fromkeys(FINDING_STATUS, 0))
        by_status[one["status_code"]] += 1
    lines = [KindLine(check_of(check_id), by_status) for check_id, by_status in by_check.items()]
    severities = list(SEVERITY)
    return sorted(
        lines, key=lambda one: (severities.index(one.check.severity), -one.count, one.check.check_id)
    )


def ask_corrections(answers: Answers, chosen: Selection) -> list[Row]:
    """The declared corrections of the selection, by file, page and row."""
    found = answers.corrections(chosen.force_id, chosen.publication_id or None)
    return sorted(found, key=lambda one: (one["edition_id"], one["page"], one["row"]))


def ask_set_aside(answers: Answers, chosen: Selection) -> list[Row]:
    """Which of two publications counts where both cover the same deployments."""
    return [one for one in answers.rows("precedence") if chosen.force_id in (None, one["force_id"])]


def ask_publishers(answers: Answers, chosen: Selection) -> list[tuple[ForcePublishing, Form]]:
    """The forms in which forces publish, one line a form, by name of the force."""
    found = answers.publishing(chosen.forces).forces
    forms = [(one, form) for one in found for form in one.forms if form.publishing.form_code != "none"]
    return sorted(forms, key=lambda pair: (pair[0].force_name, pair[1].publishing.publishing_id))


def ask_completeness(answers: Answers, chosen: Selection) -> list[Coverage]:
    """How complete the rows are, by force and year; only where there are rows."""
    return [one for one in answers.coverage(chosen.forces).rows if one.rows_count]


def list_titles(answers: Answers) -> dict[str, str]:
    """Titles of files by edition."""
    return {one["edition_id"]: str(one["title"]) for one in answers.rows("editions")}


def name_files(said: str, titles: Mapping[str, str]) -> str:
    """What a finding says, with a file's title where it names the file by its id."""
    return re.sub(r"\w+", lambda found: f"“{titles[found[0]]}”" if found[0] in titles else found[0], said)


def _order(one: Row) -> tuple[Any, ...]:
    return (
        list(SEVERITY).index(one["severity_code"]),
        list(FINDING_STATUS).index(one["status_code"]),
        one["claim_id"] or "",
        one["edition_id"] or "",
        one["page"] or 0,
        one["row"] or 0,
        one["finding_id"],
    )
